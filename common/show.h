/*
 * Bytes of the data, made fit to be shown to a person on a terminal.
 */
#ifndef SHOW_H
#define SHOW_H

#include "buffer.h"

/* A shown value is cut at this many bytes. */
#define SHOW_LIMIT 200

/* Room for a shown value: each byte may need the four of \xHH, then the mark of the cut. */
#define SHOW_SIZE (SHOW_LIMIT * 4 + sizeof "…")

/*
 * The value as NUL-terminated text, for the arguments of a printf: control bytes and invalid
 * UTF-8 as \xHH, cut at SHOW_LIMIT bytes with "…" after it. The text lives in the block around
 * the call.
 */
#define SHOW(value) show_into((char[SHOW_SIZE]){ 0 }, (value))
const char *show_into(char into[SHOW_SIZE], struct slice value);

/*
 * A name out of a header, for a message: without what follows a "=" or ":", since the file may be a
 * configuration file in the wrong place, and that a secret.
 */
struct slice show_name(struct slice name);

/* Appends the whole value, escaped as above: 0, or -1 without memory. */
int show_append(struct buffer *out, struct slice value);

#endif
