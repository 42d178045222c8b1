/*
 * What does deactivating a user do to one assignment? The rules of KBA 2305693, and for
 * instructors, administrators, requests and contacts of KBA 2430232, as pure functions.
 * schemas/rules.csv tells each rule in words.
 */
#ifndef RULES_H
#define RULES_H

#include <stdbool.h>
#include <stdint.h>

/* The values of a word column stand in the order of these lists; a place past them is "empty". */
#define OBJECT_WORDS                                                                               \
	"item|survey|history|curriculum|curriculum-item|class|program|activity|cohort|role|"       \
	"library|instructor|admin|request|contact"
#define STANDING_WORDS "complete|incomplete|in-progress|enrolled|waitlisted|canceled|member"
#define ORIGIN_WORDS   "self|admin|supervisor|instructor|profile"
#define METHOD_WORDS   "manual|connector"

enum object {
	OBJECT_ITEM,
	OBJECT_SURVEY,
	OBJECT_HISTORY,
	OBJECT_CURRICULUM,
	OBJECT_CURRICULUM_ITEM,
	OBJECT_CLASS,
	OBJECT_PROGRAM,
	OBJECT_ACTIVITY,
	OBJECT_COHORT,
	OBJECT_ROLE,
	OBJECT_LIBRARY,
	OBJECT_INSTRUCTOR,
	OBJECT_ADMIN,
	OBJECT_REQUEST,
	OBJECT_CONTACT,
	OBJECT_COUNT,
};

enum standing {
	STANDING_COMPLETE,
	STANDING_INCOMPLETE,
	STANDING_IN_PROGRESS,
	STANDING_ENROLLED,
	STANDING_WAITLISTED,
	STANDING_CANCELED,
	STANDING_MEMBER,
	STANDING_UNKNOWN,
};

enum origin {
	ORIGIN_SELF,
	ORIGIN_ADMIN,
	ORIGIN_SUPERVISOR,
	ORIGIN_INSTRUCTOR,
	ORIGIN_PROFILE,
	ORIGIN_UNKNOWN,
};

struct assignment {
	enum object object;
	enum standing standing;
	enum origin origin;
};

/* How a user is deactivated: by hand, or by a connector with cleanDevPlan Y or N. */
enum way { WAY_MANUAL, WAY_CLEAN, WAY_KEEP, WAY_COUNT };

enum action {
	ACTION_KEEP,
	ACTION_REMOVE,
	ACTION_CANCEL,
	ACTION_INACTIVATE,
	ACTION_LOCK,
	ACTION_MANUAL,
	ACTION_REVIEW,
	ACTION_COUNT,
};

enum basis { BASIS_DOCUMENTED, BASIS_INFERRED, BASIS_UNDOCUMENTED };

enum alert {
	ALERT_PROFILE_SYNC,
	ALERT_PROGRESS_LOST,
	ALERT_REGISTRATION_PROMPT,
	ALERT_SOURCES_DISAGREE,
	ALERT_DEFAULT_ASSUMED,
	ALERT_COUNT,
};

/* What is known of the connector. */
struct connector {
	bool user_sf;         /* it is the User Connector-SF, of which KBA 2430232 speaks */
	bool default_assumed; /* cleanDevPlan is not set, and taken for Y */
};

struct effect {
	enum action action;
	enum basis basis;
	const char *rule;   /* its id in the catalogue */
	const char *result; /* the status afterwards, empty: not known; NULL: as it was */
	uint32_t alerts;    /* a bit for each enum alert */
};

struct effect effect_of(
	const struct connector *connector, enum way way, const struct assignment *assignment);

/* Does the status of such an assignment decide what is done with it, or one of its alerts? */
bool status_decides(enum way way, enum object object);

/* Can the action be one for this object at all? */
bool action_possible(enum object object, enum action action);

/* The names in the effects stream. */
const char *action_name(enum action action);
const char *basis_name(enum basis basis);
const char *alert_name(enum alert alert);

#endif
