/*
 * Which of the inputs' certificates an import step would take, and why the others are not.
 */
#ifndef CHOICE_H
#define CHOICE_H

#include "collection.h"
#include "rules.h"

struct choice {
	struct collected certificate;   /* without a place: none */
	uint64_t counts[FITNESS_COUNT]; /* certificates of each fitness */
};

/* Of those that are fit the one that lasts longest. Its slices are the collection's. */
struct choice choice_make(const struct collection *all, day_t as_of, day_t due);

/* Appends how many there are of those that are not fit, and why: 0, or -1 without memory. */
int choice_append_unfit(struct buffer *out, const struct choice *choice);

#endif
