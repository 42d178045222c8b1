/*
 * A unified diff of one file, made of the regions of its edits.
 */
#ifndef PATCH_H
#define PATCH_H

#include "edit.h"

/*
 * Appends `a/PATH` or the like, quoted as git does it: a path with a quote, a backslash or a byte
 * that is not ASCII stands in quotes, with such bytes as \" \\ or three octal digits; so does one
 * that ends with a blank. 0, or -1 without memory.
 */
int path_append(struct buffer *out, const char *prefix, struct slice path);

/*
 * Appends headers and hunks; nothing where there are no regions. A hunk has three rows of context,
 * fewer where a secret's row comes nearer on one side, and then as few on the other: with more on
 * one side than on the other, patch takes the hunk for one at an end of the file. 0, or -1 without
 * memory.
 */
int patch_append(struct buffer *out, struct slice path, const struct content *current,
	struct slice result, const struct region *regions, size_t count);

#endif
