/*
 * Who leaves, by one record of a connector's file or of a list.
 */
#ifndef LEAVER_H
#define LEAVER_H

#include "date.h"

/* NOTACTIVE: Y is inactive, N active (KBA 2602352). */
enum leaver_status { LEAVER_STATUS_EMPTY, LEAVER_STATUS_ACTIVE, LEAVER_STATUS_INACTIVE };

struct leaver_record {
	enum leaver_status status; /* of a list, whose rows all leave, LEAVER_STATUS_INACTIVE */
	bool connector;            /* a connector's file, and so its rules for dates hold */
	bool null_updates;         /* updateOnNull lists NOTACTIVE (KBA 2185911) */
	day_t effective_on;        /* TERM_DTE; DAY_NONE: not known */
	day_t hired_on;            /* HIRE_DTE; likewise */
};

/* What the connector does with a termination date in the future; it depends on the release. */
enum leaver_future {
	LEAVER_FUTURE_UNSAID = -1,
	LEAVER_FUTURE_REJECT, /* the record is rejected (KBA 2529004) */
	LEAVER_FUTURE_IGNORE, /* the date is not stored, all else is (release notes) */
};

enum leaver_result {
	LEAVER_WRITTEN,
	LEAVER_WRITTEN_UNDATED, /* its date lies in the future and is ignored */
	LEAVER_ACTIVE,          /* stays */
	LEAVER_NO_CHANGE,       /* nothing in the feed: the status stays as it is (KBA 2185911) */
	LEAVER_NULLED,          /* nothing in the feed, and that would be stored: undocumented */
	LEAVER_BEFORE_HIRE,     /* error 1213: the termination is not applied (KBA 2316465) */
	LEAVER_FUTURE_REJECTED,
	LEAVER_FUTURE_OPEN, /* a date in the future, and nobody has said what becomes of it */
};

enum leaver_result leaver_decide(
	const struct leaver_record *r, day_t as_of, enum leaver_future future);

#endif
