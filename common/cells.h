/*
 * The cells of a stream's record as what they stand for. The first that is not what its
 * column may hold makes a reject of the record.
 */
#ifndef CELLS_H
#define CELLS_H

#include "reader.h"
#include "word.h"

/*
 * Set up to `hint` by the caller; all is borrowed. The record is a reader's, whose fields have
 * slack.
 */
struct cells {
	const struct column *columns;
	const struct words *words; /* of each column */
	const struct record *record;
	struct reject *reject; /* set by the first cell that fails */
	struct slice hint;     /* for that reject */
	bool failed;
};

/* Makes the reject of a cell, if it is the first. */
void cells_fail(struct cells *c, int column, enum reason reason, struct slice wanted);

static inline struct slice cells_value(const struct cells *c, int column)
{
	return record_field(c->record, c->columns[column].index);
}

/* Is the column there, and not empty? */
static inline bool cells_filled(const struct cells *c, int column)
{
	return cells_value(c, column).len > 0;
}

/* The cell must not be empty. */
static inline void cells_need(struct cells *c, int column)
{
	if (!cells_filled(c, column))
		cells_fail(c, column, REASON_EMPTY_VALUE, SLICE(""));
}

/* The same as below, for what is not among the words' terms. */
int cells_word_of(struct cells *c, int column);

/* The place of the cell among its column's words; where it is empty, their number. */
static inline int cells_word(struct cells *c, int column)
{
	int place = terms_find(&c->words[column].terms, cells_value(c, column));
	return place < 0 ? cells_word_of(c, column) : place;
}

#endif
