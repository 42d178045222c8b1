/*
 * A record of an export, as a record of a stream.
 */
#ifndef CONVERT_H
#define CONVERT_H

#include "heading.h"
#include "memo.h"
#include "reader.h"

/*
 * How a cell is made: most are the field itself, or what its value was found to stand for before,
 * or a day by the first format that may be meant.
 */
enum convert_way { WAY_AS_IT_IS, WAY_MEMO, WAY_DAY, WAY_RULES };

struct convert_step {
	enum convert_way way;
	unsigned column;                  /* of the stream */
	unsigned place;                   /* of the cell */
	size_t position;                  /* of the field; not with WAY_RULES */
	const struct date_format *format; /* WAY_DAY */
	bool refused;                     /* an empty cell rejects the row */
};

struct conversion {
	struct heading_map *map;                /* borrowed */
	const struct date_format *other_format; /* for dates without one of their own; or NULL */
	struct date_format iso;                 /* of a day, where no format is named */
	struct date_format feed_formats[2];     /* what a connector feed has (KBA 2316465) */
	bool feed;                              /* the member is one */
	const char *file;                       /* the member, for messages; borrowed */
	struct binding bindings[STREAM_COLUMNS];
	uint64_t open_ended; /* dates 9999-12-31, read as empty */

	/* One for each bound column, once the first record of a header came. */
	struct convert_step steps[STREAM_COLUMNS];
	size_t step_count;
	uint64_t easy_words; /* the cells of the ways that give words (writer_fields) */
	bool planned;
	int places[STREAM_COLUMNS]; /* where a column's cell is; -1: nowhere, it is not bound */
	int unique;                 /* the unique column's place; -1: there is none */
	size_t count;               /* of the bound columns that are written */

	/*
	 * The present record, after CONVERT_DONE: `count` cells that are written, in the stream's
	 * order, and then the others.
	 */
	struct slice cells[STREAM_COLUMNS];
	uint64_t words;   /* bit i: cells[i] is written as it is (writer_fields) */
	bool slack;       /* all cells have slack, as the record's fields do */
	struct slice key; /* the unique column's cell; empty where the stream has none */

	struct memo memos[STREAM_COLUMNS];
	char dates[STREAM_COLUMNS][MOMENT_TEXT + SLICE_SLACK];
	struct buffer hint;
};

enum convert_result { CONVERT_FAILED = -1, CONVERT_DONE, CONVERT_REJECT };

/* Sets what stays the same for all members. 0, or -1 with the error set. */
int convert_init(struct conversion *c, struct heading_map *map, const struct date_format *other,
	struct error *e);

/*
 * Converts a record of a reader whose header the bindings belong to. CONVERT_REJECT: `*reject` says
 * why. CONVERT_FAILED: the error is set; a date in a form that nobody has named is status 3, for it
 * is never guessed.
 */
enum convert_result convert_record(struct conversion *c, const struct slice *headings,
	const struct record *record, struct reject *reject, struct error *e);

/* The cell of a column in the present record; empty where the column is absent. */
static inline struct slice convert_value(const struct conversion *c, int column)
{
	int place = c->places[column];
	return place < 0 ? SLICE("") : c->cells[place];
}

/*
 * A moment as exports have it, by the formats of a binding (NULL: none), or else those of the run:
 * the first of them that the text has; ISO, with a blank or a T before the time, unless a format
 * has the day between year and month; a day alone is its midnight. `*format` is the format that
 * decided, or the first that there is; NULL: none.
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
