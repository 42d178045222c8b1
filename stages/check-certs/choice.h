/*
 * Which of the inputs' certificates an import step would take, and why the others are not.
 */
#ifndef CHOICE_H
#define CHOICE_H

#include "collection.h"
#include "rules.h"

/* Of several so many are named. */
#define CHOICE_NAMED 3

struct choice {
	/*
	 * How many could be the new certificate: of those that are fit the ones of the name of an
	 * input that ends on the last day of the old one, or all where there is none of that name.
	 */
	uint64_t count;
	struct collected
		certificates[CHOICE_NAMED]; /* the first of them, slices of the collection */
	bool renamed; /* an input ends on that day, and none that is fit has its name */
	uint64_t counts[FITNESS_COUNT]; /* certificates of each fitness */
};

/* `due`: the last day of the old one, or DAY_NONE. 0, or -1 without memory. */
int choice_make(struct choice *choice, const struct collection *all, day_t as_of, day_t due);

/* Appends how many there are of those that are not fit, and why: 0, or -1 without memory. */
int choice_append_unfit(struct buffer *out, const struct choice *choice);

#endif
