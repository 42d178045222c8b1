#include "date.h"

#include "digits.h"
#include "show.h"

#include <ctype.h>
#include <endian.h>

/* The parts of a format; the longer name of two that start alike comes first. */
enum part {
	YEAR,
	MONTH_NAME,
	MONTH_TWO,
	MONTH,
	DAY_TWO,
	DAY,
	HOUR_24,
	HOUR_12,
	MINUTE,
	SECOND,
	HALF
};

static const struct {
	struct slice name;
	enum part part;
} part_names[] = {
	{ { "YYYY", 4 }, YEAR },
	{ { "MON", 3 }, MONTH_NAME },
	{ { "MM", 2 }, MONTH_TWO },
	{ { "M", 1 }, MONTH },
	{ { "DD", 2 }, DAY_TWO },
	{ { "D", 1 }, DAY },
	{ { "HH", 2 }, HOUR_24 },
	{ { "hh", 2 }, HOUR_12 },
	{ { "mm", 2 }, MINUTE },
	{ { "ss", 2 }, SECOND },
	{ { "AP", 2 }, HALF },
};

static bool starts_with(struct slice text, struct slice start)
{
	return text.len >= start.len && memcmp(text.ptr, start.ptr, start.len) == 0;
}

static bool starts_with_caseless(struct slice text, struct slice start)
{
	if (text.len < start.len)
		return false;
	for (size_t i = 0; i < start.len; i++)
		if (tolower((unsigned char)text.ptr[i]) != tolower((unsigned char)start.ptr[i]))
			return false;
	return true;
}

/* Takes the next part off the front of the format; -1 for a literal byte, which stays. */
static int next_part(struct slice *format)
{
	for (size_t i = 0; i < sizeof part_names / sizeof *part_names; i++) {
		if (starts_with(*format, part_names[i].name)) {
			*format = slice_skip(*format, part_names[i].name.len);
			return (int)part_names[i].part;
		}
	}
	return -1;
}

/* Takes the list of month names in parentheses, if there is one, off the front. */
static int take_months(struct date_format *f, struct slice *format, struct error *e)
{
	static const char english[12][4] = { "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG",
		"SEP", "OCT", "NOV", "DEC" };
	if (format->len == 0 || format->ptr[0] != '(') {
		for (size_t i = 0; i < 12; i++)
			f->months[i] = (struct slice){ english[i], 3 };
		return 0;
	}
	const char *end = memchr(format->ptr, ')', format->len);
	if (!end)
		return error_set(e, STATUS_USAGE, "the list of month names has no \")\"");
	size_t length = (size_t)(end - format->ptr) - 1;
	struct slice rest = { format->ptr + 1, length };
	size_t count = 0;
	while (rest.ptr) {
		struct slice name = slice_cut(&rest, ',');
		if (name.len == 0 || count == 12)
			return error_set(
				e, STATUS_USAGE, "the list of month names has no twelve names");
		for (size_t i = 0; i < count; i++)
			if (name.len == f->months[i].len &&
				starts_with_caseless(name, f->months[i]))
				return error_set(e, STATUS_USAGE, "two months have the name \"%s\"",
					SHOW(name));
		f->months[count++] = name;
	}
	if (count != 12)
		return error_set(e, STATUS_USAGE,
			"the list of month names has no twelve names (got %zu)", count);
	*format = slice_skip(*format, length + 2);
	return 0;
}

/* What of a format has been parsed. */
struct parsed {
	unsigned seen; /* a bit for each part; one for all spellings of a month and of a day */
	bool open_end; /* the part before takes one digit or two */
	bool year_first;
};

static int parse_literal(struct parsed *p, unsigned char literal, struct error *e)
{
	p->open_end = false;
	if (literal == 'Y')
		return error_set(e, STATUS_USAGE, "a year needs four digits (YYYY)");
	/* What starts a part and is none was most likely meant to be one. */
	if (isdigit(literal) || strchr("HhmsAP", literal))
		return error_set(e, STATUS_USAGE, "\"%c\" is no part of a date format", literal);
	return 0;
}

static int parse_part(
	struct date_format *f, struct parsed *p, enum part part, struct slice text, struct error *e)
{
	bool month = part == MONTH_NAME || part == MONTH_TWO || part == MONTH;
	bool day = part == DAY_TWO || part == DAY;
	unsigned bit = 1u << (month ? MONTH : day ? DAY : part);
	if (p->seen & bit)
		return error_set(e, STATUS_USAGE, "\"%s\" repeats a part", SHOW(text));
	/* 1 or 2 digits, and digits behind them: no way to tell where the one ends. */
	if (p->open_end && part != MONTH_NAME && part != HALF)
		return error_set(e, STATUS_USAGE, "digits follow M or D without anything between");
	p->open_end = part == MONTH || part == DAY;
	p->year_first |= p->seen == 0 && part == YEAR;
	f->year_day_month |= p->year_first && day && !(p->seen & 1u << MONTH);
	p->seen |= bit;
	return 0;
}

