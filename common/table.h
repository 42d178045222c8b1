/*
 * A file that has to be without a fault to be used at all: a side input, a map, a schema.
 */
#ifndef TABLE_H
#define TABLE_H

#include "reader.h"

/*
 * Takes one row; `place` is where it starts. 0, or -1 with the error set, which ends the reading.
 */
typedef int table_take(
	void *context, const struct record *row, const struct place *place, struct error *e);

/*
 * Reads a file ("-": standard input) and hands each row to `take`, its columns bound. A row that
 * breaks the form is status 3. 0, or -1 with the error set.
 */
int table_read(const char *path, enum format format, struct column *columns, size_t count,
	table_take *take, void *context, struct error *e);

/*
 * The same for a table that a person writes, and no stage: where its headings are wrong, the hint
 * is an example, "HEADINGS; a row is for example ROW" with commas between the fields.
 */
int table_read_written(const char *path, enum format format, const char *example,
	struct column *columns, size_t count, table_take *take, void *context, struct error *e);

/* How rows without a fault can be taken side by side; as struct crew_work has it. */
struct table_crew {
	void *(*result_new)(void *context);
	void (*result_free)(void *result);
	bool (*work)(const void *context, void *result, const struct record *row, bool first);
	int (*take)(void *context, void *result, struct error *e); /* 0, or -1 with the error set */
	size_t jobs;
};

/* The same as table_read; `take` gets the rows that the crew leaves. */
int table_read_by(const struct table_crew *crew, const char *path, enum format format,
	struct column *columns, size_t count, table_take *take, void *context, struct error *e);

/* The same from a source that `name` names in messages. */
int table_read_source(struct source *source, const char *name, enum format format,
	struct column *columns, size_t count, table_take *take, void *context, struct error *e);

#endif
