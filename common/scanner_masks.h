/*
 * Which bytes of a block are what, a bit each, on every machine: known to the scanner alone.
 */
#ifndef SCANNER_MASKS_H
#define SCANNER_MASKS_H

#include "scanner.h"

#include <stdint.h>
#include <string.h>

/* What the bytes of a block are, a bit each. */
struct masks {
	uint64_t quotes;
	uint64_t delimiters;
	uint64_t feeds;   /* LF */
	uint64_t returns; /* CR */
	uint64_t nuls;
	uint64_t others; /* not ASCII */
};

/* What bytes are that are not ASCII, a bit each. */
struct characters {
	uint64_t later;  /* not the first of a character */
	uint64_t firsts; /* all others */
	uint64_t threes; /* of those, the first of three bytes; of no meaning if any is judged */
	/*
	 * Of those, what begins no character, or four bytes, or three of which not every second one
	 * may be: they need a closer look.
	 */
	uint64_t judged;
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

/* Each bit: whether an odd number of bits is set up to it. */
static inline uint64_t odd_portable(uint64_t bits)
{
	for (unsigned by = 1; by < 64; by *= 2)
		bits ^= bits << by;
	return bits;
}

#endif
