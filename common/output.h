/*
 * An output file that appears whole or not at all.
 *
 * A regular file is written beside its place under a temporary name (0600) and takes the place
 * when the run has succeeded, with the mode of the file it replaces or what the umask leaves. A
 * symbolic link is followed. A device, a FIFO and standard output are written in place. A signal
 * that ends the process removes the temporary files.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "error.h"

struct output {
	const char *path; /* as the user gave it, "-" for standard output; borrowed */
	int fd;           /* -1: not open */
	char *target;     /* where it will stand, links followed; NULL: written in place */
	char *temporary;
	bool written; /* at least a byte */
	bool closed;  /* what it makes is 0600, whatever the umask leaves; set after it is opened */
};

#define OUTPUT_CLOSED ((struct output){ .fd = -1 })

/* `path` NULL or "-" is standard output. 0, or -1 with the error set and nothing to discard. */
int output_open(struct output *o, const char *path, struct error *e);

int output_write(struct output *o, struct slice bytes, struct error *e);

/*
 * Makes what was written durable and closes it: all that can fail is behind then, but for the last
 * step. 0, or -1 with the error set.
 */
int output_finish(struct output *o, struct error *e);

/* Puts a finished file in its place: 0, or -1 with the error set. Does nothing for one in place. */
int output_publish(struct output *o, struct error *e);

/* Both, for an output that stands alone. */
int output_commit(struct output *o, struct error *e);

/* Closes and removes what was written, where it is not yet in place. Harmless when not open. */
void output_discard(struct output *o);

/*
 * Files and then folders that a signal has to remove as well, ended by NULL; borrowed until the
 * next call. NULL: none.
 */
void output_guard_paths(const char *const *paths);

/* Keeps signals from leaving temporary files behind. Once, before the first output is opened. */
void output_guard(void);

#endif
