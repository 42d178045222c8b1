/*
 * The restored files in a folder that appears whole or not at all.
 *
 * They are written below a temporary folder, each 0600. At the end it takes the target's place, or,
 * where the target is there and empty, all of it moves up into that. A signal that ends the process
 * before removes it.
 */
#ifndef TREE_H
#define TREE_H

#include "error.h"

struct restored {
	const char *path; /* relative, without "..", checked */
	struct slice bytes;
};

struct tree {
	char *target;    /* NULL: not open */
	bool exists;     /* the target, before */
	char *temporary; /* NULL: it is in its place, or gone */
	char **paths;    /* what was made, the last first; ended by NULL */
	char **room;     /* which they stand in */
};

/* May it become the target, absent or an empty folder? 1, 0, or -1 with the error set. */
int tree_may_be(const char *target, struct error *e);

/* Writes the files: 0, or -1 with the error set and nothing left behind. */
int tree_write(struct tree *t, const char *target, const struct restored *files, size_t count,
	struct error *e);

/* Puts the folder in its place: 0, or -1 with the error set. */
int tree_publish(struct tree *t, struct error *e);

/* Removes what is not in its place. */
void tree_release(struct tree *t);

#endif
