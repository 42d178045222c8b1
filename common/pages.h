/*
 * Memory of many pages, for tables that grow large.
 *
 * To be given a page takes far longer than to fill it, most of all where the machine is a virtual
 * one. So a table comes in large pages where the system has them; and what has no large page's size
 * comes in small ones, all of them at once. A large one takes longest to be given where the machine
 * has to ask its host for it, so only what is read here and there should be of that size.
 */
#ifndef PAGES_H
#define PAGES_H

#include <stddef.h>

/* Memory of so many bytes, which are zero; NULL: there is none. */
void *pages_new(size_t size);

/* Gives memory of that size back; NULL is none. */
void pages_free(void *pages, size_t size);

#endif
