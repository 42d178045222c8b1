/*
 * A record of the assignments stream, as what the rules ask for.
 */
#ifndef ASSIGNMENT_H
#define ASSIGNMENT_H

#include "reader.h"
#include "rules.h"

enum {
	COLUMN_USER_ID,
	COLUMN_OBJECT_TYPE,
	COLUMN_OBJECT_ID,
	COLUMN_STATUS,
	COLUMN_ORIGIN,
	ASSIGNMENT_COLUMNS,
};

void assignment_columns(struct column columns[ASSIGNMENT_COLUMNS]);

/* False: the record is to be rejected, and `*reject` says why. */
bool assignment_read(const struct column columns[ASSIGNMENT_COLUMNS], const struct record *record,
	struct assignment *assignment, struct reject *reject);

#endif
