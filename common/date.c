#include "date.h"

#include <endian.h>
#include <time.h>

#define SECONDS_A_DAY 86400

/*
 * A year in two parts, as its digits are read: no division is needed.
 */
struct year {
	unsigned century; /* hundreds of years */
	unsigned rest;
};

static inline struct year year_of(int year)
{
	return (struct year){ (unsigned)year / 100, (unsigned)year % 100 };
}

static inline unsigned is_leap(struct year y)
{
	return (y.rest % 4 == 0) & ((y.rest != 0) | (y.century % 4 == 0));
}

/* Of a month: the days of its year before it, and its own. What is no month has none. */
struct month {
	unsigned short before;
	unsigned short days;
};

static inline struct month month_of(struct year y, unsigned month)
{
	static const struct month months[2][16] = {
		{ { 0, 0 }, { 0, 31 }, { 31, 28 }, { 59, 31 }, { 90, 30 }, { 120, 31 }, { 151, 30 },
			{ 181, 31 }, { 212, 31 }, { 243, 30 }, { 273, 31 }, { 304, 30 },
			{ 334, 31 } },
		{ { 0, 0 }, { 0, 31 }, { 31, 29 }, { 60, 31 }, { 91, 30 }, { 121, 31 }, { 152, 30 },
			{ 182, 31 }, { 213, 31 }, { 244, 30 }, { 274, 31 }, { 305, 30 },
			{ 335, 31 } },
	};
	return months[is_leap(y)][month & 15];
}

/* Days since 1970-01-01. */
static inline day_t day_from_civil(struct year y, unsigned month, unsigned day)
{
	/*
	 * Of the years from 0 on that came before: by fours, less the hundreds, but for the fourth
	 * ones.
	 */
	unsigned leaps = y.century * 24 + (y.century + 3) / 4 + (y.rest + 3) / 4 -
			 ((y.rest != 0) & (y.century % 4 != 0));
	unsigned days = (y.century * 100 + y.rest) * 365 + leaps + month_of(y, month).before + day;
	return (day_t)days - 719529; /* of which so many are up to 1970-01-01 */
}

struct civil {
	int year, month, day;
};

/*
 * The remainders of two linear functions, by multiplication instead of division: Neri and
 * Schneider, Euclidean affine functions and their application to calendar algorithms, 2022.
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

/* For callers here: what is outside wraps around, and is too much. */
static inline bool exists(struct year y, unsigned month, unsigned day)
{
	unsigned year = y.century * 100 + y.rest;
	return (year - 1900 <= 9998 - 1900) & (month < 16) & (day - 1 < month_of(y, month).days);
}

static inline enum date_result day_check(struct year y, unsigned month, unsigned day, day_t *result)
{
	if (!exists(y, month, day)) {
		bool open = y.century == 99 && y.rest == 99 && month == 12 && day == 31;
		return open ? DATE_OPEN_ENDED : DATE_IMPOSSIBLE;
	}
	*result = day_from_civil(y, month, day);
	return DATE_OK;
}

/* Eight bytes, the first in the lowest place. */
static inline uint64_t eight_at(const char *at)
{
	uint64_t bytes;
	memcpy(&bytes, at, sizeof bytes);
	return le64toh(bytes);
}

/*
 * Eight bytes, less those of a form with '0' for each digit; and whether they have that form, of
 * which `last` has '9' for each. What is added carries into a byte's high bit where that is not so.
 */
static inline uint64_t less_form(
	const char *at, const char form[9], const char last[9], bool *has_form)
{
	uint64_t bytes = eight_at(at) ^ eight_at(form);
	uint64_t room = UINT64_C(0x7F7F7F7F7F7F7F7F) - (eight_at(last) - eight_at(form));
	*has_form &= (((bytes + room) | bytes) & UINT64_C(0x8080808080808080)) == 0;
	return bytes;
}

/* Of each pair of digits its value, where the pair begins. */
static inline uint64_t pairs_of(uint64_t bytes)
{
	return bytes * 10 + (bytes >> 8);
}

static inline unsigned pair_at(uint64_t pairs, unsigned place)
{
	return (unsigned)(pairs >> place * 8 & 0xFF);
}

bool day_digits_exist(uint64_t digits)
{
	uint64_t pairs = pairs_of(digits & UINT64_C(0x0F0F0F0F0F0F0F0F));
	return exists((struct year){ pair_at(pairs, 0), pair_at(pairs, 2) }, pair_at(pairs, 4),
		pair_at(pairs, 6));
}

enum date_result day_read(struct slice text, day_t *day)
{
	bool has_form = true;
	if (text.len != DAY_TEXT - 1)
		return DATE_FORM;
	uint64_t front = pairs_of(less_form(text.ptr, "0000-00-", "9999-99-", &has_form));
	uint64_t back = pairs_of(less_form(text.ptr + 2, "00-00-00", "99-99-99", &has_form));
	if (!has_form)
		return DATE_FORM;
	return day_check((struct year){ pair_at(front, 0), pair_at(front, 2) }, pair_at(front, 5),
		pair_at(back, 6), day);
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

static inline void civil_write(char into[DAY_TEXT], struct civil c)
{
	put_two(into, c.year / 100);
	put_two(into + 2, c.year % 100);
	into[4] = '-';
	put_two(into + 5, c.month);
	into[7] = '-';
	put_two(into + 8, c.day);
	into[10] = '\0';
}

/* The number of whole months from January 1900 on. */
static inline int civil_month(struct civil c)
{
	return (c.year - 1900) * 12 + c.month - 1;
}

struct slice day_write(char into[DAY_TEXT], day_t day)
{
	civil_write(into, civil_from_day(day));
	return (struct slice){ into, 10 };
}

int day_write_month(char into[DAY_TEXT], day_t day)
{
	struct civil c = civil_from_day(day);
	civil_write(into, c);
	return civil_month(c);
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
	return civil_month(civil_from_day(day));
}

day_t day_month_start(day_t day, int *days)
{
	struct civil c = civil_from_day(day);
	*days = month_of(year_of(c.year), (unsigned)c.month).days;
	return day - (c.day - 1);
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
