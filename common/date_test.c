#include "date.h"

#include "test.h"

#include <stdlib.h>
#include <time.h>

static bool leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Every day of the range, counted off on a calendar. */
static void test_every_day(void)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool quick = test_rounds(10) < 10;
	day_t expected = -25567;
	bool same = true;
	for (int year = 1900; year <= 9998 && same; year++) {
		for (int month = 1; month <= 12 && same; month++) {
			int length = lengths[month - 1] + (month == 2 && leap(year));
			for (int d = 1; d <= length && same; d++, expected++) {
				char text[40];
				char written[DAY_TEXT];
				day_t day = DAY_NONE;
				int days = 0;
				if (quick && d != 1 && d != length)
					continue;
				snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, d);
				same = day_read(slice_from(text), &day) == DATE_OK &&
				       day == expected && day_in_range(day) &&
				       day_month_start(day, &days) == day - (d - 1) &&
				       days == length &&
				       slice_equal(day_write(written, day), slice_from(text)) &&
				       written[10] == '\0' &&
				       day_month(day) == (year - 1900) * 12 + month - 1 &&
				       day_write_month(written, day) == day_month(day) &&
				       strcmp(written, text) == 0;
				if (!same)
					fprintf(stderr, "%s: %" PRId32 "\n", text, day);
			}
		}
	}
	CHECK(same);
	CHECK_NUMBER(expected - 1, 2932531);
	CHECK(!day_in_range(-25568) && !day_in_range(2932532));
	CHECK(!day_in_range(INT64_MIN) && !day_in_range(INT64_MAX) && !day_in_range(DAY_NONE));
}

/* The C library counts the same days. */
static void test_library(void)
{
	for (int i = 0; i < 20000; i++) {
		struct tm tm = { .tm_year = (int)(random() % 8099),
			.tm_mon = (int)(random() % 12),
			.tm_mday = 1 + (int)(random() % 28),
			.tm_hour = (int)(random() % 24),
			.tm_min = (int)(random() % 60),
			.tm_sec = (int)(random() % 60) };
		char text[24];
		char written[MOMENT_TEXT];
		moment_t moment = MOMENT_NONE;
		strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm);
		time_t seconds = timegm(&tm);
		bool same = moment_read(slice_from(text), &moment) == DATE_OK &&
			    moment == seconds &&
			    slice_equal(moment_write(written, moment), slice_from(text)) &&
			    written[19] == '\0' && day_moment(moment_day(moment)) <= moment &&
			    moment < day_moment(moment_day(moment) + 1);
		if (!CHECK(same)) {
			fprintf(stderr, "%s\n", text);
			return;
		}
	}
}

static void check_day(const char *text, enum date_result want)
{
	day_t day = 4711;
	if (!CHECK(day_read(slice_from(text), &day) == want))
		fprintf(stderr, "\t%s\n", text);
	CHECK(day == 4711 || want == DATE_OK);
}

static void test_days(void)
{
	check_day("1900-01-01", DATE_OK);
	check_day("9998-12-31", DATE_OK);
	check_day("1899-12-31", DATE_IMPOSSIBLE);
	check_day("0000-00-00", DATE_IMPOSSIBLE);
	check_day("9999-01-01", DATE_IMPOSSIBLE);
	check_day("9999-12-30", DATE_IMPOSSIBLE);
	check_day("9999-12-31", DATE_OPEN_ENDED);
	check_day("2024-02-29", DATE_OK);
	check_day("2023-02-29", DATE_IMPOSSIBLE);
	check_day("1900-02-29", DATE_IMPOSSIBLE);
	check_day("2000-02-29", DATE_OK);
	check_day("2100-02-29", DATE_IMPOSSIBLE);
	check_day("2024-02-30", DATE_IMPOSSIBLE);
	check_day("2024-04-31", DATE_IMPOSSIBLE);
	check_day("2024-13-01", DATE_IMPOSSIBLE);
	check_day("2024-00-10", DATE_IMPOSSIBLE);
	check_day("2024-10-00", DATE_IMPOSSIBLE);
	check_day("2024-12-32", DATE_IMPOSSIBLE);
	check_day("", DATE_FORM);
	check_day("2024-1-01", DATE_FORM);
	check_day("2024-01-1", DATE_FORM);
	check_day("24-01-01", DATE_FORM);
	check_day("2024/01/01", DATE_FORM);
	check_day("20240101", DATE_FORM);
	check_day(" 2024-01-01", DATE_FORM);
	check_day("2024-01-01 ", DATE_FORM);
	check_day("2024-01-0x", DATE_FORM);
	check_day("+024-01-01", DATE_FORM);
	check_day("2024--1-01", DATE_FORM);
	check_day("2024-01-01T00:00:00", DATE_FORM);
	CHECK_NUMBER(day_read((struct slice){ NULL, 0 }, &(day_t){ 0 }), DATE_FORM);
	CHECK_NUMBER(day_read(SLICE("2024-01\0001"), &(day_t){ 0 }), DATE_FORM);
}

