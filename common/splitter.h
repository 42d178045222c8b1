/*
 * What cuts a reader's bytes into records: one kind a format, known to the reader alone.
 *
 * A splitter looks at the bytes from reader.input_at on, asks for more with reader_fill, and hands
 * the bytes of the record it found over with reader_consume. Another, faster one may take the place
 * of the one for CSV as long as it finds the same records, rejects and lines.
 */
#ifndef SPLITTER_H
#define SPLITTER_H

#include "reader.h"

enum cut {
	CUT_FAILED = -1, /* the error is set */
	CUT_END,
	CUT_RECORD, /* reader.record is set */
	CUT_PLAIN,  /* likewise, and it is known to be UTF-8 without NUL bytes */
	CUT_BLANK,  /* an empty line; reader.record is set but for its fields */
	CUT_REJECT, /* reader.reject is set */
};

struct splitter {
	enum cut (*next)(struct splitter *s, struct reader *r, struct error *e);
	void (*release)(struct splitter *s);
};

/* NULL: no memory. */
struct splitter *splitter_new(const struct reader_options *options);
struct splitter *csv_splitter_new(char delimiter, enum scan scan);
struct splitter *tsv_splitter_new(void);
struct splitter *feed_splitter_new(void);

/* The bytes at hand. */
static inline struct slice reader_bytes(const struct reader *r)
{
	return (struct slice){ r->input.ptr + r->input_at, r->input.len - r->input_at };
}

/* Reads a block more: 1; 0 at the end; -1 with the error set. Earlier slices die. */
int reader_fill(struct reader *r, struct error *e);

/*
 * Finds the end of the line that starts `from` bytes after input_at, filling as needed: 1 with
 * `*end` set to the offset after its LF, or, at the end of the input, to the length of what is
 * left; 0 when the record limit is passed first; -1 with the error set.
 */
int reader_line(struct reader *r, size_t from, size_t *end, struct error *e);

/* The bytes of a record of `length` bytes at hand, without its line end. */
static inline struct slice reader_raw(const struct reader *r, size_t length)
{
	struct slice raw = { r->input.ptr + r->input_at, length };
	if (raw.len && raw.ptr[raw.len - 1] == '\n') {
		raw.len--;
		if (raw.len && raw.ptr[raw.len - 1] == '\r')
			raw.len--;
	}
	return raw;
}

/* Takes bytes away that hold `lines` LFs. Slices into them stay valid until the next fill. */
static inline void reader_consume(struct reader *r, size_t length, uint64_t lines)
{
	r->input_at += length;
	r->line += lines;
}

/* Sets the reject for a record of `length` bytes at hand with `lines` LFs, and consumes it. */
enum cut reader_reject(struct reader *r, enum reason reason, size_t length, uint64_t lines);

/*
 * Ends a record that is over the limit, keeping no more than the limit in memory. `ends` is shown
 * each of its bytes, from the first on, and says whether the record ends with it. CUT_END: the
 * input ended first.
 */
enum cut reader_overlong(
	struct reader *r, bool (*ends)(struct splitter *s, char byte), struct error *e);

/* Makes room for fields up to `index`: 0, or -1 without memory. */
int reader_field_grow(struct reader *r, size_t index);

/* Room for one field more at `index`: 0, or -1 without memory. */
static inline int reader_field_room(struct reader *r, size_t index)
{
	return index < r->field_room ? 0 : reader_field_grow(r, index);
}

/* Reads the first record that is no empty line and keeps it as the headings: 0, or -1. */
int reader_read_header(struct reader *r, struct error *e);

/* The marks that a failed stage's output ends with, CSV and TSV, without a line end. */
static inline bool is_failure_mark(struct slice raw)
{
	return slice_equal(raw, SLICE("\"incomplete")) || slice_equal(raw, SLICE("\\!"));
}

/* The mark at the end of a failed stage's output was met. */
enum cut reader_stage_failed(struct reader *r, struct error *e);

#endif
