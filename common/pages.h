/*
 * Memory of many pages, for tables that grow large.
 *
 * To be given a page takes far longer than to fill it, most of all where the machine is a virtual
 * one, so such memory comes in large pages where the system has them.
 */
#ifndef PAGES_H
#define PAGES_H

#include <stddef.h>

/* Memory of so many bytes, which are zero; NULL: there is none. */
void *pages_new(size_t size);

/* Gives memory of that size back; NULL is none. */
void pages_free(void *pages, size_t size);

#endif
