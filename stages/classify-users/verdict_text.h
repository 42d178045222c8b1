/*
 * A verdict as the decisions stream has it. All of it are words and numbers of ours, which no
 * format writes otherwise. Most follow from the row of the decision table, so they are put together
 * once and not for each user.
 */
#ifndef VERDICT_TEXT_H
#define VERDICT_TEXT_H

#include "rules.h"
#include "writer.h"

#define VERDICT_HEAD   80  /* more bytes than decision, reason, rule, basis and account type take */
#define VERDICT_SHORT  32  /* than the route, and most alerts */
#define VERDICT_ALERTS 160 /* than all alerts */
#define VERDICT_TEXT   (VERDICT_HEAD + 3 * NUMBER_TEXT + VERDICT_SHORT + VERDICT_ALERTS)

/* Of four account types one is none, so that the place of a head is soon computed. */
#define VERDICT_ACCOUNTS ((size_t)4)
#define VERDICT_HEADS    (VERDICT_ROWS * 2 * VERDICT_ACCOUNTS)

/* Sets of alerts that are remembered: of a few sets there are many users. */
#define VERDICT_MEMOS 64

struct verdict_texts {
	char delimiter;
	struct verdict_head {
		char text[VERDICT_HEAD];
		size_t length;
	} heads[VERDICT_HEADS]; /* of each row, inferred and documented, and account type */
	struct {
		char text[VERDICT_SHORT];
		size_t length;
	} routes[ROUTE_NONE + 1];
	struct {
		char text[VERDICT_ALERTS];
		size_t length;
		uint32_t alerts;
	} memos[VERDICT_MEMOS];                 /* at first all are of no alert */
	unsigned char places[1 << ALERT_COUNT]; /* among them, of each set */
	unsigned added; /* sets so far, the first of which was that of no alert */
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
