/*
 * Which bytes of a block are what, a bit each: known to the scanner alone. There is one way for
 * every machine, and a faster one for those with AVX2.
 */
#ifndef SCANNER_MASKS_H
#define SCANNER_MASKS_H

#include "scanner.h"

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* What the bytes of a block are, a bit each. */
struct masks {
	uint64_t quotes;
	uint64_t delimiters;
	uint64_t feeds;   /* LF */
	uint64_t returns; /* CR */
	uint64_t nuls;
	uint64_t others; /* not ASCII */
};

#define EACH(byte) (UINT64_C(0x0101010101010101) * (unsigned char)(byte))

/* The high bits of eight bytes, the first byte's first. */
static inline uint64_t gather(uint64_t high)
{
	return (high >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* Which of eight bytes are `byte`. */
static inline uint64_t eight_like(uint64_t eight, char byte)
{
	uint64_t zero = eight ^ EACH(byte);
	return gather(~(((zero & EACH(0x7F)) + EACH(0x7F)) | zero) & EACH(0x80));
}

/* The same for every machine. */
static inline struct masks masks_portable(const char *block, char delimiter)
{
	struct masks m = { 0 };
	for (unsigned i = 0; i < SCANNER_BLOCK; i += 8) {
		uint64_t eight = 0;
		memcpy(&eight, block + i, sizeof eight);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		eight = __builtin_bswap64(eight);
#endif
		m.quotes |= eight_like(eight, '"') << i;
		m.delimiters |= eight_like(eight, delimiter) << i;
		m.feeds |= eight_like(eight, '\n') << i;
		m.returns |= eight_like(eight, '\r') << i;
		m.nuls |= eight_like(eight, '\0') << i;
		m.others |= gather(eight & EACH(0x80)) << i;
	}
	return m;
}

#if defined(__x86_64__)
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
#endif

/* Each bit: whether an odd number of bits is set up to it. */
static inline uint64_t odd_portable(uint64_t bits)
{
	for (unsigned by = 1; by < 64; by *= 2)
		bits ^= bits << by;
	return bits;
}

#if defined(__x86_64__)
/* The same by a product without carries. */
FAST static inline uint64_t odd_avx2(uint64_t bits)
{
	__m128i product = _mm_clmulepi64_si128(
		_mm_set_epi64x(0, (int64_t)bits), _mm_set1_epi8((char)0xFF), 0);
	return (uint64_t)_mm_cvtsi128_si64(product);
}
#endif

#endif
