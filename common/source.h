/*
 * Where bytes come from: a file, standard input, memory, a member of an archive, a decoder.
 *
 * A kind of source is a struct that starts with a struct source and sets its read function.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include "error.h"

#include <sys/types.h>

struct source {
	/*
	 * Puts up to `room` (above 0) bytes into `into` and returns how many; 0 at the end, then 0
	 * again; -1 with the error set. Fewer bytes than asked for do not mean that the end is
	 * near.
	 */
	ssize_t (*read)(struct source *s, char *into, size_t room, struct error *e);
};

/* A file, or standard input for the path "-". */
struct file_source {
	struct source source;
	const char *path; /* borrowed */
	int fd;
	uint64_t read_bytes; /* so far, for the progress line */
};

/* Opens for reading. A folder is an error. -1: the error is set and there is nothing to close. */
int file_source_open(struct file_source *f, const char *path, struct error *e);
void file_source_close(struct file_source *f);

/* Bytes in memory, then, when `next` is not NULL, what that source still has. Both are borrowed. */
struct memory_source {
	struct source source;
	struct slice rest;
	struct source *next;
};

void memory_source_init(struct memory_source *m, struct slice bytes, struct source *next);

/*
 * Reads on to the end, or until `limit` bytes are in `out`: 0, or -1 with the error set. With
 * exactly `limit` bytes there may be more.
 */
int source_read_all(struct source *s, struct buffer *out, size_t limit, struct error *e);

#endif
