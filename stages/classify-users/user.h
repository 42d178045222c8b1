/*
 * A record of the users stream, as the facts that the rules ask for.
 */
#ifndef USER_H
#define USER_H

#include "cells.h"
#include "month_memo.h"
#include "rules.h"
#include "span.h"

enum {
	COLUMN_USER_ID,
	COLUMN_STATUS,
	COLUMN_SOURCE_SYSTEM,
	COLUMN_DEEPLINK,
	COLUMN_ACCOUNT_TYPE,
	COLUMN_TERMINATED_ON,
	COLUMN_INACTIVATED_ON,
	COLUMN_PERSON_GUID,
	COLUMN_INSTRUCTOR_ID,
	COLUMN_ADMIN_ID,
	USER_COLUMNS,
};

struct user_form {
	struct column columns[USER_COLUMNS];
	struct words words[USER_COLUMNS]; /* that they may hold */
};

/* What one thread has met so far in records of one form. */
struct user_memo {
	struct span_memo words;
	struct month_memo months;
};

/* The columns by name; which of them are needed depends on the settings, and on the two lists. */
void user_form(struct user_form *form, const struct settings *settings, bool history, bool classes);

/*
 * Fills what the record itself tells; history, classes and holds are the caller's. `met` is what
 * was met in those of the same form before. False: the record is to be rejected, and `*reject` says
 * why.
 */
bool user_facts(const struct user_form *form, struct user_memo *met, const struct record *record,
	struct facts *facts, struct reject *reject);

#endif
