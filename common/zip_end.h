/*
 * The end of a zip, from which all else in it is found.
 */
#ifndef ZIP_END_H
#define ZIP_END_H

#include "stored.h"

struct zip_end {
	uint64_t directory; /* where the directory starts */
	uint64_t behind;    /* and the first byte behind it */
	uint64_t members;   /* as the end states them */
};

/*
 * Finds the one end that there is, with or without the records of zip64: 0, or -1 with the error
 * set. Behind it may be nothing but its comment, and zeros up to a full tar block, as bsdtar
 * writes them into a pipe. `from` is readable at any place.
 */
int zip_end_find(struct stored *from, struct zip_end *end, struct error *e);

/*
 * The last bytes of a file that does not start as a zip: does it end as one? Then programs that
 * look there first would take it for a zip. `exact`: only where the end of the zip is that of the
 * file, for a tar may well hold a zip in its last block.
 */
bool zip_end_shows(struct slice tail, bool exact);

/* So many bytes are enough for zip_end_shows. */
#define ZIP_END_MOST ((size_t)22 + 65535)

/* The bytes of a file, of whose last ones zip_end_shows is asked before the end is given. */
struct zip_end_source {
	struct source source;
	struct source *from; /* borrowed, as the name is */
	const char *name;
	struct buffer tail;
};

void zip_end_source_init(struct zip_end_source *s, struct source *from, const char *name);
void zip_end_source_release(struct zip_end_source *s);

/* The same for a file that is readable at any place: 0, or -1 with the error set. */
int zip_end_absent(struct stored *from, bool exact, struct error *e);

#endif
