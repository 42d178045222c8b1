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

struct run;

/* A result of a crew's, of the run that is its context: NULL without memory. */
void *applied_new(void *context);
void applied_free(void *applied);

void applied_init(struct applied *a, enum format format);
void applied_clear(struct applied *a);
void applied_release(struct applied *a);

/* Applies the deactivation to the assignment of a record. 1; 0 with `*reject`; -1 with the error set. */
int apply(const struct run *run, struct applied *a, const struct record *record,
	struct reject *reject, struct error *e);

/* Counts and writes what was applied: 0, or -1 with the error set. */
int applied_take(struct run *run, struct applied *a);

#endif
