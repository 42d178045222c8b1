/*
 * The rows of a config-changes stream, kept for the whole run.
 */
#ifndef CHANGE_H
#define CHANGE_H

#include "decide.h"
#include "keys.h"
#include "reader.h"
#include "secret.h"

enum {
	CHANGE_COLUMN_FILE,
	CHANGE_COLUMN_KEY,
	CHANGE_COLUMN_CHANGE,
	CHANGE_COLUMN_BEFORE,
	CHANGE_COLUMN_AFTER,
	CHANGE_COLUMN_VERDICT,
	CHANGE_COLUMN_ACTION,
	CHANGE_COLUMN_BEFORE_LINE,
	CHANGE_COLUMN_AFTER_LINE,
	CHANGE_COLUMN_ALERTS,
	CHANGE_COLUMNS,
};

/* What a row says of one side. */
struct change_side {
	struct slice value;
	uint32_t line; /* 0: the key is not there */
};

struct change {
	char *text; /* holds the slices */
	struct slice file;
	struct slice key;
	enum change_kind kind;
	enum action action;
	bool introduced_by_source;
	bool file_missing; /* the alert: the row is about a file as a whole */
	struct change_side before;
	struct change_side after;
	uint64_t line; /* of the row, for messages */
	enum step step;
	bool refused; /* the step cannot be taken: it stays a task for a person */
};

struct changes {
	struct change *items;
	size_t count;
	size_t room;
	struct keys seen; /* file and key; the line, a uint64_t */
	struct buffer scratch;
	char first[24]; /* the line of the first of two rows, for the reject */
};

void changes_init(struct changes *c);

/* The columns that a stream needs, to be bound. */
void change_columns(struct column columns[CHANGE_COLUMNS]);

/*
 * Adds a row: 1; 0 when it is to be rejected, for the reason in `reject`, which is valid until the
 * next call; -1 with the error set.
 */
int changes_add(struct changes *c, const struct column columns[CHANGE_COLUMNS],
	const struct record *record, struct reject *reject, struct error *e);

/*
 * May a record that was rejected hold a secret, which somebody typed in? It may when one of its
 * fields, as far as they can be told apart, is the key of a secret or hides one.
 */
bool change_hides(struct config_keys *keys, struct slice record);

void changes_release(struct changes *c);

#endif
