/*
 * The certificates of a run, for what only all of them together tell: which are the same, and of
 * which names they are.
 *
 * Memory: the DER of each, its place, its names, and some 100 bytes.
 */
#ifndef COLLECTION_H
#define COLLECTION_H

#include "certificate.h"
#include "keys.h"
#include "rules.h"

struct collected {
	/* FILE:LINE, certificate N; valid until the next is added, as all slices here. */
	struct slice place;
	struct slice subject;
	struct slice print; /* the fingerprint */
	struct slice der;
	uint32_t subject_name, issuer_name; /* the same number for the same name */
	struct life life;
};

struct collection {
	struct buffer items;  /* of the collection's own */
	struct buffer places; /* texts, one after the other */
	struct buffer ders;
	struct keys prints;   /* fingerprints, each of the item of the same index */
	struct keys subjects; /* as they are shown */
	struct keys names;    /* of subjects and issuers, as they are compared */
};

void collection_init(struct collection *c);

/*
 * Adds a certificate that was found at `place`; 1: a new one; 0: one that was there, at `*first`;
 * -1 with the error set.
 */
int collection_add(struct collection *c, const struct certificate *certificate, struct slice place,
	size_t *first, struct error *e);

size_t collection_count(const struct collection *c);
struct collected collection_at(const struct collection *c, size_t index);

void collection_release(struct collection *c);

#endif
