/*
 * The table, cell by cell, as the contract of the effects has it: for each object, by hand, by a
 * connector with Y and with N. Every status, origin, connector and setting is gone through.
 */
#include "rules.h"

#include "buffer.h"
#include "test.h"

/* "when: action basis;…", the last for every status; what ? marks rests on KBA 2430232. */
struct cells {
	const char *object;
	const char *way[WAY_COUNT];
};

#define KEPT "keep documented"

static const struct cells table[] = {
	{ "ITEM", { KEPT, "complete: keep documented;remove documented", KEPT } },
	{ "SURVEY", { KEPT, KEPT, KEPT } },
	{ "HISTORY", { KEPT, KEPT, KEPT } },
	{ "CURRICULUM", { KEPT, "remove documented", "review undocumented" } },
	{ "CURRICULUM-ITEM", { KEPT, "complete: keep inferred;remove inferred",
				     "complete: keep documented;review undocumented" } },
	{ "CLASS",
		{ KEPT, "enrolled: cancel documented;waitlisted: cancel inferred;keep inferred",
			"enrolled: remove documented;waitlisted: remove inferred;keep inferred" } },
	{ "PROGRAM", { KEPT, "remove documented", KEPT } },
	{ "ACTIVITY", { KEPT, "remove documented", KEPT } },
	{ "COHORT", { "manual documented", "remove documented", "review undocumented" } },
	{ "ROLE", { KEPT, "keep inferred", "keep inferred" } },
	{ "LIBRARY", { KEPT, "keep inferred", "keep inferred" } },
	{ "INSTRUCTOR", { KEPT, "inactivate ?", "inactivate ?" } },
	{ "ADMIN", { KEPT, "lock ?", "lock ?" } },
	{ "REQUEST", { KEPT, "remove ?", "remove ?" } },
	{ "CONTACT", { KEPT, "remove ?", "remove ?" } },
};

static const char *const standings[] = { "complete", "incomplete", "in-progress", "enrolled",
	"waitlisted", "canceled", "member", "" };

/* The part of a cell that is for a status, without the status; `*when` is that, or empty. */
static struct slice case_of(const char *cell, const char *standing, struct slice *when)
{
	for (struct slice rest = slice_from(cell);;) {
		struct slice part = slice_cut(&rest, ';');
		struct slice outcome = part;
		*when = slice_cut(&outcome, ':');
		if (!outcome.ptr) { /* no colon: for every status */
			*when = SLICE("");
			return part;
		}
		if (slice_equal(*when, slice_from(standing)))
			return slice_skip(outcome, 1);
	}
}

static struct slice action_of(const char *cell, const char *standing)
{
	struct slice when;
	struct slice outcome = case_of(cell, standing, &when);
	return slice_cut(&outcome, ' ');
}

static bool is(struct slice word, const char *text)
{
	return slice_equal(word, slice_from(text));
}

/* The rule's id: the object, and the case where the cell has cases. */
static void expect_rule(const char *rule, const struct cells *cells, int way, struct slice when)
{
	char want[64];
	char upper[16] = "";
	bool cases = strchr(cells->way[way], ';');
	for (size_t i = 0; i < when.len; i++)
		upper[i] = (char)(when.ptr[i] - 0x20);
	snprintf(want, sizeof want, "DEA-%c-%s%s%s", "MYN"[way], cells -> object, cases ? "-" : "",
		!cases     ? ""
		: when.len ? upper
			   : "ELSE");
	CHECK_TEXT(slice_from(rule), want);
}

static void expect_result(const struct effect *e, struct slice action, int object, int way)
{
	if (is(action, "keep"))
		CHECK(e->result == NULL);
	else if (is(action, "remove"))
		CHECK_TEXT(slice_from(e->result),
			way == WAY_KEEP && object == OBJECT_CLASS ? "undocumented" : "removed");
	else
		CHECK_TEXT(slice_from(e->result), is(action, "cancel")       ? "canceled"
						  : is(action, "inactivate") ? "inactive"
						  : is(action, "lock")       ? "locked"
									     : "");
}

