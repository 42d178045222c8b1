/*
 * Neighbouring fields of a record as one piece, and what was made of it before.
 *
 * Of what a few columns of words hold there are few combinations, so nearly all users' words are
 * those of a user before: one search finds all of them.
 */
#ifndef SPAN_H
#define SPAN_H

#include "slice.h"

#define SPAN_FIELDS 4
#define SPAN_BLOCKS 3 /* nearly all combinations fit in, with what stands between the fields */
#define SPAN_MOST   (SPAN_BLOCKS * sizeof(slice_block))

/* Two spans are the same only if all of their fields are. */
struct span {
	slice_block blocks[SPAN_BLOCKS]; /* with zeros behind */
	uint32_t lengths;                /* of each field, a byte */
};

#define SPAN_PLACE_BITS 10
#define SPAN_ENTRIES    128 /* the first is for none */

/*
 * With it no two combinations of the words that a users stream may hold have the same place: where
 * a new word breaks that, span_test fails, and another factor is to be found.
 */
#define SPAN_FACTOR UINT64_C(0x18FD760ADD37274D)

/* { 0 } remembers none. */
struct span_memo {
	struct span_entry {
		_Alignas(64) slice_block blocks[SPAN_BLOCKS]; /* each entry is a line of memory */
		uint32_t lengths;
		unsigned char numbers[SPAN_FIELDS]; /* of each field; the caller's */
		bool used;
	} entries[SPAN_ENTRIES];
	unsigned char places[1 << SPAN_PLACE_BITS]; /* of entries */
	unsigned count;
};

/*
 * Of fields with slack, and its place among those of a memo. -1: the fields are not one beside the
 * other in the record, with a delimiter between, or too long.
 */
static inline int span_of(const struct slice fields[SPAN_FIELDS], struct span *span)
{
	static const uint64_t keep[2 * SPAN_MOST / 8] = { UINT64_MAX, UINT64_MAX, UINT64_MAX,
		UINT64_MAX, UINT64_MAX, UINT64_MAX };
	_Static_assert(SPAN_MOST == 48, "six words of eight bytes are kept at most");
	const char *first = fields[0].ptr;
	bool beside = true;
	uint32_t lengths = (uint32_t)fields[0].len;
#pragma GCC unroll 4
	for (size_t i = 1; i < SPAN_FIELDS; i++) {
		beside &= (uintptr_t)fields[i].ptr ==
			  (uintptr_t)fields[i - 1].ptr + fields[i - 1].len + 1;
		lengths |= (uint32_t)fields[i].len << i * 8;
	}
	const size_t length = (uintptr_t)fields[SPAN_FIELDS - 1].ptr + fields[SPAN_FIELDS - 1].len -
			      (uintptr_t)first;
	if (!beside || length > SPAN_MOST)
		return -1;
#pragma GCC unroll 4
	for (size_t i = 0; i < SPAN_BLOCKS; i++) {
		/* Behind the last byte there is slack for one block and no more. */
		const size_t at = i * SLICE_SLACK;
		slice_block kept;
		memcpy(&span->blocks[i], first + (at < length ? at : length), sizeof kept);
		memcpy(&kept, (const char *)keep + SPAN_MOST - length + at, sizeof kept);
		span->blocks[i] &= kept;
	}
	span->lengths = lengths;
	/*
	 * Nearly all words differ in their lengths or in their first letters; what is empty has
	 * that of the delimiter behind it, or, at the end, none.
	 */
	const struct slice last = fields[SPAN_FIELDS - 1];
	uint32_t letters = (unsigned char)*last.ptr & (0 - (uint32_t)(last.len > 0));
#pragma GCC unroll 4
	for (size_t i = 1; i < SPAN_FIELDS - 1; i++)
		letters = letters << 8 | (unsigned char)*fields[i].ptr;
	const uint64_t mixed = (uint64_t)letters << 32 | lengths;
	return (int)(mixed * SPAN_FACTOR >> (64 - SPAN_PLACE_BITS));
}

/* The entry of a span, by its place; NULL: it is not remembered. */
static inline const struct span_entry *span_find(
	const struct span_memo *memo, const struct span *span, int place)
{
	const struct span_entry *entry = &memo->entries[memo->places[place]];
	slice_block differ = { 0 };
#pragma GCC unroll 4
	for (size_t i = 0; i < SPAN_BLOCKS; i++)
		differ |= entry->blocks[i] ^ span->blocks[i];
	const slice_halves halves = (slice_halves)differ;
	const bool same = (halves[0] | halves[1] | (entry->lengths ^ span->lengths)) == 0;
	return (same & entry->used) ? entry : NULL;
}

/* Remembers one that is not, as long as there is room. */
static inline void span_add(struct span_memo *memo, const struct span *span, int place,
	const unsigned char numbers[SPAN_FIELDS])
{
	if (memo->count + 1 == SPAN_ENTRIES)
		return;
	struct span_entry *entry = &memo->entries[++memo->count];
	memo->places[place] = (unsigned char)memo->count;
	memcpy(entry->blocks, span->blocks, sizeof entry->blocks);
	entry->lengths = span->lengths;
	entry->used = true;
	memcpy(entry->numbers, numbers, sizeof entry->numbers);
}

#endif
