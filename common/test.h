/*
 * Checks for the unit tests: each says what it expected, where, and the program ends with status 1
 * when one did not hold.
 */
#ifndef TEST_H
#define TEST_H

#include "slice.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* The counts of one test program; the one place where a test keeps state at file scope. */
static unsigned test_passed, test_failed;

static inline bool test_note(bool holds, const char *file, int line, const char *what)
{
	if (holds) {
		test_passed++;
	} else {
		test_failed++;
		fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	}
	return holds;
}

static inline void test_slices(
	struct slice got, struct slice want, const char *file, int line, const char *what)
{
	if (!test_note(slice_equal(got, want), file, line, what))
		fprintf(stderr, "\tgot  \"%.*s\"\n\twant \"%.*s\"\n", (int)got.len,
			got.ptr ? got.ptr : "", (int)want.len, want.ptr ? want.ptr : "");
}

static inline void test_numbers(
	int64_t got, int64_t want, const char *file, int line, const char *what)
{
	if (!test_note(got == want, file, line, what))
		fprintf(stderr, "\tgot %" PRId64 ", want %" PRId64 "\n", got, want);
}

#define CHECK(condition)       test_note((condition), __FILE__, __LINE__, #condition)
#define CHECK_TEXT(got, want)  test_slices((got), slice_from(want), __FILE__, __LINE__, #got)
#define CHECK_SLICE(got, want) test_slices((got), (want), __FILE__, __LINE__, #got)
#define CHECK_NUMBER(got, want)                                                                    \
	test_numbers((int64_t)(got), (int64_t)(want), __FILE__, __LINE__, #got)

/*
 * How often a test with many rounds runs them: all, or with TEST_QUICK set (under valgrind) a
 * tenth.
 */
static inline int test_rounds(int all)
{
	return getenv("TEST_QUICK") ? all / 10 : all;
}

/* A copy with slack; the content dies with the next one. */
static inline struct slice slack_of(struct slice bytes)
{
	static char text[1024 + SLICE_SLACK];
	if (bytes.len && bytes.len <= 1024)
		memcpy(text, bytes.ptr, bytes.len);
	return (struct slice){ text, bytes.len <= 1024 ? bytes.len : 0 };
}

/* The last statement of main: the closing line and the exit status. */
static inline int test_report(const char *name)
{
	printf("%s: %u passed, %u failed\n", name, test_passed, test_failed);
	return test_failed != 0;
}

#endif
