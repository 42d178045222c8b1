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
	dev_t device;
	ino_t inode;
	const char *name; /* of a file that does not exist yet, in the folder of this inode */
	bool output;
};

struct identities {
	struct identity *items;
	size_t count;
};

/*
 * Notes a path ("-" is standard input or output; NULL is passed over): 0, or -1 (status 2) when it
 * is an output and an input or another output as well. Terminals, /dev/null and the like are files
 * for everyone and are passed over, as is what cannot be looked at: opening it will tell.
 */
int identities_add(struct identities *set, const char *path, bool output, struct error *e);

void identities_release(struct identities *set);

#endif
