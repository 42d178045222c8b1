#include "pages.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#define LARGE_PAGE ((size_t)2 << 20)

/* From here on memory is mapped, in whole pages; what is smaller is the heap's. */
#define PAGES_FROM ((size_t)64 << 10)

static size_t whole(size_t size)
{
	return (size + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
}

static char *map(size_t size, int flags)
{
	char *start = mmap(NULL, size, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | flags, -1, 0);
	return start == MAP_FAILED ? NULL : start;
}

static void *large_pages(size_t size)
{
	if (size > SIZE_MAX / 2)
		return NULL;
	/* What lies before and behind the large pages is given back, and nobody has touched it. */
	size = whole(size);
	char *start = map(size + LARGE_PAGE, 0);
	if (!start)
		return NULL;
	size_t before = (LARGE_PAGE - (uintptr_t)start % LARGE_PAGE) % LARGE_PAGE;
	if (before)
		munmap(start, before);
	munmap(start + before + size, LARGE_PAGE - before);
	madvise(start + before, size, MADV_HUGEPAGE); /* without them it only takes longer */
	return start + before;
}

void *pages_new(size_t size)
{
	if (size < PAGES_FROM)
		return calloc(1, size);
	return size < LARGE_PAGE ? map(size, MAP_POPULATE) : large_pages(size);
}

void pages_free(void *pages, size_t size)
{
	if (size < PAGES_FROM)
		free(pages);
	else if (pages)
		munmap(pages, size < LARGE_PAGE ? size : whole(size));
}
