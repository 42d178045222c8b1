#include "calendar.h"

#include <time.h>

#define SECONDS_A_DAY 86400

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
	return date_exists(year_of(year), (unsigned)month, (unsigned)day);
}

static inline enum date_result day_check(struct year y, unsigned month, unsigned day, day_t *result)
{
	if (!date_exists(y, month, day)) {
		bool open = y.century == 99 && y.rest == 99 && month == 12 && day == 31;
		return open ? DATE_OPEN_ENDED : DATE_IMPOSSIBLE;
	}
	*result = day_from_civil(y, month, day);
	return DATE_OK;
}

enum date_result day_read(struct slice text, day_t *day)
{
	if (text.len != DAY_TEXT - 1)
		return DATE_FORM;
	const struct date_digits d = date_digits_at(text.ptr, false);
	return d.good ? day_check(d.year, d.month, d.day, day) : DATE_FORM;
}

static inline enum date_result make(const int parts[6], moment_t *moment)
{
	day_t day;
	enum date_result result =
		day_check(year_of(parts[0]), (unsigned)parts[1], (unsigned)parts[2], &day);
	if (result != DATE_OK)
		return result;
	/* No leap second: SAP writes none, and a day has 86,400 seconds here. */
	if (parts[3] > 23 || parts[4] > 59 || parts[5] > 59)
		return DATE_IMPOSSIBLE;
	*moment = day_moment(day) + parts[3] * 3600 + parts[4] * 60 + parts[5];
	return DATE_OK;
}

enum date_result moment_make(const int parts[6], moment_t *moment)
{
	return make(parts, moment);
}

enum date_result moment_read(struct slice text, moment_t *moment)
{
	bool has_form = true;
	if (text.len != MOMENT_TEXT - 1)
		return DATE_FORM;
	uint64_t front = pairs_of(less_form(text.ptr, "0000-00-", "9999-99-", &has_form));
	uint64_t middle = pairs_of(less_form(text.ptr + 8, "00T00:00", "99T99:99", &has_form));
	uint64_t back = pairs_of(less_form(text.ptr + 11, "00:00:00", "99:99:99", &has_form));
	if (!has_form)
		return DATE_FORM;
	const int parts[6] = { (int)(pair_at(front, 0) * 100 + pair_at(front, 2)),
		(int)pair_at(front, 5), (int)pair_at(middle, 0), (int)pair_at(middle, 3),
		(int)pair_at(middle, 6), (int)pair_at(back, 6) };
	return make(parts, moment);
}

/* A value below 100 as two digits. */
static void put_two(char *into, int value)
{
	static const char pairs[] = "0001020304050607080910111213141516171819"
				    "2021222324252627282930313233343536373839"
				    "4041424344454647484950515253545556575859"
				    "6061626364656667686970717273747576777879"
				    "8081828384858687888990919293949596979899";
	memcpy(into, pairs + (size_t)value * 2, 2);
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
	return day_from_civil(
		year_of(local.tm_year + 1900), (unsigned)local.tm_mon + 1, (unsigned)local.tm_mday);
}
