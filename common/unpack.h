/*
 * One pass over an archive, member after member in the archive's own order, within the limits.
 *
 * Nothing of libarchive is seen outside. What it merely warns about (sums that differ, headers that
 * contradict each other) is an error here: status 3, the archive or the member named.
 */
#ifndef UNPACK_H
#define UNPACK_H

#include "expand.h"

struct unpack; /* owned by the caller through unpack_open and unpack_close */

struct unpack_entry {
	struct slice path; /* without "." parts and doubled "/"; valid until the next one */
	bool folder;
	bool encrypted;
	const char *skipped; /* what it is, where it is no file: "a link" */
	uint64_t size;       /* bytes as the archive states them, or 0 */
};

#define UNPACK_ENCRYPTED "encrypted"
#define UNPACK_BEHIND    "behind its end are bytes that belong to no member"

/*
 * Sets the error "ARCHIVE!PATH: what", or "ARCHIVE: what" where the path is empty: status 3. For
 * UNPACK_ENCRYPTED with a hint.
 */
int unpack_refuse(const char *archive, struct slice path, const char *what, struct error *e);

/*
 * `from` is readable at any place. `expand`: what unpacks it as a whole, for a tar or a cpio
 * archive that is compressed, or NULL. All are borrowed. NULL: the error is set.
 */
struct unpack *unpack_open(struct stored *from, struct expand *expand, enum magic magic,
	const struct input_limits *limits, struct error *e);

/* Goes on to the next member: 1; 0 at the end; -1 with the error set. */
int unpack_next(struct unpack *u, struct unpack_entry *entry, struct error *e);

/* The content of the member. It need not be read to its end. */
struct source *unpack_source(struct unpack *u);

/* Bytes taken from `from`. */
uint64_t unpack_packed(const struct unpack *u);

void unpack_close(struct unpack *u);

#endif
