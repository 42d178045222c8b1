/*
 * Whom would the Native User Deletion job delete? The rules of KBA 2515540 as pure functions: what
 * is known of a user in, a verdict out. schemas/rules.csv tells each rule in words.
 */
#ifndef RULES_H
#define RULES_H

#include "date.h"

/* The values of a word column stand in the order of these lists; a place past them is "empty". */
#define STATUS_WORDS  "active|inactive"
#define SOURCE_WORDS  "learning|identity-provisioning|platform"
#define FLAG_WORDS    "Y|N"
#define ACCOUNT_WORDS "internal|external"

enum user_status { USER_ACTIVE, USER_INACTIVE, USER_STATUS_UNKNOWN };
enum source_system {
	SOURCE_LEARNING,
	SOURCE_IDENTITY_PROVISIONING,
	SOURCE_PLATFORM,
	SOURCE_UNKNOWN,
};
enum deeplink_flag { DEEPLINK_YES, DEEPLINK_NO, DEEPLINK_UNKNOWN };
enum account_type { ACCOUNT_INTERNAL, ACCOUNT_EXTERNAL, ACCOUNT_UNKNOWN };

/* What the history says of a user's changes up to the as-of day. */
enum history_kind {
	HISTORY_SILENT,      /* no change from active to inactive, or no history at all */
	HISTORY_CHANGED,     /* went from active to inactive on facts.changed_on */
	HISTORY_ENDS_ACTIVE, /* the last row is active */
};

enum guid { GUID_NONE, GUID_PRESENT, GUID_NO_COLUMN };

/* All that is known of one user. A day that is not known is DAY_NONE. */
struct facts {
	enum user_status status;
	enum source_system source;
	enum deeplink_flag deeplink;
	enum account_type account;
	enum guid person_guid;
	enum history_kind history;
	day_t changed_on;
	day_t inactivated_on;
	day_t terminated_on;
	bool instructor;
	bool teaches_later; /* that instructor has a class on or after the as-of day */
	bool admin;
	bool on_hold;
};

/* The job's settings and the day on which it is thought to run. */
struct settings {
	bool ias;          /* activateIASAuthentication */
	int external_days; /* 0: the setting is not checked */
	int internal_days;
	day_t as_of;
};

#define DECISION_WORDS "purge|not-yet|blocked|keep|undetermined"
enum decision {
	DECISION_PURGE,
	DECISION_NOT_YET,
	DECISION_BLOCKED,
	DECISION_KEEP,
	DECISION_UNDETERMINED,
	DECISION_COUNT,
};

enum reason_of_decision {
	WHY_UNKNOWN_STATUS,
	WHY_ACTIVE,
	WHY_UNKNOWN_SOURCE_SYSTEM,
	WHY_MANAGED_IN_PLATFORM,
	WHY_NOT_NATIVE,
	WHY_UNKNOWN_DEEPLINK_FLAG,
	WHY_NO_ACCOUNT_TYPE,
	WHY_SETTING_OFF,
	WHY_CONTRADICTORY_HISTORY,
	WHY_NO_INACTIVATION_RECORD,
	WHY_NO_TERMINATION_DATE,
	WHY_RETENTION_RUNNING,
	WHY_PERSON_GUID,
	WHY_EXTERNAL_INACTIVE,
	WHY_INTERNAL_TERMINATED,
	WHY_COUNT,
};

enum route {
	ROUTE_NONE_KNOWN,
	ROUTE_NATIVE_USER_DELETION,
	ROUTE_DRTM,
	ROUTE_SAP_SERVICES,
	ROUTE_NONE
};

#define ALERT_WORDS                                                                                \
	"instructor|teaches-later|admin|on-hold|boundary|person-guid|person-guid-unknown|"         \
	"source-disagrees|date-from-report|dates-disagree"
enum alert {
	ALERT_INSTRUCTOR,
	ALERT_TEACHES_LATER,
	ALERT_ADMIN,
	ALERT_ON_HOLD,
	ALERT_BOUNDARY,
	ALERT_PERSON_GUID,
	ALERT_PERSON_GUID_UNKNOWN,
	ALERT_SOURCE_DISAGREES,
	ALERT_DATE_FROM_REPORT,
	ALERT_DATES_DISAGREE,
	ALERT_COUNT,
};

#define VERDICT_ROWS 17 /* of the decision table */

/*
 * Of everything that the table asks about: what can be of it, days only by how they stand to the
 * count.
 */
#define RULES_CASES                                                                                \
	((USER_STATUS_UNKNOWN + 1) * (SOURCE_UNKNOWN + 1) * (DEEPLINK_UNKNOWN + 1) *               \
		(ACCOUNT_UNKNOWN + 1) * (HISTORY_ENDS_ACTIVE + 1) * (GUID_NO_COLUMN + 1) *         \
		(AGE_REACHED + 1))

/* How the age stands to the count of days. */
enum age_kind { AGE_UNKNOWN, AGE_TOO_YOUNG, AGE_REACHED };

/*
 * What follows from a case: the row that holds, the route, and the alerts that all such users have.
 */
struct rules_case {
	unsigned char row;
	unsigned char route;
	uint16_t alerts;
};

/*
 * The decision table under given settings: as all that it asks about has a few values, the row that
 * holds is found once for each case, and not row after row for each user.
 */
struct rules {
	struct settings settings;
	struct rules_case cases[RULES_CASES];
};

void rules_init(struct rules *r, const struct settings *settings);

struct verdict {
	unsigned row; /* of the decision table, from 0 */
	enum decision decision;
	enum reason_of_decision reason;
	const char *rule; /* its id in the catalogue */
	bool documented;  /* else inferred */
	day_t basis; /* the day that the retention counts from; DAY_NONE: no part of the verdict */
	int age;     /* days from there to the as-of day; may be negative */
	day_t eligible; /* the first day on which the age is the count; DAY_NONE past 9999 */
	enum route route;
	uint32_t alerts; /* a bit for each enum alert */
};

/* What the row of the table says by itself, no day and no alert. */
struct verdict verdict_of_row(unsigned row);

struct verdict classify(const struct rules *r, const struct facts *facts);

/* The names in the decisions stream. */
const char *decision_name(enum decision decision);
const char *decision_reason_name(enum reason_of_decision reason);
const char *route_name(enum route route);
const char *alert_name(enum alert alert);

#endif
