#include "proofs.h"

#include "show.h"
#include "word.h"

#include <inttypes.h>

/* Begins a part of the evidence with the input. */
static void say_input(struct finding *f, const char *path)
{
	finding_say(f, "%s: ", SHOW(slice_from(path)));
}

/* Is the input there? Where it is not, the task is to be done for all that is known. */
static bool input_needed(const char *path, const char *option, struct finding *f)
{
	if (!path)
		finding_say(f, "not checked without --%s", option);
	return path != NULL;
}

/* Is the column there? Where it is not, the task is unknown. */
static bool column_needed(bool there, const char *path, const char *column, struct finding *f)
{
	if (there)
		return true;
	f->status = TASK_UNKNOWN;
	say_input(f, path);
	finding_add(f, "no column \"%s\"", column);
	return false;
}

/* An export of no administrators or jobs at all is a broken one, and proves nothing. */
static bool rows_needed(uint64_t rows, const char *path, struct finding *f)
{
	if (rows)
		return true;
	f->status = TASK_UNKNOWN;
	say_input(f, path);
	finding_add(f, "no rows");
	return false;
}

/* "; LABEL A, B", where there are any. */
static void add_list(struct finding *f, const char *label, const struct id_list *list)
{
	if (list->count == 0)
		return;
	finding_add(f, "; %s: ", label);
	finding_add_ids(f, list);
}

/* An export that is not older than the refresh proves nothing of the time before it. */
static bool before_needed(const struct known *known, const char *path, struct finding *f)
{
	const struct fact_value *refresh = &known->facts->of[FACT_REFRESH_DAY];
	char seen[DAY_TEXT];
	char day[DAY_TEXT];
	if (!refresh->given || known->as_of < refresh->day)
		return true;
	f->status = TASK_UNKNOWN;
	say_input(f, path);
	finding_add(f, "what is seen on %s says nothing of the time before the refresh of %s",
		day_write(seen, known->as_of).ptr, day_write(day, refresh->day).ptr);
	return false;
}

void prove_contingency_admin(const struct known *known, struct finding *f)
{
	static const char *const labels[WAY_IN_COUNT] = {
		[WAY_IN_UNCHECKED] = "whether the related user is managed in the Platform is "
				     "not checked without --users",
		[WAY_IN_LOCKED] = "locked",
		[WAY_IN_NO_USER] = "no related user",
		[WAY_IN_MISSING] = "related user not among the users",
		[WAY_IN_INACTIVE] = "related user inactive",
		[WAY_IN_MANAGED] = "related user managed in the Platform",
		[WAY_IN_NOT_NATIVE] = "native_deeplink_user of the related user is N",
		[WAY_IN_LOCK_UNKNOWN] = "not known whether locked",
		[WAY_IN_STATUS_UNKNOWN] = "not known whether the related user is active",
		[WAY_IN_IAS_UNKNOWN] = "whether the related user is managed in the Platform is "
				       "not known, as fact ias is not given",
		[WAY_IN_SOURCE_UNKNOWN] = "source_system of the related user not known",
		[WAY_IN_DEEPLINK_UNKNOWN] = "native_deeplink_user of the related user not known",
		[WAY_IN_PROVISIONED] = "not known whether the related user, of Identity "
				       "Provisioning, is managed in the Platform",
		[WAY_IN_DISAGREES] = "native_deeplink_user of the related user is Y, but "
				     "source_system is platform",
	};
	const struct admins_seen *a = &known->seen->admins;
	uint64_t both = 0;
	if (!input_needed(a->path, "admins", f) || !before_needed(known, a->path, f) ||
		!column_needed(a->has_roles, a->path, "roles", f) ||
		!rows_needed(a->rows, a->path, f))
		return;
	for (int i = 0; i < WAY_IN_COUNT; i++)
		both += a->ways_in[i].count;
	say_input(f, a->path);
	if (a->ways_in[WAY_IN_NATIVE].count) {
		f->status = TASK_DONE;
		finding_add(f, "ALL and ALL_CONNECTOR, with a native user of %s: ",
			SHOW(slice_from(a->users_path)));
		finding_add_ids(f, &a->ways_in[WAY_IN_NATIVE]);
		return;
	}
	finding_add(f, "%" PRIu64 " of %" PRIu64 " administrators hold ALL and ALL_CONNECTOR", both,
		a->rows);
	for (int i = WAY_IN_UNCHECKED; i < WAY_IN_COUNT; i++) {
		add_list(f, labels[i], &a->ways_in[i]);
		if (i >= WAY_IN_UNKNOWN && a->ways_in[i].count)
			f->status = TASK_UNKNOWN;
	}
}

