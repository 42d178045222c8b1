#include "pages.h"

#include "test.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The bytes that were there stay, whatever sizes they grow through. */
static void test_growth(const size_t *sizes, size_t count)
{
	unsigned char *bytes = NULL;
	size_t have = 0;
	for (size_t i = 0; i < count; i++) {
		unsigned char *grown = pages_grow(bytes, have, sizes[i]);
		if (!CHECK(grown != NULL))
			break;
		bytes = grown;
		size_t wrong = 0;
		for (size_t at = 0; at < have; at++)
			wrong += bytes[at] != (unsigned char)(at * 31 >> 3);
		CHECK_NUMBER(wrong, 0);
		for (size_t at = have; at < sizes[i]; at++)
			bytes[at] = (unsigned char)(at * 31 >> 3);
		have = sizes[i];
		if (have >= PAGES_LARGE)
			CHECK_NUMBER((uintptr_t)bytes % PAGES_LARGE, 0);
	}
	/* What cannot be had leaves what is there. */
	CHECK(pages_grow(bytes, have, SIZE_MAX / 2 + 1) == NULL);
	CHECK(pages_grow(bytes, have, SIZE_MAX / 4) == NULL);
	CHECK(bytes[have - 1] == (unsigned char)((have - 1) * 31 >> 3));
	pages_free(bytes, have);
}

int main(void)
{
	static const size_t small[] = { 1, 64, 4096, 1 << 20, PAGES_LARGE - 1 };
	static const size_t doubled[] = { 512, 1 << 20, 2 << 20, 4 << 20, 8 << 20, 16 << 20 };
	static const size_t odd[] = { 3, PAGES_LARGE - 1, PAGES_LARGE + 1, PAGES_LARGE + 2,
		3 * PAGES_LARGE, 3 * PAGES_LARGE + 5, 5 * PAGES_LARGE - 1 };
	static const size_t at_once[] = { 4 * PAGES_LARGE + 7 };
	test_growth(small, sizeof small / sizeof *small);
	test_growth(doubled, sizeof doubled / sizeof *doubled);
	test_growth(odd, sizeof odd / sizeof *odd);
	test_growth(at_once, 1);
	pages_free(NULL, 0);
	return test_report("pages_test");
}
