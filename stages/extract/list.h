/*
 * `--list`: the members of the inputs, how long they are, and which stream each of them would be.
 */
#ifndef LIST_H
#define LIST_H

#include "run.h"

/* What a run does with its members. */
extern const struct task list_task;

#endif
