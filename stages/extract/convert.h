/*
 * A record of an export, as a record of a stream.
 */
#ifndef CONVERT_H
#define CONVERT_H

#include "heading.h"
#include "memo.h"
#include "reader.h"

struct conversion {
	struct heading_map *map;                /* borrowed */
	const struct date_format *other_format; /* for dates without one of their own; or NULL */
	struct date_format feed_formats[2];     /* what a connector feed has (KBA 2316465) */
	bool feed;                              /* the member is one */
	const char *file;                       /* the member, for messages; borrowed */
	struct binding bindings[STREAM_COLUMNS];
	uint64_t open_ended; /* dates 9999-12-31, read as empty */

	/* The present record, after CONVERT_DONE: a cell for each bound column that is written, in the
	 * stream's order. */
	struct slice cells[STREAM_COLUMNS];
	size_t count;
	uint64_t words; /* bit i: cells[i] is written as it is (writer_fields) */
	struct slice
		values[STREAM_COLUMNS]; /* of each column by its place; absent ones are empty */
	struct slice key; /* the unique column's cell; empty where the stream has none */

	struct memo memos[STREAM_COLUMNS];
	char dates[STREAM_COLUMNS][MOMENT_TEXT];
	struct buffer hint;
};

enum convert_result { CONVERT_FAILED = -1, CONVERT_DONE, CONVERT_REJECT };

/* Sets what stays the same for all members. 0, or -1 with the error set. */
int convert_init(struct conversion *c, struct heading_map *map, const struct date_format *other,
	struct error *e);

/*
 * Converts a record whose header the bindings belong to. CONVERT_REJECT: `*reject` says why.
 * CONVERT_FAILED: the error is set; a date in a form that nobody has named is status 3, for it is
 * never guessed.
 */
enum convert_result convert_record(struct conversion *c, const struct slice *headings,
	const struct record *record, struct reject *reject, struct error *e);

/*
 * A moment as exports have it, by the formats of a binding (NULL: none), or else those of the run:
 * the first of them that the text has; ISO, with a blank or a T before the time, unless a format has
 * the day between year and month; a day alone is its midnight. `*format` is the format that decided, or the
 * first that there is; NULL: none.
 */
enum date_result convert_moment(const struct conversion *c, const struct binding *b,
	struct slice raw, const struct date_format **format, moment_t *moment);

/* A new header: what was remembered of another one's values goes. */
void convert_forget(struct conversion *c);

void convert_release(struct conversion *c);

/* A conversion of the same header beside another one, which has to stay as it is meanwhile. */
void convert_share(struct conversion *copy, const struct conversion *c);
void convert_share_release(struct conversion *copy);

#endif
