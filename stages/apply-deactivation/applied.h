/*
 * What becomes of some assignments: the rows that are written, and of each leaver's what has to be
 * counted.
 */
#ifndef APPLIED_H
#define APPLIED_H

#include "rules.h"
#include "writer.h"

struct applied {
	struct writer writer;
	struct buffer text;  /* of the alerts */
	struct buffer cases; /* a struct applied_case for each row */
	struct buffer
		ids; /* the objects of those that are counted by object, one after the other */
	uint64_t written;
	uint64_t filtered; /* of nobody who leaves */
};

/* These make a struct stage_work; `context` is a struct run, and a result a struct applied. */
void *applied_new(void *context);
void applied_free(void *result);
void applied_clear(void *result);
int apply(const void *context, void *result, const struct record *record, struct reject *reject,
	struct error *e);
int applied_take(void *context, void *result);

#endif
