/*
 * Which members of folders and archives are wanted.
 */
#ifndef SELECTION_H
#define SELECTION_H

#include "pattern.h"

struct selection {
	const struct pattern *pattern; /* NULL: all; borrowed */
	uint64_t ignored;
	uint64_t unmatched;
	struct buffer sample; /* the first unmatched paths, shown, for a message; owned */
};

void selection_release(struct selection *s);

/* What file managers leave behind: a name that starts with ".", __MACOSX, Thumbs.db, desktop.ini.
 * One such part makes the path one; "." and ".." are none. */
bool selection_ignores(struct slice path);

/*
 * Is the member wanted? Counts it when not. 1, 0, or -1 with the error set. To the pattern, bytes
 * of the path that are no UTF-8 are U+FFFD.
 */
int selection_take(struct selection *s, struct slice path, struct error *e);

#endif
