#include "rules.h"

/* Done, as far as an input or a person says: is it so on this day? */
static struct verdict judge_done(const struct standing *s)
{
	struct verdict v = { .status = TASK_DONE };
	if (s->phase == PHASE_BEFORE)
		return v;
	/* What was seen before the refresh proves nothing about the time after it. */
	v.no_refresh = s->refresh == DAY_NONE;
	v.early = s->refresh != DAY_NONE && s->as_of < s->refresh;
	/* Of that day itself a person knows whether it came later, and an export does not. */
	v.same_day = s->as_of == s->refresh && !s->told;
	if (v.no_refresh || v.same_day)
		v.status = TASK_UNKNOWN;
	if (v.early)
		v.status = TASK_TODO;
	return v;
}

struct verdict task_judge(const struct standing *s)
{
	struct verdict v = { .status = s->proof };
	if (s->applies != TRUTH_TRUE) {
		v.status = s->applies == TRUTH_FALSE ? TASK_NOT_APPLICABLE : TASK_UNKNOWN;
		return v;
	}
	if (s->proof == TASK_BLOCKED)
		return v;
	if (s->proof == TASK_DONE || s->told)
		v = judge_done(s);
	if (v.status == TASK_DONE)
		return v;
	if (s->dated && s->due == DAY_NONE) {
		v.status = TASK_UNKNOWN;
		v.no_refresh = true;
	}
	v.overdue = s->due != DAY_NONE && s->as_of > s->due;
	if (v.overdue && v.status == TASK_TODO)
		v.status = TASK_BLOCKED;
	return v;
}
