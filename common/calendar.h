/*
 * The calendar, and a day out of its digits, where many are read one after the other: without a division,
 * and without a branch by what no processor can foresee, such as which year is a leap year.
 */
#ifndef CALENDAR_H
#define CALENDAR_H

#include "date.h"

#include <endian.h>

/*
 * A year in two parts, as its digits are read. Parts that are none of a date may be up to 255.
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
	/* Of the years from 0 on that came before: by fours, less the hundreds, but for the fourth ones. */
	unsigned leaps = y.century * 24 + (y.century + 3) / 4 + (y.rest + 3) / 4 -
			 ((y.rest != 0) & (y.century % 4 != 0));
	unsigned days = (y.century * 100 + y.rest) * 365 + leaps + month_of(y, month).before + day;
	return (day_t)days - 719529; /* of which so many are up to 1970-01-01 */
}

/* What is outside of the range wraps around, and is too much. */
static inline bool date_exists(struct year y, unsigned month, unsigned day)
{
	unsigned year = y.century * 100 + y.rest;
	return (year - 1900 <= 9998 - 1900) & (month < 16) & (day - 1 < month_of(y, month).days);
}

/* Eight bytes, the first in the lowest place. */
static inline uint64_t eight_at(const char *at)
{
	uint64_t bytes;
	memcpy(&bytes, at, sizeof bytes);
	return le64toh(bytes);
}

/*
 * Eight bytes, less those of a form with '0' for each digit; and whether they have that form, of which
 * `last` has '9' for each. What is added carries into a byte's high bit where that is not so.
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

/* What stands at the places of a date, if anything of it does. */
struct date_digits {
	bool good; /* all of it has the form */
	struct year year;
	unsigned month;
	unsigned day;
};

/* DAY_TEXT - 1 bytes may be read. Where there is `none`, whatever they are, nothing is good and all is 0. */
static inline struct date_digits date_digits_at(const char *at, bool none)
{
	struct date_digits d = { .good = true };
	const uint64_t kept = (uint64_t)none - 1;
	uint64_t front = pairs_of(less_form(at, "0000-00-", "9999-99-", &d.good) & kept);
	uint64_t back = pairs_of(less_form(at + 2, "00-00-00", "99-99-99", &d.good) & kept);
	d.good &= !none;
	d.year = (struct year){ pair_at(front, 0), pair_at(front, 2) };
	d.month = pair_at(front, 5);
	d.day = pair_at(back, 6);
	return d;
}

/*
 * As day_read, but DAY_NONE of an empty text; `text` has slack. In a column of which nobody can foresee
 * which fields are empty, a branch by that would take longer than reading all of them.
 */
__attribute__((always_inline)) static inline enum date_result day_read_any(struct slice text, day_t *day)
{
	const struct date_digits d = date_digits_at(slice_start(text), text.len != DAY_TEXT - 1);
	uint32_t good = d.good & date_exists(d.year, d.month, d.day);
	/* From here on it is any number, for compilers like to make branches of what is 0 or 1. */
	__asm__("" : "+r"(good));
	if (good + (text.len == 0) == 0)
		return day_read(text, day);
	const uint32_t known = 0 - good;
	const uint32_t found = (uint32_t)day_from_civil(d.year, d.month, d.day);
	*day = (day_t)((found & known) | ((uint32_t)DAY_NONE & ~known));
	return DATE_OK;
}

#endif
