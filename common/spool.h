/*
 * A place for bytes that have to be read again: memory at first, then an unlinked file (0600) in
 * TMPDIR, or /tmp, that is gone with the process.
 */
#ifndef SPOOL_H
#define SPOOL_H

#include "source.h"

struct spool {
	struct buffer pending; /* the bytes after `filed` */
	uint64_t filed;        /* bytes in the file */
	size_t memory;         /* bytes kept in memory before they go to the file */
	int fd;                /* -1: no file yet */
};

/* `memory` 0: a megabyte. Opens nothing. */
void spool_init(struct spool *s, size_t memory);

/* Appends: 0, or -1 with the error set (status 4, the folder named). */
int spool_append(struct spool *s, struct slice bytes, struct error *e);

/* Bytes appended so far. */
uint64_t spool_size(const struct spool *s);

/*
 * A source over bytes `from` … `from + length` of what was appended. Several may be open at once;
 * nothing may be appended while one is in use.
 */
struct spool_source {
	struct source source;
	struct spool *spool;
	uint64_t at;
	uint64_t end;
};

void spool_source_init(struct spool_source *r, struct spool *s, uint64_t from, uint64_t length);

/* Moves everything into the file and returns its descriptor, for a library that wants to seek in
 * it; the spool keeps owning it. -1 with the error set. */
int spool_file(struct spool *s, struct error *e);

void spool_release(struct spool *s);

#endif
