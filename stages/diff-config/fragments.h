/*
 * The eight-byte pieces of many texts, as a sieve: what does not come out of it stands in none of
 * them. It takes a byte for each byte of the texts.
 *
 * It keeps the automaton of needles.h small. Of a refresh, most of the source's values stand in no
 * text that is still to be searched.
 */
#ifndef FRAGMENTS_H
#define FRAGMENTS_H

#include "slice.h"

#include <stdbool.h>
#include <stdint.h>

#define FRAGMENT 8

struct fragments {
	uint64_t *bits;
	unsigned shift; /* of a hash, to the number of a bit */
};

/* For texts of so many bytes in all: 0, or -1 without memory. */
int fragments_open(struct fragments *f, uint64_t bytes);

void fragments_add(struct fragments *f, struct slice text);

/*
 * Can what has FRAGMENT bytes or more stand in one of the texts? False: in none. True: maybe, or
 * its pieces stand there apart.
 */
bool fragments_may_hold(const struct fragments *f, struct slice needle);

void fragments_release(struct fragments *f);

#endif
