/*
 * A table in a member while it is read: its header, and the output's columns that come from it.
 */
#ifndef SHEET_H
#define SHEET_H

#include "run.h"

/* All is borrowed but the reader. */
struct sheet {
	struct run *run;
	const char *name;
	struct reader reader;
	struct error *e;
	struct slice *cells; /* of the record to be written */
	int *positions;      /* in output order: of the carried headings; of --as table, of all */
	size_t position_count;
	uint64_t rows;
	int latest;                           /* of --latest-by's heading; -1: not asked for */
	const struct binding *latest_binding; /* of a column with the same heading; or NULL */
};

/*
 * Each opens the output by the first member's header, and finds a later member's columns: 0, or -1
 * with the error set. `positions` has room for all headings and all that is carried.
 */

/* A stream: the bound columns are the output's, then what is carried. */
int sheet_open_stream(struct sheet *t);

/* Any table: the same headings, in the order of the first member. */
int sheet_open_table(struct sheet *t);

/* Writes what --carry appends, and of --as table the whole record. */
void sheet_write_positions(const struct sheet *t, struct writer *w, const struct record *record);

/* Reads a table by what it fits: 1 read, 0 it does not fit after all (the error says why), -1. */
int sheet_read(struct run *run, const char *name, const struct match *match, struct source *source);

#endif
