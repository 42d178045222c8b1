#include "rules.h"

/* hmac-sha256:KKKK: and 32 hexadecimal digits; KKKK tells the key that it was made with. */
#define FINGERPRINT        "hmac-sha256:"
#define FINGERPRINT_KEY    4
#define FINGERPRINT_DIGITS 32

static bool hexadecimal(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!memchr("0123456789abcdef", text.ptr[i], 16))
			return false;
	return true;
}

/* The digits that tell a fingerprint's key; empty where the value is no fingerprint. */
static struct slice fingerprint_key(struct slice value)
{
	const size_t start = sizeof FINGERPRINT - 1;
	const size_t colon = start + FINGERPRINT_KEY;
	if (value.len != colon + 1 + FINGERPRINT_DIGITS ||
		memcmp(value.ptr, FINGERPRINT, start) != 0 || value.ptr[colon] != ':')
		return SLICE("");
	struct slice key = { value.ptr + start, FINGERPRINT_KEY };
	return hexadecimal(key) && hexadecimal(slice_skip(value, colon + 1)) ? key : SLICE("");
}

static bool masked(struct slice value)
{
	return slice_equal(value, SLICE(MASKED));
}

bool value_hidden(struct slice value)
{
	return masked(value) || fingerprint_key(value).len > 0;
}

enum likeness value_likeness(struct slice a, struct slice b)
{
	bool comparable =
		a.len == 0 || b.len == 0 ||
		(!masked(a) && !masked(b) && slice_equal(fingerprint_key(a), fingerprint_key(b)));
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
	if (source == LIKE_UNKNOWN || masked(v->source.bytes))
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
