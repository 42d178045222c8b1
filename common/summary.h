/*
 * The counts of a run, in the order in which they were added: CSV `metric,value`.
 */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "writer.h"

struct summary {
	struct output output; /* not open: no file is asked for */
	struct buffer rows;   /* metric, NUL, value, LF; no metric's name holds a NUL */
	bool memory_failed;
};

/* Adds a row; a lack of memory shows when the summary is written. */
void summary_count(struct summary *s, const char *metric, uint64_t value);
void summary_text(struct summary *s, const char *metric, const char *value);

/* The metric GROUP.NAME, whose name may be an id of the input's. */
void summary_item(struct summary *s, const char *group, struct slice name, uint64_t value);

/* Opens the file; `path` NULL: none is asked for. 0, or -1 with the error set. */
int summary_open(struct summary *s, const char *path, struct error *e);

/* Writes the header and the rows, and finishes the file: 0, or -1 with the error set. */
int summary_finish(struct summary *s, struct error *e);

/* A file that was finished and not published (output.h) goes. */
void summary_release(struct summary *s);

#endif
