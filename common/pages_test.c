#include "pages.h"

#include "test.h"

#include <stdint.h>

/* All bytes are zero and can be written, those of the first and the last page among them. */
static void test_size(size_t size)
{
	unsigned char *pages = pages_new(size);
	CHECK(pages != NULL);
	if (!pages)
		return;
	bool zero = true;
	for (size_t i = 0; i < size; i++) {
		zero &= pages[i] == 0;
		pages[i] = 0xA5;
	}
	CHECK(zero);
	pages_free(pages, size);
}

int main(void)
{
	static const size_t sizes[] = { 1, 4096, (64 << 10) - 1, 64 << 10, (64 << 10) + 1,
		(2 << 20) - 1, 2 << 20, (2 << 20) + 1, 9 << 20 };
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		test_size(sizes[i]);
		test_size(sizes[i]); /* what was used before is as new */
	}
	CHECK(pages_new(SIZE_MAX) == NULL);
	CHECK(pages_new(SIZE_MAX / 2) == NULL);
	pages_free(NULL, 1);
	pages_free(NULL, 1 << 20);
	pages_free(NULL, 9 << 20);
	return test_report("pages_test");
}
