/*
 * What the scanner does with AVX2: masks out of comparisons, the places of ends out of a table, the
 * kinds of characters, eight fields at once out of their ends. Known to it alone.
 */
#ifndef SCANNER_AVX2_H
#define SCANNER_AVX2_H

#include "scanner.h"
#include "scanner_masks.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define FAST __attribute__((target("avx2,bmi,popcnt,pclmul")))

/* So many ends are noted at once, and so many fields set. */
#define AVX2_STEP 8

FAST static inline uint64_t like(__m256i low, __m256i high, char byte)
{
	__m256i all = _mm256_set1_epi8(byte);
	uint32_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, all));
	uint32_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, all));
	return first | (uint64_t)second << 32;
}

/* The highest bit of each byte. */
FAST static inline uint64_t sign_bits(__m256i low, __m256i high)
{
	uint32_t first = (uint32_t)_mm256_movemask_epi8(low);
	return first | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

FAST static inline struct masks masks_avx2(const char *block, char delimiter)
{
	const __m256i zero = _mm256_setzero_si256();
	__m256i low = _mm256_loadu_si256((const __m256i_u *)block);
	__m256i high = _mm256_loadu_si256((const __m256i_u *)(block + 32));
	/* Most blocks have nothing but ASCII and no NUL: then all bytes are above zero. */
	__m256i above =
		_mm256_and_si256(_mm256_cmpgt_epi8(low, zero), _mm256_cmpgt_epi8(high, zero));
	const bool rare = __builtin_expect(_mm256_movemask_epi8(above) != -1, 0);
	return (struct masks){
		.quotes = like(low, high, '"'),
		.delimiters = like(low, high, delimiter),
		.feeds = like(low, high, '\n'),
		.returns = like(low, high, '\r'),
		.nuls = rare ? like(low, high, '\0') : 0,
		.others = rare ? sign_bits(low, high) : 0,
	};
}

/*
 * Which of a half are C0 or C1, which begin no character, or E0 or ED, of which not every second
 * byte may follow. F0 to FF are known by their bits.
 */
FAST static inline __m256i judged_avx2(__m256i half)
{
	const __m256i but_last = _mm256_and_si256(half, _mm256_set1_epi8((char)0xFE));
	return _mm256_or_si256(_mm256_cmpeq_epi8(but_last, _mm256_set1_epi8((char)0xC0)),
		_mm256_or_si256(_mm256_cmpeq_epi8(half, _mm256_set1_epi8((char)0xE0)),
			_mm256_cmpeq_epi8(half, _mm256_set1_epi8((char)0xED))));
}

FAST static inline struct characters characters_avx2(const char *block, uint64_t others)
{
	const __m256i first = _mm256_set1_epi8((char)0xC0); /* and what is above it */
	__m256i low = _mm256_loadu_si256((const __m256i_u *)block);
	__m256i high = _mm256_loadu_si256((const __m256i_u *)(block + 32));
	const uint64_t later =
		sign_bits(_mm256_cmpgt_epi8(first, low), _mm256_cmpgt_epi8(first, high));
	const uint64_t firsts = others & ~later;
	/*
	 * The third bit from the top is set where three bytes begin, or four, or nothing; the
	 * fourth as well where it is not three.
	 */
	const uint64_t third =
		sign_bits(_mm256_slli_epi16(low, 2), _mm256_slli_epi16(high, 2)) & firsts;
	const uint64_t fourth = sign_bits(_mm256_slli_epi16(low, 3), _mm256_slli_epi16(high, 3));
	return (struct characters){
		.later = later,
		.firsts = firsts,
		.threes = third,
		.judged = (third & fourth) |
			  (firsts & sign_bits(judged_avx2(low), judged_avx2(high))),
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
 * What is noted of the bits that are set in a byte, one in each byte from the lowest on: twice the
 * place. With one bit more in front all are one place further; if it is set, it comes first.
 */
#define BIT_BEHIND(places) ((places) + EACH(END_BYTE))
#define BIT_0(places)      BIT_BEHIND(places), BIT_BEHIND(places) << 8
#define BIT_1(places)      BIT_0(BIT_BEHIND(places)), BIT_0(BIT_BEHIND(places) << 8)
#define BIT_2(places)      BIT_1(BIT_BEHIND(places)), BIT_1(BIT_BEHIND(places) << 8)
#define BIT_3(places)      BIT_2(BIT_BEHIND(places)), BIT_2(BIT_BEHIND(places) << 8)
#define BIT_4(places)      BIT_3(BIT_BEHIND(places)), BIT_3(BIT_BEHIND(places) << 8)
#define BIT_5(places)      BIT_4(BIT_BEHIND(places)), BIT_4(BIT_BEHIND(places) << 8)
#define BIT_6(places)      BIT_5(BIT_BEHIND(places)), BIT_5(BIT_BEHIND(places) << 8)
#define BIT_7(places)      BIT_6(BIT_BEHIND(places)), BIT_6(BIT_BEHIND(places) << 8)
static const uint64_t bit_places[256] = { BIT_7(UINT64_C(0)) };

/*
 * The ends of eight bytes at a time, as how many a block has cannot be foreseen: what is noted
 * behind the last, or marked there as if in quotes, counts for nothing.
 */
FAST static inline void note_avx2(int32_t *found, int32_t block, uint64_t ends, uint64_t quoted)
{
	int32_t *next = found;
	__m256i before = _mm256_set1_epi32(block);
	const __m256i step = _mm256_set1_epi32(8 * END_BYTE);
	_Static_assert(AVX2_STEP <= SCANNER_STEP, "behind the last end there is room for as many");
#pragma GCC unroll 8
	for (unsigned i = 0; i < SCANNER_BLOCK; i += 8) {
		const size_t byte = ends >> i & 0xFF;
		__m256i places =
			_mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i_u *)&bit_places[byte]));
		_mm256_storeu_si256((__m256i_u *)next, _mm256_add_epi32(places, before));
		before = _mm256_add_epi32(before, step);
		/* Or gcc adds another constant to the first one each time, and makes them all. */
		__asm__("" : "+x"(before));
		next += __builtin_popcountll(byte);
	}
	/* Few blocks have more than one in quotes. */
	do
		found[__builtin_popcountll(ends & (quoted - 1) & ~quoted)] |= 1;
	while (quoted &= quoted - 1);
}

/* The fields of those whose ends begin here, a step of them. */
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
FAST static inline void set_avx2(
	const struct scanner *s, struct slice *fields, const int32_t *ends, size_t count)
{
	_Static_assert(sizeof(struct slice) == 16 && offsetof(struct slice, len) == 8,
		"a pointer and a length, of 64 bits each");
	for (size_t i = 0; i < count; i += AVX2_STEP)
		set_eight_avx2(fields + i, s->start, ends + i);
}
#endif

#endif
