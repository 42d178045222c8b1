/*
 * The dates under one heading: in what form they are, and what they prove where nobody has named
 * the form. Memory is constant, however many there are.
 */
#ifndef DATE_SURVEY_H
#define DATE_SURVEY_H

#include "convert.h"
#include "date_shape.h"

#define DATE_SAMPLE 64 /* bytes; no date is longer */
#define DATE_MONTHS 12 /* names that are kept */

/* One of the values, and where it stands. */
struct date_sample {
	char text[DATE_SAMPLE];
	size_t length;
	uint64_t line; /* 0: there is none */
};

struct date_survey {
	uint64_t filled; /* values that are not empty */
	uint64_t read;   /* of these, those that are read without a further format */
	uint64_t unread; /* in another form */
	bool settled;    /* a format was named, by the map or an option */
	const struct date_format *format; /* the one in force, borrowed; NULL: ISO */
	struct date_sample misfit;        /* the first value that a named format does not fit */
	struct date_sample impossible;    /* the first that has its form, and is no date */
	struct date_sample kinds[SHAPE_COUNT]; /* the first unread value of each kind */
	struct date_sample first;              /* the first unread date, and one of another form */
	struct date_sample other;
	bool short_parts;
	char months[DATE_MONTHS][DATE_SAMPLE]; /* names that are no English ones, as they are met */
	size_t month_count;
};

/* Starts with what is in force: the formats of a binding (NULL: none), or else those of the run. */
void date_survey_begin(struct date_survey *d, const struct conversion *c, const struct binding *b);

/* Notes a value, read as it will be. */
void date_survey_add(struct date_survey *d, const struct conversion *c, const struct binding *b,
	struct slice raw, uint64_t line);

/* Are some of the values in a form that nobody has named? */
bool date_survey_open(const struct date_survey *d);

/* Are all of the values dates, as far as they show it, and one at least? */
bool date_survey_likely(const struct date_survey *d);

/*
 * Appends the format in force, "ISO", or "?" where none is; and what the values prove, empty where
 * there is nothing to say. 0, or -1 without memory.
 */
int date_survey_tell(const struct date_survey *d, struct buffer *format, struct buffer *evidence);

#endif
