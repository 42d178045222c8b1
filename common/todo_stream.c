#include "todo_stream.h"

int todo_stream_header(struct writer *w, struct error *e)
{
	const struct todo_row names = {
		.id = SLICE("id"),
		.phase = SLICE("phase"),
		.task = SLICE("task"),
		.where = SLICE("where"),
		.status = SLICE("status"),
		.due_on = SLICE("due_on"),
		.evidence = SLICE("evidence"),
		.source = SLICE("source"),
	};
	return todo_stream_row(w, &names, e);
}

int todo_stream_row(struct writer *w, const struct todo_row *row, struct error *e)
{
	const struct slice fields[] = { row->id, row->phase, row->task, row->where, row->status,
		row->due_on, row->evidence, row->source };
	return writer_record(w, fields, sizeof fields / sizeof *fields, e);
}
