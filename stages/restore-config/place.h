/*
 * Where an entry that the current file has lost returns: pure functions over the two contents.
 */
#ifndef PLACE_H
#define PLACE_H

#include "content.h"

/* The places, the first one that is possible being taken. */
enum place_kind {
	PLACE_AFTER,  /* behind the nearest preceding entry of BEFORE that the current file has */
	PLACE_BEFORE, /* in front of the nearest following one */
	PLACE_END,
	PLACE_START, /* where no secret can stand before it */
	PLACE_NONE,
};

/* The two contents, and for each entry of BEFORE what is nearest to it. */
struct places {
	const struct content *before; /* both borrowed */
	const struct content *current;
	size_t *preceding; /* entries of the current file, or ENTRY_NONE */
	size_t *following; /* behind them in memory */
};

/* 0, or -1 without memory. */
int places_open(struct places *p, const struct content *before, const struct content *current);
void places_release(struct places *p);

/*
 * The byte of the current file at which entry `entry` of BEFORE may return, from `*kind` on, which
 * is set to the kind found; PLACE_NONE when there is none. An entry is not put between a secret and
 * what may be the rest of it, for that would then be read as keys and be shown.
 */
size_t place_find(const struct places *p, size_t entry, enum place_kind *kind);

#endif
