/*
 * The content of one compressed file, within the limits.
 *
 * All of it is checked as far as its format has a check: sums, lengths, its end, and that nothing
 * comes behind it. Only .Z, which does not even show when it has been cut short, and .lzma have no
 * sums; and libarchive passes over what comes behind the end of an lz4 file.
 *
 * What was packed with a dictionary above 128 MiB is refused: the file alone would say how much
 * memory is taken.
 */
#ifndef EXPAND_H
#define EXPAND_H

#include "input_limits.h"
#include "magic.h"
#include "stored.h"

#include <lzma.h>
#include <zlib.h>

struct archive;

struct expand {
	struct source source; /* the content; -1 with status 3 where it is damaged */
	struct stored *from;  /* borrowed, as the limits are */
	const struct input_limits *limits;
	uint64_t packed;   /* bytes taken */
	uint64_t unpacked; /* bytes given */
	bool twice;        /* the content is compressed in the same way again */
	bool ended;
	enum magic magic;
	struct archive *archive; /* where it is neither of these: */
	z_stream gzip;
	bool in_stream;      /* of gzip, which may have several after one another */
	lzma_stream lzma;    /* xz, lzma and lzip */
	bool taken;          /* all of `from` */
	struct error *error; /* of the call that is under way, for the library's callbacks */
	bool failed;         /* a callback has set it */
	char *block;
};

/* `from` is readable at any place. -1 with the error set; nothing to close then. */
int expand_open(struct expand *x, struct stored *from, enum magic magic,
	const struct input_limits *limits, struct error *e);

void expand_close(struct expand *x);

#endif
