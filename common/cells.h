/*
 * The cells of a stream's record as what they stand for: words, days. The first that is not what its
 * column may hold makes a reject of the record.
 */
#ifndef CELLS_H
#define CELLS_H

#include "date.h"
#include "reader.h"
#include "word.h"

/* Set up to `hint` by the caller; all is borrowed. */
struct cells {
	const struct column *columns;
	const struct words *words; /* of each column */
	const struct record *record;
	struct reject *reject; /* set by the first cell that fails */
	struct slice hint;     /* for that reject */
	bool failed;
};

/* Is the column there, and not empty? */
bool cells_filled(const struct cells *c, int column);

/* The cell must not be empty. */
void cells_need(struct cells *c, int column);

/* The place of the cell among its column's words; `unknown` where it is empty. */
int cells_word(struct cells *c, int column, int unknown);

/* DAY_NONE where it is empty. */
day_t cells_day(struct cells *c, int column);

#endif
