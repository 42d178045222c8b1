/*
 * What to do about a value that is not known: the hints of a conversion.
 */
#ifndef CONVERT_HINT_H
#define CONVERT_HINT_H

#include "heading.h"

/*
 * Appends the hint at an unknown value: the line that the map needs, to be completed. 0, or -1
 * without memory.
 */
int convert_hint_value(const struct heading_map *map, const struct binding *b,
	const struct stream_column *column, struct slice raw, struct buffer *out);

/* Appends the formats that a date in no named form may have: one, two, or none at all. Likewise. */
int convert_hint_formats(struct slice raw, struct buffer *out);

#endif
