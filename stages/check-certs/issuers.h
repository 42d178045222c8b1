/*
 * Which certificate of a collection issued which.
 */
#ifndef ISSUERS_H
#define ISSUERS_H

#include "collection.h"
#include "error.h"

/*
 * Of one name no more than so many are tried as an issuer: each is held with all its parts at hand.
 */
#define ISSUERS_OF_A_NAME 16

/* The checks of signatures in a run, by opened_cost: seconds, whatever the certificates are. */
#define ISSUERS_BUDGET 20000

enum issuer {
	ISSUER_SELF,  /* it is self-signed */
	ISSUER_FOUND, /* `by` is the item whose key signed it; of several the one that ends last */
	ISSUER_OTHER, /* `by` has the issuer's name and not its key; of several likewise */
	ISSUER_ABSENT,
	ISSUER_UNCHECKED, /* not known: too many of the name, or the budget is spent */
	ISSUER_COUNT,
};

struct issued {
	enum issuer how;
	size_t by;
};

/*
 * Fills one for each item. The order of the items makes no difference, unless the budget is spent.
 * 0, or -1 with the error set.
 */
int issuers_find(
	const struct collection *c, uint64_t budget, struct issued *issued, struct error *e);

#endif
