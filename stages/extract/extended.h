/*
 * What an extended file has of those who leave, and the core files that wait for it.
 */
#ifndef EXTENDED_H
#define EXTENDED_H

#include "leavers.h"

void extended_init(struct leavers *l);

/* A day as the stream has it; DAY_NONE: none. */
day_t extended_day(struct slice value);

/* Takes a record of an extended file: 0, or -1 with the error set. */
int extended_row(struct sheet *t);

/*
 * Joins what is known of a user into the record; `first` where the user is met for the first time.
 * 0, or -1 (status 3) where the two files know different days.
 */
int extended_join(struct sheet *t, struct slice user, bool first, struct leaver_record *r);

/* Reads the members that wait: 0, or -1 with the error set. */
int extended_read_waiting(struct run *run);

/* Says who is in an extended file or in a core file only. */
void extended_tell(struct run *run);

void extended_release(struct leavers *l);

#endif
