/*
 * PEM: blocks between "-----BEGIN LABEL-----" and "-----END LABEL-----", in a text that may have
 * anything else around them (RFC 7468, and the headers of RFC 1421 inside).
 *
 * Blanks around a line, CRs and a missing last line end do not matter. A block that is left out
 * must not go unseen: base64 that is an object without the lines around it is found, too, and what
 * starts like a block and is none is told, or is a fault at its line.
 */
#ifndef PEM_H
#define PEM_H

#include "buffer.h"

#include <stdint.h>

struct pem {
	struct slice rest;
	uint64_t line;     /* of the rest's first byte, from 1 */
	uint64_t nul_line; /* the first line outside blocks with a NUL; 0: none */
	const char *end;   /* of the text */
	const char *
		line_end; /* of the line in which an object ended; NULL, or before the rest: none */
};

enum pem_form {
	PEM_BLOCK,
	PEM_BARE,         /* an object in base64 alone (bare.h): without a label */
	PEM_BARE_UNKNOWN, /* base64 that starts as DER does, and is nothing known: likewise */
	PEM_KEY,          /* a private key of another form: nothing but its line is known */
	PEM_MENTION,      /* a line like BEGIN, and nothing below that can be read: likewise */
};

struct pem_block {
	enum pem_form form;
	struct slice label; /* "CERTIFICATE" */
	struct slice body;  /* the lines between the two */
	uint64_t line;      /* of BEGIN */
	/* NULL without a fault: */
	const char *fault;
	uint64_t fault_line;
};

/* The next block, its slices borrowed from the text: 1; 0: there is none; -1: a fault. */
int pem_next(struct pem *p, struct pem_block *block);

/*
 * Appends the bytes that a block's base64 stands for: 0; 1 with the block's fault and fault_line
 * set; -1 without memory.
 */
int pem_decode(struct pem_block *block, struct buffer *out);

/*
 * Makes the bytes of a UTF-16 text, with or without its mark, into one of bytes, in their place;
 * what is not ASCII is "?". Another text stays as it is.
 */
struct slice pem_narrow(char *bytes, size_t len);

#endif
