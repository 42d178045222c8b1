#include "stream.h"

#include "schema.h"
#include "word.h"

#include <stdlib.h>

/* A copy of a field, NUL-terminated; NULL: no memory. */
static char *copy(struct slice field)
{
	return strndup(field.len ? field.ptr : "", field.len);
}

enum { STREAM, COLUMN, PRESENCE, EMPTY, TYPE, VALUES, UNIQUE, DESCRIPTION };
static const char *const stream_fields[] = { "stream", "column", "presence", "empty", "type",
	"values", "unique", "description", NULL };

static int stream_take(void *context, const struct schema_row *row, struct error *e)
{
	/* In the order of enum column_type; a flag is a word of two. */
	static const char types[] = "text|day|moment|word|flag";
	struct stream *s = context;
	struct place place = { row->file, row->line, { NULL, 0 } };
	if (!slice_equal(row->fields[STREAM], slice_from(s->name)))
		return 0;
	int type = word_place(types, row->fields[TYPE]);
	if (type < 0 || s->count == STREAM_COLUMNS)
		return error_at(e, STATUS_INPUT, &place, "this is no column of a stream");
	struct stream_column *c = &s->columns[s->count++];
	*c = (struct stream_column){
		.name = copy(row->fields[COLUMN]),
		.words = copy(row->fields[VALUES]),
		.description = copy(row->fields[DESCRIPTION]),
		.type = type > TYPE_WORD ? TYPE_WORD : (enum column_type)type,
		.always = slice_equal(row->fields[PRESENCE], SLICE("always")),
		.refused = slice_equal(row->fields[EMPTY], SLICE("refused")),
		.unique = slice_equal(row->fields[UNIQUE], SLICE("Y")),
	};
	return c->name && c->words && c->description ? 0 : error_memory(e);
}

int stream_load(struct stream *s, const char *name, struct error *e)
{
	*s = (struct stream){ .name = name };
	if (schema_read("streams.csv", NULL, stream_fields, stream_take, s, e) == 0)
		return 0;
	stream_release(s);
	return -1;
}

int stream_find(const struct stream *s, struct slice column)
{
	for (size_t i = 0; i < s->count; i++)
		if (slice_equal(slice_from(s->columns[i].name), column))
			return (int)i;
	return -1;
}

void stream_release(struct stream *s)
{
	for (size_t i = 0; i < s->count; i++) {
		free(s->columns[i].name);
		free(s->columns[i].words);
		free(s->columns[i].description);
	}
	s->count = 0;
}
