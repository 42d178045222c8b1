#include "hints.h"

#include "schema.h"
#include "show.h"

enum { LANGUAGE, STREAM, COLUMN, HEADING };
static const char *const hint_columns[] = { "language", "stream", "column", "heading", NULL };

static int hint_take(void *context, const struct schema_row *row, struct error *e)
{
	struct hints *h = context;
	if (!slice_equal(row->fields[STREAM], slice_from(h->stream->name)))
		return 0;
	int column = stream_find(h->stream, row->fields[COLUMN]);
	if (column < 0) {
		struct place place = { row->file, row->line, SLICE("column") };
		return error_at(e, STATUS_INPUT, &place,
			"the stream has no such column (got \"%s\")", SHOW(row->fields[COLUMN]));
	}
	uint32_t known = h->labels.count;
	buffer_clear(&h->scratch);
	if (fold_append(&h->folding, &h->scratch, row->fields[HEADING]) != 0)
		return error_memory(e);
	uint32_t index = keys_add(&h->labels, buffer_slice(&h->scratch));
	if (index == KEY_NONE)
		return error_memory(e);
	/* The first row of a label decides. */
	if (index == known)
		*(int *)keys_value(&h->labels, index) = column;
	return 0;
}

int hints_load(struct hints *h, const struct stream *stream, const char *schemas, struct error *e)
{
	*h = (struct hints){ .stream = stream };
	folding_init(&h->folding);
	keys_init(&h->labels, sizeof(int));
	if (schema_read("heading-hints.csv", schemas, hint_columns, hint_take, h, e) == 0)
		return 0;
	hints_release(h);
	return -1;
}

int hints_find(struct hints *h, struct slice heading)
{
	buffer_clear(&h->scratch);
	if (fold_append(&h->folding, &h->scratch, heading) != 0)
		return -2;
	uint32_t index = keys_find(&h->labels, buffer_slice(&h->scratch));
	return index == KEY_NONE ? -1 : *(int *)keys_value(&h->labels, index);
}

void hints_release(struct hints *h)
{
	keys_release(&h->labels);
	folding_release(&h->folding);
	buffer_release(&h->scratch);
}
