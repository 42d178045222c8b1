#include "pages.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#define LARGE_PAGE ((size_t)2 << 20)

/* From here on large pages are worth that the last of them is not full. */
#define LARGE_FROM ((size_t)512 << 10)

static size_t whole(size_t size)
{
	return (size + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
}

void *pages_new(size_t size)
{
	if (size < LARGE_FROM)
		return calloc(1, size);
	if (size > SIZE_MAX / 2)
		return NULL;
	/* What lies before and behind the large pages is given back, and nobody has touched it. */
	size = whole(size);
	char *start = mmap(NULL, size + LARGE_PAGE, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (start == MAP_FAILED)
		return NULL;
	size_t before = (LARGE_PAGE - (uintptr_t)start % LARGE_PAGE) % LARGE_PAGE;
	if (before)
		munmap(start, before);
	munmap(start + before + size, LARGE_PAGE - before);
	madvise(start + before, size, MADV_HUGEPAGE); /* without them it only takes longer */
	return start + before;
}

void pages_free(void *pages, size_t size)
{
	if (size < LARGE_FROM)
		free(pages);
	else if (pages)
		munmap(pages, whole(size));
}
