/*
 * The todo stream: what no file can restore, as tasks for a person.
 */
#ifndef TODO_H
#define TODO_H

#include "change.h"
#include "writer.h"

/* Writes the task of a row that is one, or has become one: 0, or -1 with the error set. */
int todo_write(struct writer *w, const struct change *change, struct error *e);

#endif
