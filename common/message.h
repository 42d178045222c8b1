/*
 * What a stage tells its user on standard error: `prog: file:line: column "x": what is wrong`,
 * then, where the user can act, `hint: what to do`.
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "error.h"

#include <stdio.h>

struct messages {
	const char *program;
	FILE *stream;        /* borrowed */
	bool progress_shown; /* a progress line stands on the terminal and must be wiped first */
};

void message_error(struct messages *m, const struct error *e);

/* A message about a place (NULL: none). `hint` may be NULL. */
void message_at(struct messages *m, const struct place *place, const char *hint, const char *format,
	...) __attribute__((format(printf, 4, 5)));

#endif
