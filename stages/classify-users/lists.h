/*
 * Who is on hold, and which instructors still have a class to teach.
 */
#ifndef LISTS_H
#define LISTS_H

#include "keys.h"
#include "reader.h"
#include "rules.h"

/* A set of ids, some of which are marked. */
struct list {
	struct keys ids; /* two marks each */
};

void list_init(struct list *l);

/* A holds stream; marked is who has a hold that has not expired on the day: 0, or -1. */
int holds_read(struct list *l, const char *path, enum format format, day_t as_of, struct error *e);

/* A classes stream; marked is who has a class that starts on or after the day: 0, or -1. */
int classes_read(
	struct list *l, const char *path, enum format format, day_t as_of, struct error *e);

/* Is the id, which has slack, marked? `*index` is where it stands, KEY_NONE: nowhere. */
bool list_marked(const struct list *l, struct slice id, uint32_t *index);

/* Notes that an id is matched; KEY_NONE is none. */
void list_match(struct list *l, uint32_t index);

/* Ids that are not matched. */
uint64_t list_unmatched(const struct list *l);

void list_release(struct list *l);

#endif
