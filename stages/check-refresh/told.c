#include "told.h"

#include "show.h"
#include "table.h"

struct note {
	size_t at;
	size_t len;
	uint64_t line;
};

void told_init(struct told *t)
{
	*t = (struct told){ 0 };
	keys_init(&t->ids, sizeof(struct note));
}

enum { COLUMN_ID, COLUMN_NOTE, COLUMNS };

struct told_reading {
	struct told *told;
	const struct catalogue *catalogue;
	const struct column *columns;
};

/* The text with a blank for each end of a line, for evidence is one line. */
static int line_append(struct buffer *into, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		char byte = text.ptr[i];
		if (byte == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n')
			continue;
		if (buffer_put(into, byte == '\r' || byte == '\n' ? ' ' : byte) != 0)
			return -1;
	}
	return 0;
}

static int told_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	const struct told_reading *r = context;
	struct told *t = r->told;
	struct slice id = record_field(row, r->columns[COLUMN_ID].index);
	struct slice text = record_field(row, r->columns[COLUMN_NOTE].index);
	struct place where = *place;
	where.column = SLICE("id");
	if (!catalogue_has(r->catalogue, id)) {
		error_at(e, STATUS_INPUT, &where, "no such task (got \"%s\")", SHOW(id));
		return error_hint(e, "the ids are those of the column id in the output");
	}
	uint32_t known = t->ids.count;
	uint32_t index = keys_add(&t->ids, id);
	if (index == KEY_NONE)
		return error_memory(e);
	if (index < known) {
		error_at(e, STATUS_INPUT, &where, "%s is there twice", SHOW(id));
		return error_hint(e, "leave one of the rows out");
	}
	struct note *note = keys_value(&t->ids, index);
	*note = (struct note){ .at = t->notes.len, .line = place->line };
	if (line_append(&t->notes, text) != 0)
		return error_memory(e);
	note->len = t->notes.len - note->at;
	return 0;
}

int told_read(struct told *t, const char *path, enum format format,
	const struct catalogue *catalogue, struct error *e)
{
	struct column columns[COLUMNS] = { { "id", true, -1 }, { "note", false, -1 } };
	struct told_reading reading = { t, catalogue, columns };
	t->path = path;
	return table_read_written(path, format, "id,note; a row is for example IMAGES,uploaded",
		columns, COLUMNS, told_take, &reading, e);
}

bool told_find(const struct told *t, struct slice id, struct told_row *row)
{
	uint32_t index = keys_find(&t->ids, id);
	if (index == KEY_NONE)
		return false;
	const struct note *n = keys_value(&t->ids, index);
	row->line = n->line;
	row->note = (struct slice){ n->len ? t->notes.ptr + n->at : NULL, n->len };
	return true;
}

void told_release(struct told *t)
{
	keys_release(&t->ids);
	buffer_release(&t->notes);
}
