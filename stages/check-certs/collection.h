/*
 * The certificates of a run, for what only all of them together tell: which are the same, and which
 * one issued which.
 *
 * Memory: the DER of each, its place, its names, and some 100 bytes.
 */
#ifndef COLLECTION_H
#define COLLECTION_H

#include "certificate.h"
#include "keys.h"
#include "rules.h"

struct collected {
	struct slice
		place; /* FILE or FILE:LINE; valid until the next is added, as all slices here */
	struct slice subject;
	struct slice issuer;
	struct life life;
};

struct collection {
	struct buffer items;  /* of the collection's own */
	struct buffer places; /* texts, one after the other */
	struct buffer ders;
	struct keys prints; /* fingerprints; the index of the first item that has it */
	struct keys names;  /* subjects and issuers; the items with this subject */
};

void collection_init(struct collection *c);

/*
 * Adds a certificate that was found at `place`; 1: a new one; 0: one that was there, at `*first`;
 * -1 with the error set.
 */
int collection_add(struct collection *c, const struct certificate *certificate,
	const struct place *place, size_t *first, struct error *e);

size_t collection_count(const struct collection *c);
struct collected collection_at(const struct collection *c, size_t index);

enum issuer {
	ISSUER_SELF,  /* it is self-signed */
	ISSUER_FOUND, /* `*issuer` is the item whose key signed it */
	ISSUER_OTHER, /* `*issuer` has the issuer's name and not its key */
	ISSUER_ABSENT,
};

/* Who signed it. Of several of one name the first that did; no more than 16 are tried. */
enum issuer collection_issuer(const struct collection *c, size_t index, size_t *issuer);

void collection_release(struct collection *c);

#endif
