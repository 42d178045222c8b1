/*
 * What was decided about some users: the rows that are written, what is counted, and which entries
 * of the side inputs were met.
 */
#ifndef DECIDED_H
#define DECIDED_H

#include "user.h"
#include "verdict_text.h"

/* Numbers of users, rejected ones not counted; nothing else may stand here. */
struct tally {
	uint64_t filtered;
	uint64_t rows[VERDICT_ROWS];     /* of the decision table */
	uint64_t alerts[2][ALERT_COUNT]; /* of who would be purged: [1], of all others: [0] */
	uint64_t fail_on;                /* to be purged, with an alert of --fail-on */
};

/* Adds the numbers of `more`. */
void tally_add(struct tally *t, const struct tally *more);

/* All of them, and those who are inactive. */
uint64_t tally_users(const struct tally *t);
uint64_t tally_inactive(const struct tally *t);

uint64_t tally_decision(const struct tally *t, enum decision decision);
uint64_t tally_reason(const struct tally *t, enum reason_of_decision reason);

/* Of one user: where he stands in the side inputs, KEY_NONE: nowhere. */
struct met {
	uint32_t history;
	uint32_t holds;
	uint32_t classes;
};

/* Which row of the decision table holds for a user, and what alerts he has, as one number. */
#define DECIDED_KINDS ((size_t)VERDICT_ROWS << ALERT_COUNT)

struct decided {
	struct tally tally; /* but for `filtered` it is set from the kinds when it is taken */
	/*
	 * How many are of each kind; a bit for each that somebody is of, which are few; and one for
	 * each word of these with such a bit, as a record that is read by itself has all of them
	 * looked through.
	 */
	uint32_t kinds[DECIDED_KINDS];
	uint64_t some[DECIDED_KINDS / 64];
	uint64_t any[(DECIDED_KINDS / 64 + 63) / 64];
	struct writer writer;
	struct buffer met;    /* a struct met for each user who is in a side input */
	struct buffer months; /* an int for each user: that in which he becomes eligible */
	struct verdict_texts texts;
	struct user_memo met_before;
	uint32_t near; /* where the next user most likely stands in the history */
};

/* These make a struct stage_work; `context` is a struct run, and a result a struct decided. */
void *decided_new(void *context);
void decided_free(void *result);
void decided_clear(void *result);
int decide(const void *context, void *result, const struct record *record, struct reject *reject,
	struct error *e);
int decided_take(void *context, void *result);

#endif
