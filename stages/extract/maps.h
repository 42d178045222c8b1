/*
 * The maps of one stream: one for each --map FILE, or one for none. A report has a map of its own.
 */
#ifndef MAPS_H
#define MAPS_H

#include "heading.h"
#include "message.h"
#include "option.h"

struct maps {
	struct heading_map *items;
	size_t count;
};

/* What all maps of a run share; borrowed, the texts as long as the maps. */
struct maps_options {
	const struct option_list *paths; /* whole arguments */
	const char *schemas;             /* or NULL */
	const struct heading_config *config;
	size_t config_count;
};

/*
 * Loads them. A file that says nothing about the stream is there for others and gives no map,
 * unless none says anything; several maps are strict. 0, or -1 with the error set and nothing to
 * release.
 */
int maps_open(struct maps *m, const struct stream *stream, const struct maps_options *options,
	struct error *e);

/*
 * Says what of the maps was of no use: of several, those that fit no member, and lines whose
 * heading no member has while their column stays empty. True: a map was of no use at all.
 */
bool maps_tell_unused(const struct maps *m, struct messages *messages);

/* What was of use in maps of the same files for another kind of member was of use. */
void maps_note_used(struct maps *m, const struct maps *others);

void maps_release(struct maps *m);

#endif
