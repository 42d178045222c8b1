#include "date.h"

#include "digits.h"

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

/*
 * The remainders of two linear functions, by multiplication instead of division: Neri and Schneider,
 * Euclidean affine functions and their application to calendar algorithms, 2022.
 */
static struct civil civil_from_day(day_t day)
{
	uint32_t quarters =
		4 * (uint32_t)(day + 719468) + 3; /* quarters of a day since 0000-03-01 */
	uint32_t century = quarters / 146097;
	uint64_t scaled = UINT64_C(2939745) * ((quarters % 146097) | 3);
	uint32_t year_of_century = (uint32_t)(scaled >> 32);
	uint32_t day_of_year = (uint32_t)scaled / 2939745 / 4;
	uint32_t shifted = 2141 * day_of_year + 197913;
	bool next = day_of_year >= 306; /* January and February belong to the year after */
	return (struct civil){ (int)(century * 100 + year_of_century) + next,
		(int)(shifted >> 16) - (next ? 12 : 0), (int)((shifted & 0xFFFF) / 2141) + 1 };
}

bool day_in_range(int64_t day)
{
	return day >= -25567 && day <= 2932531; /* 1900-01-01 to 9998-12-31 */
}

bool day_exists(int year, int month, int day)
{
	static const signed char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	if (year < 1900 || year > 9998 || month < 1 || month > 12 || day < 1)
		return false;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return day <= days[month - 1] || (day == 29 && month == 2 && leap);
}

static enum date_result day_check(int year, int month, int day, day_t *result)
{
	if (year == 9999 && month == 12 && day == 31)
		return DATE_OPEN_ENDED;
	if (!day_exists(year, month, day))
		return DATE_IMPOSSIBLE;
	*result = day_from_civil(year, month, day);
	return DATE_OK;
}

enum date_result day_read(struct slice text, day_t *day)
{
	if (text.len != 10 || text.ptr[4] != '-' || text.ptr[7] != '-')
		return DATE_FORM;
	int y = digits_four(text.ptr);
	int m = digits_two(text.ptr + 5);
	int d = digits_two(text.ptr + 8);
	if ((y | m | d) < 0)
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
	static const struct {
		unsigned char at;
		char byte;
	} between[] = { { 4, '-' }, { 7, '-' }, { 10, 'T' }, { 13, ':' }, { 16, ':' } };
	if (text.len != 19)
		return DATE_FORM;
	const int parts[6] = { digits_four(text.ptr), digits_two(text.ptr + 5),
		digits_two(text.ptr + 8), digits_two(text.ptr + 11), digits_two(text.ptr + 14),
		digits_two(text.ptr + 17) };
	for (size_t i = 0; i < sizeof between / sizeof *between; i++)
		if (text.ptr[between[i].at] != between[i].byte)
			return DATE_FORM;
	if ((parts[0] | parts[1] | parts[2] | parts[3] | parts[4] | parts[5]) < 0)
		return DATE_FORM;
	return moment_make(parts, moment);
}

static void put_two(char *into, int value)
{
	into[0] = (char)('0' + value / 10);
	into[1] = (char)('0' + value % 10);
}

struct slice day_write(char into[DAY_TEXT], day_t day)
{
	struct civil c = civil_from_day(day);
	put_two(into, c.year / 100);
	put_two(into + 2, c.year % 100);
	into[4] = '-';
	put_two(into + 5, c.month);
	into[7] = '-';
	put_two(into + 8, c.day);
	into[10] = '\0';
	return (struct slice){ into, 10 };
}

struct slice moment_write(char into[MOMENT_TEXT], moment_t moment)
{
	day_t day = moment_day(moment);
	int second = (int)(moment - day_moment(day));
	day_write(into, day);
	into[10] = 'T';
	put_two(into + 11, second / 3600);
	into[13] = ':';
	put_two(into + 14, second / 60 % 60);
	into[16] = ':';
	put_two(into + 17, second % 60);
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
