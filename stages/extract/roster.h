/*
 * A list of which every row leaves: a stream of leavers, or one made by hand. It is known by what it
 * lacks, so nothing in it may say otherwise.
 */
#ifndef ROSTER_H
#define ROSTER_H

#include "hints.h"
#include "reader.h"

/*
 * 1 where the headings are those of such a list; 0, with the error set, where one is a usual label
 * of a status, or a column of another stream that has users; -1 failed.
 */
int roster_check(
	const struct reader *r, const struct stream *leavers, const char *schemas, struct error *e);

#endif
