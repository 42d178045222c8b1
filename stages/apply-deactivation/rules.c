#include "rules.h"

#include <stddef.h>

/* The statuses that a row of the table is for. */
enum when { COMPLETE, ENROLLED, WAITLISTED, ALWAYS };

/* Where a row rests on; WORKBOOK: KBA 2430232, which speaks of the User Connector-SF alone. */
enum source { DOCUMENTED, INFERRED, UNDOCUMENTED, WORKBOOK };

struct row {
	enum when when;
	enum action action;
	enum source source;
	const char *rule;
};

/* The most rows of one cell; the last is ALWAYS. */
#define ROWS 3

/* The first row of a cell that is for the status decides: by hand, connector Y, connector N. */
// clang-format off
#define ON(when, action, source, rule) { when, ACTION_##action, source, rule }

static const struct row table[OBJECT_COUNT][WAY_COUNT][ROWS] = {
	[OBJECT_ITEM] = {
		[WAY_MANUAL] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-M-ITEM") },
		[WAY_CLEAN] = { ON(COMPLETE, KEEP, DOCUMENTED, "DEA-Y-ITEM-COMPLETE"),
		               ON(ALWAYS, REMOVE, DOCUMENTED, "DEA-Y-ITEM-ELSE") },
		[WAY_KEEP] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-N-ITEM") },
	},
	[OBJECT_SURVEY] = {
		[WAY_MANUAL] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-M-SURVEY") },
		[WAY_CLEAN] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-Y-SURVEY") },
		[WAY_KEEP] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-N-SURVEY") },
	},
	[OBJECT_HISTORY] = {
		[WAY_MANUAL] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-M-HISTORY") },
		[WAY_CLEAN] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-Y-HISTORY") },
		[WAY_KEEP] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-N-HISTORY") },
	},
	[OBJECT_CURRICULUM] = {
		[WAY_MANUAL] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-M-CURRICULUM") },
		[WAY_CLEAN] = { ON(ALWAYS, REMOVE, DOCUMENTED, "DEA-Y-CURRICULUM") },
		[WAY_KEEP] = { ON(ALWAYS, REVIEW, UNDOCUMENTED, "DEA-N-CURRICULUM") },
	},
	[OBJECT_CURRICULUM_ITEM] = {
		[WAY_MANUAL] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-M-CURRICULUM-ITEM") },
		[WAY_CLEAN] = { ON(COMPLETE, KEEP, INFERRED, "DEA-Y-CURRICULUM-ITEM-COMPLETE"),
		               ON(ALWAYS, REMOVE, INFERRED, "DEA-Y-CURRICULUM-ITEM-ELSE") },
		[WAY_KEEP] = { ON(COMPLETE, KEEP, DOCUMENTED, "DEA-N-CURRICULUM-ITEM-COMPLETE"),
		               ON(ALWAYS, REVIEW, UNDOCUMENTED, "DEA-N-CURRICULUM-ITEM-ELSE") },
	},
	[OBJECT_CLASS] = {
		[WAY_MANUAL] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-M-CLASS") },
		[WAY_CLEAN] = { ON(ENROLLED, CANCEL, DOCUMENTED, "DEA-Y-CLASS-ENROLLED"),
		               ON(WAITLISTED, CANCEL, INFERRED, "DEA-Y-CLASS-WAITLISTED"),
		               ON(ALWAYS, KEEP, INFERRED, "DEA-Y-CLASS-ELSE") },
		[WAY_KEEP] = { ON(ENROLLED, REMOVE, DOCUMENTED, "DEA-N-CLASS-ENROLLED"),
		               ON(WAITLISTED, REMOVE, INFERRED, "DEA-N-CLASS-WAITLISTED"),
		               ON(ALWAYS, KEEP, INFERRED, "DEA-N-CLASS-ELSE") },
	},
	[OBJECT_PROGRAM] = {
		[WAY_MANUAL] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-M-PROGRAM") },
		[WAY_CLEAN] = { ON(ALWAYS, REMOVE, DOCUMENTED, "DEA-Y-PROGRAM") },
		[WAY_KEEP] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-N-PROGRAM") },
	},
	[OBJECT_ACTIVITY] = {
		[WAY_MANUAL] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-M-ACTIVITY") },
		[WAY_CLEAN] = { ON(ALWAYS, REMOVE, DOCUMENTED, "DEA-Y-ACTIVITY") },
		[WAY_KEEP] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-N-ACTIVITY") },
	},
	[OBJECT_COHORT] = {
		[WAY_MANUAL] = { ON(ALWAYS, MANUAL, DOCUMENTED, "DEA-M-COHORT") },
		[WAY_CLEAN] = { ON(ALWAYS, REMOVE, DOCUMENTED, "DEA-Y-COHORT") },
		[WAY_KEEP] = { ON(ALWAYS, REVIEW, UNDOCUMENTED, "DEA-N-COHORT") },
	},
	[OBJECT_ROLE] = {
		[WAY_MANUAL] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-M-ROLE") },
		[WAY_CLEAN] = { ON(ALWAYS, KEEP, INFERRED, "DEA-Y-ROLE") },
		[WAY_KEEP] = { ON(ALWAYS, KEEP, INFERRED, "DEA-N-ROLE") },
	},
	[OBJECT_LIBRARY] = {
		[WAY_MANUAL] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-M-LIBRARY") },
		[WAY_CLEAN] = { ON(ALWAYS, KEEP, INFERRED, "DEA-Y-LIBRARY") },
		[WAY_KEEP] = { ON(ALWAYS, KEEP, INFERRED, "DEA-N-LIBRARY") },
	},
	[OBJECT_INSTRUCTOR] = {
		[WAY_MANUAL] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-M-INSTRUCTOR") },
		[WAY_CLEAN] = { ON(ALWAYS, INACTIVATE, WORKBOOK, "DEA-Y-INSTRUCTOR") },
		[WAY_KEEP] = { ON(ALWAYS, INACTIVATE, WORKBOOK, "DEA-N-INSTRUCTOR") },
	},
	[OBJECT_ADMIN] = {
		[WAY_MANUAL] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-M-ADMIN") },
		[WAY_CLEAN] = { ON(ALWAYS, LOCK, WORKBOOK, "DEA-Y-ADMIN") },
		[WAY_KEEP] = { ON(ALWAYS, LOCK, WORKBOOK, "DEA-N-ADMIN") },
	},
	[OBJECT_REQUEST] = {
		[WAY_MANUAL] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-M-REQUEST") },
		[WAY_CLEAN] = { ON(ALWAYS, REMOVE, WORKBOOK, "DEA-Y-REQUEST") },
		[WAY_KEEP] = { ON(ALWAYS, REMOVE, WORKBOOK, "DEA-N-REQUEST") },
	},
	[OBJECT_CONTACT] = {
		[WAY_MANUAL] = { ON(ALWAYS, KEEP, DOCUMENTED, "DEA-M-CONTACT") },
		[WAY_CLEAN] = { ON(ALWAYS, REMOVE, WORKBOOK, "DEA-Y-CONTACT") },
		[WAY_KEEP] = { ON(ALWAYS, REMOVE, WORKBOOK, "DEA-N-CONTACT") },
	},
};
// clang-format on

