/*
 * The rows of a stream with a unique key: which are new, which are there twice.
 *
 * Memory: for each row what its key and digest take (row_log.h) and the table does (slots.h), 24
 * bytes and a key of less than 254 at most, 52 where more rows are expected than come; and 16 bytes
 * wherever a row does not stand in the line after the one before.
 */
#ifndef UNIQUE_H
#define UNIQUE_H

#include "error.h"
#include "key.h"
#include "row_log.h"
#include "slots.h"

/* Where a row stands: the number of its member in this run, and its line. */
struct row_place {
	uint32_t member;
	uint64_t line;
};

/* Rows in one line after the other, from the row `index` on. */
struct row_run {
	uint64_t line;
	uint32_t member;
	uint32_t index;
};

struct unique {
	struct slots slots;
	struct row_log log;
	uint64_t seed;
	struct row_run *runs; /* where the rows stand */
	size_t run_count;
	size_t run_room;
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
void unique_make(
	struct unique_made *made, uint64_t seed, struct slice key, struct slice bytes, bool slack);
enum unique_result unique_add_made(struct unique *u, const struct unique_made *made,
	struct row_place place, struct row_place *first);

/* Fetches what adding a row will need, while other work is done. */
__attribute__((always_inline)) static inline void unique_prefetch(
	const struct unique *u, const struct unique_made *made)
{
	slots_prefetch(&u->slots, made->key.hash);
}

/*
 * How many rows are left of so many bytes (BYTES_UNKNOWN: none that is known of), of which the
 * first `end`, at least one for each row, had so many `rows`, where all are as long.
 */
uint64_t rows_left(uint64_t rows, uint64_t end, uint64_t bytes);

/* So many rows more are to come, or fewer or more. */
static inline void unique_expect(struct unique *u, uint64_t rows)
{
	slots_expect(&u->slots, u->log.count + rows);
}

/* Forgets the rows from the one with this index on. */
void unique_forget(struct unique *u, uint32_t index);

void unique_release(struct unique *u);

#endif
