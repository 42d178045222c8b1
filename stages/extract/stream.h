/*
 * A stream as schemas/streams.csv defines it: its columns and what they may hold.
 */
#ifndef STREAM_H
#define STREAM_H

#include "error.h"

#define STREAM_COLUMNS 16

enum column_type { TYPE_TEXT, TYPE_DAY, TYPE_MOMENT, TYPE_WORD };

struct stream_column {
	char *name;
	char *words; /* TYPE_WORD: "active|inactive" */
	char *description;
	enum column_type type;
	bool input;   /* read and checked, but not written; it has no name of its own in a header */
	bool always;  /* present in every stream of this kind */
	bool refused; /* an empty value rejects the row */
	bool unique;
};

struct stream {
	const char *name; /* borrowed */
	struct stream_column columns[STREAM_COLUMNS];
	size_t count;
};

/*
 * The definition of a stream; one without columns is none. It is the contract's, so no overlay
 * changes it. 0, or -1.
 */
int stream_load(struct stream *s, const char *name, struct error *e);

/* The place of a column; -1 where the stream has none of this name. */
int stream_find(const struct stream *s, struct slice column);

void stream_release(struct stream *s);

#endif
