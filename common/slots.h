/*
 * A hash table of indexes: which of a set's things has what is looked for. The things are the
 * set's, numbered 0, 1, 2, … in order of arrival; the table knows nothing of them but hashes, and
 * asks the set.
 *
 * Memory: 5.2 bytes for each where as many come as are expected; else 4.6 to 13.7, and up to 41.1
 * where more are expected than come; from 2 MiB on in whole large pages (pages.h). A table has 2^31
 * slots at most, and no more than 1.8 billion indexes.
 */
#ifndef SLOTS_H
#define SLOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define SLOTS_NONE UINT32_MAX

/*
 * Slots are looked at so many at a time: a line of memory. On average so many of them may be taken.
 */
#define SLOTS_LINE  16
#define SLOTS_TAKEN 14

/*
 * A slot holds index + 1 in its low bits, and in the others what fits of the hash, so that a thing
 * that is another one is hardly ever looked at. 0: it is free.
 */
struct slots {
	uint32_t *at;
	uint32_t lines;
	uint32_t tag_bits; /* which are above any index + 1 */
	uint64_t expected; /* so many indexes in all, as far as is known */
};

/* The line where what has this hash begins to be looked for. */
static inline uint32_t slots_first(const struct slots *s, uint64_t hash)
{
	return (uint32_t)((hash & UINT32_MAX) * s->lines >> 32);
}

/*
 * Fetches what finding an index of this hash will need, while other work is done. Always inline: a
 * call of what does nothing else gcc may take out, as one without effect.
 */
__attribute__((always_inline)) static inline void slots_prefetch(
	const struct slots *s, uint64_t hash)
{
	if (s->lines)
		__builtin_prefetch(&s->at[(size_t)slots_first(s, hash) * SLOTS_LINE]);
}

/*
 * Expects so many indexes in all, more or fewer: a table that has to grow then grows to as much as
 * they and an eighth more need, in steps of two to eight times its size, the last ones of about
 * seven. Each time that it grows all hashes are asked for again.
 */
static inline void slots_expect(struct slots *s, uint64_t count)
{
	s->expected = count;
}

/* Sets the hashes of the set's things `start` to `end`, at least one, without that of `end`. */
typedef void slots_hashes(const void *set, uint32_t start, uint32_t end, uint64_t *hashes);

/* Of slots_room only. */
int slots_grow(struct slots *s, uint32_t count, slots_hashes *hashes_of, const void *set);

/* Room for one index more than `count`: 0; -1: there is no memory, or there would be too many. */
static inline int slots_room(
	struct slots *s, uint32_t count, slots_hashes *hashes_of, const void *set)
{
	if (count < (uint64_t)s->lines * SLOTS_TAKEN)
		return 0;
	return slots_grow(s, count, hashes_of, set);
}

void slots_release(struct slots *s);

/* What one look at a line tells, without a branch for each of its slots. */
struct slots_seen {
	unsigned alike; /* a bit for each slot that has the tag */
	unsigned free;  /* and for each that is free */
};

static inline struct slots_seen slots_look(const uint32_t *slots, uint32_t tag, uint32_t tag_bits)
{
	struct slots_seen found = { 0 };
#if defined(__SSE2__)
	const __m128i wanted = _mm_set1_epi32((int)tag);
	const __m128i bits = _mm_set1_epi32((int)tag_bits);
	__m128i alike[4];
	__m128i free_ones[4];
#pragma GCC unroll 4
	for (int i = 0; i < 4; i++) {
		__m128i four = _mm_loadu_si128((const __m128i_u *)slots + i);
		alike[i] = _mm_cmpeq_epi32(_mm_and_si128(four, bits), wanted);
		free_ones[i] = _mm_cmpeq_epi32(four, _mm_setzero_si128());
	}
	found.alike = (unsigned)_mm_movemask_epi8(_mm_packs_epi16(
		_mm_packs_epi32(alike[0], alike[1]), _mm_packs_epi32(alike[2], alike[3])));
	found.free = (unsigned)_mm_movemask_epi8(
		_mm_packs_epi16(_mm_packs_epi32(free_ones[0], free_ones[1]),
			_mm_packs_epi32(free_ones[2], free_ones[3])));
#else
	for (unsigned i = 0; i < SLOTS_LINE; i++) {
		found.alike |= (unsigned)((slots[i] & tag_bits) == tag) << i;
		found.free |= (unsigned)(slots[i] == 0) << i;
	}
#endif
	found.alike &= ~found.free;
	return found;
}

/* A line is filled from its front, and where it is full the next one is gone on with. */
static inline uint32_t slots_next(const struct slots *s, uint32_t line)
{
	return line + 1 < s->lines ? line + 1 : 0;
}

static inline uint32_t slots_tag(const struct slots *s, uint64_t hash)
{
	return (uint32_t)(hash >> 32) & s->tag_bits;
}

/* The index in a slot, or SLOTS_NONE where it is free. */
static inline uint32_t slots_index(const struct slots *s, size_t slot)
{
	return (s->at[slot] & ~s->tag_bits) - 1;
}

/* Is what has this index in a set what is looked for? */
typedef bool slots_is(const void *set, uint32_t index, const void *sought);

/*
 * The slot that holds the index of what is looked for, or the free one where it belongs. There must
 * be slots. Always inline, so that the question can be as well.
 */
__attribute__((always_inline)) static inline size_t slots_find(
	const struct slots *s, uint64_t hash, slots_is *is, const void *set, const void *sought)
{
	const uint32_t tag = slots_tag(s, hash);
	for (uint32_t line = slots_first(s, hash);; line = slots_next(s, line)) {
		const size_t at = (size_t)line * SLOTS_LINE;
		struct slots_seen found = slots_look(s->at + at, tag, s->tag_bits);
		for (; found.alike; found.alike &= found.alike - 1) {
			size_t slot = at + (size_t)__builtin_ctz(found.alike);
			if (is(set, slots_index(s, slot), sought))
				return slot;
		}
		if (found.free)
			return at + (size_t)__builtin_ctz(found.free);
	}
}

static inline void slots_put(struct slots *s, size_t slot, uint64_t hash, uint32_t index)
{
	s->at[slot] = slots_tag(s, hash) | (index + 1);
}

/* Frees the slot of the last index that was put: no other has passed over it. */
static inline void slots_free(struct slots *s, size_t slot)
{
	s->at[slot] = 0;
}

#endif
