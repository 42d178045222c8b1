#include "due.h"

#include "show.h"
#include "table.h"

#include <stdlib.h>

#define DIGITS_MOST 4

int offset_read(struct slice text, struct offset *offset)
{
	static const char *const units[] = { " calendar", " business" };
	*offset = (struct offset){ .given = text.len > 0 };
	if (text.len == 0 || slice_equal(text, SLICE("0")))
		return 0;
	bool before = text.ptr[0] == '-';
	if (!before && text.ptr[0] != '+')
		return -1;
	size_t at = 1;
	for (; at < text.len && at <= DIGITS_MOST && text.ptr[at] >= '0' && text.ptr[at] <= '9';
		at++)
		offset->days = offset->days * 10 + (text.ptr[at] - '0');
	struct slice unit = slice_skip(text, at);
	if (offset->days == 0)
		return -1;
	if (before)
		offset->days = -offset->days;
	offset->business = slice_equal(unit, slice_from(units[1]));
	return offset->business || slice_equal(unit, slice_from(units[0])) ? 0 : -1;
}

struct holidays_reading {
	struct holidays *holidays;
	struct column column;
	size_t room;
};

static int holidays_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	struct holidays_reading *r = context;
	struct holidays *h = r->holidays;
	struct slice text = record_field(row, r->column.index);
	day_t day;
	if (day_read(text, &day) != DATE_OK) {
		struct place where = *place;
		where.column = SLICE("day");
		error_at(e, STATUS_INPUT, &where, "no day (got \"%s\", want YYYY-MM-DD)",
			SHOW(text));
		return error_hint(e, "one row for each holiday; 1900-01-01 to 9998-12-31");
	}
	if (h->count == r->room) {
		size_t room = r->room ? r->room * 2 : 64;
		day_t *days = realloc(h->days, room * sizeof *days);
		if (!days)
			return error_memory(e);
		h->days = days;
		r->room = room;
	}
	h->days[h->count++] = day;
	return 0;
}

static int compare_days(const void *a, const void *b)
{
	day_t x = *(const day_t *)a;
	day_t y = *(const day_t *)b;
	return (x > y) - (x < y);
}

int holidays_read(struct holidays *h, const char *path, enum format format, struct error *e)
{
	struct holidays_reading reading = { h, { "day", true, -1 }, 0 };
	if (table_read_written(path, format, "day; a row is for example 2026-12-25",
		    &reading.column, 1, holidays_take, &reading, e) != 0)
		return -1;
	if (h->count)
		qsort(h->days, h->count, sizeof *h->days, compare_days);
	return 0;
}

void holidays_release(struct holidays *h)
{
	free(h->days);
	*h = (struct holidays){ 0 };
}

int day_weekday(day_t day)
{
	int weekday = (day + 3) % 7; /* 1970-01-01 was a Thursday */
	return weekday < 0 ? weekday + 7 : weekday;
}

const char *day_weekday_name(day_t day)
{
	static const char *const names[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
		"Saturday", "Sunday" };
	return names[day_weekday(day)];
}

static bool business_day(const struct holidays *h, day_t day)
{
	return day_weekday(day) < 5 &&
	       !(h->count && bsearch(&day, h->days, h->count, sizeof day, compare_days));
}

day_t due_day(const struct offset *offset, const struct holidays *holidays, day_t refresh)
{
	if (!offset->business)
		return refresh + offset->days;
	int step = offset->days < 0 ? -1 : 1;
	day_t day = refresh;
	for (int32_t left = offset->days * step; left > 0;) {
		day += step;
		left -= business_day(holidays, day);
	}
	return day;
}
