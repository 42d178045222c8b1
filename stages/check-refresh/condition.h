/*
 * When a task applies: a condition over the facts, which may be true, false, or not known.
 *
 *	scope!=platform & integration=platform|employee-central & release<2511
 */
#ifndef CONDITION_H
#define CONDITION_H

#include "facts.h"

#define CONDITION_TERMS 8

struct term {
	enum fact fact;
	uint32_t words; /* a bit for each word that the fact may be, by its place */
	uint32_t below; /* of a release: it has to be below; 0: it is asked for words */
};

struct condition {
	struct term terms[CONDITION_TERMS];
	size_t count; /* 0: always true */
};

enum truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNKNOWN };

/* Reads a condition; empty: always. -1 with the error set at the place (status 3). */
int condition_read(
	struct condition *c, struct slice text, const struct place *place, struct error *e);

enum truth term_truth(const struct term *term, const struct facts *facts);

/* False where one term is, though others are not known. */
enum truth condition_truth(const struct condition *c, const struct facts *facts);

#endif
