/*
 * The restored files in an archive, a zip or a tar by its extension: the same bytes for the same
 * files, whenever and wherever it is made.
 */
#ifndef PACK_H
#define PACK_H

#include "output.h"
#include "tree.h"

/* Is this a name of an archive that can be made, .zip or .tar? */
bool pack_knows(const char *path);

/*
 * Writes the files, in the order given, to an output that is open; `path` decides the kind. -1 with
 * the error set: status 3 for a member's path that is not UTF-8.
 */
int pack_write(struct output *o, const char *path, const struct restored *files, size_t count,
	struct error *e);

#endif
