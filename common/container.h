/*
 * The members of one archive, or the one member of a compressed file, in the order of their paths.
 *
 * The archive is listed first, which finds most of what is wrong with it before a byte is handed
 * out. Where its own order is that of the paths, members are then read as they lie there, else
 * what they hold is spooled. Memory: the paths of the wanted members.
 */
#ifndef CONTAINER_H
#define CONTAINER_H

#include "input_limits.h"
#include "magic.h"
#include "selection.h"
#include "stored.h"

struct container; /* owned by the caller through container_open and container_close */

struct container_member {
	struct slice path;
	struct source *source; /* NULL when it is skipped */
	const char *skipped;   /* "a link", "an archive in an archive"; or NULL */
	uint64_t bytes;        /* unpacked, where that is known; else UINT64_MAX */
};

/*
 * `from` is readable at any place and one of the kinds that magic_is_archive finds. `name` is its
 * path, from which a compressed file's member has its own; with `named` that member is wanted
 * whatever it is called. All are borrowed. NULL: the error is set.
 */
struct container *container_open(struct stored *from, enum magic magic, struct slice name,
	bool named, struct selection *selection, const struct input_limits *limits,
	struct error *e);

/* A compressed file, and no archive? */
bool container_single(const struct container *c);

/* The next member, valid until the next call: 1; 0 at the end; -1 with the error set. */
int container_next(struct container *c, struct container_member *member, struct error *e);

/* Bytes taken from `from` by what was handed out. */
uint64_t container_packed(const struct container *c);

void container_close(struct container *c);

#endif
