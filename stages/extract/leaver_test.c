#include "leaver.h"

#include "test.h"

#define AS_OF 20000
#define PAST  (AS_OF - 1)
#define LATER (AS_OF + 1)

/* A record of a feed: its status, the day it ends and the day of hire, and what becomes of it. */
static void check(enum leaver_status status, day_t ends, day_t hired, enum leaver_future future,
	enum leaver_result want, int line)
{
	const struct leaver_record r = { .status = status,
		.connector = true,
		.null_updates = true,
		.effective_on = ends,
		.hired_on = hired };
	test_numbers((int64_t)leaver_decide(&r, AS_OF, future), (int64_t)want, __FILE__, line,
		"of a feed");
}

#define LEAVES(ends, hired, future, want)                                                          \
	check(LEAVER_STATUS_INACTIVE, (ends), (hired), LEAVER_FUTURE_##future, LEAVER_##want,      \
		__LINE__)

static void test_inactive(void)
{
	LEAVES(DAY_NONE, DAY_NONE, UNSAID, WRITTEN);
	LEAVES(DAY_NONE, LATER, UNSAID, WRITTEN);
	LEAVES(PAST, DAY_NONE, UNSAID, WRITTEN);
	LEAVES(AS_OF, DAY_NONE, UNSAID, WRITTEN);
	LEAVES(AS_OF, DAY_NONE, REJECT, WRITTEN);
	LEAVES(LATER, DAY_NONE, UNSAID, FUTURE_OPEN);
	LEAVES(LATER, DAY_NONE, REJECT, FUTURE_REJECTED);
	LEAVES(LATER, DAY_NONE, IGNORE, WRITTEN_UNDATED);
	/* On the day of hire somebody can leave, before it nobody, whatever else is wrong. */
	LEAVES(PAST, PAST, UNSAID, WRITTEN);
	LEAVES(PAST, AS_OF, UNSAID, BEFORE_HIRE);
	LEAVES(LATER, LATER + 1, UNSAID, BEFORE_HIRE);
	LEAVES(LATER, LATER + 1, IGNORE, BEFORE_HIRE);
	LEAVES(LATER, PAST, IGNORE, WRITTEN_UNDATED);
}

/* Of those who stay, and of those of whom nothing is said, no date counts. */
static void test_others(void)
{
	static const day_t days[] = { DAY_NONE, PAST, AS_OF, LATER };
	for (size_t ends = 0; ends < 4; ends++)
		for (size_t hired = 0; hired < 4; hired++)
			for (int future = LEAVER_FUTURE_UNSAID; future <= LEAVER_FUTURE_IGNORE;
				future++) {
				struct leaver_record r = { LEAVER_STATUS_ACTIVE, true, true,
					days[ends], days[hired] };
				enum leaver_future said = (enum leaver_future)future;
				CHECK(leaver_decide(&r, AS_OF, said) == LEAVER_ACTIVE);
				r.status = LEAVER_STATUS_EMPTY;
				CHECK(leaver_decide(&r, AS_OF, said) == LEAVER_NULLED);
				r.null_updates = false;
				CHECK(leaver_decide(&r, AS_OF, said) == LEAVER_NO_CHANGE);
			}
}

/* A list may plan ahead. */
static void test_list(void)
{
	struct leaver_record r = {
		.status = LEAVER_STATUS_INACTIVE, .effective_on = LATER, .hired_on = DAY_NONE
	};
	CHECK(leaver_decide(&r, AS_OF, LEAVER_FUTURE_UNSAID) == LEAVER_WRITTEN);
	CHECK(leaver_decide(&r, AS_OF, LEAVER_FUTURE_REJECT) == LEAVER_WRITTEN);
	CHECK(leaver_decide(&r, AS_OF, LEAVER_FUTURE_IGNORE) == LEAVER_WRITTEN);
	r.hired_on = LATER + 1;
	CHECK(leaver_decide(&r, AS_OF, LEAVER_FUTURE_UNSAID) == LEAVER_BEFORE_HIRE);
}

int main(void)
{
	test_inactive();
	test_others();
	test_list();
	return test_report("leaver_test");
}
