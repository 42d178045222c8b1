/*
 * Of several rows of one key, the one with the greatest moment (--latest-by).
 *
 * The rows wait, as they will be written, in a spool until the input has ended; memory is 70 bytes
 * and the key for each key.
 */
#ifndef LATEST_H
#define LATEST_H

#include "date.h"
#include "keys.h"
#include "spool.h"
#include "unique.h"
#include "writer.h"

struct latest {
	struct keys keys; /* a struct latest_row each */
	struct buffer scratch;
	struct spool spool;
	struct writer encoder;
	uint64_t added;
};

void latest_init(struct latest *l, enum format format);

/* Notes a row. `cells` are all that is written; the first `compared` of them are the stream's. */
int latest_add(struct latest *l, struct slice key, moment_t moment, const struct slice *cells,
	size_t count, size_t compared, struct row_place place, struct error *e);

/* Two rows of one key, different, and of the same greatest moment: the first such pair. */
bool latest_tie(const struct latest *l, struct row_place *one, struct row_place *other);

/* Writes the rows that are kept, in the order of the input; `*kept` is how many. 0, or -1. */
int latest_write(struct latest *l, struct writer *w, uint64_t *kept, struct error *e);

void latest_release(struct latest *l);

#endif
