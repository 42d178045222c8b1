/*
 * What was decided about some users: the rows that are written, what is counted, and which entries of
 * the side inputs were met.
 */
#ifndef DECIDED_H
#define DECIDED_H

#include "verdict_text.h"

/* Numbers of users, rejected ones not counted; nothing else may stand here. */
struct tally {
	uint64_t written;
	uint64_t filtered;
	uint64_t inactive;
	uint64_t rows[VERDICT_ROWS]; /* of the decision table */
	uint64_t alerts[2]
		       [UINT32_C(1) << ALERT_COUNT]; /* by all alerts together; [1]: to be purged */
};

/* Adds the numbers of `more`. */
void tally_add(struct tally *t, const struct tally *more);

uint64_t tally_decision(const struct tally *t, enum decision decision);
uint64_t tally_reason(const struct tally *t, enum reason_of_decision reason);

/* Users with one of these alerts at least, or only those of them who would be purged. */
uint64_t tally_alerts(const struct tally *t, uint32_t alerts, bool purged);

/* Of one user: where he stands in the side inputs, KEY_NONE: nowhere. */
struct met {
	uint32_t history;
	uint32_t holds;
	uint32_t classes;
	int32_t month; /* in which he becomes eligible, from January 1900 on; -1: in none */
};

struct decided {
	struct tally tally;
	struct writer writer;
	struct buffer met; /* a struct met for each user of whom there is something to note */
	struct verdict_texts texts;
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
