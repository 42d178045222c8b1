#include "assignment.h"

#include "cells.h"

void assignment_columns(struct column columns[ASSIGNMENT_COLUMNS])
{
	static const struct column all[ASSIGNMENT_COLUMNS] = {
		[COLUMN_USER_ID] = { "user_id", true, -1 },
		[COLUMN_OBJECT_TYPE] = { "object_type", true, -1 },
		[COLUMN_OBJECT_ID] = { "object_id", true, -1 },
		[COLUMN_STATUS] = { "status", false, -1 },
		[COLUMN_ORIGIN] = { "origin", false, -1 },
	};
	memcpy(columns, all, sizeof all);
}

bool assignment_read(const struct column columns[ASSIGNMENT_COLUMNS], const struct record *record,
	struct assignment *assignment, struct reject *reject)
{
	struct cells c = { .columns = columns,
		.record = record,
		.reject = reject,
		.hint = SLICE("`extract --as assignments` makes this stream") };
	/* One after the other, for the first column with a fault is the one that is told. */
	cells_need(&c, COLUMN_USER_ID);
	cells_need(&c, COLUMN_OBJECT_TYPE);
	assignment->object =
		(enum object)cells_word(&c, COLUMN_OBJECT_TYPE, OBJECT_WORDS, OBJECT_COUNT);
	cells_need(&c, COLUMN_OBJECT_ID);
	assignment->standing =
		(enum standing)cells_word(&c, COLUMN_STATUS, STANDING_WORDS, STANDING_UNKNOWN);
	assignment->origin =
		(enum origin)cells_word(&c, COLUMN_ORIGIN, ORIGIN_WORDS, ORIGIN_UNKNOWN);
	return !c.failed;
}
