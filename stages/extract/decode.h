/*
 * Text of any encoding, as UTF-8.
 *
 * Without a name: UTF-8, with or without a BOM, and UTF-16 LE or BE with a BOM. The BOM is cut,
 * also where the encoding was named. Nothing depends on how many bytes a read gives.
 *
 * Bytes that are invalid in the encoding are passed on as bytes that are no UTF-8 either
 * (stand_in.h), so that the reader behind finds them and rejects just the record that holds them. A
 * text that is UTF-8, or is taken for it, passes unchanged.
 */
#ifndef DECODE_H
#define DECODE_H

#include "source.h"

#include <iconv.h>

struct decoder {
	struct source source;
	struct source *from;  /* borrowed */
	const char *encoding; /* what it found or was told: "UTF-8", "UTF-16LE", …; borrowed */
	bool bom;             /* there was one, and it was cut */
	iconv_t converter;    /* (iconv_t)-1: the bytes pass as they are */
	size_t unit;          /* bytes of the encoding's smallest unit: 1, 2 or 4 */
	struct buffer in;     /* read and not yet converted */
	size_t in_at;
	struct buffer out; /* converted and not yet handed out */
	size_t out_at;
	bool ended; /* `from` has nothing more */
	bool last_was_bad;
};

/*
 * `encoding` NULL: by the BOM. A name is one of iconv's, without a suffix that would drop or
 * replace characters; UTF-16 and UTF-32 without LE or BE need a BOM (status 3). Reads the first
 * bytes. -1 with the error set: the name is unknown (status 2), or the source failed; nothing to
 * release then.
 */
int decoder_open(struct decoder *d, struct source *from, const char *encoding, struct error *e);

/* The encoding that the text is converted from; NULL: it passes as it is. */
const char *decoder_converted(const struct decoder *d);

void decoder_release(struct decoder *d);

#endif
