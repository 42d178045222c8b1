/*
 * PEM: blocks between "-----BEGIN LABEL-----" and "-----END LABEL-----", in a text that may have
 * anything else around them (RFC 7468, and the headers of RFC 1421 inside).
 *
 * Blanks around a line, CRs and a missing last line end do not matter. What starts like a block and
 * is none is a fault at its line: a block that is left out must not go unseen.
 */
#ifndef PEM_H
#define PEM_H

#include "buffer.h"

#include <stdint.h>

struct pem {
	struct slice rest;
	uint64_t line;     /* of the rest's first byte, from 1 */
	uint64_t nul_line; /* the first line outside blocks with a NUL; 0: none */
};

struct pem_block {
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

/* Makes the bytes of a UTF-16 text into one of bytes, in their place; what is not ASCII is "?". */
struct slice pem_narrow(char *bytes, size_t len);

#endif
