#include "pages.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static size_t whole(size_t size)
{
	return (size + PAGES_LARGE - 1) / PAGES_LARGE * PAGES_LARGE;
}

/* Addresses for `size` bytes that begin with a large page; NULL: there are none. */
static char *addresses(size_t size)
{
	char *start = mmap(NULL, size + PAGES_LARGE, PROT_NONE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (start == MAP_FAILED)
		return NULL;
	size_t before = (size_t) - (uintptr_t)start % PAGES_LARGE;
	if (before)
		munmap(start, before);
	munmap(start + before + size, PAGES_LARGE - before);
	return start + before;
}

void *pages_grow(void *old, size_t old_size, size_t size)
{
	if (size < PAGES_LARGE)
		return realloc(old, size);
	if (size > SIZE_MAX / 2)
		return NULL;
	size = whole(size);
	char *start = addresses(size);
	if (!start)
		return NULL;
	const bool large = old_size >= PAGES_LARGE;
	void *grown =
		large ? mremap(old, whole(old_size), size, MREMAP_MAYMOVE | MREMAP_FIXED, start)
		      : mmap(start, size, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	if (grown == MAP_FAILED) {
		munmap(start, size);
		return NULL;
	}
	madvise(grown, size, MADV_HUGEPAGE); /* without them it only takes longer */
	if (!large && old_size)
		memcpy(grown, old, old_size);
	if (!large)
		free(old);
	return grown;
}

void pages_free(void *pages, size_t size)
{
	if (size < PAGES_LARGE)
		free(pages);
	else
		munmap(pages, whole(size));
}
