#include "date_shape.h"

#include "date.h"

#include <strings.h>

/* A part of the day: its digits, or the letters of a name. */
struct part {
	struct slice text;
	bool name;
	int number;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static struct slice take(struct slice *text, bool (*wanted)(char c))
{
	size_t length = 0;
	while (length < text->len && wanted(text->ptr[length]))
		length++;
	struct slice taken = { text->ptr, length };
	*text = slice_skip(*text, length);
	return taken;
}

static bool is_separator(char c)
{
	return c && strchr("./- ,", c);
}

/* Takes digits, 1 to 4, or a name; false: there is neither. */
static bool take_part(struct slice *text, struct part *part)
{
	*part = (struct part){ .text = take(text, is_digit) };
	for (size_t i = 0; i < part->text.len && i < 4; i++)
		part->number = part->number * 10 + (part->text.ptr[i] - '0');
	if (part->text.len)
		return part->text.len <= 4 && part->text.len != 3;
	part->name = true;
	part->text = take(text, is_letter);
	return part->text.len > 1;
}

/* Does the text have the digits of the pattern's zeros, and else its bytes? */
static bool has_pattern(struct slice text, const char *pattern)
{
	if (text.len != strlen(pattern))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char byte = text.ptr[i];
		/* AM or PM, in any case. */
		bool same = pattern[i] == '0'   ? is_digit(byte)
			    : pattern[i] == 'A' ? byte && strchr("AaPp", byte)
			    : pattern[i] == 'M' ? byte == 'M' || byte == 'm'
						: byte == pattern[i];
		if (!same)
			return false;
	}
	return true;
}

static const char *time_format(struct slice text)
{
	static const char *const forms[][2] = {
		{ "00:00:00", "HH:mm:ss" },
		{ "00:00", "HH:mm" },
		{ "00:00:00 AM", "hh:mm:ss AP" },
		{ "00:00 AM", "hh:mm AP" },
		{ "00:00:00AM", "hh:mm:ssAP" },
		{ "00:00AM", "hh:mmAP" },
	};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (has_pattern(text, forms[i][0]))
			return forms[i][1];
	return NULL;
}

/* What may stand behind an ISO time: parts of a second, a zone. */
static bool is_zone(struct slice text)
{
	static const char *const zones[] = { "", "Z", "+00", "+0000", "+00:00", "-00", "-0000",
		"-00:00" };
	if (text.len && (*text.ptr == '.' || *text.ptr == ',')) {
		text = slice_skip(text, 1);
		if (take(&text, is_digit).len == 0)
			return false;
	}
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
		if (has_pattern(text, zones[i]))
			return true;
	/* CET, UTC, … */
	if (text.len && *text.ptr == ' ')
		text = slice_skip(text, 1);
	size_t letters = take(&text, is_letter).len;
	return text.len == 0 && letters && letters <= 5;
}

/*
 * YYYY-MM-DD, whose order is known, and behind it a time that needs a format: 10:00, 10:00:00Z.
 * Sets `zone`, and `time` where a format takes it: a Z is a letter to it, and no digit can be one.
 */
static bool is_iso(struct date_shape *s, struct slice text)
{
	static const char *const times[][2] = { { "00:00:00", "HH:mm:ssZ" },
		{ "00:00", "HH:mmZ" } };
	day_t day;
	if (text.len < 12 || day_read((struct slice){ text.ptr, 10 }, &day) == DATE_FORM)
		return false;
	if (s->time)
		return true;
	struct slice time = slice_skip(text, 10 + s->before_time.len);
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		size_t length = strlen(times[i][0]);
		if (time.len < length ||
			!has_pattern((struct slice){ time.ptr, length }, times[i][0]) ||
			!is_zone(slice_skip(time, length)))
			continue;
		s->zone = slice_skip(time, length);
		if (slice_equal(s->zone, SLICE("Z")))
			s->time = times[i][1];
		return true;
	}
	return false;
}

/* The time, with what is between it and the day; false: what follows the day is none. */
static bool take_time(struct date_shape *s, struct slice text)
{
	s->time = "";
	if (text.len == 0)
		return true;
	size_t length = *text.ptr == 'T'
				? 1
				: take(&(struct slice){ text.ptr, text.len }, is_separator).len;
	s->before_time = (struct slice){ text.ptr, length };
	s->time = time_format(slice_skip(text, length));
	return length && text.len > length && is_digit(text.ptr[length]);
}

