#include "assignment.h"

void assignment_form(struct assignment_form *form)
{
	static const struct column all[ASSIGNMENT_COLUMNS] = {
		[COLUMN_USER_ID] = { "user_id", true, -1 },
		[COLUMN_OBJECT_TYPE] = { "object_type", true, -1 },
		[COLUMN_OBJECT_ID] = { "object_id", true, -1 },
		[COLUMN_STATUS] = { "status", false, -1 },
		[COLUMN_ORIGIN] = { "origin", false, -1 },
	};
	*form = (struct assignment_form){ .words = {
						  [COLUMN_OBJECT_TYPE] = words_split(OBJECT_WORDS),
						  [COLUMN_STATUS] = words_split(STANDING_WORDS),
						  [COLUMN_ORIGIN] = words_split(ORIGIN_WORDS) } };
	memcpy(form->columns, all, sizeof all);
}

bool assignment_read(const struct assignment_form *form, const struct record *record,
	struct assignment *assignment, struct reject *reject)
{
	struct cells c = { .columns = form->columns,
		.words = form->words,
		.record = record,
		.reject = reject,
		.hint = SLICE("`extract --as assignments` makes this stream") };
	/* One after the other, for the first column with a fault is the one that is told. */
	cells_need(&c, COLUMN_USER_ID);
	cells_need(&c, COLUMN_OBJECT_TYPE);
	assignment->object = (enum object)cells_word(&c, COLUMN_OBJECT_TYPE);
	cells_need(&c, COLUMN_OBJECT_ID);
	assignment->standing = (enum standing)cells_word(&c, COLUMN_STATUS);
	assignment->origin = (enum origin)cells_word(&c, COLUMN_ORIGIN);
	return !c.failed;
}
