#include "cells.h"

static void fail(struct cells *c, int column, enum reason reason, struct slice wanted)
{
	if (c->failed)
		return;
	c->failed = true;
	*c->reject = (struct reject){ .reason = reason,
		.line = c->record->line,
		.column = slice_from(c->columns[column].name),
		.got = record_field(c->record, c->columns[column].index),
		.wanted = wanted,
		.hint = c->hint,
		.raw = c->record->raw };
}

bool cells_filled(const struct cells *c, int column)
{
	return record_field(c->record, c->columns[column].index).len > 0;
}

void cells_need(struct cells *c, int column)
{
	if (!cells_filled(c, column))
		fail(c, column, REASON_EMPTY_VALUE, SLICE(""));
}

int cells_word(struct cells *c, int column, int unknown)
{
	struct slice value = record_field(c->record, c->columns[column].index);
	if (value.len == 0)
		return unknown;
	int place = words_place(&c->words[column], value);
	if (place < 0)
		fail(c, column, REASON_UNKNOWN_VALUE, slice_from(c->words[column].text));
	return place < 0 ? unknown : place;
}

day_t cells_day(struct cells *c, int column)
{
	struct slice value = record_field(c->record, c->columns[column].index);
	day_t result = DAY_NONE;
	if (value.len && day_read(value, &result) != DATE_OK)
		fail(c, column, REASON_BAD_DATE, SLICE("YYYY-MM-DD, 1900-01-01 to 9998-12-31"));
	return result;
}
