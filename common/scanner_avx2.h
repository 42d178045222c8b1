/*
 * What the scanner does with AVX2: masks out of comparisons, eight fields at once out of their
 * ends. Known to it alone.
 */
#ifndef SCANNER_AVX2_H
#define SCANNER_AVX2_H

#include "scanner.h"
#include "scanner_masks.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define FAST __attribute__((target("avx2,bmi,popcnt,pclmul")))

FAST static inline uint64_t like(__m256i low, __m256i high, char byte)
{
	__m256i all = _mm256_set1_epi8(byte);
	uint32_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, all));
	uint32_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, all));
	return first | (uint64_t)second << 32;
}

FAST static inline struct masks masks_avx2(const char *block, char delimiter)
{
	__m256i low = _mm256_loadu_si256((const __m256i_u *)block);
	__m256i high = _mm256_loadu_si256((const __m256i_u *)(block + 32));
	return (struct masks){
		.quotes = like(low, high, '"'),
		.delimiters = like(low, high, delimiter),
		.feeds = like(low, high, '\n'),
		.returns = like(low, high, '\r'),
		.nuls = like(low, high, '\0'),
		.others = (uint32_t)_mm256_movemask_epi8(low) |
			  (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32,
	};
}

/* Each bit: whether an odd number of bits is set up to it, by a product without carries. */
FAST static inline uint64_t odd_avx2(uint64_t bits)
{
	__m128i product = _mm_clmulepi64_si128(
		_mm_set_epi64x(0, (int64_t)bits), _mm_set1_epi8((char)0xFF), 0);
	return (uint64_t)_mm_cvtsi128_si64(product);
}

/*
 * Eight ends at a time, as how many a block has cannot be foreseen: what is noted behind the last,
 * or marked there as if in quotes, counts for nothing.
 */
FAST static inline void note_avx2(int32_t *found, int32_t block, uint64_t ends, uint64_t quoted)
{
	enum { EIGHT = 8 };
	_Static_assert(EIGHT <= SCANNER_STEP, "behind the last end there is room for as many");
	int32_t *next = found;
	uint64_t left = ends;
	do {
#pragma GCC unroll 8
		for (int i = 0; i < EIGHT; i++, left &= left - 1)
			*next++ =
				(int32_t)((uint32_t)block + (uint32_t)_tzcnt_u64(left) * END_BYTE);
	} while (left);
	/* Few blocks have more than one in quotes. */
	do
		found[__builtin_popcountll(ends & (quoted - 1) & ~quoted)] |= 1;
	while (quoted &= quoted - 1);
}

/* Eight fields of those whose ends begin here. */
FAST static inline void set_eight_avx2(struct slice *fields, const char *base, const int32_t *ends)
{
	const __m256i one = _mm256_set1_epi32(1);
	const __m256i zero = _mm256_setzero_si256();
	__m256i before = _mm256_loadu_si256((const __m256i_u *)ends);
	__m256i behind = _mm256_loadu_si256((const __m256i_u *)(ends + 1));
	__m256i quoted = _mm256_and_si256(behind, one);
	__m256i starts =
		_mm256_add_epi32(_mm256_srai_epi32(before, 1), _mm256_add_epi32(one, quoted));
	__m256i stops = _mm256_sub_epi32(_mm256_srai_epi32(behind, 1), quoted);
	__m256i lens = _mm256_sub_epi32(stops, starts);
	__m256i bases = _mm256_set1_epi64x((int64_t)(uintptr_t)base);
	/* Fields 0, 1, 4, 5, and the others: both halves are unpacked, each for itself. */
	__m256i ptrs_first = _mm256_add_epi64(_mm256_unpacklo_epi32(starts, zero), bases);
	__m256i ptrs_second = _mm256_add_epi64(_mm256_unpackhi_epi32(starts, zero), bases);
	__m256i lens_first = _mm256_unpacklo_epi32(lens, zero);
	__m256i lens_second = _mm256_unpackhi_epi32(lens, zero);
	const __m256i pairs[4] = {
		_mm256_unpacklo_epi64(ptrs_first, lens_first),
		_mm256_unpackhi_epi64(ptrs_first, lens_first),
		_mm256_unpacklo_epi64(ptrs_second, lens_second),
		_mm256_unpackhi_epi64(ptrs_second, lens_second),
	};
#pragma GCC unroll 4
	for (int i = 0; i < 4; i++) {
		_mm_storeu_si128((__m128i_u *)(fields + i), _mm256_castsi256_si128(pairs[i]));
		_mm_storeu_si128(
			(__m128i_u *)(fields + i + 4), _mm256_extracti128_si256(pairs[i], 1));
	}
}

/* All fields: there is room for eight at a time, and behind the ends as well. */
FAST static inline void set_avx2(const struct scanner *s, struct slice *fields, const int32_t *ends,
	size_t count, const size_t *places, size_t place_count)
{
	_Static_assert(sizeof(struct slice) == 16 && offsetof(struct slice, len) == 8,
		"a pointer and a length, of 64 bits each");
	(void)places;
	(void)place_count;
	for (size_t i = 0; i < count; i += 8)
		set_eight_avx2(fields + i, s->start, ends + i);
}
#endif

#endif
