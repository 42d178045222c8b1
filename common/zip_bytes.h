/*
 * Numbers as a zip has them, least byte first, and a view of its bytes that never leaves the file.
 */
#ifndef ZIP_BYTES_H
#define ZIP_BYTES_H

#include "stored.h"

static inline uint32_t zip_16(const char *at)
{
	const unsigned char *b = (const unsigned char *)at;
	return (uint32_t)b[0] | (uint32_t)b[1] << 8;
}

static inline uint32_t zip_32(const char *at)
{
	return zip_16(at) | zip_16(at + 2) << 16;
}

static inline uint64_t zip_64(const char *at)
{
	return zip_32(at) | (uint64_t)zip_32(at + 4) << 32;
}

/* In place of a number of 16 or 32 bits that stands elsewhere, in 64. */
#define ZIP_ELSEWHERE_16 UINT32_C(0xFFFF)
#define ZIP_ELSEWHERE_32 UINT32_C(0xFFFFFFFF)

/* Longer than any header with its name, its extra fields and its comment, 65,535 bytes each. */
#define ZIP_VIEW ((size_t)256 << 10)

/* Some bytes of the file, kept until others are asked for. */
struct zip_view {
	struct stored *from; /* borrowed */
	size_t step;         /* bytes to read at once, where fewer are asked for */
	uint64_t at;
	size_t length;
	char *bytes;
};

/* 0, or -1 with the error set and nothing to close. */
int zip_view_open(struct zip_view *v, struct stored *from, size_t step, struct error *e);

/*
 * `length` bytes, at most ZIP_VIEW, from `at`, valid until the next call: 1; 0 where the file ends
 * before; -1 with the error set.
 */
int zip_view_get(
	struct zip_view *v, uint64_t at, size_t length, struct slice *bytes, struct error *e);

void zip_view_close(struct zip_view *v);

#endif
