/*
 * How a task stands: every condition, phase, proof, word of a person, and day, against the table of
 * the man page.
 */
#include "rules.h"

#include "test.h"

#define REFRESH 20794 /* 2026-12-07 */

static const char *text_of(struct verdict v, char into[64])
{
	snprintf(into, 64, "%s%s%s%s%s%s", task_status_name(v.status), v.overdue ? " overdue" : "",
		v.early ? " early" : "", v.same_day ? " same-day" : "",
		v.no_refresh ? " no-refresh" : "", v.outweighed ? " outweighed" : "");
	return into;
}

/* The same in words, one row after the other; "*" is anything, the first row that fits counts. */
static const struct row {
	const char *applies; /* true, false, unknown */
	const char *proof;   /* done, todo, blocked, unknown, refuted */
	const char *told;    /* told, no */
	const char *phase;   /* before, after */
	const char *refresh; /* absent, to-come, today, past */
	const char *due;     /* none, absent, ahead, today, past */
	const char *want;
} table[] = {
	{ "false", "*", "*", "*", "*", "*", "not-applicable" },
	{ "unknown", "done", "*", "before", "*", "*", "unknown" },
	{ "unknown", "done", "no", "after", "today", "past", "unknown overdue" },
	{ "unknown", "done", "*", "after", "to-come", "past", "unknown overdue" },
	{ "unknown", "done", "*", "*", "*", "*", "unknown" },
	{ "unknown", "refuted", "told", "before", "*", "past", "unknown overdue" },
	{ "unknown", "refuted", "told", "after", "past", "past", "unknown overdue" },
	{ "unknown", "*", "told", "before", "*", "*", "unknown" },
	{ "unknown", "*", "told", "after", "today", "*", "unknown" },
	{ "unknown", "*", "told", "after", "past", "*", "unknown" },
	{ "unknown", "*", "*", "*", "*", "past", "unknown overdue" },
	{ "unknown", "*", "*", "*", "*", "*", "unknown" },
	{ "true", "blocked", "told", "*", "*", "*", "blocked outweighed" },
	{ "true", "blocked", "no", "*", "*", "*", "blocked" },
	{ "true", "refuted", "told", "before", "*", "absent", "unknown no-refresh outweighed" },
	{ "true", "refuted", "told", "before", "*", "past", "blocked overdue outweighed" },
	{ "true", "refuted", "told", "before", "*", "*", "todo outweighed" },
	{ "true", "refuted", "told", "after", "past", "past", "blocked overdue outweighed" },
	{ "true", "refuted", "told", "after", "past", "*", "todo outweighed" },
	{ "true", "done", "*", "before", "*", "*", "done" },
	{ "true", "*", "told", "before", "*", "*", "done" },
	{ "true", "*", "told", "after", "today", "*", "done" },
	{ "true", "*", "told", "after", "past", "*", "done" },
	{ "true", "done", "no", "after", "today", "past", "unknown overdue same-day" },
	{ "true", "done", "no", "after", "today", "*", "unknown same-day" },
	{ "true", "done", "no", "after", "past", "*", "done" },
	{ "true", "done", "*", "after", "absent", "*", "unknown no-refresh" },
	{ "true", "*", "told", "after", "absent", "*", "unknown no-refresh" },
	{ "true", "done", "*", "after", "to-come", "past", "blocked overdue early" },
	{ "true", "*", "told", "after", "to-come", "past", "blocked overdue early" },
	{ "true", "done", "*", "after", "to-come", "*", "todo early" },
	{ "true", "*", "told", "after", "to-come", "*", "todo early" },
	{ "true", "*", "no", "*", "*", "absent", "unknown no-refresh" },
	{ "true", "unknown", "no", "*", "*", "past", "unknown overdue" },
	{ "true", "unknown", "no", "*", "*", "*", "unknown" },
	{ "true", "*", "no", "*", "*", "past", "blocked overdue" },
	{ "true", "*", "no", "*", "*", "*", "todo" },
};

static bool fits(const char *pattern, const char *word)
{
	return strcmp(pattern, "*") == 0 || strcmp(pattern, word) == 0;
}

static const char *look_up(const char *const words[6])
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const struct row *r = &table[i];
		if (fits(r->applies, words[0]) && fits(r->proof, words[1]) &&
			fits(r->told, words[2]) && fits(r->phase, words[3]) &&
			fits(r->refresh, words[4]) && fits(r->due, words[5]))
			return r->want;
	}
	return "no row";
}

static void test_one(const struct standing *s, const char *due)
{
	static const char *const truths[] = { "false", "true", "unknown" };
	const char *refresh = s->refresh == DAY_NONE   ? "absent"
			      : s->as_of < s->refresh  ? "to-come"
			      : s->as_of == s->refresh ? "today"
						       : "past";
	const char *const words[6] = { truths[s->applies],
		s->refuted ? "refuted" : task_status_name(s->proof), s->told ? "told" : "no",
		s->phase == PHASE_BEFORE ? "before" : "after", refresh, due };
	char got[64];
	if (!CHECK(strcmp(text_of(task_judge(s), got), look_up(words)) == 0))
		fprintf(stderr, "\t%s %s %s %s %s %s: got %s\n", words[0], words[1], words[2],
			words[3], words[4], words[5], got);
}

static void test_dues(struct standing s)
{
	static const struct {
		const char *name;
		bool dated;
		int days; /* from as-of */
	} dues[] = { { "none", false, 0 }, { "ahead", true, 1 }, { "today", true, 0 },
		{ "past", true, -1 } };
	if (s.refresh == DAY_NONE) {
		s.due = DAY_NONE;
		s.dated = true;
		test_one(&s, "absent");
		s.dated = false;
		test_one(&s, "none");
		return;
	}
	for (size_t i = 0; i < sizeof dues / sizeof *dues; i++) {
		s.dated = dues[i].dated;
		s.due = s.dated ? s.as_of + dues[i].days : DAY_NONE;
		test_one(&s, dues[i].name);
	}
}

static void test_days(struct standing s)
{
	for (int told = 0; told < 2; told++)
		for (int phase = PHASE_BEFORE; phase <= PHASE_AFTER; phase++)
			for (int known = 0; known < 2; known++)
				for (int d = -1; d < 2; d++) {
					s.told = told == 1;
					s.phase = (enum phase)phase;
					s.refresh = known ? REFRESH : DAY_NONE;
					s.as_of = REFRESH + d;
					test_dues(s);
				}
}

int main(void)
{
	for (int applies = TRUTH_FALSE; applies <= TRUTH_UNKNOWN; applies++) {
		struct standing s = { .applies = (enum truth)applies, .proof = TASK_TODO };
		s.refuted = true;
		test_days(s);
		s.refuted = false;
		for (int proof = TASK_DONE; proof < TASK_NOT_APPLICABLE; proof++) {
			s.proof = (enum task_status)proof;
			test_days(s);
		}
	}
	return test_report("rules_test");
}
