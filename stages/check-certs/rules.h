/*
 * The state of a certificate, and how an import step stands: pure functions over plain facts.
 * schemas/rules.csv tells each rule in words, schemas/cert-steps.csv has the steps.
 */
#ifndef RULES_H
#define RULES_H

#include "date.h"

/* In the order in which the first that holds decides. */
#define STATE_WORDS "expired|expiring|not-yet-valid|valid"
enum state { STATE_EXPIRED, STATE_EXPIRING, STATE_NOT_YET_VALID, STATE_VALID, STATE_COUNT };

/* Days are those of the UTC moments. `not_after` DAY_NONE: it has no end; `warn_days` from 0. */
enum state state_of(day_t not_before, day_t not_after, day_t as_of, int64_t warn_days);

int year_of(day_t day);

/* What the certificates among the inputs mean for a step. */
#define CERTIFICATE_WORDS "|proves|needed"
enum step_certificate { CERTIFICATE_NOTHING, CERTIFICATE_PROVES, CERTIFICATE_NEEDED };

enum role {
	ROLE_END_ENTITY,
	ROLE_AUTHORITY, /* it may sign others: a CA's */
	ROLE_UNCLEAR,   /* its extensions cannot be read, which would tell it */
};

/* What matters of a certificate for an import. */
struct life {
	day_t not_before;
	day_t not_after; /* DAY_NONE: it has no end */
	enum role role;
};

enum fitness {
	FITNESS_FIT,
	FITNESS_ENDS_EARLY,
	FITNESS_BEGINS_LATE,
	FITNESS_AUTHORITY, /* which alone is wrong with it */
	FITNESS_UNCLEAR,   /* the same of ROLE_UNCLEAR */
	FITNESS_COUNT,
};

/*
 * Could it be the new certificate: an end-entity one that begins in time, and outlasts the as-of
 * day and the last day of the old one (DAY_NONE: not known)? The first that is wrong with it.
 */
enum fitness fitness_of(const struct life *life, day_t as_of, day_t due);

struct step_facts {
	bool kind_known; /* whether the tenant is on NEO or Converged */
	int year;        /* the only one of which the step is known (KBA 3247849); 0: any */
	bool waived;     /* tenants of this kind are exempt from it */
	enum step_certificate certificate;
	day_t after; /* the day on which the new certificate came into use, to be imported after
			it; DAY_NONE: not known */
	day_t due;   /* the last day of the old one; DAY_NONE likewise */
	day_t as_of;
	uint64_t at_hand; /* certificates among the inputs that could be the new one */
	bool doubtful;    /* the old one is among them as well, and has another name */
};

#define STATUS_WORDS "done|todo|blocked|unknown|not-applicable"
enum step_status {
	STEP_DONE,
	STEP_TODO,
	STEP_BLOCKED,
	STEP_UNKNOWN,
	STEP_NOT_APPLICABLE,
	STEP_STATUS_COUNT,
};

enum why {
	WHY_NOTHING, /* nothing proves anything */
	WHY_KIND_UNKNOWN,
	WHY_WAIVED,
	WHY_OTHER_YEAR, /* the step is of another year */
	WHY_AT_HAND,
	WHY_SEVERAL, /* more than one could be the new certificate */
	WHY_OVERDUE,
	WHY_NOT_YET, /* the day after which it is to be imported is not over */
	WHY_NO_CERTIFICATE,
};

struct verdict {
	enum step_status status;
	enum why why;
};

/* No input tells of an import, so only having the certificate can be done. */
struct verdict step_verdict(const struct step_facts *facts);

#endif
