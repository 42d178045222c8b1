/*
 * What is restored in one file: the edits that the rows ask for, checked by reading the result.
 *
 * An edit that cannot be done without touching a secret's row, or after which a line would be read
 * in another way than before, is not done: its row is marked as refused. A lost entry first tries
 * its other places.
 */
#ifndef PLAN_H
#define PLAN_H

#include "edit.h"
#include "fit.h"
#include "place.h"

struct plan_item {
	struct change *change; /* borrowed; its step is one that edits */
	size_t before_entry;
	enum place_kind place; /* of a lost entry */
};

struct plan {
	const struct side_file *before; /* NULL: no row restores anything */
	const struct side_file *current;
	struct plan_item *items;
	size_t count;
	size_t room;
	struct places places;
	struct edits edits;
	struct buffer result;
	struct region *regions;
	size_t region_count;
};

/* Adds a row with a step that edits: 0, or -1 without memory. */
int plan_add(struct plan *p, struct change *change, const struct fit *fit);

/* Makes edits, result and regions: 0, or -1 with the error set. */
int plan_make(struct plan *p, struct config_keys *keys, struct error *e);

void plan_release(struct plan *p);

#endif
