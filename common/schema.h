/*
 * The data that the suite is driven by: the files of schemas/, compiled in, and the files of the
 * same names in a folder of the user's that overlay them (--schemas DIR).
 *
 * An overlay's rows are read before the compiled-in ones, so that where the first match decides,
 * the overlay decides.
 */
#ifndef SCHEMA_H
#define SCHEMA_H

#include "error.h"

#define SCHEMA_COLUMNS 11

struct schema_row {
	const char *file; /* for messages */
	uint64_t line;
	bool compiled_in;
	struct slice fields[SCHEMA_COLUMNS]; /* in the order asked for; valid during the call */
};

/* Takes one row: 0, or -1 with the error set, which ends the reading. */
typedef int schema_take(void *context, const struct schema_row *row, struct error *e);

/*
 * Hands the rows of schemas/NAME to `take`, first those of `directory`/NAME (NULL: no overlay; a
 * folder without that file is fine). `columns` are the needed headings, ended by NULL. A row that
 * breaks the form is status 3.
 */
int schema_read(const char *name, const char *directory, const char *const *columns,
	schema_take *take, void *context, struct error *e);

/* The rows of one file of the same form, a --map or --policy. */
int schema_read_file(const char *path, const char *const *columns, schema_take *take, void *context,
	struct error *e);

/*
 * -1 when the folder cannot be read (status 4), or has a .csv file that overlays nothing or changes
 * streams.csv, which no overlay may (status 3).
 */
int schema_check_directory(const char *directory, struct error *e);

/* The compiled-in files, made by the build; ended by a NULL name. */
struct schema_file {
	const char *name;
	const char *bytes;
	size_t len;
};
extern const struct schema_file schema_files[];

#endif
