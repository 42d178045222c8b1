/*
 * How a task stands: a pure function over what its condition and its proof say, the day, and what a
 * person told. schemas/rules.csv tells each rule in words.
 */
#ifndef RULES_H
#define RULES_H

#include "condition.h"
#include "finding.h"

enum phase { PHASE_BEFORE, PHASE_AFTER };
#define PHASE_WORDS "before|after"

struct standing {
	enum truth applies;
	enum phase phase;
	enum task_status proof; /* TASK_TODO: nothing is proved */
	bool refuted;           /* an input shows that it is not done */
	bool told;              /* a person says that it is done */
	bool dated;             /* its last day is counted from the day of the refresh */
	day_t due;              /* DAY_NONE: it cannot be counted */
	day_t refresh;          /* DAY_NONE: not known */
	day_t as_of;
};

struct verdict {
	enum task_status status;
	bool overdue;    /* the last day has passed, and it is not done for all that is known */
	bool early;      /* seems done, but the refresh is still to come */
	bool same_day;   /* seen on the day of the refresh: before it or after it? */
	bool no_refresh; /* its day decides, and is not given */
	bool outweighed; /* what a person told counts less than what an input or a fact says */
};

struct verdict task_judge(const struct standing *s);

#endif
