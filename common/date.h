/*
 * Days and moments, in the zone of whoever wrote them down; nothing is converted.
 *
 * A day is a number of days since 1970-01-01, a moment a number of seconds since 1970-01-01
 * 00:00:00, both in the proleptic Gregorian calendar, from 1900-01-01 to 9998-12-31.
 */
#ifndef DATE_H
#define DATE_H

#include "error.h"

#include <limits.h>

typedef int32_t day_t;
typedef int64_t moment_t;

#define DAY_NONE    INT32_MIN
#define MOMENT_NONE INT64_MIN

#define DAY_TEXT    11 /* "YYYY-MM-DD" and a NUL byte */
#define MOMENT_TEXT 20 /* "YYYY-MM-DDTHH:MM:SS" and a NUL byte */

enum date_result {
	DATE_OK,
	DATE_OPEN_ENDED, /* 9999-12-31, which SAP writes for "no end" */
	DATE_IMPOSSIBLE, /* has the form, but there is no such day or hour, or it is out of range */
	DATE_FORM,       /* does not have the form */
};

/* YYYY-MM-DD. */
enum date_result day_read(struct slice text, day_t *day);
/* YYYY-MM-DDTHH:MM:SS. */
enum date_result moment_read(struct slice text, moment_t *moment);

/* A moment of year, month, day, hour, minute and second, in this order; never DATE_FORM. */
enum date_result moment_make(const int parts[6], moment_t *moment);

/* Each writes NUL-terminated text and returns its slice. */
struct slice day_write(char into[DAY_TEXT], day_t day);
struct slice moment_write(char into[MOMENT_TEXT], moment_t moment);

/* Is the day one that a stream can hold? */
bool day_in_range(int64_t day);
/* The same of eight digits, YYYYMMDD, the first in the lowest byte. */
bool day_digits_exist(uint64_t digits);

/* The day on which a moment falls. */
day_t moment_day(moment_t moment);
moment_t day_moment(day_t day); /* its midnight */

/* The number of whole months from January 1900 to the month of a day. */
int day_month(day_t day);
/* The same, and writes the day. */
int day_write_month(char into[DAY_TEXT], day_t day);

/* The first day of the month of a day, and the number of its days. */
day_t day_month_start(day_t day, int *days);

/* Today by the clock and TZ. */
day_t day_today(void);

/*
 * A format of the source's own: YYYY MM M DD D MON HH hh mm ss AP, MON(ENE,FEB,…) for other month
 * names, and literals. `hh` is the hour of a twelve-hour clock and needs AP (AM or PM). Month names
 * and AP compare without (ASCII) case.
 */
#define DATE_NO_PART UCHAR_MAX

struct date_format {
	struct buffer text; /* the format as given */
	struct slice months[12];
	bool year_day_month; /* in this order: an ISO date would be misread as one */
	bool has_time;
	bool half_days; /* its clock has twelve hours */
	/* Every part is as long as its name, so that text and format match byte for byte. */
	bool fixed;
	unsigned char parts[6]; /* where the parts of a moment start; DATE_NO_PART: nowhere */
	/*
	 * It is such a format of a day, and short: byte i is from least[i] to least[i] + span[i].
	 */
	bool short_day;
	slice_block least;
	slice_block span;
};

/* -1 (status 2) with what is wrong: no year, month or day, a two-digit year, a part twice. */
int date_format_compile(struct date_format *f, struct slice text, struct error *e);

/* A moment by this format; without an hour in the format its midnight. */
enum date_result date_format_read(const struct date_format *f, struct slice text, moment_t *moment);

/*
 * Writes the day of a text with slack as ISO, in ten bytes and others behind them; false: it has
 * none by a format that is short_day, or one that is not a day of a stream.
 */
bool date_format_day(const struct date_format *f, struct slice text, char into[SLICE_SLACK]);

void date_format_release(struct date_format *f);

#endif
