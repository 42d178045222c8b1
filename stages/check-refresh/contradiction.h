/*
 * A fact that an input speaks against is worth a look before it is believed.
 */
#ifndef CONTRADICTION_H
#define CONTRADICTION_H

#include "proofs.h"

struct contradiction {
	enum fact fact;
	const char *path; /* the input; borrowed */
	const char *what; /* it shows, in words */
	uint64_t count;   /* of these; 0: that there are none */
};

/* More are never found. */
#define CONTRADICTIONS 10

/* Fills `found` in a fixed order: how many there are. */
size_t contradictions_find(const struct known *known, struct contradiction found[CONTRADICTIONS]);

#endif
