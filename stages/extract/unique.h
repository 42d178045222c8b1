/*
 * The rows of a stream with a unique key: which are new, which are there twice.
 *
 * Memory: 38 bytes and the key for each row at most.
 */
#ifndef UNIQUE_H
#define UNIQUE_H

#include "error.h"
#include "keys.h"

/* Where a row stands: the number of its member in this run, and its line. */
struct row_place {
	uint32_t member;
	uint64_t line;
};

struct unique {
	struct keys keys; /* a struct unique_row each */
	struct buffer scratch;
};

void unique_init(struct unique *u);

enum unique_result {
	UNIQUE_FAILED = -1, /* no memory */
	UNIQUE_NEW,
	UNIQUE_EQUAL,   /* the key was there, in a row with the same cells */
	UNIQUE_DIFFERS, /* the key was there, in a row with other cells */
};

/* Notes a row; for one that was there, `*first` is the place of the earlier row. */
enum unique_result unique_add(struct unique *u, struct slice key, const struct slice *cells,
	size_t count, struct row_place place, struct row_place *first);

/* A hash of a row's cells, with the seed of these keys. `scratch` is overwritten. -1: no memory. */
int cells_digest(const struct keys *keys, struct buffer *scratch, const struct slice *cells,
	size_t count, uint64_t *digest);

void unique_release(struct unique *u);

#endif
