#include "proofs.h"

#include "due.h"
#include "show.h"

#include <inttypes.h>

static const char *const names[PROOF_COUNT] = { "", "versions", "scope", "irt-window",
	"export-platform", "export-central", "contingency-admin", "config-backup", "reports-before",
	"config-validated", "retype-connectors", "retype-deployment", "regenerate", "reports-after",
	"admin-mails", "report-developer", "jobs-customer", "jobs-system" };

const char *proof_name(enum proof proof)
{
	return names[proof];
}

enum proof proof_find(struct slice name)
{
	int proof = 0;
	while (proof < PROOF_COUNT && !slice_equal(name, slice_from(names[proof])))
		proof++;
	return (enum proof)proof;
}

void finding_say_fact(struct finding *f, const struct facts *facts, enum fact fact)
{
	const struct fact_value *value = &facts->of[fact];
	const char *path = value->shown_by ? value->shown_by : facts->path;
	finding_say(f, "%s: %s=%s", SHOW(slice_from(path)), fact_name(fact),
		SHOW(buffer_slice(&value->text)));
}

void finding_add_fact(struct finding *f, const struct facts *facts, enum fact fact)
{
	if (facts->of[fact].shown_by)
		finding_say_fact(f, facts, fact);
	else
		finding_add(
			f, ", %s=%s", fact_name(fact), SHOW(buffer_slice(&facts->of[fact].text)));
}

void finding_say_no_fact(struct finding *f, enum fact fact)
{
	finding_say(f, "fact %s is not given", fact_name(fact));
}

enum truth proof_applies(
	enum proof proof, const struct condition *applies, const struct known *known)
{
	enum truth truth = condition_truth(applies, known->facts);
	bool reports = proof == PROOF_REPORTS_BEFORE || proof == PROOF_REPORTS_AFTER;
	if (truth != TRUTH_UNKNOWN || !reports || !known->seen->reports.has_recurring)
		return truth;
	for (size_t i = 0; i < applies->count; i++) {
		const struct term *term = &applies->terms[i];
		if (term->fact != FACT_RECURRING_REPORTS &&
			term_truth(term, known->facts) != TRUTH_TRUE)
			return TRUTH_UNKNOWN;
	}
	return TRUTH_TRUE;
}

/* Is the fact given? Where it is not, the task is unknown. */
static bool fact_needed(const struct known *known, enum fact fact, struct finding *f)
{
	if (known->facts->of[fact].given)
		return true;
	f->status = TASK_UNKNOWN;
	finding_say_no_fact(f, fact);
	return false;
}

static void prove_versions(const struct known *known, struct finding *f)
{
	const struct facts *facts = known->facts;
	bool source = fact_needed(known, FACT_SOURCE_VERSION, f);
	if (!fact_needed(known, FACT_TARGET_VERSION, f) || !source)
		return;
	finding_say_fact(f, facts, FACT_SOURCE_VERSION);
	finding_add_fact(f, facts, FACT_TARGET_VERSION);
	switch (version_compare(
		&facts->of[FACT_TARGET_VERSION].version, &facts->of[FACT_SOURCE_VERSION].version)) {
	case VERSION_OLDER:
		f->status = TASK_BLOCKED;
		finding_add(f, ", the target is older");
		break;
	case VERSION_SAME:
	case VERSION_NEWER:
		f->status = TASK_DONE;
		break;
	case VERSION_UNCLEAR:
		f->status = TASK_UNKNOWN;
		finding_add(f, ", of which one is not given to the last part");
		break;
	}
}

static void prove_scope(const struct known *known, struct finding *f)
{
	if (!fact_needed(known, FACT_SCOPE, f))
		return;
	finding_say_fact(f, known->facts, FACT_SCOPE);
	if (known->facts->of[FACT_SCOPE].word == SCOPE_FULL)
		f->status = TASK_DONE;
}

/* Saturdays and Sundays are wholly outside of the window. */
static void prove_irt_window(const struct known *known, struct finding *f)
{
	day_t day = known->facts->of[FACT_REFRESH_DAY].day;
	if (!fact_needed(known, FACT_REFRESH_DAY, f))
		return;
	finding_say_fact(f, known->facts, FACT_REFRESH_DAY);
	finding_add(f, ", a %s", day_weekday_name(day));
	if (day_weekday(day) > 4)
		f->status = TASK_BLOCKED;
}

