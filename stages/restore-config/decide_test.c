#include "decide.h"

#include "test.h"

#define R ACTION_RESTORE
#define V ACTION_REVIEW

static const struct facts base = { .change = CHANGE_CHANGED, .action = R, .both_files = true };

static void test_actions(void)
{
	static const struct {
		enum change_kind change;
		enum action action;
		enum step plain;  /* of a key that is no secret */
		enum step secret; /* of one that is */
	} rows[] = {
		{ CHANGE_CHANGED, R, STEP_REPLACE, STEP_RETYPE },
		{ CHANGE_UNKNOWN, R, STEP_REPLACE, STEP_RETYPE },
		{ CHANGE_REMOVED, R, STEP_INSERT, STEP_RETYPE },
		{ CHANGE_ADDED, R, STEP_REVIEW, STEP_RETYPE },
		{ CHANGE_SAME, R, STEP_NOTHING, STEP_RETYPE },
		{ CHANGE_CHANGED, V, STEP_REVIEW, STEP_RETYPE },
		{ CHANGE_ADDED, V, STEP_REVIEW, STEP_RETYPE },
		{ CHANGE_REMOVED, V, STEP_REVIEW, STEP_RETYPE },
		{ CHANGE_CHANGED, ACTION_NONE, STEP_NOTHING, STEP_NOTHING },
		{ CHANGE_CHANGED, ACTION_ACCEPT, STEP_NOTHING, STEP_NOTHING },
		{ CHANGE_CHANGED, ACTION_RETYPE, STEP_RETYPE, STEP_RETYPE },
		{ CHANGE_REMOVED, ACTION_RETYPE, STEP_RETYPE, STEP_RETYPE },
		{ CHANGE_UNKNOWN, ACTION_REGENERATE, STEP_REGENERATE, STEP_REGENERATE },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct facts facts = base;
		facts.change = rows[i].change;
		facts.action = rows[i].action;
		CHECK_NUMBER(decide(&facts), rows[i].plain);
		facts.secret = true;
		CHECK_NUMBER(decide(&facts), rows[i].secret);
	}
}

static void test_removing(void)
{
	const struct facts introduced = { .change = CHANGE_ADDED,
		.action = V,
		.introduced_by_source = true,
		.both_files = true,
		.remove_introduced = true };
	struct facts facts = introduced;
	CHECK_NUMBER(decide(&facts), STEP_REMOVE);
	facts.remove_introduced = false;
	CHECK_NUMBER(decide(&facts), STEP_REVIEW);
	facts = introduced;
	facts.introduced_by_source = false;
	CHECK_NUMBER(decide(&facts), STEP_REVIEW);
	facts = introduced;
	facts.secret = true;
	CHECK_NUMBER(decide(&facts), STEP_RETYPE);
	facts = introduced;
	facts.file = true;
	CHECK_NUMBER(decide(&facts), STEP_REVIEW);
	facts = introduced;
	facts.both_files = false;
	CHECK_NUMBER(decide(&facts), STEP_REVIEW);
	facts = introduced;
	facts.change = CHANGE_CHANGED;
	CHECK_NUMBER(decide(&facts), STEP_REVIEW);
	/* A person has said that it may stay. */
	facts = introduced;
	facts.action = ACTION_ACCEPT;
	CHECK_NUMBER(decide(&facts), STEP_NOTHING);
}

static void test_files(void)
{
	struct facts facts = base;
	facts.both_files = false;
	CHECK_NUMBER(decide(&facts), STEP_REVIEW);
	facts.change = CHANGE_REMOVED;
	CHECK_NUMBER(decide(&facts), STEP_REVIEW);
	facts = base;
	facts.file = true;
	CHECK_NUMBER(decide(&facts), STEP_REVIEW);
}

/* Whatever the facts are: what holds for all of them. */
static void test_all(void)
{
	for (unsigned bits = 0; bits < 32; bits++)
		for (int change = CHANGE_ADDED; change <= CHANGE_UNKNOWN; change++)
			for (int action = ACTION_NONE; action <= ACTION_RESTORE; action++) {
				const struct facts facts = { (enum change_kind)change,
					(enum action)action, bits & 1, bits & 2, bits & 4, bits & 8,
					bits & 16 };
				enum step step = decide(&facts);
				/* No secret is ever edited, nor what is no entry of both files. */
				CHECK(!step_is_edit(step) ||
					(!facts.secret && !facts.file && facts.both_files));
				CHECK((step == STEP_REMOVE) <= facts.remove_introduced);
				CHECK((step == STEP_INSERT) <= (change == CHANGE_REMOVED));
				/* What has to be done is done, or it is a task. */
				CHECK(step != STEP_NOTHING || action == ACTION_NONE ||
					action == ACTION_ACCEPT || change == CHANGE_SAME);
				CHECK(!(step_is_edit(step) && step_is_task(step)));
			}
}

static void test_kinds(void)
{
	static const struct {
		enum step step;
		bool task;
		bool edit;
	} rows[] = {
		{ STEP_NOTHING, false, false },
		{ STEP_REPLACE, false, true },
		{ STEP_INSERT, false, true },
		{ STEP_REMOVE, false, true },
		{ STEP_REGENERATE, true, false },
		{ STEP_RETYPE, true, false },
		{ STEP_REVIEW, true, false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		CHECK_NUMBER(step_is_task(rows[i].step), rows[i].task);
		CHECK_NUMBER(step_is_edit(rows[i].step), rows[i].edit);
	}
}

int main(void)
{
	test_kinds();
	test_actions();
	test_removing();
	test_files();
	test_all();
	return test_report("decide_test");
}
