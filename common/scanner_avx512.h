/*
 * What the scanner does with AVX-512 where AVX2 needs several steps: masks come out of comparisons,
 * the places of bits out of one packing of bytes, sixteen fields out of their ends. Known to it
 * alone.
 */
#ifndef SCANNER_AVX512_H
#define SCANNER_AVX512_H

#include "scanner_avx2.h"

#if defined(__x86_64__)
#define FASTEST                                                                                    \
	__attribute__((target("avx2,bmi,popcnt,pclmul,avx512f,avx512bw,avx512vbmi,avx512vbmi2")))

/* The same byte 64 times. */
FASTEST static inline __m512i all_avx512(int byte)
{
	__m512i all = _mm512_set1_epi8((char)byte);
	/* Or gcc makes it anew for each block, although there are registers enough. */
	__asm__("" : "+v"(all));
	return all;
}

FASTEST static inline struct masks masks_avx512(const char *block, char delimiter)
{
	__m512i bytes = _mm512_loadu_si512(block);
	return (struct masks){
		.quotes = _mm512_cmpeq_epi8_mask(bytes, all_avx512('"')),
		.delimiters = _mm512_cmpeq_epi8_mask(bytes, all_avx512(delimiter)),
		.feeds = _mm512_cmpeq_epi8_mask(bytes, all_avx512('\n')),
		.returns = _mm512_cmpeq_epi8_mask(bytes, all_avx512('\r')),
		.nuls = _mm512_testn_epi8_mask(bytes, bytes),
		.others = _mm512_movepi8_mask(bytes),
	};
}

FASTEST static inline struct characters characters_avx512(const char *block, uint64_t others)
{
	enum { TWO = 0, THREE = 1, JUDGED = 2 };
	/* By the low six bits of a first byte: C0, C1, E0, ED, and F0 to FF need a closer look. */
	static const char kinds[64] = { JUDGED, JUDGED, [0x20] = JUDGED, THREE, THREE, THREE, THREE,
		THREE, THREE, THREE, THREE, THREE, THREE, THREE, THREE, JUDGED, THREE, THREE,
		JUDGED, JUDGED, JUDGED, JUDGED, JUDGED, JUDGED, JUDGED, JUDGED, JUDGED, JUDGED,
		JUDGED, JUDGED, JUDGED, JUDGED, JUDGED, JUDGED };
	__m512i bytes = _mm512_loadu_si512(block);
	__m512i kind = _mm512_permutexvar_epi8(bytes, _mm512_loadu_si512(kinds));
	uint64_t later = _mm512_cmplt_epi8_mask(bytes, all_avx512(0xC0));
	uint64_t firsts = others & ~later;
	return (struct characters){
		.later = later,
		.firsts = firsts,
		.threes = firsts & _mm512_test_epi8_mask(kind, all_avx512(THREE)),
		.judged = firsts & _mm512_test_epi8_mask(kind, all_avx512(JUDGED)),
	};
}

/* Sixteen at a time; behind the last there is room for as many. */
FASTEST static inline void note_avx512(
	int32_t *found, int32_t block, uint64_t ends, uint64_t quoted)
{
	/* Twice its place for each byte, which fits as there are 64. */
	const __m512i places = _mm512_set_epi8(126, 124, 122, 120, 118, 116, 114, 112, 110, 108,
		106, 104, 102, 100, 98, 96, 94, 92, 90, 88, 86, 84, 82, 80, 78, 76, 74, 72, 70, 68,
		66, 64, 62, 60, 58, 56, 54, 52, 50, 48, 46, 44, 42, 40, 38, 36, 34, 32, 30, 28, 26,
		24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0);
	__m512i noted = _mm512_mask_add_epi8(places, quoted, places, _mm512_set1_epi8(1));
	noted = _mm512_maskz_compress_epi8(ends, noted);
	__m512i before = _mm512_set1_epi32(block);
	int count = __builtin_popcountll(ends);
	for (;;) {
		__m512i sixteen = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(noted));
		_mm512_storeu_si512(found, _mm512_add_epi32(sixteen, before));
		count -= SCANNER_STEP;
		if (count <= 0)
			return;
		found += SCANNER_STEP;
		noted = _mm512_shuffle_i32x4(
			noted, noted, 0x39); /* the next quarter to the front */
	}
}

/*
 * Four fields, in halves: what was written over the end of a line of memory is slow to be read at
 * once, and a whole line's worth nearly always is.
 */
FASTEST static inline void set_four(struct slice *fields, __m512i four)
{
	_mm256_storeu_si256((__m256i_u *)fields, _mm512_castsi512_si256(four));
	_mm256_storeu_si256((__m256i_u *)fields + 1, _mm512_extracti64x4_epi64(four, 1));
}

/* Eight fields from their starts and lengths. */
FASTEST static inline void set_eight(
	struct slice *fields, const char *base, __m256i starts, __m256i lengths)
{
	const __m512i first = _mm512_set_epi64(11, 3, 10, 2, 9, 1, 8, 0);
	const __m512i second = _mm512_set_epi64(15, 7, 14, 6, 13, 5, 12, 4);
	__m512i ptrs = _mm512_add_epi64(
		_mm512_cvtepi32_epi64(starts), _mm512_set1_epi64((int64_t)(uintptr_t)base));
	__m512i lens = _mm512_cvtepi32_epi64(lengths);
	set_four(fields, _mm512_permutex2var_epi64(ptrs, first, lens));
	set_four(fields + 4, _mm512_permutex2var_epi64(ptrs, second, lens));
}

/* All fields, sixteen at a time: there is room for as many, and behind the ends as well. */
FASTEST static inline void set_avx512(
	const struct scanner *s, struct slice *fields, const int32_t *ends, size_t count)
{
	_Static_assert(sizeof(struct slice) == 16 && offsetof(struct slice, len) == 8,
		"a pointer and a length, of 64 bits each");
	const __m512i one = _mm512_set1_epi32(1);
	for (size_t i = 0; i < count; i += SCANNER_STEP) {
		__m512i before = _mm512_loadu_si512(ends + i);
		__m512i behind = _mm512_loadu_si512(ends + i + 1);
		__m512i quoted = _mm512_and_epi32(behind, one);
		__m512i starts = _mm512_add_epi32(
			_mm512_srai_epi32(before, 1), _mm512_add_epi32(one, quoted));
		__m512i stops = _mm512_sub_epi32(_mm512_srai_epi32(behind, 1), quoted);
		__m512i lengths = _mm512_sub_epi32(stops, starts);
		set_eight(fields + i, s->start, _mm512_castsi512_si256(starts),
			_mm512_castsi512_si256(lengths));
		if (count - i <= SCANNER_STEP / 2)
			break;
		set_eight(fields + i + 8, s->start, _mm512_extracti64x4_epi64(starts, 1),
			_mm512_extracti64x4_epi64(lengths, 1));
	}
}
#endif

#endif
