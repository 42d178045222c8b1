#include "rules.h"

enum likeness value_likeness(struct slice a, struct slice b)
{
	bool comparable = a.len == 0 || b.len == 0 ||
			  (!slice_equal(a, SLICE(MASKED)) && !slice_equal(b, SLICE(MASKED)) &&
				  slice_equal(hidden_key(a), hidden_key(b)));
	if (!comparable)
		return LIKE_UNKNOWN;
	return slice_equal(a, b) ? LIKE_SAME : LIKE_DIFFERENT;
}

/* What the refresh left of a key that is the same before and after. */
static enum verdict judge_same(const struct values *v)
{
	if (!v->source_given)
		return VERDICT_KEPT;
	if (!v->source.present)
		return VERDICT_RESTORED;
	enum likeness source = value_likeness(v->source.bytes, v->before.bytes);
	if (source == LIKE_SAME)
		return VERDICT_KEPT;
	if (source == LIKE_UNKNOWN || slice_equal(v->source.bytes, SLICE(MASKED)))
		return VERDICT_CANNOT_COMPARE;
	return VERDICT_RESTORED;
}

/* Did the value that stands there after the refresh come from the source? */
static enum verdict judge_new(
	const struct values *v, enum verdict from_source, enum verdict otherwise)
{
	if (!v->source_given)
		return VERDICT_NONE;
	if (!v->source.present)
		return otherwise;
	switch (value_likeness(v->after.bytes, v->source.bytes)) {
	case LIKE_SAME:
		return from_source;
	case LIKE_UNKNOWN:
		return VERDICT_CANNOT_COMPARE;
	case LIKE_DIFFERENT:
		break;
	}
	return otherwise;
}

static enum verdict judge_removed(const struct values *v)
{
	if (!v->source_given)
		return VERDICT_NONE;
	return v->source.present ? VERDICT_LOST : VERDICT_LOST_WITH_SOURCE;
}

struct finding values_judge(const struct values *v)
{
	if (!v->after.present)
		return (struct finding){ CHANGE_REMOVED, judge_removed(v) };
	if (!v->before.present)
		return (struct finding){ CHANGE_ADDED,
			judge_new(v, VERDICT_INTRODUCED_BY_SOURCE, VERDICT_INTRODUCED) };
	switch (value_likeness(v->before.bytes, v->after.bytes)) {
	case LIKE_SAME:
		return (struct finding){ CHANGE_SAME, judge_same(v) };
	case LIKE_UNKNOWN:
		return (struct finding){ CHANGE_UNKNOWN, VERDICT_CANNOT_COMPARE };
	case LIKE_DIFFERENT:
		break;
	}
	return (struct finding){ CHANGE_CHANGED,
		judge_new(v, VERDICT_OVERWRITTEN, VERDICT_CHANGED_OTHERWISE) };
}

bool values_as_source(const struct values *v)
{
	/* Where both have none, both are empty here. */
	return v->source_given && v->after.present == v->source.present &&
	       value_likeness(v->after.bytes, v->source.bytes) == LIKE_SAME;
}

enum action action_of(enum change change, const struct standing *s)
{
	if (change == CHANGE_SAME)
		return ACTION_NONE;
	if (s->policy == POLICY_REGENERATE)
		return ACTION_REGENERATE;
	if (s->secret || s->policy == POLICY_RETYPE)
		return ACTION_RETYPE;
	if (change == CHANGE_ADDED)
		return ACTION_REVIEW;
	if (s->policy == POLICY_TAKE_SOURCE && s->as_source)
		return ACTION_ACCEPT;
	if (s->policy == POLICY_TAKE_SOURCE || s->policy == POLICY_ASK || s->file_on_one_side)
		return ACTION_REVIEW;
	return ACTION_RESTORE;
}

const char *change_name(enum change change)
{
	static const char *const names[] = { "added", "removed", "changed", "same", "unknown" };
	return names[change];
}

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = { "", "cannot-compare", "kept", "restored",
		"overwritten-by-source", "changed-otherwise", "lost-with-source", "lost",
		"introduced-by-source", "introduced" };
	return names[verdict];
}

const char *action_name(enum action action)
{
	static const char *const names[] = { "", "restore", "retype", "regenerate", "review",
		"accept" };
	return names[action];
}

const char *policy_name(enum key_policy policy)
{
	static const char *const names[] = { "keep-target", "take-source", "ask", "retype",
		"regenerate" };
	return names[policy];
}
