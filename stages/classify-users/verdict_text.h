/*
 * A verdict as the decisions stream has it. All of it are words and numbers of ours, which no
 * format writes otherwise. Most follow from the row of the decision table, so they are put together
 * once and not for each user.
 */
#ifndef VERDICT_TEXT_H
#define VERDICT_TEXT_H

#include "rules.h"
#include "writer.h"

#define VERDICT_HEAD    60  /* more bytes than decision, reason, rule and basis take */
#define VERDICT_ACCOUNT 12  /* than an account type */
#define VERDICT_SHORT   32  /* than the route, and most alerts */
#define VERDICT_ALERTS  160 /* than all alerts */
#define VERDICT_TEXT                                                                               \
	(VERDICT_HEAD + VERDICT_ACCOUNT + 3 * NUMBER_TEXT + VERDICT_SHORT + VERDICT_ALERTS)

/* Sets of alerts that are remembered: of a few sets there are many users. */
#define VERDICT_MEMOS 64

/*
 * A head, an account type, a route, and alerts that are few are each in one line of memory: one
 * user needs other ones than the next.
 */
struct verdict_texts {
	struct verdict_head {
		_Alignas(64) char text[VERDICT_HEAD];
		uint32_t length;
	} heads[VERDICT_ROWS * 2]; /* of each row, inferred and documented */
	struct verdict_memo {
		_Alignas(64) uint32_t alerts;
		uint32_t length;
		char text[VERDICT_ALERTS];
	} memos[VERDICT_MEMOS]; /* at first all are of no alert */
	struct verdict_account {
		char text[VERDICT_ACCOUNT];
		uint32_t length;
	} accounts[ACCOUNT_UNKNOWN + 1];
	struct verdict_route {
		_Alignas(64) char text[VERDICT_SHORT];
		uint32_t length;
	} routes[ROUTE_NONE + 1];
	unsigned char places[1 << ALERT_COUNT]; /* among the memos, of each set */
	unsigned added; /* sets so far, the first of which was that of no alert */
	char delimiter;
};

void verdict_texts_init(struct verdict_texts *t, enum format format);

/* The month of no day; others are those of day_month. */
#define MONTH_NONE (-1)

/*
 * Writes the fields from `decision` on, a delimiter before each, and returns their end. Up to
 * VERDICT_TEXT bytes are written over. `*month` is that in which the user becomes eligible.
 */
char *verdict_write(struct verdict_texts *t, const struct verdict *v, enum account_type account,
	char *to, int *month);

#endif
