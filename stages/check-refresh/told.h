/*
 * What a person says was done: most tasks leave no trace in any export.
 */
#ifndef TOLD_H
#define TOLD_H

#include "catalogue.h"

struct told {
	const char *path; /* NULL: nothing was told */
	struct keys ids;  /* each with where its note ends in `notes` */
	struct buffer notes;
};

void told_init(struct told *t);

/*
 * Reads a table with the column `id` and maybe `note`. An id that no task has, and one that stands
 * twice, are status 3. 0, or -1 with the error set.
 */
int told_read(struct told *t, const char *path, enum format format,
	const struct catalogue *catalogue, struct error *e);

struct told_row {
	uint64_t line;
	struct slice note; /* may be empty; borrowed */
};

/* Was the task told to be done? Then where, and with what note. */
bool told_find(const struct told *t, struct slice id, struct told_row *row);

void told_release(struct told *t);

#endif
