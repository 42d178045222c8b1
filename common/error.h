/*
 * What went wrong, where, and what the user can do about it.
 *
 * The functions of this library return -1 on failure and fill the struct error they were given;
 * the stage prints it (message.h) and ends with its status. The text reads
 * file:line: column "name": what is wrong (got "…", want …)
 * in lower case without a final period; values in it have gone through SHOW.
 */
#ifndef ERROR_H
#define ERROR_H

#include "buffer.h"

#include <stdint.h>

/* Exit statuses. */
enum status {
	STATUS_DONE = 0,
	STATUS_LOOK = 1,   /* done, and there is something to look at */
	STATUS_USAGE = 2,  /* wrong usage; nothing was read */
	STATUS_INPUT = 3,  /* the input breaks the contract and the run stopped */
	STATUS_SYSTEM = 4, /* input/output or the system failed */
};

/* A place in the data. */
struct place {
	const char *file;    /* as the user gave it, INPUT!MEMBER in an archive; NULL: no place */
	uint64_t line;       /* 1 + the LFs before the record; 0: the file as a whole */
	struct slice column; /* its heading; empty: the record as a whole */
};

/* { 0 } is "no error". The texts are owned by the struct. */
struct error {
	enum status status;
	struct buffer text;
	size_t what;        /* where in the text the place ends and what is wrong begins */
	struct buffer hint; /* empty: no hint */
};

/* Each sets the error, dropping an earlier one, and returns -1, to be returned on. */
int error_set(struct error *e, enum status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
int error_at(struct error *e, enum status status, const struct place *place, const char *format,
	...) __attribute__((format(printf, 4, 5)));

/* Status 4, "what: the system's words for errno"; `what` is a sentence's start or a path. */
int error_system(struct error *e, const char *what);
int error_memory(struct error *e);

/* Adds what the user can do, and returns -1. */
int error_hint(struct error *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends `file:line: column "name": `, as far as the place is known: 0, or -1 without memory. */
int place_append(struct buffer *out, const struct place *place);

void error_release(struct error *e);

#endif
