/*
 * The todo stream: tasks for a person, a row each.
 */
#ifndef TODO_STREAM_H
#define TODO_STREAM_H

#include "writer.h"

struct todo_row {
	struct slice id;
	struct slice phase; /* "before" or "after" a refresh; empty: it has to do with none */
	struct slice task;
	struct slice where;
	struct slice status;   /* done, todo, blocked, unknown, not-applicable */
	struct slice due_on;   /* a day, or empty */
	struct slice evidence; /* what proves the status, or empty */
	struct slice source;   /* the article */
};

/* Writes the header: 0, or -1 with the error set. */
int todo_stream_header(struct writer *w, struct error *e);

/* Writes a row: 0, or -1 with the error set. */
int todo_stream_row(struct writer *w, const struct todo_row *row, struct error *e);

#endif