static void check_moment(const char *text, enum date_result want)
{
	moment_t moment = 4711;
	if (!CHECK(moment_read(slice_from(text), &moment) == want))
		fprintf(stderr, "\t%s\n", text);
	CHECK(moment == 4711 || want == DATE_OK);
}

static void test_moments(void)
{
	moment_t moment = 0;
	check_moment("1900-01-01T00:00:00", DATE_OK);
	check_moment("9998-12-31T23:59:59", DATE_OK);
	check_moment("9999-12-31T00:00:00", DATE_OPEN_ENDED);
	check_moment("9999-12-31T23:59:59", DATE_OPEN_ENDED);
	check_moment("2024-02-29T24:00:00", DATE_IMPOSSIBLE);
	check_moment("2024-02-29T23:60:00", DATE_IMPOSSIBLE);
	check_moment("2024-02-29T23:59:60", DATE_IMPOSSIBLE);
	check_moment("2023-02-29T00:00:00", DATE_IMPOSSIBLE);
	check_moment("1899-12-31T23:59:59", DATE_IMPOSSIBLE);
	check_moment("2024-02-29 00:00:00", DATE_FORM);
	check_moment("2024-02-29t00:00:00", DATE_FORM);
	check_moment("2024-02-29T00:00", DATE_FORM);
	check_moment("2024-02-29T00:00:00Z", DATE_FORM);
	check_moment("2024-02-29T0:00:000", DATE_FORM);
	check_moment("2024-02-29T00-00-00", DATE_FORM);
	check_moment("2024-02-29", DATE_FORM);
	check_moment("", DATE_FORM);
	CHECK_NUMBER(moment_read(SLICE("1970-01-01T00:00:00"), &moment), DATE_OK);
	CHECK_NUMBER(moment, 0);
	CHECK_NUMBER(moment_read(SLICE("1969-12-31T23:59:59"), &moment), DATE_OK);
	CHECK_NUMBER(moment, -1);
	CHECK_NUMBER(moment_day(-1), -1);
	CHECK_NUMBER(moment_day(-86400), -1);
	CHECK_NUMBER(moment_day(-86401), -2);
	CHECK_NUMBER(moment_day(0), 0);
	CHECK_NUMBER(moment_day(86399), 0);
	CHECK_NUMBER(moment_day(86400), 1);
	CHECK_NUMBER(moment_make((const int[6]){ 2024, 2, 30, 0, 0, 0 }, &moment), DATE_IMPOSSIBLE);
	CHECK_NUMBER(moment_make((const int[6]){ 2024, 3, 1, 1, 2, 3 }, &moment), DATE_OK);
	CHECK_NUMBER(moment, INT64_C(1709254923));
}

/* Of all bytes only a digit may stand where one does, and only the separator itself. */
static void test_bytes(void)
{
	const char good[] = "2011-11-11T11:11:11";
	for (size_t i = 0; i < sizeof good - 1; i++) {
		for (int byte = 0; byte <= UCHAR_MAX; byte++) {
			char text[sizeof good];
			moment_t moment;
			day_t day;
			bool digit = good[i] >= '0' && good[i] <= '9';
			bool form = digit ? byte >= '0' && byte <= '9' : byte == good[i];
			memcpy(text, good, sizeof good);
			text[i] = (char)byte;
			struct slice whole = { text, sizeof good - 1 };
			CHECK((moment_read(whole, &moment) != DATE_FORM) == form);
			whole.len = DAY_TEXT - 1;
			CHECK((day_read(whole, &day) != DATE_FORM) == (form || i >= whole.len));
		}
	}
}

/* The day is that of TZ, not that of Greenwich. */
static void test_today(void)
{
	day_t days[2];
	static const char *const zones[] = { "<+14>-14", "<-12>12" };
	for (size_t i = 0; i < 2; i++) {
		setenv("TZ", zones[i], 1);
		tzset();
		days[i] = day_today();
		CHECK(day_in_range(days[i]));
		time_t now = time(NULL) + (i == 0 ? 14 : -12) * 3600;
		CHECK(labs((long)(now / 86400) - days[i]) <= (now % 86400 < 5));
	}
	CHECK(days[0] - days[1] == 1 || days[0] - days[1] == 2);
}

int main(void)
{
	srandom(5);
	test_every_day();
	test_library();
	test_days();
	test_moments();
	test_bytes();
	test_today();
	return test_report("date_test");
}
