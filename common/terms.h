/*
 * Short values that are met again and again, each with a number, found without a branch by their length.
 */
#ifndef TERMS_H
#define TERMS_H

#include "slice.h"

#define TERM_MOST   (2 * SLICE_PACKED) /* bytes of a value */
#define TERM_BITS   6
#define TERM_NEAR   4 /* a value stands at the place that its bytes give, or less far behind */
#define TERM_PLACES ((1 << TERM_BITS) + TERM_NEAR)

struct terms_entry {
	uint64_t bytes[TERM_MOST / 8]; /* and zeros */
	unsigned char length;          /* + 1; 0: it is none */
	unsigned char number;
};

/* { 0 } holds none. */
struct terms {
	struct terms_entry entries[TERM_PLACES];
};

static inline size_t term_place(uint64_t low, uint64_t high)
{
	uint64_t mixed = low * UINT64_C(0x9E3779B97F4A7C15) ^ high * UINT64_C(0xD6E8FEB86659FD93);
	return (size_t)(mixed >> (64 - TERM_BITS));
}

/* The number of a value with slack; -1: it is not known. */
static inline int terms_find(const struct terms *t, struct slice value)
{
	const char *start = slice_start(value);
	const bool is_long = value.len > SLICE_PACKED;
	slice_halves high = { 0 };
	if (value.len > TERM_MOST)
		return -1;
	slice_halves low = (slice_halves)slice_block_of(start, is_long ? SLICE_PACKED : value.len);
	if (is_long)
		high = (slice_halves)slice_block_of(start + SLICE_PACKED, value.len - SLICE_PACKED);
	const struct terms_entry *entry = &t->entries[term_place(low[0], low[1])];
	for (const struct terms_entry *end = entry + TERM_NEAR; entry < end; entry++) {
		uint64_t other = (entry->bytes[0] ^ low[0]) | (entry->bytes[1] ^ low[1]) |
				 (entry->bytes[2] ^ high[0]) | (entry->bytes[3] ^ high[1]) |
				 (entry->length ^ (value.len + 1));
		if (other == 0)
			return entry->number;
	}
	return -1;
}

/* Adds a value that is not known: true; false where it is too long, or its places are taken. */
bool terms_add(struct terms *t, struct slice value, unsigned char number);

#endif