static bool fits(enum when when, enum standing standing)
{
	switch (when) {
	case COMPLETE:
		return standing == STANDING_COMPLETE;
	case ENROLLED:
		return standing == STANDING_ENROLLED;
	case WAITLISTED:
		return standing == STANDING_WAITLISTED;
	case ALWAYS:
		break;
	}
	return true;
}

static const struct row *row_of(enum way way, const struct assignment *a)
{
	const struct row *row = table[a->object][way];
	while (!fits(row->when, a->standing))
		row++;
	return row;
}

static enum basis basis_of(const struct connector *connector, enum source source)
{
	switch (source) {
	case DOCUMENTED:
		return BASIS_DOCUMENTED;
	case UNDOCUMENTED:
		return BASIS_UNDOCUMENTED;
	case WORKBOOK:
		return connector->user_sf ? BASIS_DOCUMENTED : BASIS_INFERRED;
	case INFERRED:
		break;
	}
	return BASIS_INFERRED;
}

static const char *result_of(enum object object, enum action action)
{
	switch (action) {
	case ACTION_REMOVE:
		/* It goes from the learning plan; what becomes of the registration is not said. */
		return object == OBJECT_CLASS ? "undocumented" : "removed";
	case ACTION_CANCEL:
		return "canceled";
	case ACTION_INACTIVATE:
		return "inactive";
	case ACTION_LOCK:
		return "locked";
	case ACTION_MANUAL:
	case ACTION_REVIEW:
		return "";
	case ACTION_KEEP:
	case ACTION_COUNT:
		break;
	}
	return NULL;
}

