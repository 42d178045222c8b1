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

/* What the certificates among the inputs mean for a step. */
#define CERTIFICATE_WORDS "|proves|needed"
enum step_certificate { CERTIFICATE_NOTHING, CERTIFICATE_PROVES, CERTIFICATE_NEEDED };

struct step_facts {
	bool kind_known; /* whether the tenant is on NEO or Converged */
	int waived; /* the year for which the article exempts tenants of this kind (KBA 3247849);
		       0: none */
	enum step_certificate certificate;
	day_t from; /* the new certificate is in use from that day; DAY_NONE: no day is known */
	day_t due;  /* the last day of the old one; DAY_NONE likewise */
	day_t as_of;
	bool at_hand; /* a certificate that outlasts both days is among the inputs */
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
	WHY_OTHER_YEAR, /* the exemption is of another year */
	WHY_AT_HAND,
	WHY_OVERDUE,
	WHY_NOT_YET, /* the new certificate is not in use yet */
	WHY_NO_CERTIFICATE,
};

struct verdict {
	enum step_status status;
	enum why why;
};

/* No input tells of an import, so only having the certificate can be done. */
struct verdict step_verdict(const struct step_facts *facts);

#endif
