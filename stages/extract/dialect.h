/*
 * The delimiter of an export: the one under which the needed headings appear. Never a guess.
 */
#ifndef DIALECT_H
#define DIALECT_H

#include "heading.h"
#include "reader.h"

/* A header is looked for in this many bytes at the front. */
#define DIALECT_PREFIX ((size_t)1 << 20)

struct dialect {
	enum format format;
	char delimiter;       /* CSV only */
	size_t needed;        /* needed columns of the map that have a heading under it */
	bool marked;          /* refused, for records that end as those of a feed stand under it */
	const char *encoding; /* what the text was converted from, or NULL; borrowed */
};

enum dialect_result {
	DIALECT_FAILED = -1, /* the error is set */
	DIALECT_NONE, /* it does not fit the stream; the error is set as well, to be used or not */
	DIALECT_FOUND,
};

/*
 * Tries the delimiters on the front of a member, or just `given` (0: all). With a map, the bindings
 * are those under the delimiter that was found; without (NULL, any table), it is the one delimiter
 * that divides the header, if there is one. DIALECT_NONE with `found->needed` above 0: the one
 * under which most needed columns have a heading, and its bindings. `encoding` is what the prefix
 * was converted from, or NULL.
 *
 * A header, or a first record, that ends with the end mark of a feed under another delimiter than |
 * is status 3, for no public text says how such records are read: the mark would be a part of the
 * last heading, which then is bound to nothing, or of its values.
 */
enum dialect_result dialect_find(struct slice prefix, const char *file, const char *encoding,
	enum format format, char given, struct heading_map *map, struct binding *bindings,
	struct dialect *found, struct error *e);

#endif