/* Which part is what; SHAPE_NONE: that is no date. */
static enum shape_kind judge(struct date_shape *s, const struct part parts[3])
{
	size_t names = 0;
	size_t years = 0;
	for (size_t i = 0; i < 3; i++) {
		names += parts[i].name;
		if (parts[i].name)
			s->name_place = i;
		if (!parts[i].name && parts[i].text.len == 4) {
			years++;
			s->year = i;
		}
		s->short_parts |= !parts[i].name && parts[i].text.len == 1;
	}
	if (names > 1 || years > 1 || (years && s->year == 1))
		return SHAPE_NONE;
	if (years == 0)
		return SHAPE_SHORT_YEAR;
	if (names) {
		s->name = parts[s->name_place].text;
		return SHAPE_NAMED;
	}
	int first = parts[s->year == 0].number;
	int second = parts[s->year == 0 ? 2 : 1].number;
	if (first < 1 || second < 1 || first > 31 || second > 31 || (first > 12 && second > 12))
		return SHAPE_NONE;
	return first > 12 ? SHAPE_DAY_FIRST : second > 12 ? SHAPE_MONTH_FIRST : SHAPE_EITHER;
}

void date_shape_read(struct date_shape *s, struct slice text)
{
	struct slice whole = text;
	struct part parts[3];
	*s = (struct date_shape){ .kind = SHAPE_NONE };
	for (size_t i = 0; i < 3; i++) {
		if (!take_part(&text, &parts[i]))
			return;
		if (i < 2)
			s->separators[i] = take(&text, is_separator);
		if (i < 2 && s->separators[i].len == 0)
			return;
	}
	if (!take_time(s, text))
		return;
	s->kind = judge(s, parts);
	bool month_first = s->kind == SHAPE_EITHER || s->kind == SHAPE_MONTH_FIRST;
	if (month_first && is_iso(s, whole) && (s->kind == SHAPE_EITHER || s->zone.len))
		s->kind = SHAPE_ISO;
}

/* Zones may differ by the season. */
static char zone_kind(const struct date_shape *s)
{
	char first = s->zone.len ? *s->zone.ptr : '\0';
	return first == '-' ? '+' : first;
}

bool date_shape_english(struct slice name)
{
	static const char months[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
	for (size_t i = 0; name.len == 3 && i < 12; i++)
		if (strncasecmp(name.ptr, months + 3 * i, 3) == 0)
			return true;
	return false;
}

bool date_shape_like(const struct date_shape *a, const struct date_shape *b)
{
	bool named = a->kind == SHAPE_NAMED;
	return named == (b->kind == SHAPE_NAMED) && a->year == b->year &&
	       (!named || a->name_place == b->name_place) &&
	       slice_equal(a->separators[0], b->separators[0]) &&
	       slice_equal(a->separators[1], b->separators[1]) &&
	       slice_equal(a->before_time, b->before_time) && a->time == b->time &&
	       zone_kind(a) == zone_kind(b);
}

int date_shape_format(
	const struct date_shape *s, bool short_parts, const char *months, struct buffer *out)
{
	if (s->kind < SHAPE_DAY_FIRST || !s->time)
		return 0;
	bool day_first = s->kind == SHAPE_DAY_FIRST;
	if (s->kind == SHAPE_NAMED)
		day_first = s->name_place == 2 || (s->name_place == 1 && s->year == 2);
	short_parts = short_parts && s->kind != SHAPE_ISO;
	const char *day = short_parts ? "D" : "DD";
	const char *month = s->kind == SHAPE_NAMED ? months : short_parts ? "M" : "MM";
	const char *parts[3] = { "YYYY", "YYYY", "YYYY" };
	parts[s->year == 0] = day_first ? day : month;
	parts[s->year == 2 ? 1 : 2] = day_first ? month : day;
	int failed = 0;
	for (size_t i = 0; i < 3; i++) {
		failed |= buffer_append(out, slice_from(parts[i]));
		if (i < 2)
			failed |= buffer_append(out, s->separators[i]);
	}
	failed |= buffer_append(out, s->before_time);
	return failed | buffer_append(out, slice_from(s->time));
}
