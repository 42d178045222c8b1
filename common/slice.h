/*
 * A slice: some bytes that somebody else owns.
 *
 * It is the only field type of the suite. It is not NUL-terminated and may hold any byte. A slice
 * that a reader hands out is valid until the next record is asked for; whoever wants it longer
 * copies it. An empty slice may have a null pointer.
 */
#ifndef SLICE_H
#define SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
	const char *ptr;
	size_t len; /* bytes */
};

/* The slice of a string literal. */
#define SLICE(literal) ((struct slice){ (literal), sizeof(literal) - 1 })

/* The slice of a NUL-terminated string; empty for a null pointer. */
static inline struct slice slice_from(const char *text)
{
	return (struct slice){ text, text ? strlen(text) : 0 };
}

#define SLICE_PACKED 16

/*
 * Up to SLICE_PACKED bytes as two words, as they would be in memory, with zeros behind them. Most
 * values are so short, and a call for each would be most of the work.
 */
static inline void slice_pack(struct slice s, uint64_t words[2])
{
	words[0] = words[1] = 0;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	if (s.len)
		memcpy(words, s.ptr, s.len);
#else
	const unsigned char *byte = (const unsigned char *)s.ptr;
	uint32_t front;
	uint32_t back;
	if (s.len >= 8) {
		memcpy(&words[0], s.ptr, 8);
		memcpy(&words[1], s.ptr + s.len - 8, 8);
		words[1] = s.len == 8 ? 0 : words[1] >> (SLICE_PACKED - s.len) * 8;
	} else if (s.len >= 4) {
		memcpy(&front, s.ptr, 4);
		memcpy(&back, s.ptr + s.len - 4, 4);
		words[0] = front | (uint64_t)back << (s.len - 4) * 8;
	} else if (byte && s.len) {
		words[0] = byte[0] | (uint64_t)byte[s.len / 2] << s.len / 2 * 8 |
			   (uint64_t)byte[s.len - 1] << (s.len - 1) * 8;
	}
#endif
}

/*
 * Behind the bytes of a buffer, and so behind every field of a reader, are so many that may be
 * read, whatever they are. Whoever takes short values in blocks of this size needs no branch by
 * their length. A slice with slack has them, an empty one too, unless its pointer is null.
 */
#define SLICE_SLACK 16

typedef unsigned char slice_block __attribute__((vector_size(SLICE_SLACK)));
typedef uint64_t slice_halves __attribute__((vector_size(SLICE_SLACK)));

/* The first `len` (SLICE_SLACK at most) bytes of a block, and zeros. */
static inline slice_block slice_block_cut(slice_block block, size_t len)
{
	static const unsigned char keep[2 * SLICE_SLACK] = { 255, 255, 255, 255, 255, 255, 255, 255,
		255, 255, 255, 255, 255, 255, 255, 255 };
	slice_block kept;
	memcpy(&kept, keep + SLICE_SLACK - len, sizeof kept);
	return block & kept;
}

/* The same of the bytes at `ptr`, where SLICE_SLACK may be read. */
static inline slice_block slice_block_of(const char *ptr, size_t len)
{
	slice_block block;
	memcpy(&block, ptr, sizeof block);
	return slice_block_cut(block, len);
}

/* The first bytes of a slice with slack, or what stands for them. */
static inline const char *slice_start(struct slice s)
{
	static const char nothing[SLICE_SLACK];
	return s.ptr ? s.ptr : nothing;
}

/* Same bytes? Nothing is folded: user ids are opaque and case-sensitive. */
static inline bool slice_equal(struct slice a, struct slice b)
{
	uint64_t one[2];
	uint64_t other[2];
	if (a.len != b.len)
		return false;
	if (a.len > SLICE_PACKED)
		return memcmp(a.ptr, b.ptr, a.len) == 0;
	slice_pack(a, one);
	slice_pack(b, other);
	return one[0] == other[0] && one[1] == other[1];
}

/* Order by bytes, the shorter of two with a common start first: below 0, 0, above 0. */
static inline int slice_compare(struct slice a, struct slice b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

/*
 * How many bytes are `byte`. Four blocks at a time, whose counts wait for none of the others'; one
 * of `counts` is full after 255 rounds.
 */
static inline size_t slice_count(struct slice bytes, char byte)
{
	enum { BLOCKS = 4, STEP = BLOCKS * sizeof(slice_block) };
	size_t total = 0;
	size_t at = 0;
	while (bytes.len - at >= STEP) {
		slice_block counts[BLOCKS] = { 0 };
		for (int i = 0; i < 255 && bytes.len - at >= STEP; i++, at += STEP)
#pragma GCC unroll 4
			for (size_t j = 0; j < BLOCKS; j++) {
				slice_block block;
				memcpy(&block, bytes.ptr + at + j * sizeof block, sizeof block);
				counts[j] -= (slice_block)(block == (unsigned char)byte);
			}
		for (size_t i = 0; i < sizeof(slice_block); i++)
			for (size_t j = 0; j < BLOCKS; j++)
				total += counts[j][i];
	}
	for (; at < bytes.len; at++)
		total += bytes.ptr[at] == byte;
	return total;
}

/* The bytes from `start` (at most the length) to the end. */
static inline struct slice slice_skip(struct slice s, size_t start)
{
	return s.len ? (struct slice){ s.ptr + start, s.len - start } : s;
}

/*
 * Takes the part before the first `separator` off the front of `*rest` and returns it. The last
 * part leaves `*rest` with a null pointer, which is how a loop over the parts ends:
 * for (struct slice rest = list; rest.ptr;) { struct slice part = slice_cut(&rest, ','); … }
 */
static inline struct slice slice_cut(struct slice *rest, char separator)
{
	const char *at = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
	struct slice part = { rest->ptr, at ? (size_t)(at - rest->ptr) : rest->len };
	*rest = at ? (struct slice){ at + 1, rest->len - part.len - 1 } : (struct slice){ NULL, 0 };
	return part;
}

#endif