static uint32_t alerts_of(const struct connector *connector, enum way way,
	const struct assignment *a, enum action action)
{
	bool started = a->standing == STANDING_IN_PROGRESS;
	bool enrolled = a->object == OBJECT_CLASS && a->standing == STANDING_ENROLLED;
	bool waiting = a->object == OBJECT_CLASS && a->standing == STANDING_WAITLISTED;
	const bool raised[ALERT_COUNT] = {
		[ALERT_PROFILE_SYNC] = a->origin == ORIGIN_PROFILE,
		/* No registration that is canceled is in progress. */
		[ALERT_PROGRESS_LOST] = started && action == ACTION_REMOVE,
		[ALERT_REGISTRATION_PROMPT] = way == WAY_MANUAL && (enrolled || waiting),
		[ALERT_SOURCES_DISAGREE] =
			way == WAY_KEEP && (enrolled || (a->object == OBJECT_ITEM && started)),
		/* The way is clean where it is assumed. */
		[ALERT_DEFAULT_ASSUMED] =
			connector->default_assumed && way != WAY_MANUAL &&
			row_of(WAY_CLEAN, a)->action != row_of(WAY_KEEP, a)->action,
	};
	uint32_t bits = 0;
	for (unsigned i = 0; i < ALERT_COUNT; i++)
		bits |= (uint32_t)raised[i] << i;
	return bits;
}

struct effect effect_of(
	const struct connector *connector, enum way way, const struct assignment *assignment)
{
	const struct row *row = row_of(way, assignment);
	struct effect effect = {
		.action = row->action,
		.basis = basis_of(connector, row->source),
		.rule = row->rule,
		.result = result_of(assignment->object, row->action),
		.alerts = alerts_of(connector, way, assignment, row->action),
	};
	return effect;
}

bool status_decides(enum way way, enum object object)
{
	if (table[object][way][0].when != ALWAYS)
		return true;
	switch (way) {
	case WAY_MANUAL: /* is there a prompt? */
		return object == OBJECT_CLASS;
	case WAY_CLEAN: /* is work in progress lost? */
		return object == OBJECT_CURRICULUM || object == OBJECT_PROGRAM ||
		       object == OBJECT_ACTIVITY;
	case WAY_KEEP: /* do the articles agree? */
		return object == OBJECT_ITEM;
	case WAY_COUNT:
		break;
	}
	return false;
}

bool action_possible(enum object object, enum action action)
{
	for (int way = 0; way < WAY_COUNT; way++)
		for (int i = 0; i < ROWS && table[object][way][i].rule; i++)
			if (table[object][way][i].action == action)
				return true;
	return false;
}

const char *action_name(enum action action)
{
	static const char *const names[ACTION_COUNT] = { "keep", "remove", "cancel", "inactivate",
		"lock", "manual", "review" };
	return names[action];
}

const char *basis_name(enum basis basis)
{
	static const char *const names[] = { "documented", "inferred", "undocumented" };
	return names[basis];
}

const char *alert_name(enum alert alert)
{
	static const char *const names[ALERT_COUNT] = { "profile-sync", "progress-lost",
		"registration-prompt", "sources-disagree", "default-assumed" };
	return names[alert];
}
