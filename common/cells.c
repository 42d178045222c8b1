#include "cells.h"

void cells_fail(struct cells *c, int column, enum reason reason, struct slice wanted)
{
	if (c->failed)
		return;
	c->failed = true;
	*c->reject = (struct reject){ .reason = reason,
		.line = c->record->line,
		.column = slice_from(c->columns[column].name),
		.got = cells_value(c, column),
		.wanted = wanted,
		.hint = c->hint,
		.raw = c->record->raw };
}

int cells_word_of(struct cells *c, int column)
{
	int place = words_place_of(&c->words[column], cells_value(c, column));
	if (place < 0)
		cells_fail(c, column, REASON_UNKNOWN_VALUE, slice_from(c->words[column].text));
	return place;
}
