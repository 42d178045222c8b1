/*
 * Usual labels of the columns, in several languages: schemas/heading-hints.csv,
 * `language,stream,column,heading`. They are suggestions for a person who writes a map, collected
 * by us and no facts; no heading is ever bound by them. They also help to tell a second header row.
 */
#ifndef HINTS_H
#define HINTS_H

#include "fold.h"
#include "keys.h"
#include "stream.h"

struct hints {
	const struct stream *stream; /* borrowed */
	struct folding folding;
	struct keys labels; /* folded; the column of each, an int */
	struct buffer scratch;
};

/*
 * The labels of one stream; `schemas` is the overlay, or NULL, whose rows go first. -1 with the
 * error set and nothing to release.
 */
int hints_load(struct hints *h, const struct stream *stream, const char *schemas, struct error *e);

/* The column of which this is a usual label; -1: of none. -2: no memory. */
int hints_find(struct hints *h, struct slice heading);

void hints_release(struct hints *h);

#endif
