/*
 * Offsets and due days, against a table that was made by looking at a calendar;
 * scripts/test-refresh asks GNU date about many more.
 */
#include "due.h"

#include "test.h"

static day_t day(const char *text)
{
	day_t d = DAY_NONE;
	CHECK(day_read(slice_from(text), &d) == DATE_OK);
	return d;
}

static void test_offsets(void)
{
	static const char *const good[] = { "", "0", "-10 business", "+14 calendar",
		"+9999 business", "-1 calendar" };
	static const char *const bad[] = { "10 business", "-10", "-10 days", "+0 calendar", "-0",
		"+12345 calendar", "-10  business", "-10 business ", "- business", "+", "1",
		"0 calendar", "-x calendar" };
	struct offset o;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		CHECK_NUMBER(offset_read(slice_from(good[i]), &o), 0);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (!CHECK(offset_read(slice_from(bad[i]), &o) != 0))
			fprintf(stderr, "\t%s\n", bad[i]);
	offset_read(SLICE(""), &o);
	CHECK(!o.given);
	offset_read(SLICE("-10 business"), &o);
	CHECK(o.given && o.business && o.days == -10);
	offset_read(SLICE("+9999 calendar"), &o);
	CHECK(o.given && !o.business && o.days == 9999);
}

static void test_due(const char *refresh, const char *when, const char *want)
{
	/* Christmas in the week, and a Saturday that is one anyway. */
	day_t off[] = { day("2024-12-25"), day("2026-05-25"), day("2026-12-25"), day("2026-12-26"),
		day("2027-01-01") };
	const struct holidays holidays = { off, sizeof off / sizeof *off };
	struct offset o;
	char text[DAY_TEXT];
	CHECK_NUMBER(offset_read(slice_from(when), &o), 0);
	CHECK_TEXT(day_write(text, due_day(&o, &holidays, day(refresh))), want);
}

static void test_days(void)
{
	test_due("2026-12-07", "-10 business", "2026-11-23");
	test_due("2026-12-07", "0", "2026-12-07");
	test_due("2026-12-06", "0", "2026-12-06"); /* a Sunday stays one */
	test_due("2026-12-06", "-1 business", "2026-12-04");
	test_due("2026-12-05", "-1 business", "2026-12-04");
	test_due("2026-12-05", "+1 business", "2026-12-07");
	test_due("2026-12-28", "-1 business", "2026-12-24"); /* a holiday on Friday */
	test_due("2026-12-24", "+1 business", "2026-12-28");
	test_due("2027-01-04", "-10 business", "2026-12-17");
	test_due("2026-06-01", "-5 business", "2026-05-22"); /* Whit Monday */
	test_due("2026-12-25", "0", "2026-12-25");
	test_due("2024-03-14", "-10 business", "2024-02-29");
	test_due("2024-02-15", "+14 calendar", "2024-02-29");
	test_due("2023-02-15", "+14 calendar", "2023-03-01");
	test_due("2026-12-20", "+14 calendar", "2027-01-03");
	test_due("2026-01-07", "-14 calendar", "2025-12-24");
}

static void test_weekdays(void)
{
	CHECK_TEXT(slice_from(day_weekday_name(day("1970-01-01"))), "Thursday");
	CHECK_TEXT(slice_from(day_weekday_name(day("1900-01-01"))), "Monday");
	CHECK_TEXT(slice_from(day_weekday_name(day("1969-12-28"))), "Sunday");
	CHECK_TEXT(slice_from(day_weekday_name(day("9998-12-31"))), "Thursday");
	CHECK_TEXT(slice_from(day_weekday_name(day("2024-02-29"))), "Thursday");
}

/* At the ends of what a day can be, nothing overflows and the day is still the right one. */
static void test_ends(void)
{
	const struct holidays none = { NULL, 0 };
	struct offset o;
	offset_read(SLICE("-9999 business"), &o);
	CHECK_NUMBER(due_day(&o, &none, day("1900-01-01")), day("1900-01-01") - 13999);
	offset_read(SLICE("+9999 calendar"), &o);
	CHECK_NUMBER(due_day(&o, &none, day("9998-12-31")), day("9998-12-31") + 9999);
	offset_read(SLICE("-1 business"), &o);
	CHECK(!day_in_range(due_day(&o, &none, day("1900-01-01"))));
	CHECK(day_in_range(due_day(&o, &none, day("1900-01-02"))));
}

int main(void)
{
	test_offsets();
	test_days();
	test_weekdays();
	test_ends();
	return test_report("due_test");
}
