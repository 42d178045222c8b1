/*
 * The last day for a task, counted from the day of the refresh in calendar or in business days.
 *
 * A business day is a day from Monday to Friday that is no holiday (KBA 2165346 asks for business
 * days and does not say whose holidays count: that is what the list is for).
 */
#ifndef DUE_H
#define DUE_H

#include "date.h"
#include "reader.h"

struct offset {
	bool given;
	bool business;
	int32_t days; /* 0: the day of the refresh itself, whatever day it is */
};

/* "", "0", "-10 business", "+14 calendar", up to 9999 days: 0, or -1. */
int offset_read(struct slice text, struct offset *offset);

struct holidays {
	day_t *days; /* in order, once they are read */
	size_t count;
};

/*
 * Reads a table with the column `day`; other columns are ignored. A row without a day is status 3.
 * 0, or -1 with the error set; to be released in any case.
 */
int holidays_read(struct holidays *h, const char *path, enum format format, struct error *e);

void holidays_release(struct holidays *h);

/* 0: Monday, … 6: Sunday. Every day of any day_t near those that a stream can hold. */
int day_weekday(day_t day);

/* "Monday", …. */
const char *day_weekday_name(day_t day);

/* It may lie outside of what a stream can hold (day_in_range), and is right all the same. */
day_t due_day(const struct offset *offset, const struct holidays *holidays, day_t refresh);

#endif
