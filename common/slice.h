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
 * Up to SLICE_PACKED bytes as two words, which differ wherever slices of one length differ. Most
 * values are so short, and a call for each would be most of the work.
 */
static inline void slice_pack(struct slice s, uint64_t words[2])
{
	const unsigned char *byte = (const unsigned char *)s.ptr;
	words[0] = words[1] = 0;
	if (s.len >= 8) {
		memcpy(&words[0], s.ptr, 8);
		memcpy(&words[1], s.ptr + s.len - 8, 8);
	} else if (s.len >= 4) {
		memcpy(&words[0], s.ptr, 4);
		memcpy(&words[1], s.ptr + s.len - 4, 4);
	} else if (byte && s.len) {
		words[0] =
			(uint64_t)byte[0] << 16 | (uint64_t)byte[s.len / 2] << 8 | byte[s.len - 1];
	}
}

#define SLICE_PLACES 64

/*
 * A place below SLICE_PLACES for a slice, by its length, first and last byte: for a table that says
 * which of a few values it most likely is.
 */
static inline size_t slice_place(struct slice s)
{
	if (s.len == 0)
		return 0;
	unsigned first = (unsigned char)s.ptr[0];
	unsigned last = (unsigned char)s.ptr[s.len - 1];
	return (s.len * 11 + first * 3 + last) % SLICE_PLACES;
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

/* How many bytes are `byte`. Sixteen at a time; one of `counts` is full after 255 rounds. */
static inline size_t slice_count(struct slice bytes, char byte)
{
	typedef unsigned char wide __attribute__((vector_size(16)));
	size_t total = 0;
	size_t at = 0;
	while (bytes.len - at >= sizeof(wide)) {
		wide counts = { 0 };
		for (int i = 0; i < 255 && bytes.len - at >= sizeof(wide); i++) {
			wide block;
			memcpy(&block, bytes.ptr + at, sizeof block);
			counts -= (wide)(block == (unsigned char)byte);
			at += sizeof block;
		}
		for (size_t i = 0; i < sizeof counts; i++)
			total += counts[i];
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
