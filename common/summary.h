/*
 * The counts of a run, in the order in which they were added: CSV `metric,value`.
 */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "writer.h"

struct summary {
	struct buffer rows; /* metric, tab, value, LF; a metric's name holds neither */
	bool memory_failed;
};

/* Adds a row; a lack of memory shows when the summary is written. */
void summary_count(struct summary *s, const char *metric, uint64_t value);
void summary_text(struct summary *s, const char *metric, const char *value);

/* Writes the header and the rows: 0, or -1 with the error set. */
int summary_write(const struct summary *s, struct writer *w, struct error *e);

void summary_release(struct summary *s);

#endif