static int date_format_parse(struct date_format *f, struct error *e)
{
	struct parsed p = { 0 };
	for (struct slice rest = buffer_slice(&f->text); rest.len;) {
		struct slice text = rest;
		int part = next_part(&rest);
		if (part < 0) {
			if (parse_literal(&p, (unsigned char)*rest.ptr, e) != 0)
				return -1;
			rest = slice_skip(rest, 1);
			continue;
		}
		if (part == MONTH_NAME && take_months(f, &rest, e) != 0)
			return -1;
		text.len -= rest.len;
		if (parse_part(f, &p, (enum part)part, text, e) != 0)
			return -1;
	}
	unsigned day = 1u << YEAR | 1u << MONTH | 1u << DAY;
	if ((p.seen & day) != day)
		return error_set(e, STATUS_USAGE, "a date format needs a year, a month and a day");
	bool twelve = p.seen & 1u << HOUR_12;
	f->half_days = p.seen & 1u << HALF;
	if (twelve != f->half_days || (twelve && p.seen & 1u << HOUR_24))
		return error_set(e, STATUS_USAGE, "hh and AP go together, and not with HH");
	f->has_time = p.seen & (1u << HOUR_12 | 1u << HOUR_24);
	if (!f->has_time && p.seen & (1u << MINUTE | 1u << SECOND))
		return error_set(e, STATUS_USAGE, "mm and ss need an hour");
	return 0;
}

/* Most formats are numbers of a fixed width, which need not be parsed anew for each date. */
static void date_format_fix(struct date_format *f)
{
	static const signed char places[] = { [YEAR] = 0,
		[MONTH_TWO] = 1,
		[DAY_TWO] = 2,
		[HOUR_24] = 3,
		[MINUTE] = 4,
		[SECOND] = 5,
		[MONTH_NAME] = -1,
		[MONTH] = -1,
		[DAY] = -1,
		[HOUR_12] = -1,
		[HALF] = -1 };
	memset(f->parts, DATE_NO_PART, sizeof f->parts);
	f->fixed = f->text.len < DATE_NO_PART;
	for (struct slice rest = buffer_slice(&f->text); rest.len && f->fixed;) {
		size_t at = f->text.len - rest.len;
		int part = next_part(&rest);
		if (part < 0)
			rest = slice_skip(rest, 1);
		else if (places[part] < 0)
			f->fixed = false;
		else
			f->parts[places[part]] = (unsigned char)at;
	}
	f->short_day = f->fixed && !f->has_time && f->text.len <= sizeof f->least;
	for (size_t i = 0; f->short_day && i < f->text.len; i++)
		f->least[i] = (unsigned char)f->text.ptr[i];
	for (size_t part = 0; f->short_day && part < 3; part++)
		for (size_t i = 0; i < (part == 0 ? 4 : 2); i++) {
			f->least[f->parts[part] + i] = '0';
			f->span[f->parts[part] + i] = 9;
		}
}

int date_format_compile(struct date_format *f, struct slice text, struct error *e)
{
	*f = (struct date_format){ 0 };
	if (buffer_append(&f->text, text) != 0)
		return error_memory(e);
	if (date_format_parse(f, e) == 0) {
		date_format_fix(f);
		return 0;
	}
	struct buffer why = e->text;
	e->text = (struct buffer){ 0 };
	error_set(e, STATUS_USAGE, "date format \"%s\": %.*s", SHOW(text), (int)why.len, why.ptr);
	error_hint(e, "parts are YYYY MM M DD D MON HH hh mm ss AP, e.g. DD.MM.YYYY or "
		      "MON-DD-YYYY HH:mm:ss");
	buffer_release(&why);
	date_format_release(f);
	return -1;
}

/* Takes a number of `least` to `most` digits off the front; -1 where there is none. */
static int take_number(struct slice *text, size_t least, size_t most)
{
	int value = 0;
	size_t length = 0;
	while (length < most && length < text->len && text->ptr[length] >= '0' &&
		text->ptr[length] <= '9')
		value = value * 10 + (text->ptr[length++] - '0');
	if (length < least)
		return -1;
	*text = slice_skip(*text, length);
	return value;
}

static int take_month_name(const struct date_format *f, struct slice *text)
{
	int found = -1;
	for (int i = 0; i < 12; i++)
		if (starts_with_caseless(*text, f->months[i]) &&
			(found < 0 || f->months[i].len > f->months[found].len))
			found = i;
	if (found >= 0)
		*text = slice_skip(*text, f->months[found].len);
	return found + 1;
}

