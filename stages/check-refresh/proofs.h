/*
 * What the inputs prove about a task: pure functions over the facts and what was seen.
 */
#ifndef PROOFS_H
#define PROOFS_H

#include "condition.h"
#include "seen.h"

enum proof {
	PROOF_NONE,
	PROOF_VERSIONS,
	PROOF_SCOPE,
	PROOF_IRT_WINDOW,
	PROOF_EXPORT_PLATFORM,
	PROOF_EXPORT_CENTRAL,
	PROOF_CONTINGENCY_ADMIN,
	PROOF_CONFIG_BACKUP,
	PROOF_REPORTS_BEFORE,
	PROOF_CONFIG_VALIDATED,
	PROOF_RETYPE_CONNECTORS,
	PROOF_RETYPE_DEPLOYMENT,
	PROOF_REGENERATE,
	PROOF_REPORTS_AFTER,
	PROOF_ADMIN_MAILS,
	PROOF_REPORT_DEVELOPER,
	PROOF_JOBS_CUSTOMER,
	PROOF_JOBS_SYSTEM,
	PROOF_COUNT,
};

struct known {
	const struct facts *facts;
	const struct seen *seen;
	day_t as_of;
};

/* The name in the catalogue; that of PROOF_NONE is empty. */
const char *proof_name(enum proof proof);

/* The proof of this name; PROOF_COUNT: there is none. */
enum proof proof_find(struct slice name);

/*
 * Does a task of this proof apply? As its condition says; but a stream of reports that shows
 * whether each recurs answers for its own tasks what the fact recurring_reports would.
 */
enum truth proof_applies(
	enum proof proof, const struct condition *applies, const struct known *known);

/*
 * Sets how the task stands, and the evidence: which input, and what was seen in it. TASK_TODO is
 * what stands when nothing proves more; TASK_UNKNOWN where a fact or a column is missing by which
 * it could be told.
 */
void prove(enum proof proof, const struct known *known, struct finding *f);

/* Begins a part of the evidence with a fact as it was given, "FILE: name=value". */
void finding_say_fact(struct finding *f, const struct facts *facts, enum fact fact);

/* Adds a further fact of the same file to the same part, ", name=value". */
void finding_add_fact(struct finding *f, const struct facts *facts, enum fact fact);

/* "fact NAME is not given". */
void finding_say_no_fact(struct finding *f, enum fact fact);

/* The proofs by the streams of administrators, jobs and configurations; see proofs_seen.c. */
void prove_contingency_admin(const struct known *known, struct finding *f);
void prove_admin_mails(const struct known *known, struct finding *f);
void prove_report_developer(const struct known *known, struct finding *f);
void prove_config_backup(const struct known *known, struct finding *f);
void prove_config_validated(const struct known *known, struct finding *f);
void prove_reports_before(const struct known *known, struct finding *f);
void prove_reports_after(const struct known *known, struct finding *f);
void prove_jobs(const struct jobs_seen *jobs, int whose, struct finding *f);

#endif
