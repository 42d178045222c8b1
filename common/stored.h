/*
 * The bytes of one input as they lie there, packed or not.
 *
 * A regular file, also one that standard input is, can be read at any place. A pipe or a device
 * is read once, unless it has been spooled.
 */
#ifndef STORED_H
#define STORED_H

#include "spool.h"

struct stored {
	struct source source; /* all of it in order, from the first byte */
	const char *name;     /* for messages; borrowed */
	int fd;
	bool owned;         /* the descriptor is to be closed */
	bool anywhere;      /* can be read at any place */
	uint64_t base;      /* where in the file it starts */
	uint64_t size;      /* bytes, where it can be read at any place */
	uint64_t at;        /* how far the source is */
	struct buffer head; /* the first bytes, as many as there are up to MAGIC_HEAD */
	struct spool spool;
};

/*
 * Takes over the descriptor and reads the first bytes. Standard input is not closed at the end.
 * -1 with the error set; then it is closed.
 */
int stored_open(struct stored *s, int fd, const char *name, struct error *e);

/*
 * Makes it readable at any place: 0, or -1 with the error set (status 3 when it has more bytes
 * than `limit`). Not once the source has been read.
 */
int stored_anywhere(struct stored *s, uint64_t limit, struct error *e);

/* Up to `room` bytes from `at`: how many, 0 behind the end, -1 with the error set. */
ssize_t stored_read(struct stored *s, uint64_t at, char *into, size_t room, struct error *e);

void stored_close(struct stored *s);

#endif
