/*
 * The rejected rows of a run: the file `file,line,column,reason,got,record`, their count, and the
 * first of each kind as messages.
 */
#ifndef REJECTS_H
#define REJECTS_H

#include "message.h"
#include "writer.h"

/* Of many rejects of one reason and column, this many are messages. */
#define REJECTS_SHOWN 10

struct reject_kind {
	enum reason reason;
	struct buffer column;
	uint64_t count;
};

struct rejects {
	const char *path; /* NULL: no file is asked for; borrowed */
	struct output output;
	struct writer writer;
	uint64_t count;
	uint64_t limit; /* more than this many end the run; UINT64_MAX: no limit */
	struct reject_kind *kinds;
	size_t kind_count;
	struct buffer shown; /* the record, escaped */
};

/* Opens the file, when one is asked for, and writes its header: 0, or -1 with the error set. */
int rejects_open(struct rejects *r, const char *path, uint64_t limit, struct error *e);

/* Sets a row of `file` aside: 0, or -1 with the error set (status 3 past the limit). */
int rejects_add(struct rejects *r, struct messages *m, const char *file,
	const struct reject *reject, struct error *e);

/* Says how many of each kind were not shown, and finishes the file: 0, or -1 with the error set. */
int rejects_finish(struct rejects *r, struct messages *m, struct error *e);

/* Releases everything; a file that was finished and not published (output.h) goes. */
void rejects_release(struct rejects *r);

#endif