static void prove_export(const struct known *known, bool central, struct finding *f)
{
	const struct fact_value *next_run = &known->facts->of[FACT_EMPLOYEE_EXPORT_NEXT_RUN];
	const struct fact_value *refresh = &known->facts->of[FACT_REFRESH_DAY];
	if (!fact_needed(known, FACT_EMPLOYEE_EXPORT_NEXT_RUN, f))
		return;
	finding_say_fact(f, known->facts, FACT_EMPLOYEE_EXPORT_NEXT_RUN);
	bool refreshed = refresh->given && refresh->day < known->as_of;
	if (next_run->day == DAY_NONE && refreshed) {
		/* It may have been there when the refresh was. */
		f->status = TASK_UNKNOWN;
		finding_add(f, ", which may not have been so before the refresh");
	} else if (next_run->day == DAY_NONE) {
		f->status = TASK_BLOCKED;
		finding_add(f, central ? ", without the job the refresh fails" : ", no job");
	} else if (next_run->day > known->as_of && refresh->given && refresh->day <= known->as_of) {
		f->status = TASK_UNKNOWN;
		finding_add(f, ", which says nothing of the time before the refresh");
	} else if (next_run->day > known->as_of) {
		f->status = TASK_DONE;
		if (refresh->given && next_run->day < refresh->day)
			finding_add(f, ", which is before the refresh: to be given anew after that "
				       "day");
	} else if (next_run->day == known->as_of) {
		f->status = TASK_UNKNOWN;
		finding_add(f, ", which may be past by now");
	} else if (refreshed) {
		/* The run may well have been to come when the refresh was. */
		f->status = TASK_UNKNOWN;
		finding_add(f, ", which is past, as the refresh is");
	} else if (central) {
		f->status = TASK_UNKNOWN;
		finding_add(f, ", which is past; what makes the job valid is not documented");
	} else {
		f->status = TASK_BLOCKED;
		finding_add(f, ", which is past");
	}
}

/* Rows that a person types again: how many, of which files, and never that it was done. */
static void count_changes(const struct known *known, const struct file_counts *counts,
	const struct id_list *missing, const char *what, struct finding *f)
{
	if (!known->seen->changes.path)
		return;
	finding_say(f, "%s: %" PRIu64 " %s", SHOW(slice_from(known->seen->changes.path)),
		counts->rows, what);
	if (counts->rows) {
		finding_add(f, ": ");
		finding_add_files(f, counts);
	}
	if (missing->count) {
		finding_say(f, "on one side only, its keys not listed: ");
		finding_add_ids(f, missing);
	}
}

void prove(enum proof proof, const struct known *known, struct finding *f)
{
	const struct changes_seen *changes = &known->seen->changes;
	finding_start(f, TASK_TODO);
	switch (proof) {
	case PROOF_VERSIONS:
		prove_versions(known, f);
		break;
	case PROOF_SCOPE:
		prove_scope(known, f);
		break;
	case PROOF_IRT_WINDOW:
		prove_irt_window(known, f);
		break;
	case PROOF_EXPORT_PLATFORM:
		prove_export(known, false, f);
		break;
	case PROOF_EXPORT_CENTRAL:
		prove_export(known, true, f);
		break;
	case PROOF_CONTINGENCY_ADMIN:
		prove_contingency_admin(known, f);
		break;
	case PROOF_CONFIG_BACKUP:
		prove_config_backup(known, f);
		break;
	case PROOF_REPORTS_BEFORE:
		prove_reports_before(known, f);
		break;
	case PROOF_CONFIG_VALIDATED:
		prove_config_validated(known, f);
		break;
	case PROOF_RETYPE_CONNECTORS:
		count_changes(known, &changes->retype[RETYPE_CONNECTORS],
			&changes->missing[RETYPE_CONNECTORS], "to retype for the connectors", f);
		break;
	case PROOF_RETYPE_DEPLOYMENT:
		count_changes(known, &changes->retype[RETYPE_DEPLOYMENT],
			&changes->missing[RETYPE_DEPLOYMENT],
			"to retype for iContent and deployment locations", f);
		break;
	case PROOF_REGENERATE:
		count_changes(known, &changes->regenerate, &changes->missing[RETYPE_OTHER],
			"to regenerate", f);
		break;
	case PROOF_REPORTS_AFTER:
		prove_reports_after(known, f);
		break;
	case PROOF_ADMIN_MAILS:
		prove_admin_mails(known, f);
		break;
	case PROOF_REPORT_DEVELOPER:
		prove_report_developer(known, f);
		break;
	case PROOF_JOBS_CUSTOMER:
		prove_jobs(&known->seen->jobs, JOBS_CUSTOMER, f);
		break;
	case PROOF_JOBS_SYSTEM:
		prove_jobs(&known->seen->jobs, JOBS_SYSTEM, f);
		break;
	case PROOF_NONE:
	case PROOF_COUNT:
		break;
	}
}
