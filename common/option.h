/*
 * Command-line options as a table: parsing, checking and --help come from the same rows.
 */
#ifndef OPTION_H
#define OPTION_H

#include "date.h"
#include "error.h"

enum option_kind {
	OPTION_FLAG,   /* bool: set to true */
	OPTION_TEXT,   /* const char *: the argument */
	OPTION_NUMBER, /* struct option_number: digits, in the row's range */
	OPTION_DAY,    /* day_t: YYYY-MM-DD */
	OPTION_WORD,   /* int: the argument's place in `words`, from 0 */
	OPTION_WORDS,  /* uint32_t: a bit for each of a list of `words`, by its place */
	OPTION_LIST,   /* struct option_list: a comma-separated list; repeated use adds to it */
	OPTION_EACH,   /* struct option_list: the argument as a whole; repeated use adds to it */
};

struct option_number {
	uint64_t value;
	bool given;
};

struct option_list {
	struct slice *items; /* slices of the arguments */
	size_t count;
};

struct option_row {
	char letter; /* 0: none */
	const char *name;
	const char *argument; /* as --help names it; NULL: takes none */
	enum option_kind kind;
	void *target;
	const char *help;
	const char *words;    /* WORD, WORDS: "csv|tsv" */
	uint64_t least, most; /* NUMBER */
};

/*
 * Reads the arguments into the rows' targets and gathers the operands at the end of argv, the first
 * at *operands. -1: the error is set (status 2).
 */
int options_read(const struct option_row *rows, size_t count, int argc, char **argv, int *operands,
	struct error *e);

/* Appends a line or more for each row: 0, or -1 without memory. */
int options_help(struct buffer *out, const struct option_row *rows, size_t count);

void option_list_release(struct option_list *list);

#endif