static void expect_alerts(const struct connector *connector, uint32_t alerts, int object, int way,
	int standing, int origin, struct slice action)
{
	const struct cells *cells = &table[object];
	const char *status = standings[standing];
	bool started = strcmp(status, "in-progress") == 0;
	bool enrolled = object == OBJECT_CLASS && strcmp(status, "enrolled") == 0;
	bool waiting = object == OBJECT_CLASS && strcmp(status, "waitlisted") == 0;
	bool differ = !slice_equal(
		action_of(cells->way[WAY_CLEAN], status), action_of(cells->way[WAY_KEEP], status));
	struct buffer want = { 0 };
	struct buffer got = { 0 };
	if (origin == ORIGIN_PROFILE)
		buffer_printf(&want, " profile-sync");
	if (started && (is(action, "remove") || is(action, "cancel")))
		buffer_printf(&want, " progress-lost");
	if (way == WAY_MANUAL && (enrolled || waiting))
		buffer_printf(&want, " registration-prompt");
	if (way == WAY_KEEP && (enrolled || (object == OBJECT_ITEM && started)))
		buffer_printf(&want, " sources-disagree");
	if (way != WAY_MANUAL && connector->default_assumed && differ)
		buffer_printf(&want, " default-assumed");
	for (unsigned i = 0; i < ALERT_COUNT; i++)
		if (alerts >> i & 1)
			buffer_printf(&got, " %s", alert_name((enum alert)i));
	CHECK_SLICE(buffer_slice(&got), buffer_slice(&want));
	buffer_release(&got);
	buffer_release(&want);
	CHECK_NUMBER(alerts >> ALERT_COUNT, 0);
}

static void expect(const struct connector *connector, int object, int way, int standing, int origin)
{
	const struct cells *cells = &table[object];
	const struct assignment a = { (enum object)object, (enum standing)standing,
		(enum origin)origin };
	struct effect e = effect_of(connector, (enum way)way, &a);
	struct slice when;
	struct slice basis = case_of(cells->way[way], standings[standing], &when);
	struct slice action = slice_cut(&basis, ' ');
	CHECK_SLICE(slice_from(action_name(e.action)), action);
	if (is(basis, "?"))
		CHECK_TEXT(slice_from(basis_name(e.basis)),
			connector->user_sf ? "documented" : "inferred");
	else
		CHECK_SLICE(slice_from(basis_name(e.basis)), basis);
	CHECK(action_possible(a.object, e.action));
	expect_rule(e.rule, cells, way, when);
	expect_result(&e, action, object, way);
	expect_alerts(connector, e.alerts, object, way, standing, origin, action);
}

/* The status decides where a cell has cases, and where one status alone raises an alert. */
static void test_status_decides(void)
{
	static const char *const alerting[WAY_COUNT] = { "CLASS", "CURRICULUM PROGRAM ACTIVITY",
		"ITEM" };
	for (int object = 0; object < OBJECT_COUNT; object++)
		for (int way = 0; way < WAY_COUNT; way++) {
			const char *found = strstr(alerting[way], table[object].object);
			char after = found ? found[strlen(table[object].object)] : 'x';
			bool alerts = after == ' ' || after == '\0';
			CHECK(status_decides((enum way)way, (enum object)object) ==
				(alerts || strchr(table[object].way[way], ';')));
		}
}

/* An action that no cell of the object has is not possible. */
static void test_possible(void)
{
	for (int object = 0; object < OBJECT_COUNT; object++)
		for (int action = 0; action < ACTION_COUNT; action++) {
			bool there = false;
			for (int way = 0; way < WAY_COUNT; way++)
				for (size_t i = 0; i < 8; i++)
					there |= is(action_of(table[object].way[way], standings[i]),
						action_name((enum action)action));
			CHECK(action_possible((enum object)object, (enum action)action) == there);
		}
}

int main(void)
{
	CHECK_NUMBER(sizeof table / sizeof *table, OBJECT_COUNT);
	for (int kind = 0; kind < 4; kind++) {
		const struct connector connector = { kind & 1, kind & 2 };
		for (int object = 0; object < OBJECT_COUNT; object++)
			for (int way = 0; way < WAY_COUNT; way++)
				for (int standing = 0; standing <= STANDING_UNKNOWN; standing++)
					for (int origin = 0; origin <= ORIGIN_UNKNOWN; origin++)
						expect(&connector, object, way, standing, origin);
	}
	test_status_decides();
	test_possible();
	return test_report("rules_test");
}
