/*
 * What a date shows of its form, where nobody has named one: which of its parts is the year, and
 * whether one of the other two can only be the day. No date is read by this; a person looks at it.
 */
#ifndef DATE_SHAPE_H
#define DATE_SHAPE_H

#include "buffer.h"

enum shape_kind {
	SHAPE_NONE,       /* no date as far as we know */
	SHAPE_SHORT_YEAR, /* a year of two digits, or none */
	SHAPE_EITHER,     /* day and month could be the other way round */
	SHAPE_DAY_FIRST,
	SHAPE_MONTH_FIRST,
	SHAPE_NAMED, /* the month is a name */
	SHAPE_ISO,   /* the day is ISO, the time is not, or has something behind it */
	SHAPE_COUNT
};

struct date_shape {
	enum shape_kind kind;
	struct slice name; /* of the month, SHAPE_NAMED; in the text */
	bool short_parts;  /* a day or month of one digit */
	size_t year;       /* its place among the three parts, 0 or 2 */
	size_t name_place;
	struct slice separators[2]; /* between the three parts; in the text, as all of these are */
	struct slice before_time;   /* between the day and the time; empty: no time */
	struct slice zone;          /* behind an ISO time, or parts of a second; SHAPE_ISO */
	const char *time;           /* "HH:mm:ss", …; NULL: a time in no form that a format has */
};

/* Judges one text. */
void date_shape_read(struct date_shape *s, struct slice text);

/* Is the name of a month one of JAN to DEC, in any case? */
bool date_shape_english(struct slice name);

/* Have the two the same parts in the same places with the same separators? */
bool date_shape_like(const struct date_shape *a, const struct date_shape *b);

/*
 * Appends the format of the shape, with the day or the month first as its kind has it; `months` is
 * what stands for the month where it is a name: "MON". Nothing where the shape does not settle it.
 * 0, or -1 without memory.
 */
int date_shape_format(
	const struct date_shape *s, bool short_parts, const char *months, struct buffer *out);

#endif
