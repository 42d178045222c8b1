/*
 * Text on its way to a reader, and what it is made of: bytes, line ends, and the first byte that is
 * no UTF-8. Memory is constant.
 */
#ifndef TALLY_H
#define TALLY_H

#include "source.h"

#include <stdint.h>

/* The members up to `bad_line` may be read. */
struct tally {
	struct source source; /* the same bytes */
	uint64_t bytes;
	uint64_t lf; /* LFs without a CR before them */
	uint64_t crlf;
	bool failed; /* `from` did; what a reader says after that is not about the text */
	bool bad;    /* there is a byte that is no UTF-8 */
	unsigned char bad_byte;
	uint64_t bad_line; /* 1 + the LFs before it */

	struct source *from; /* borrowed */
	bool after_cr;
	char begun[4]; /* of a character whose end comes with the next bytes */
	size_t begun_length;
};

void tally_init(struct tally *t, struct source *from);

/* Reads what is left, for the counts alone: 0, or -1 with the error set. */
int tally_drain(struct tally *t, struct error *e);

/* Takes the line ends inside a record away from the counts, which are then those of records. */
void tally_forget(struct tally *t, struct slice record);

/* "lf", "crlf", "mixed", or nothing where no line ends. */
const char *tally_newline(const struct tally *t);

#endif
