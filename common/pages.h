/*
 * Memory for tables that grow: small ones as malloc gives it, large ones in large pages, for to be given
 * a page of 4 KiB takes longer than to fill it. What grows is moved by its pages and not copied, so that
 * no more is in use than was written to, rounded up to a large page.
 */
#ifndef PAGES_H
#define PAGES_H

#include <stddef.h>

#define PAGES_LARGE ((size_t)2 << 20)

/*
 * Makes `size` bytes of the `old_size` at `old` (NULL, 0: none yet), which stay as they are; the others
 * hold anything. NULL: there is no memory, and `old` stays.
 */
void *pages_grow(void *old, size_t old_size, size_t size);

void pages_free(void *pages, size_t size);

#endif
