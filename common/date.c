#include "date.h"

#include <time.h>

#define SECONDS_A_DAY 86400

/*
 * Days since 1970-01-01 of a civil date, and back. The year is counted from March, so that the leap
 * day is its last; an era is the 400 years after which the calendar repeats.
 */
static day_t day_from_civil(int year, int month, int day)
{
	int y = year - (month <= 2);
	int era = y / 400; /* years are positive here */
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

struct civil {
	int year, month, day;
};

static struct civil civil_from_day(day_t day)
{
	int shifted = day + 719468;
	int era = shifted / 146097;
	int day_of_era = shifted - era * 146097;
	int year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int shifted_month = (5 * day_of_year + 2) / 153;
	int month = shifted_month + (shifted_month < 10 ? 3 : -9);
	return (struct civil){ year_of_era + era * 400 + (month <= 2), month,
		day_of_year - (153 * shifted_month + 2) / 5 + 1 };
}

static int days_of_month(int year, int month)
{
	static const signed char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && leap);
}

bool day_in_range(int64_t day)
{
	return day >= -25567 && day <= 2932531; /* 1900-01-01 to 9998-12-31 */
}

/* The value of `count` digits at `at`; -1 where one is no digit. */
static int digits(struct slice text, size_t at, size_t count)
{
	int value = 0;
	if (at + count > text.len)
		return -1;
	for (size_t i = at; i < at + count; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return -1;
		value = value * 10 + (text.ptr[i] - '0');
	}
	return value;
}

static enum date_result day_check(int year, int month, int day, day_t *result)
{
	if (year == 9999 && month == 12 && day == 31)
		return DATE_OPEN_ENDED;
	if (year < 1900 || year > 9998 || month < 1 || month > 12 || day < 1 ||
		day > days_of_month(year, month))
		return DATE_IMPOSSIBLE;
	*result = day_from_civil(year, month, day);
	return DATE_OK;
}

enum date_result day_read(struct slice text, day_t *day)
{
	if (text.len != 10 || text.ptr[4] != '-' || text.ptr[7] != '-')
		return DATE_FORM;
	int y = digits(text, 0, 4);
	int m = digits(text, 5, 2);
	int d = digits(text, 8, 2);
	if (y < 0 || m < 0 || d < 0)
		return DATE_FORM;
	return day_check(y, m, d, day);
}

enum date_result moment_make(const int parts[6], moment_t *moment)
{
	day_t day;
	enum date_result result = day_check(parts[0], parts[1], parts[2], &day);
	if (result != DATE_OK)
		return result;
	/* No leap second: SAP writes none, and a day has 86,400 seconds here. */
	if (parts[3] > 23 || parts[4] > 59 || parts[5] > 59)
		return DATE_IMPOSSIBLE;
	*moment = day_moment(day) + parts[3] * 3600 + parts[4] * 60 + parts[5];
	return DATE_OK;
}

enum date_result moment_read(struct slice text, moment_t *moment)
{
	/* Where each number starts, what stands before it, and how many digits it has. */
	static const struct {
		unsigned char at, count;
		char before;
	} form[6] = { { 0, 4, 0 }, { 5, 2, '-' }, { 8, 2, '-' }, { 11, 2, 'T' }, { 14, 2, ':' },
		{ 17, 2, ':' } };
	int parts[6];
	if (text.len != 19)
		return DATE_FORM;
	for (size_t i = 0; i < 6; i++) {
		parts[i] = digits(text, form[i].at, form[i].count);
		if (parts[i] < 0 || (form[i].before && text.ptr[form[i].at - 1] != form[i].before))
			return DATE_FORM;
	}
	return moment_make(parts, moment);
}

static void put_digits(char *into, int value, size_t count)
{
	for (size_t i = count; i-- > 0; value /= 10)
		into[i] = (char)('0' + value % 10);
}

struct slice day_write(char into[DAY_TEXT], day_t day)
{
	struct civil c = civil_from_day(day);
	put_digits(into, c.year, 4);
	into[4] = '-';
	put_digits(into + 5, c.month, 2);
	into[7] = '-';
	put_digits(into + 8, c.day, 2);
	into[10] = '\0';
	return (struct slice){ into, 10 };
}

struct slice moment_write(char into[MOMENT_TEXT], moment_t moment)
{
	day_t day = moment_day(moment);
	int second = (int)(moment - day_moment(day));
	day_write(into, day);
	into[10] = 'T';
	put_digits(into + 11, second / 3600, 2);
	into[13] = ':';
	put_digits(into + 14, second / 60 % 60, 2);
	into[16] = ':';
	put_digits(into + 17, second % 60, 2);
	into[19] = '\0';
	return (struct slice){ into, 19 };
}

day_t moment_day(moment_t moment)
{
	moment_t day = moment / SECONDS_A_DAY;
	return (day_t)(day - (moment % SECONDS_A_DAY < 0));
}

moment_t day_moment(day_t day)
{
	return (moment_t)day * SECONDS_A_DAY;
}

int day_month(day_t day)
{
	struct civil c = civil_from_day(day);
	return (c.year - 1900) * 12 + c.month - 1;
}

day_t day_today(void)
{
	time_t now = time(NULL);
	struct tm local;
	if (!localtime_r(&now, &local))
		return DAY_NONE;
	return day_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}