void prove_admin_mails(const struct known *known, struct finding *f)
{
	const struct admins_seen *a = &known->seen->admins;
	const struct fact_value *domain = &known->facts->of[FACT_SOURCE_MAIL_DOMAIN];
	if (!input_needed(a->path, "admins", f) ||
		!column_needed(a->has_email, a->path, "email", f) ||
		!rows_needed(a->rows, a->path, f))
		return;
	if (!domain->given) {
		f->status = TASK_UNKNOWN;
		finding_say_no_fact(f, FACT_SOURCE_MAIL_DOMAIN);
		return;
	}
	say_input(f, a->path);
	finding_add(f, "%" PRIu64 " of %" PRIu64 " administrators have an address at %s",
		a->at_source.count, a->rows, SHOW(buffer_slice(&domain->text)));
	if (a->at_source.count) {
		f->refuted = true;
		finding_add(f, ": ");
		finding_add_ids(f, &a->at_source);
	} else {
		bool unclear = a->without_email.count || a->email_unclear.count;
		f->status = unclear ? TASK_UNKNOWN : TASK_DONE;
	}
	add_list(f, "not one plain address", &a->email_unclear);
	/* An empty field is a deleted address, or one that the export does not have. */
	add_list(f, "no address", &a->without_email);
	if (a->without_email.count)
		finding_add(f, " (told with --done if deleted)");
}

void prove_report_developer(const struct known *known, struct finding *f)
{
	const struct admins_seen *a = &known->seen->admins;
	if (!input_needed(a->path, "admins", f) ||
		!column_needed(a->has_roles, a->path, "roles", f) ||
		!rows_needed(a->rows, a->path, f))
		return;
	say_input(f, a->path);
	if (a->developers.count) {
		f->status = TASK_DONE;
		finding_add(f, "REPORT_DEVELOPER: ");
		finding_add_ids(f, &a->developers);
		return;
	}
	finding_add(f,
		"none of %" PRIu64
		" administrators holds REPORT_DEVELOPER and is known not to be locked",
		a->rows);
	add_list(f, "locked", &a->developers_locked);
	add_list(f, "not known whether locked", &a->developers_lock_unknown);
	f->refuted = a->developers_lock_unknown.count == 0;
	if (!f->refuted)
		f->status = TASK_UNKNOWN;
}

void prove_config_backup(const struct known *known, struct finding *f)
{
	const struct config_seen *c = &known->seen->config;
	if (!input_needed(c->path, "config", f))
		return;
	f->status = TASK_DONE;
	say_input(f, c->path);
	finding_add(f, "%" PRIu64 " files", c->files);
	for (int i = 0; i < CONFIG_NAMED; i++) {
		if (c->filled[i])
			continue;
		f->status = TASK_TODO;
		finding_add(f, ", %s %s", config_names[i], c->there[i] ? "is empty" : "is missing");
	}
	if (f->status == TASK_DONE)
		finding_add(f, ", BIZX, CONNECTORS, REPORT_SYSTEM and iContent among them");
}

