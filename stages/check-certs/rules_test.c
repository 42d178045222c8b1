#include "rules.h"

#include "test.h"

static day_t day(const char *text)
{
	day_t d = DAY_NONE;
	CHECK(day_read(slice_from(text), &d) == DATE_OK);
	return d;
}

static void test_states(void)
{
	static const struct {
		const char *begins;
		const char *ends; /* NULL: no end */
		const char *as_of;
		int warn;
		enum state state;
	} rows[] = {
		{ "2025-01-01", "2025-08-07", "2025-08-08", 30, STATE_EXPIRED },
		{ "2025-01-01", "2025-08-07", "2025-08-07", 30, STATE_EXPIRING },
		{ "2025-01-01", "2025-08-07", "2025-08-07", 0, STATE_EXPIRING },
		{ "2025-01-01", "2025-08-07", "2025-08-06", 0, STATE_VALID },
		{ "2025-01-01", "2025-08-07", "2025-07-08", 30, STATE_EXPIRING },
		{ "2025-01-01", "2025-08-07", "2025-07-07", 30, STATE_VALID },
		{ "2025-01-01", "2025-08-07", "2025-01-01", 30, STATE_VALID },
		{ "2025-01-01", "2025-08-07", "2024-12-31", 30, STATE_NOT_YET_VALID },
		/* The first that holds decides. */
		{ "2025-08-01", "2025-08-07", "2025-07-31", 30, STATE_EXPIRING },
		{ "2025-09-01", "2025-08-07", "2025-08-31", 30, STATE_EXPIRED },
		{ "2025-09-01", "2025-08-07", "2025-01-31", 30, STATE_NOT_YET_VALID },
		{ "2025-01-01", NULL, "2025-08-07", 30, STATE_VALID },
		{ "2025-01-01", NULL, "2024-08-07", 30, STATE_NOT_YET_VALID },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		CHECK_NUMBER(
			state_of(day(rows[i].begins), rows[i].ends ? day(rows[i].ends) : DAY_NONE,
				day(rows[i].as_of), rows[i].warn),
			rows[i].state);
}

static void check_step(const struct step_facts *facts, enum step_status status, enum why why)
{
	struct verdict verdict = step_verdict(facts);
	CHECK_NUMBER(verdict.status, status);
	CHECK_NUMBER(verdict.why, why);
}

static struct step_facts base(
	enum step_certificate certificate, const char *as_of, uint64_t at_hand)
{
	return (struct step_facts){ .kind_known = true,
		.certificate = certificate,
		.after = day("2025-07-29"),
		.due = day("2025-08-07"),
		.as_of = day(as_of),
		.at_hand = at_hand };
}

/* The three kinds of steps, on the days where something turns, without and with a certificate. */
static void test_steps(void)
{
	static const struct {
		enum step_certificate certificate;
		const char *as_of;
		struct verdict without;
		struct verdict with;
		struct verdict with_several;
	} rows[] = {
		{ CERTIFICATE_PROVES, "2025-07-29", { STEP_TODO, WHY_NOT_YET },
			{ STEP_DONE, WHY_AT_HAND }, { STEP_UNKNOWN, WHY_SEVERAL } },
		{ CERTIFICATE_PROVES, "2025-07-30", { STEP_TODO, WHY_NO_CERTIFICATE },
			{ STEP_DONE, WHY_AT_HAND }, { STEP_UNKNOWN, WHY_SEVERAL } },
		{ CERTIFICATE_PROVES, "2025-08-07", { STEP_TODO, WHY_NO_CERTIFICATE },
			{ STEP_DONE, WHY_AT_HAND }, { STEP_UNKNOWN, WHY_SEVERAL } },
		{ CERTIFICATE_PROVES, "2025-08-08", { STEP_BLOCKED, WHY_OVERDUE },
			{ STEP_DONE, WHY_AT_HAND }, { STEP_BLOCKED, WHY_OVERDUE } },
		{ CERTIFICATE_NEEDED, "2025-07-29", { STEP_TODO, WHY_NOT_YET },
			{ STEP_TODO, WHY_NOT_YET }, { STEP_TODO, WHY_NOT_YET } },
		{ CERTIFICATE_NEEDED, "2025-07-30", { STEP_BLOCKED, WHY_NO_CERTIFICATE },
			{ STEP_TODO, WHY_AT_HAND }, { STEP_TODO, WHY_SEVERAL } },
		{ CERTIFICATE_NEEDED, "2025-08-07", { STEP_BLOCKED, WHY_NO_CERTIFICATE },
			{ STEP_TODO, WHY_AT_HAND }, { STEP_TODO, WHY_SEVERAL } },
		{ CERTIFICATE_NEEDED, "2025-08-08", { STEP_BLOCKED, WHY_OVERDUE },
			{ STEP_BLOCKED, WHY_OVERDUE }, { STEP_BLOCKED, WHY_OVERDUE } },
		{ CERTIFICATE_NOTHING, "2025-07-29", { STEP_TODO, WHY_NOT_YET },
			{ STEP_TODO, WHY_NOT_YET }, { STEP_TODO, WHY_NOT_YET } },
		{ CERTIFICATE_NOTHING, "2025-07-30", { STEP_TODO, WHY_NOTHING },
			{ STEP_TODO, WHY_NOTHING }, { STEP_TODO, WHY_NOTHING } },
		{ CERTIFICATE_NOTHING, "2025-08-08", { STEP_BLOCKED, WHY_OVERDUE },
			{ STEP_BLOCKED, WHY_OVERDUE }, { STEP_BLOCKED, WHY_OVERDUE } },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct step_facts facts = base(rows[i].certificate, rows[i].as_of, 0);
		check_step(&facts, rows[i].without.status, rows[i].without.why);
		facts.at_hand = 1;
		check_step(&facts, rows[i].with.status, rows[i].with.why);
		/* One of another name than the old one may be any. */
		facts.doubtful = true;
		check_step(&facts, rows[i].with_several.status, rows[i].with_several.why);
		facts.doubtful = false;
		for (facts.at_hand = 2; facts.at_hand < 4; facts.at_hand++)
			check_step(&facts, rows[i].with_several.status, rows[i].with_several.why);
	}
	/* Without days nothing is early or late. */
	struct step_facts facts = base(CERTIFICATE_NEEDED, "2031-01-01", 1);
	facts.after = facts.due = DAY_NONE;
	check_step(&facts, STEP_TODO, WHY_AT_HAND);
}

/*
 * Nothing else counts where the kind is not known, then in another year, then where it is waived.
 */
static void test_exempt(void)
{
	for (int at_hand = 0; at_hand < 2; at_hand++) {
		struct step_facts facts = base(CERTIFICATE_PROVES, "2025-12-31", (uint64_t)at_hand);
		facts.year = 2025;
		facts.waived = true;
		check_step(&facts, STEP_NOT_APPLICABLE, WHY_WAIVED);
		facts.as_of = day("2025-01-01");
		check_step(&facts, STEP_NOT_APPLICABLE, WHY_WAIVED);
		for (int waived = 0; waived < 2; waived++) {
			facts.waived = waived;
			facts.as_of = day("2026-01-01");
			check_step(&facts, STEP_UNKNOWN, WHY_OTHER_YEAR);
			facts.as_of = day("2024-12-31");
			check_step(&facts, STEP_UNKNOWN, WHY_OTHER_YEAR);
		}
		facts.kind_known = false;
		check_step(&facts, STEP_UNKNOWN, WHY_KIND_UNKNOWN);
		facts.as_of = day("2025-06-01");
		check_step(&facts, STEP_UNKNOWN, WHY_KIND_UNKNOWN);
		/* Without a year it holds for any. */
		facts.kind_known = facts.waived = true;
		facts.year = 0;
		facts.as_of = day("2031-01-01");
		check_step(&facts, STEP_NOT_APPLICABLE, WHY_WAIVED);
	}
	struct step_facts facts = base(CERTIFICATE_NEEDED, "2025-12-31", 1);
	facts.year = 2025;
	check_step(&facts, STEP_BLOCKED, WHY_OVERDUE);
	facts.as_of = day("2025-08-01");
	check_step(&facts, STEP_TODO, WHY_AT_HAND);
}

static void test_fitness(void)
{
	static const struct {
		const char *begins;
		const char *ends; /* NULL: no end */
		enum role role;
		const char *as_of;
		const char *due; /* NULL: not known */
		enum fitness fitness;
	} rows[] = {
		{ "2025-07-15", "2026-08-07", ROLE_END_ENTITY, "2025-08-01", "2025-08-07",
			FITNESS_FIT },
		{ "2025-07-15", "2026-08-07", ROLE_AUTHORITY, "2025-08-01", "2025-08-07",
			FITNESS_AUTHORITY },
		{ "2025-07-15", "2026-08-07", ROLE_UNCLEAR, "2025-08-01", "2025-08-07",
			FITNESS_UNCLEAR },
		{ "2025-08-08", "2026-08-07", ROLE_UNCLEAR, "2025-08-01", "2025-08-07",
			FITNESS_BEGINS_LATE },
		{ "2025-07-15", "2025-08-07", ROLE_END_ENTITY, "2025-08-01", "2025-08-07",
			FITNESS_ENDS_EARLY },
		{ "2025-07-15", "2025-08-08", ROLE_END_ENTITY, "2025-08-01", "2025-08-07",
			FITNESS_FIT },
		{ "2025-07-15", "2025-08-08", ROLE_END_ENTITY, "2025-08-08", "2025-08-07",
			FITNESS_ENDS_EARLY },
		{ "2025-07-15", "2025-08-08", ROLE_AUTHORITY, "2025-08-08", "2025-08-07",
			FITNESS_ENDS_EARLY },
		{ "2025-08-07", "2026-08-07", ROLE_END_ENTITY, "2025-08-01", "2025-08-07",
			FITNESS_FIT },
		{ "2025-08-08", "2026-08-07", ROLE_END_ENTITY, "2025-08-01", "2025-08-07",
			FITNESS_BEGINS_LATE },
		{ "2025-08-08", "2026-08-07", ROLE_AUTHORITY, "2025-08-01", "2025-08-07",
			FITNESS_BEGINS_LATE },
		{ "2025-08-08", "2026-08-07", ROLE_END_ENTITY, "2025-08-08", "2025-08-07",
			FITNESS_FIT },
		{ "2025-08-02", NULL, ROLE_END_ENTITY, "2025-08-01", NULL, FITNESS_BEGINS_LATE },
		{ "2025-08-01", NULL, ROLE_END_ENTITY, "2025-08-01", NULL, FITNESS_FIT },
		{ "2025-07-15", "2025-08-01", ROLE_END_ENTITY, "2025-08-01", NULL,
			FITNESS_ENDS_EARLY },
		{ "2025-07-15", "2025-08-02", ROLE_END_ENTITY, "2025-08-01", NULL, FITNESS_FIT },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct life life = { day(rows[i].begins),
			rows[i].ends ? day(rows[i].ends) : DAY_NONE, rows[i].role };
		CHECK_NUMBER(fitness_of(&life, day(rows[i].as_of),
				     rows[i].due ? day(rows[i].due) : DAY_NONE),
			rows[i].fitness);
	}
	const struct life never = { DAY_NONE, DAY_NONE, ROLE_END_ENTITY };
	CHECK_NUMBER(fitness_of(&never, day("2025-08-01"), DAY_NONE), FITNESS_BEGINS_LATE);
}

int main(void)
{
	test_states();
	test_steps();
	test_exempt();
	test_fitness();
	return test_report("rules");
}
