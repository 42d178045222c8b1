/*
 * What a folder holds, all the way down, in the order of the paths' bytes. Links are not followed.
 *
 * Memory and descriptors: those of the folders on the way to the present place.
 */
#ifndef FOLDER_H
#define FOLDER_H

#include "error.h"

struct folder; /* owned by the caller through folder_open and folder_close */

struct folder_entry {
	struct slice path;   /* below the folder; NUL-terminated; valid until the next one */
	bool folder;         /* it is gone through next, unless folder_pass is called */
	const char *skipped; /* what it is, where it is no file: "a link" */
};

/* Takes over the descriptor. `name` is for messages and borrowed. NULL: the error is set. */
struct folder *folder_open(int fd, const char *name, struct error *e);

/* 1; 0 at the end; -1 with the error set. */
int folder_next(struct folder *f, struct folder_entry *entry, struct error *e);

/* Passes over the folder that folder_next gave. */
void folder_pass(struct folder *f);

/* A descriptor of the file that folder_next gave, the caller's; -1 with the error set. */
int folder_file(struct folder *f, struct error *e);

void folder_close(struct folder *f);

#endif
