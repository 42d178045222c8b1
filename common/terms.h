/*
 * Short values that are met again and again, each with a number. They are so few that each has a
 * place of its own, and one is found without a branch by its length or its place.
 */
#ifndef TERMS_H
#define TERMS_H

#include "slice.h"

#define TERM_MOST       (2 * SLICE_SLACK) /* bytes of a value */
#define TERMS_MOST      32                /* values */
#define TERM_PLACE_BITS 8

/*
 * A value as it is compared: its first bytes and its last, which may be the same, with zeros
 * behind.
 */
struct term_bytes {
	slice_block first;
	slice_block last;
	size_t length;
};

struct terms_entry {
	struct term_bytes term;
	bool used;
	unsigned char number;
};

/* { 0 } holds none. */
struct terms {
	struct terms_entry entries[1 + TERMS_MOST]; /* the first stands where there is none */
	unsigned char places[1 << TERM_PLACE_BITS]; /* of entries */
	uint64_t factor; /* by which no two of the entries have one place */
	unsigned char count;
	unsigned char refused;
};

/* Of a value with slack that is not too long. */
static inline struct term_bytes term_of(struct slice value)
{
	const char *start = slice_start(value);
	size_t block = value.len < SLICE_SLACK ? value.len : SLICE_SLACK;
	return (struct term_bytes){ slice_block_of(start, block),
		slice_block_of(start + (value.len - block), block), value.len };
}

static inline size_t term_place(const struct term_bytes *term, uint64_t factor)
{
	uint64_t last = ((slice_halves)term->last)[1];
	uint64_t mixed = ((slice_halves)term->first)[0] ^ (last << 29 | last >> 35) ^ term->length;
	return (size_t)(mixed * factor >> (64 - TERM_PLACE_BITS));
}

/* The number of a value with slack; -1: it is not known. */
static inline int terms_find(const struct terms *t, struct slice value)
{
	if (value.len > TERM_MOST)
		return -1;
	const struct term_bytes term = term_of(value);
	const struct terms_entry *entry = &t->entries[t->places[term_place(&term, t->factor)]];
	slice_halves differ =
		(slice_halves)((term.first ^ entry->term.first) | (term.last ^ entry->term.last));
	bool same = (differ[0] | differ[1] | (term.length ^ entry->term.length)) == 0;
	return same && entry->used ? entry->number : -1;
}

/*
 * Adds a value that is not known: true; false where it is too long or finds no place of its own.
 * After a few of the latter no more are taken, as each takes long.
 */
bool terms_add(struct terms *t, struct slice value, unsigned char number);

#endif
