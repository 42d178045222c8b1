/*
 * What the fuzzers share. A fuzzer is NAME_fuzz.c beside what it tests; scripts/fuzz builds it with
 * libFuzzer and runs it from the inputs in testdata/fuzz/NAME/.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include "slice.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* libFuzzer's own names. The first runs one input and returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

static inline void fuzz_require(bool holds, const char *file, int line, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}

/* A promise of a header's: where it does not hold, the input is a finding. */
#define REQUIRE(condition) fuzz_require(condition, __FILE__, __LINE__, #condition)

/* Takes the part of an input before the first `%%` off the front; the last part leaves a null. */
static inline struct slice fuzz_part(struct slice *rest)
{
	const char *at = rest->len ? memmem(rest->ptr, rest->len, "%%", 2) : NULL;
	struct slice part = { rest->ptr, at ? (size_t)(at - rest->ptr) : rest->len };
	*rest = at ? slice_skip(*rest, part.len + 2) : (struct slice){ NULL, 0 };
	return part;
}

/* Takes one byte off the front; 0 where there is none. */
static inline unsigned fuzz_byte(struct slice *rest)
{
	unsigned byte = rest->len ? (unsigned char)rest->ptr[0] : 0;
	*rest = slice_skip(*rest, rest->len ? 1 : 0);
	return byte;
}

#endif