void prove_config_validated(const struct known *known, struct finding *f)
{
	const struct changes_seen *c = &known->seen->changes;
	uint64_t left = changes_left(c);
	if (!input_needed(c->path, "changes", f))
		return;
	say_input(f, c->path);
	finding_add(f, "%" PRIu64 " of %" PRIu64 " rows left", left, c->rows);
	for (int i = 0; i < CHANGE_ACCEPT; i++) {
		struct slice word = word_at(CHANGE_ACTIONS, i);
		if (c->actions[i])
			finding_add(f, ", %.*s %" PRIu64, (int)word.len, word.ptr, c->actions[i]);
	}
	if (c->retype[RETYPE_OTHER].rows) {
		finding_add(f, "; to retype as a part of this task: ");
		finding_add_files(f, &c->retype[RETYPE_OTHER]);
	}
	if (left == 0)
		f->status = TASK_DONE;
	/* What is left of the others a person may have typed, made again or looked at. */
	f->refuted = c->actions[CHANGE_RESTORE] > 0;
}

/*
 * The reports that recur, or where none does, whether that is certain: until the end of the part.
 */
static bool prove_reports(const struct known *known, struct finding *f)
{
	const struct reports_seen *r = &known->seen->reports;
	const struct fact_value *fact = &known->facts->of[FACT_RECURRING_REPORTS];
	if (!input_needed(r->path, "reports", f) ||
		!column_needed(r->has_recurring, r->path, "recurring", f) ||
		/* There may be no report at all, but not where somebody says that some recur. */
		(fact->given && fact->word == FLAG_YES && !rows_needed(r->rows, r->path, f)))
		return false;
	say_input(f, r->path);
	finding_add(f, "%" PRIu64 " of %" PRIu64 " recurring", r->recurring.count, r->rows);
	if (r->recurring.count) {
		finding_add(f, ": ");
		finding_add_ids(f, &r->recurring);
	} else {
		f->status = r->recurring_unknown ? TASK_UNKNOWN : TASK_DONE;
	}
	if (r->recurring_unknown)
		finding_add(f, "; not known of %" PRIu64, r->recurring_unknown);
	return true;
}

void prove_reports_before(const struct known *known, struct finding *f)
{
	const char *path = known->seen->reports.path;
	if (!path || before_needed(known, path, f))
		prove_reports(known, f);
}

void prove_reports_after(const struct known *known, struct finding *f)
{
	const struct reports_seen *r = &known->seen->reports;
	if (!prove_reports(known, f) || r->recurring.count == 0)
		return;
	/*
	 * The refresh disables them all, so that this is nobody's work, and not what is asked for.
	 */
	if (r->running.count)
		add_list(f, "enabled", &r->running);
	else if (r->has_enabled && r->running_unknown == 0)
		finding_add(f, "; none enabled");
	if (!r->has_enabled)
		finding_add(f, "; no column \"enabled\"");
	else if (r->running_unknown)
		finding_add(f, "; not known of %" PRIu64 " whether enabled", r->running_unknown);
}

void prove_jobs(const struct jobs_seen *j, int whose, struct finding *f)
{
	const struct id_list *lost = &j->lost[whose];
	if (!input_needed(j->before_path, "jobs-before and --jobs-after", f))
		return;
	if (!rows_needed(j->before.count, j->before_path, f))
		return;
	finding_say(
		f, "%s, %s: ", SHOW(slice_from(j->before_path)), SHOW(slice_from(j->after_path)));
	finding_add(f, "%" PRIu64 " of %" PRIu64 " not enabled any more", lost->count,
		j->enabled[whose]);
	if (lost->count == 0) {
		/* Whose job it is may not be known, and an export may leave some out: none proves
		 * nothing. */
		bool unclear =
			j->enabled[whose] == 0 || (whose == JOBS_SYSTEM && j->owners_unknown);
		f->status = unclear ? TASK_UNKNOWN : TASK_DONE;
		if (unclear && j->owners_unknown)
			finding_add(f, ", and %" PRIu64 " of an unknown owner", j->owners_unknown);
		return;
	}
	f->refuted = true;
	if (j->absent[whose])
		finding_add(f, ", %" PRIu64 " of them absent", j->absent[whose]);
	if (whose == JOBS_CUSTOMER && j->owners_unknown)
		finding_add(f, ", %" PRIu64 " of them of an unknown owner", j->owners_unknown);
	finding_add(f, ": ");
	finding_add_ids(f, lost);
}
