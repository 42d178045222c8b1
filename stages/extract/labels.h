/*
 * A second header row: the headings once more, in words for people, as the connector for the
 * Platform's user file has them. STATUS|USERID, then Status|User ID.
 */
#ifndef LABELS_H
#define LABELS_H

#include "convert.h"

/*
 * Is the first record of a table such a row? 1, 0, or -1 with the error set.
 *
 * Asked are feeds, and tables of which all bound headings are technical ones: capitals, digits, _
 * and -. It is such a row when
 * - each cell of a bound column is its heading, but for case, blanks and _; or
 * - cells of columns of words or dates are filled, none of them is a value of its column, and a
 * cell
 *   of a bound column is a label of it; as a record it could not be read in any case; or
 * - no such cell is filled, and all filled cells of bound columns, two at least, are their labels.
 *
 * A label is the heading as above, a heading that the map knows for the column, or, but in a column
 * of words, whose values may read the same, a usual one by heading-hints.csv.
 */
int labels_row(const struct conversion *c, const struct slice *headings,
	const struct record *record, struct error *e);

#endif
