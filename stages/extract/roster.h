/*
 * A list of which every row leaves: a stream of leavers, or one made by hand. It is known by what
 * it lacks, so nothing in it may say otherwise.
 */
#ifndef ROSTER_H
#define ROSTER_H

#include "heading.h"
#include "option.h"

/*
 * 1 where all headings are columns of such a list, or bound by a map, or carried; 0, with the error
 * set, where another is there, for it may be the one that tells who leaves.
 */
int roster_check(const struct reader *r, const struct stream *leavers,
	const struct binding *bindings, const struct option_list *carried, struct error *e);

#endif
