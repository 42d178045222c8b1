/*
 * Who signed a certificate. Nothing of libcrypto's is seen outside.
 */
#ifndef SIGNATURE_H
#define SIGNATURE_H

#include "slice.h"

/* A certificate whose parts are at hand; to take it apart is the larger part of the work. */
struct opened;

/* The DER of a certificate: NULL without memory, or where it is none. */
struct opened *opened_read(struct slice der);

void opened_free(struct opened *o);

/* Could the one have issued the other, by its name, its key identifier and the use of its key? */
bool opened_may_issue(struct opened *issuer, struct opened *o);

/* Did the key of the one sign the other? */
bool opened_signed(struct opened *issuer, struct opened *o);

/*
 * What a check of a signature by its key takes: 1 with a usual key, more with one out of all size.
 */
uint64_t opened_cost(const struct opened *issuer);

#endif
