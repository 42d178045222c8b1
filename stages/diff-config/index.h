/*
 * A hash table from the hash of a key to the numbers of the entries that may have it. What a key is
 * stays with the caller, who compares.
 *
 * Half of each hash stands beside the number, so that neither a search nor the growth of the table
 * looks at an entry in vain. Memory: 16 to 32 bytes for each entry.
 */
#ifndef INDEX_H
#define INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct index {
	uint64_t *slots; /* the upper half of the hash, and the number + 1; 0: free */
	size_t slot_count;
	uint32_t count;
};

/* Where a search stands. */
struct index_probe {
	size_t slot;
	uint32_t tag;
};

/* { 0 } is an empty table. Makes room for one number more: 0, or -1 without memory. */
int index_reserve(struct index *x);

/* Begins a search; there has to be room for one number more. */
struct index_probe index_start(const struct index *x, uint64_t hash);

/* The next number that may be meant. False: there is none any more. */
bool index_next(const struct index *x, struct index_probe *probe, uint32_t *number);

/* Adds a number where a search has found nothing. */
void index_add(struct index *x, const struct index_probe *probe, uint32_t number);

void index_release(struct index *x);

#endif
