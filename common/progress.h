/*
 * One line on standard error that says how far a long run is.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "message.h"

enum progress_when { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER };

struct progress {
	struct messages *messages; /* borrowed */
	bool wanted;
	bool always;
	double started; /* seconds, by the monotonic clock */
	double shown;   /* when the line was last written; 0: never */
	uint64_t records, bytes;
	uint64_t next; /* the count of records at which to look at the clock again */
};

/* `auto` is on a terminal only, and only after a second. */
void progress_init(struct progress *p, struct messages *m, enum progress_when when);

/* Tells of `records` and `bytes` read so far; cheap to call for each record. */
void progress_tell(struct progress *p, uint64_t records, uint64_t bytes);

/* The last line, and its end. */
void progress_end(struct progress *p);

#endif
