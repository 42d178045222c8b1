/*
 * A record of the assignments stream, as what the rules ask for.
 */
#ifndef ASSIGNMENT_H
#define ASSIGNMENT_H

#include "cells.h"
#include "rules.h"

enum {
	COLUMN_USER_ID,
	COLUMN_OBJECT_TYPE,
	COLUMN_OBJECT_ID,
	COLUMN_STATUS,
	COLUMN_ORIGIN,
	ASSIGNMENT_COLUMNS,
};

struct assignment_form {
	struct column columns[ASSIGNMENT_COLUMNS];
	struct words words[ASSIGNMENT_COLUMNS]; /* that they may hold */
};

void assignment_form(struct assignment_form *form);

/* False: the record is to be rejected, and `*reject` says why. */
bool assignment_read(const struct assignment_form *form, const struct record *record,
	struct assignment *assignment, struct reject *reject);

#endif
