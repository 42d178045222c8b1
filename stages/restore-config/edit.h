/*
 * Edits of one file, and what they come to in the rows of a patch.
 *
 * An edit takes a range of bytes out and puts others in; no two ranges overlap. What lies between
 * them stays as it is, so that a patch needs no search for differences: it is made of the edits.
 */
#ifndef EDIT_H
#define EDIT_H

#include "content.h"

struct edit {
	size_t start; /* bytes of the current file */
	size_t end;
	struct buffer bytes; /* that come in their place */
	size_t order;        /* among edits at one place: the entry of BEFORE */
	size_t item;         /* whose edit it is; the caller's */
	size_t at;           /* of `bytes` in the result; set by edits_apply */
};

struct edits {
	struct edit *items;
	size_t count;
	size_t room;
};

/* Rows of the current file, `from` up to `to`, and the bytes of the result in their place. */
struct region {
	size_t from;
	size_t to;
	size_t start; /* bytes of the result */
	size_t end;
	size_t first_edit;
	size_t last_edit;
};

/* Adds an edit without bytes: it, valid until the next is added, or NULL without memory. */
struct edit *edits_add(struct edits *edits, size_t start, size_t end);

/* Leaves none. */
void edits_clear(struct edits *edits);
void edits_release(struct edits *edits);

/*
 * Appends the text of an entry, its lines ended by `line_end` but for the last, which has no end. A
 * backslash that would join a line that is not there goes, or the next line would be joined. 0, or
 * -1 without memory.
 */
int entry_append(struct buffer *out, const struct content *c, size_t entry, struct slice line_end);

/* Puts the edits in their order and makes the result of them: 0, or -1 without memory. */
int edits_apply(struct edits *edits, struct slice bytes, struct buffer *result);

/* The rows that an edit changes by itself, `*from` up to `*to`; none where it only adds rows. */
void edit_rows(const struct content *current, const struct edit *edit, size_t *from, size_t *to);

/*
 * The regions of applied edits, in order; none touches another. Allocates `*regions`, `*count` of
 * them: 0, or -1 without memory.
 */
int regions_find(const struct content *current, const struct edits *edits, struct slice result,
	struct region **regions, size_t *count);

#endif
