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

/* Does an input show that what a person tells is not so? One of the time of the task, that is. */
static bool outweighed(const struct standing *s)
{
	bool of_its_time =
		s->phase == PHASE_BEFORE || (s->refresh != DAY_NONE && s->as_of > s->refresh);
	return s->told && (s->proof == TASK_BLOCKED || (s->refuted && of_its_time));
}

/* A task that applies. */
static struct verdict judge(const struct standing *s)
{
	struct verdict v = { .status = s->proof };
	bool against = outweighed(s);
	if (s->proof == TASK_DONE || (s->told && !against))
		v = judge_done(s);
	v.outweighed = against;
	if (v.status == TASK_DONE || v.status == TASK_BLOCKED)
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

struct verdict task_judge(const struct standing *s)
{
	struct verdict v = { .status = TASK_NOT_APPLICABLE };
	if (s->applies == TRUTH_TRUE)
		return judge(s);
	if (s->applies == TRUTH_FALSE)
		return v;
	/* It may apply, and then its last day counts, for it does not wait until that is known. */
	struct standing task = *s;
	if (task.proof == TASK_BLOCKED)
		task.proof = TASK_TODO;
	v.overdue = judge(&task).overdue;
	v.status = TASK_UNKNOWN;
	return v;
}
