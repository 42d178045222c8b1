/*
 * Records into CSV or TSV: UTF-8, LF, a field quoted only where it has to be.
 *
 * Bytes leave for the output in blocks that end with a record, so that a reader at the other end
 * of a pipe never takes the half of a record for a whole one.
 */
#ifndef WRITER_H
#define WRITER_H

#include "output.h"
#include "reader.h"

/* Records leave in blocks of about this many bytes. */
#define WRITER_BLOCK ((size_t)256 << 10)

/* The end of a record: "", where it would look like an empty line, and the line end. */
#define WRITER_RECORD_END ((size_t)3)

struct writer {
	struct output *output; /* borrowed; NULL: what is written waits for writer_take */
	enum format format;
	struct buffer pending;
	size_t fields;    /* in the present record */
	size_t start;     /* of the present record in `pending` */
	uint64_t records; /* ended so far, the header included */
	bool memory_failed;
};

void writer_init(struct writer *w, struct output *output, enum format format);

/* Adds a field to the present record. A lack of memory shows at the record's end. */
void writer_field(struct writer *w, struct slice field);

/*
 * Does a field hold nothing that a format writes otherwise: letters, digits, blanks, - : ; . and so
 * on?
 */
bool writer_is_word(struct slice field);

/* Adds several fields. Bit i of `words`: fields[i] is one of the kind above, and not looked at. */
void writer_fields(struct writer *w, const struct slice *fields, size_t count, uint64_t words);

/* The same of fields with slack. */
void writer_fields_slack(
	struct writer *w, const struct slice *fields, size_t count, uint64_t words);

/*
 * Begins a record with a field with slack, and gives room for `most` bytes behind it to a caller
 * who writes them as the format has them, each field with its delimiter before it, and tells where
 * they end. NULL: there is no memory, which shows at the record's end.
 */
char *writer_first(struct writer *w, struct slice field, size_t most);

/* The record that writer_first began has `count` fields up to `end`. */
static inline void writer_wrote(struct writer *w, const char *end, size_t count)
{
	w->pending.len = (size_t)(end - w->pending.ptr);
	w->fields = count;
}

#define NUMBER_TEXT 24

/* A whole number in decimal, in `into`. */
struct slice number_write(char into[NUMBER_TEXT], int64_t number);

/* The bytes of the present record so far, valid until the next call; and their end, unwritten. */
struct slice writer_begun(const struct writer *w);
void writer_forget(struct writer *w);

/* Hands all ended records to the output: 0, or -1 with the error set. */
int writer_flush(struct writer *w, struct error *e);

/* As below, but the record does not leave yet. */
static inline int writer_end_unsent(struct writer *w, struct error *e)
{
	w->memory_failed |= buffer_reserve(&w->pending, WRITER_RECORD_END) != 0;
	if (w->memory_failed)
		return error_memory(e);
	/* A record of one empty field must not look like an empty line. */
	if (w->pending.len == w->start && w->format == FORMAT_CSV && w->fields == 1) {
		w->pending.ptr[w->pending.len++] = '"';
		w->pending.ptr[w->pending.len++] = '"';
	}
	w->pending.ptr[w->pending.len++] = '\n';
	w->fields = 0;
	w->start = w->pending.len;
	w->records++;
	return 0;
}

/* Ends the present record: 0, or -1 with the error set. */
static inline int writer_end(struct writer *w, struct error *e)
{
	if (writer_end_unsent(w, e) != 0)
		return -1;
	return w->output && w->pending.len >= WRITER_BLOCK ? writer_flush(w, e) : 0;
}

/* A whole record. */
int writer_record(struct writer *w, const struct slice *fields, size_t count, struct error *e);

/*
 * A record as it would be written, for a later writer_encoded of the same format: 0 with the bytes,
 * which are valid until the next call, or -1 with the error set. The writer needs no output.
 */
int writer_encode(struct writer *w, const struct slice *fields, size_t count, struct slice *bytes,
	struct error *e);

/* Writes a record that was encoded before. */
int writer_encoded(struct writer *w, struct slice bytes, struct error *e);

/* Writes the ended records of a writer of the same format, which has none afterwards: 0, or -1. */
int writer_take(struct writer *w, struct writer *from, struct error *e);

/* Forgets everything that has not left. */
void writer_clear(struct writer *w);

/*
 * The same, with memory for a block at once: a writer of many records that grew from a few bytes on
 * would copy them again and again, into pages that are new each time.
 */
void writer_begin(struct writer *w);

/*
 * Ends a stream that failed with the record that no reader goes past: CSV `"incomplete`, its quote
 * left open, TSV `\!`. Only when a record was ended before.
 */
int writer_incomplete(struct writer *w, struct error *e);

void writer_release(struct writer *w);

#endif
