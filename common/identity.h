/*
 * Which files a run reads and writes, by device and inode, so that no output destroys an input or
 * another output.
 */
#ifndef IDENTITY_H
#define IDENTITY_H

#include "error.h"

#include <sys/stat.h>

struct identity {
	const char *path; /* as the user gave it; borrowed */
	const char *name; /* of a file that does not exist yet, in the folder of this inode */
	dev_t device;
	ino_t inode;
	bool output;
	bool known;  /* device and inode may be compared */
	bool folder; /* it is one */
	bool file;   /* a regular one */
};

struct identities {
	struct identity *items;
	size_t count;
};

/*
 * Notes a path ("-" is standard input or output; NULL is passed over), inputs before outputs: 0, or
 * -1 (status 2) when an output, standard output too, is an input or another output as well or lies
 * in a folder that is an input, or when standard input is there for the second time. Terminals,
 * /dev/null and the like are files for everyone and are not compared, nor is what cannot be looked
 * at: opening it will tell.
 */
int identities_add(struct identities *set, const char *path, bool output, struct error *e);

/*
 * Notes an output that is a folder, there or not: none of the outputs that are noted already may
 * lie in it. NULL is passed over. 0, or -1 (status 2).
 */
int identities_add_folder(struct identities *set, const char *path, struct error *e);

void identities_release(struct identities *set);

#endif
