/*
 * What becomes of a row of config-changes: pure functions, without input or output.
 */
#ifndef DECIDE_H
#define DECIDE_H

#include <stdbool.h>
#include <stdint.h>

/* In the order of these words, the first of ACTION_WORDS being the empty one. */
#define CHANGE_WORDS "added|removed|changed|same|unknown"
enum change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED, CHANGE_SAME, CHANGE_UNKNOWN };

#define ACTION_WORDS "|regenerate|retype|review|accept|restore"
enum action {
	ACTION_NONE,
	ACTION_REGENERATE,
	ACTION_RETYPE,
	ACTION_REVIEW,
	ACTION_ACCEPT,
	ACTION_RESTORE,
};

/* What is known of a row when it is to be decided on. */
struct facts {
	enum change_kind change;
	enum action action;
	bool introduced_by_source; /* the verdict */
	bool file;                 /* the row is about a file as a whole */
	bool both_files;           /* the file is there on both sides */
	bool secret;               /* on one side at least */
	bool remove_introduced;    /* the option */
};

enum step {
	STEP_NOTHING,
	STEP_REPLACE, /* the current entry by that of BEFORE */
	STEP_INSERT,  /* the entry of BEFORE, which the current file has lost */
	STEP_REMOVE,  /* every entry of the key from the current file */
	STEP_REGENERATE,
	STEP_RETYPE,
	STEP_REVIEW,
};

/*
 * No file can restore a secret: what is shown of it is not what was typed (KBA 2165346; KBA
 * 2361997), so each becomes a task, whatever the row says of it but accept. What cannot be done
 * with lines of a file becomes a task as well and is never passed over.
 */
enum step decide(const struct facts *facts);

/* A task for a person? */
bool step_is_task(enum step step);

/* An edit of the current file? */
bool step_is_edit(enum step step);

#endif
