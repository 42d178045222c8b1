/*
 * Records out of CSV or TSV, one at a time.
 *
 * CSV is RFC 4180, strict, with LF or CRLF, a UTF-8 BOM or none, and any one-byte delimiter; TSV
 * is one record a line with \t \n \r \\ for tab, newline, return and backslash. A connector feed
 * has fields between | and records that end with !##!. The first record is the header, which in a
 * feed stands in one line. A record that breaks the form is handed out as a reject and reading goes
 * on; a quote that is never closed, a broken escape and the mark of a failed stage end it.
 *
 *	struct column columns[] = { { "user_id", .needed = true }, { "status" } };
 *	if (reader_open(&r, source, "users.csv", &options, e) == 0 &&
 *	    reader_bind(&r, columns, 2, e) == 0)
 *		while ((got = reader_next(&r, e)) > READ_END)
 *			if (got == READ_RECORD)
 *				use(record_field(&r.record, columns[0].index));
 *			else
 *				set_aside(&r.reject);
 *	failed = got == READ_FAILED;
 *	reader_release(&r);
 */
#ifndef READER_H
#define READER_H

#include "reject.h"
#include "source.h"

/* A stream is one of the first two; a feed is what a connector reads. */
enum format { FORMAT_CSV, FORMAT_TSV, FORMAT_FEED };

#define FEED_END "!##!"

/* Bytes of a record, its line end not counted. */
#define RECORD_LIMIT ((size_t)64 << 20)

/*
 * How CSV is cut into records: plain ones by the fastest way that the machine has, by AVX2 at most,
 * or by the way that every machine has, and the others by libcsv; or all by libcsv. The records are
 * the same.
 */
enum scan { SCAN_FASTEST, SCAN_AVX2, SCAN_PORTABLE, SCAN_NONE };

struct reader_options {
	enum format format;
	char delimiter;      /* CSV only; 0: a comma */
	size_t record_limit; /* bytes; 0: RECORD_LIMIT */
	enum scan scan;      /* CSV only */
	size_t block;        /* bytes asked of the source at a time; 0: what suits the reader */
	const char
		*encoding; /* what the text was converted from; NULL: it is as it came; borrowed */
};

struct record {
	uint64_t line;    /* 1 + the LFs before it */
	struct slice raw; /* its bytes, without the line end */
	const struct slice *fields;
	size_t count;
};

enum read_result { READ_FAILED = -1, READ_END = 0, READ_RECORD = 1, READ_REJECT = 2 };

struct splitter; /* what cuts bytes into records: one a format, inside the reader */

/* The members up to `blank_lines` may be read; the rest is the reader's own. */
struct reader {
	const char *file;             /* as messages name it; borrowed */
	struct record record;         /* after READ_RECORD; valid until the next call */
	struct reject reject;         /* after READ_REJECT; likewise */
	const struct slice *headings; /* valid until release */
	size_t heading_count;
	uint64_t header_line;
	uint64_t blank_lines; /* skipped so far */

	struct source *source;
	struct reader_options options;
	struct splitter *splitter;
	struct buffer input; /* bytes read and not yet handed out, from input_at on */
	size_t input_at;
	bool input_ended;
	uint64_t line;       /* of the byte at input_at */
	struct buffer cells; /* the fields' bytes, unescaped, one after the other */
	struct slice *fields;
	size_t field_room;
	size_t *wanted; /* the fields that are looked at; NULL: all */
	size_t wanted_count;
	struct buffer heading_text;
	struct slice *heading_fields;
	char count_text[24]; /* the field count of a reject, and that of the header */
	char wanted_text[24];
};

/*
 * Reads the header. `source` and `file` are borrowed until release. -1: the error is set (status 3
 * for an input without a header or with one that breaks the form) and there is nothing to release.
 */
int reader_open(struct reader *r, struct source *source, const char *file,
	const struct reader_options *options, struct error *e);

/* A column that the caller wants, and where the header has it. */
struct column {
	const char *name;
	bool needed;
	int index; /* set by reader_bind; -1: the header has no such column */
};

/*
 * Finds columns by their exact names in the header of a stream. A doubled or empty heading, and a
 * missing needed column, are status 3 with the list.
 */
int reader_bind(struct reader *r, struct column *columns, size_t count, struct error *e);

/*
 * Says that of the records only the fields of these columns will be looked at, so that the others
 * need not be found: theirs may hold anything. 0, or -1 with the error set.
 */
int reader_want(struct reader *r, const struct column *columns, size_t count, struct error *e);

/* Appends the headings as a list for a message, with a NUL after it. */
void reader_list_headings(const struct reader *r, struct buffer *list);

/* The next record or reject. After READ_END or READ_FAILED it must not be called again. */
enum read_result reader_next(struct reader *r, struct error *e);

/* The field of a bound column; the empty slice where the column is absent. */
static inline struct slice record_field(const struct record *record, int index)
{
	return index < 0 ? (struct slice){ NULL, 0 } : record->fields[index];
}

void reader_release(struct reader *r);

#endif
