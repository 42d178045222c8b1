/*
 * What a refresh did to a key, and what is to be done about it. Pure functions over the values of
 * the key in the target before, the target after and the source tenant.
 *
 * KBA 2165346 says both that a refresh overwrites the target's configuration files and that scripts
 * put them back; so nothing is assumed, and each key is judged by its values.
 */
#ifndef RULES_H
#define RULES_H

#include "hidden.h"
#include "secret.h"

/* A value; `present` false: the side has no such key. */
struct value {
	bool present;
	struct slice bytes;
};

struct values {
	struct value before;
	struct value after;
	struct value source;
	bool source_given; /* is the source's configuration known at all? */
};

enum likeness { LIKE_SAME, LIKE_DIFFERENT, LIKE_UNKNOWN };

/*
 * Are two values the same? A masked one says nothing, not even beside another masked one, and two
 * fingerprints say something only when they were made with one key. An empty value is never masked,
 * so it differs from all that is.
 */
enum likeness value_likeness(struct slice a, struct slice b);

enum change {
	CHANGE_ADDED,
	CHANGE_REMOVED,
	CHANGE_CHANGED,
	CHANGE_SAME,
	CHANGE_UNKNOWN,
	CHANGE_COUNT,
};

enum verdict {
	VERDICT_NONE, /* without the source there is nothing to judge by */
	VERDICT_CANNOT_COMPARE,
	VERDICT_KEPT,
	VERDICT_RESTORED,
	VERDICT_OVERWRITTEN,
	VERDICT_CHANGED_OTHERWISE,
	VERDICT_LOST_WITH_SOURCE,
	VERDICT_LOST,
	VERDICT_INTRODUCED_BY_SOURCE,
	VERDICT_INTRODUCED,
	VERDICT_COUNT,
};

enum action {
	ACTION_NONE,
	ACTION_RESTORE,
	ACTION_RETYPE,
	ACTION_REGENERATE,
	ACTION_REVIEW,
	ACTION_ACCEPT,
	ACTION_COUNT,
};

struct finding {
	enum change change;
	enum verdict verdict;
};

/* Before or after has to be present. */
struct finding values_judge(const struct values *v);

/* What the action depends on, besides the change. */
struct standing {
	bool secret;
	enum key_policy policy;
	bool file_on_one_side; /* the file as a whole is on one side only */
	bool as_source;        /* after is what the source has, or both have none */
};

enum action action_of(enum change change, const struct standing *standing);

/* standing.as_source of these values; false where the source is not known. */
bool values_as_source(const struct values *v);

/* The names in the config-changes stream. */
const char *change_name(enum change change);
const char *verdict_name(enum verdict verdict);
const char *action_name(enum action action);
const char *policy_name(enum key_policy policy);

#endif
