/*
 * What is kept of each row of a stream with a unique key: its key and a digest, one row after the
 * other, and a mark at every sixteenth.
 *
 * Memory: 10 bytes for each row at most, and its key; four more for a key of 254 bytes and more,
 * and up to twice its length for one of 128 KiB and more.
 */
#ifndef ROW_LOG_H
#define ROW_LOG_H

#include "slice.h"

/* So many rows have one mark. */
#define ROW_LOG_MARKED 16

/* Rows in one piece of memory, before what leads to the next one. */
struct row_log_piece {
	struct row_log_piece *before;
	size_t size; /* of the whole, in bytes */
	char *end;   /* where the next row goes */
};

/* All zero: there are no rows. */
struct row_log {
	struct row_log_piece *piece; /* the last one */
	char **marks;
	size_t mark_room;
	uint32_t count;
};

struct logged_row {
	struct slice key; /* valid until the row is forgotten; with slack */
	uint64_t digest;
};

/* Adds a row: 0, or -1 without memory. From the start of the key SLICE_SLACK bytes may be read. */
int row_log_add(struct row_log *l, struct slice key, uint64_t digest);

/* The row of an index, in order of arrival. */
struct logged_row row_log_at(const struct row_log *l, uint32_t index);

/* The same of the row after the one of this key. */
struct logged_row row_log_after(struct slice key);

/* Forgets the rows from the one with this index on. */
void row_log_forget(struct row_log *l, uint32_t index);

void row_log_release(struct row_log *l);

#endif
