/*
 * The rows of a stream with a unique key: which are new, which are there twice.
 *
 * Memory: 46 bytes for each row at most, and the key where it has 16 bytes or more.
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
};

void unique_init(struct unique *u);

enum unique_result {
	UNIQUE_FAILED = -1, /* no memory */
	UNIQUE_NEW,
	UNIQUE_EQUAL,   /* the key was there, in a row with the same cells */
	UNIQUE_DIFFERS, /* the key was there, in a row with other cells */
};

/*
 * Notes a row, given as its bytes: two with the same bytes are equal. For one whose key was there,
 * `*first` is the place of the earlier row.
 */
enum unique_result unique_add(struct unique *u, struct slice key, struct slice bytes,
	struct row_place place, struct row_place *first);

/* The same in two steps, the first of which workers can take. */
struct unique_made {
	struct key key;
	uint64_t digest; /* of the row's bytes */
};

/* `slack`: the key has slack. */
struct unique_made unique_make(
	const struct unique *u, struct slice key, struct slice bytes, bool slack);
enum unique_result unique_add_made(struct unique *u, const struct unique_made *made,
	struct row_place place, struct row_place *first);

void unique_release(struct unique *u);

#endif
