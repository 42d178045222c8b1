/*
 * What the members of a zip take in it, packed, by their paths.
 */
#ifndef ZIP_SIZES_H
#define ZIP_SIZES_H

#include "keys.h"
#include "stored.h"

/* { 0 } is empty. */
struct zip_sizes {
	struct keys paths; /* a uint64_t each */
	bool known;
};

/* Reads the directory of a zip that zip_check found no fault with. 0, or -1 with the error set. */
int zip_sizes_read(struct zip_sizes *s, struct stored *from, struct error *e);

/* False, and `*packed` as it was, for a path that the directory does not have in these bytes. */
bool zip_sizes_find(const struct zip_sizes *s, struct slice path, uint64_t *packed);

void zip_sizes_release(struct zip_sizes *s);

#endif