static int take_part(const struct date_format *f, enum part part, struct slice *text)
{
	switch (part) {
	case YEAR:
		return take_number(text, 4, 4);
	case MONTH:
	case DAY:
		return take_number(text, 1, 2);
	case MONTH_TWO:
	case DAY_TWO:
	case HOUR_24:
	case HOUR_12:
	case MINUTE:
	case SECOND:
		return take_number(text, 2, 2);
	case MONTH_NAME: {
		int month = take_month_name(f, text);
		return month ? month : -1;
	}
	case HALF:
		for (int half = 0; half < 2; half++) {
			if (starts_with_caseless(*text, half ? SLICE("PM") : SLICE("AM"))) {
				*text = slice_skip(*text, 2);
				return half;
			}
		}
		return -1;
	}
	return -1;
}

static enum date_result read_fixed(const struct date_format *f, struct slice text, moment_t *moment)
{
	int values[6] = { 0 };
	size_t taken = 0;
	int wrong = 0;
	if (text.len != f->text.len)
		return DATE_FORM;
	for (size_t i = 0; i < 6; i++) {
		if (f->parts[i] == DATE_NO_PART)
			continue;
		const char *part = text.ptr + f->parts[i];
		values[i] = i == 0 ? digits_four(part) : digits_two(part);
		wrong |= values[i];
		taken += i == 0 ? 4 : 2;
	}
	/*
	 * A part's name has no digit, and no other byte is one: what is the same here is the rest.
	 */
	for (size_t i = 0; i < text.len; i++)
		taken += text.ptr[i] == f->text.ptr[i];
	return wrong >= 0 && taken == text.len ? moment_make(values, moment) : DATE_FORM;
}

/* Four bytes, and two, the first in the lowest place. */
static inline uint64_t four_at(const char *at)
{
	uint32_t bytes;
	memcpy(&bytes, at, sizeof bytes);
	return le32toh(bytes);
}

static inline uint64_t two_at(const char *at)
{
	uint16_t bytes;
	memcpy(&bytes, at, sizeof bytes);
	return le16toh(bytes);
}

bool date_format_day(const struct date_format *f, struct slice text, char into[SLICE_SLACK])
{
	if (!f->short_day || text.len != f->text.len)
		return false;
	slice_block bytes = slice_block_of(text.ptr, text.len);
	slice_halves wrong = (slice_halves)((bytes - f->least) > f->span);
	if (wrong[0] | wrong[1])
		return false;
	uint64_t year = four_at(text.ptr + f->parts[0]);
	uint64_t month = two_at(text.ptr + f->parts[1]);
	uint64_t day = two_at(text.ptr + f->parts[2]);
	/* In one piece: what is written in several would be waited for by who reads it as one. */
	const slice_halves iso = { htole64(year | (uint64_t)'-' << 32 | month << 40 |
					   (uint64_t)'-' << 56),
		htole64(day) };
	memcpy(into, &iso, sizeof iso);
	return day_digits_exist(year | month << 32 | day << 48);
}

enum date_result date_format_read(const struct date_format *f, struct slice text, moment_t *moment)
{
	if (f->fixed)
		return read_fixed(f, text, moment);
	int value[HALF + 1] = { 0 };
	struct slice format = buffer_slice(&f->text);
	while (format.len) {
		int part = next_part(&format);
		if (part < 0) {
			if (text.len == 0 || text.ptr[0] != format.ptr[0])
				return DATE_FORM;
			format = slice_skip(format, 1);
			text = slice_skip(text, 1);
			continue;
		}
		if (part == MONTH_NAME && format.len && format.ptr[0] == '(') {
			const char *end = memchr(format.ptr, ')', format.len);
			format = slice_skip(format, (size_t)(end - format.ptr) + 1);
		}
		int number = take_part(f, (enum part)part, &text);
		if (number < 0)
			return DATE_FORM;
		value[part] = number;
	}
	if (text.len)
		return DATE_FORM;
	int hour = value[HOUR_24];
	if (f->half_days) {
		if (value[HOUR_12] < 1 || value[HOUR_12] > 12)
			return DATE_IMPOSSIBLE;
		hour = value[HOUR_12] % 12 + 12 * value[HALF];
	}
	int parts[6] = { value[YEAR], value[MONTH] + value[MONTH_TWO] + value[MONTH_NAME],
		value[DAY] + value[DAY_TWO], hour, value[MINUTE], value[SECOND] };
	return moment_make(parts, moment);
}

void date_format_release(struct date_format *f)
{
	buffer_release(&f->text);
}
