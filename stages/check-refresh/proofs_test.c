/*
 * Each proof: how the task stands, and the evidence, for every way the inputs can be.
 */
#include "proofs.h"

#include "test.h"

#define AS_OF 20777 /* 2026-11-20 */

static struct facts facts;
static struct seen seen;
static struct finding finding;

static void start(void)
{
	facts_release(&facts);
	seen_release(&seen);
	facts = (struct facts){ .path = "facts.csv" };
	seen_init(&seen);
}

static void give(const char *name, const char *value)
{
	enum fact fact = fact_find(slice_from(name));
	buffer_clear(&facts.of[fact].text);
	CHECK_NUMBER(fact_read(fact, slice_from(value), &facts.of[fact]), 0);
	CHECK_NUMBER(buffer_append(&facts.of[fact].text, slice_from(value)), 0);
}

static void add(struct id_list *list, const char *id)
{
	CHECK_NUMBER(id_list_add(list, slice_from(id)), 0);
}

static void count(struct file_counts *counts, const char *file, int rows)
{
	for (int i = 0; i < rows; i++)
		CHECK_NUMBER(file_counts_add(counts, slice_from(file)), 0);
}

/* Is what the last proof saw certain, so that nobody can tell it to be done? */
#define CHECK_REFUTED(want) CHECK(finding.refuted == (want))

static void expect(const char *proof, const char *status, const char *evidence)
{
	const struct known known = { &facts, &seen, AS_OF };
	prove(proof_find(slice_from(proof)), &known, &finding);
	CHECK(!finding.memory_failed);
	CHECK_TEXT(slice_from(task_status_name(finding.status)), status);
	CHECK_TEXT(buffer_slice(&finding.evidence), evidence);
}

static void test_names(void)
{
	for (int i = 0; i < PROOF_COUNT; i++)
		CHECK_NUMBER(proof_find(slice_from(proof_name((enum proof)i))), i);
	CHECK_NUMBER(proof_find(SLICE("no-such-proof")), PROOF_COUNT);
	start();
	expect("", "todo", "");
}

static void test_versions(void)
{
	start();
	expect("versions", "unknown",
		"fact source_version is not given; fact target_version is not given");
	give("source_version", "b2511");
	expect("versions", "unknown", "fact target_version is not given");
	give("target_version", "2511");
	expect("versions", "done", "facts.csv: source_version=b2511, target_version=2511");
	give("target_version", "2605");
	expect("versions", "done", "facts.csv: source_version=b2511, target_version=2605");
	give("target_version", "2505");
	expect("versions", "blocked",
		"facts.csv: source_version=b2511, target_version=2505, the target is older");
	give("target_version", "2511.2");
	expect("versions", "unknown",
		"facts.csv: source_version=b2511, target_version=2511.2, of which one is not given "
		"to the last part");
}

static void test_scope(void)
{
	start();
	expect("scope", "unknown", "fact scope is not given");
	give("scope", "full");
	expect("scope", "done", "facts.csv: scope=full");
	give("scope", "learning");
	expect("scope", "todo", "facts.csv: scope=learning");
	give("scope", "platform");
	expect("scope", "todo", "facts.csv: scope=platform");
	expect("irt-window", "unknown", "fact refresh_day is not given");
	give("refresh_day", "2026-12-04");
	expect("irt-window", "todo", "facts.csv: refresh_day=2026-12-04, a Friday");
	give("refresh_day", "2026-12-05");
	expect("irt-window", "blocked", "facts.csv: refresh_day=2026-12-05, a Saturday");
	give("refresh_day", "2026-12-06");
	expect("irt-window", "blocked", "facts.csv: refresh_day=2026-12-06, a Sunday");
}

#define RUN "facts.csv: employee_export_next_run="

static void test_export(void)
{
	start();
	expect("export-platform", "unknown", "fact employee_export_next_run is not given");
	expect("export-central", "unknown", "fact employee_export_next_run is not given");
	give("employee_export_next_run", "none");
	expect("export-platform", "blocked", RUN "none, no job");
	expect("export-central", "blocked", RUN "none, without the job the refresh fails");
	give("employee_export_next_run", "2026-11-21");
	expect("export-platform", "done", RUN "2026-11-21");
	expect("export-central", "done", RUN "2026-11-21");
	give("employee_export_next_run", "2026-11-20T23:00:00");
	expect("export-platform", "unknown", RUN "2026-11-20T23:00:00, which may be past by now");
	expect("export-central", "unknown", RUN "2026-11-20T23:00:00, which may be past by now");
	give("employee_export_next_run", "2026-11-19");
	expect("export-platform", "blocked", RUN "2026-11-19, which is past");
	expect("export-central", "unknown",
		RUN "2026-11-19, which is past; what makes the job valid is not documented");
	give("refresh_day", "2026-11-20");
	expect("export-platform", "blocked", RUN "2026-11-19, which is past");
	give("refresh_day", "2026-11-19");
	expect("export-platform", "unknown", RUN "2026-11-19, which is past, as the refresh is");
	expect("export-central", "unknown", RUN "2026-11-19, which is past, as the refresh is");
	give("employee_export_next_run", "none");
	expect("export-platform", "unknown",
		RUN "none, which may not have been so before the refresh");
	expect("export-central", "unknown",
		RUN "none, which may not have been so before the refresh");
	give("refresh_day", "2026-11-20");
	expect("export-platform", "blocked", RUN "none, no job");
	expect("export-central", "blocked", RUN "none, without the job the refresh fails");
}

static void test_contingency(void)
{
	struct admins_seen *a = &seen.admins;
	start();
	expect("contingency-admin", "todo", "not checked without --admins");
	a->path = "admins.csv";
	expect("contingency-admin", "unknown", "admins.csv: no column \"roles\"");
	a->has_roles = true;
	expect("contingency-admin", "unknown", "admins.csv: no rows");
	a->rows = 12;
	expect("contingency-admin", "todo",
		"admins.csv: 0 of 12 administrators hold ALL and ALL_CONNECTOR");
	add(&a->contingency[CONTINGENCY_UNCHECKED], "A1");
	expect("contingency-admin", "todo",
		"admins.csv: 1 of 12 administrators hold ALL and ALL_CONNECTOR; whether the "
		"related "
		"user is managed in the Platform is not checked without --users: A1");
	start();
	*a = (struct admins_seen){ .path = "admins.csv", .users_path = "users.csv", .rows = 9 };
	a->has_roles = true;
	for (int i = CONTINGENCY_LOCKED; i < CONTINGENCY_COUNT; i++) {
		char id[] = { 'A', (char)('0' + i), '\0' };
		add(&a->contingency[i], id);
	}
	expect("contingency-admin", "todo",
		"admins.csv: 7 of 9 administrators hold ALL and ALL_CONNECTOR; locked: A2; not "
		"known "
		"whether locked: A3; no related user: A4; related user managed in the Platform: "
		"A5; "
		"not known whether the related user is native and active: A6; related user "
		"inactive: "
		"A7; related user not among the users: A8");
	add(&a->contingency[CONTINGENCY_NATIVE], "N1");
	add(&a->contingency[CONTINGENCY_NATIVE], "N\n2");
	expect("contingency-admin", "done",
		"admins.csv: ALL and ALL_CONNECTOR, with a native user of users.csv: N1, N\\x0A2");
}

static void test_admins(void)
{
	struct admins_seen *a = &seen.admins;
	start();
	expect("admin-mails", "todo", "not checked without --admins");
	expect("report-developer", "todo", "not checked without --admins");
	a->path = "admins.csv";
	expect("admin-mails", "unknown", "admins.csv: no column \"email\"");
	expect("report-developer", "unknown", "admins.csv: no column \"roles\"");
	a->has_email = a->has_roles = true;
	expect("admin-mails", "unknown", "admins.csv: no rows");
	expect("report-developer", "unknown", "admins.csv: no rows");
	a->rows = 3;
	expect("admin-mails", "unknown", "fact source_mail_domain is not given");
	give("source_mail_domain", "acme.example");
	expect("admin-mails", "done",
		"admins.csv: 0 of 3 administrators have an address at acme.example");
	add(&a->without_email, "B");
	expect("admin-mails", "unknown",
		"admins.csv: 0 of 3 administrators have an address at acme.example; address not "
		"known: B");
	CHECK_REFUTED(false);
	add(&a->at_source, "A");
	expect("admin-mails", "todo",
		"admins.csv: 1 of 3 administrators have an address at acme.example: A; address not "
		"known: B");
	CHECK_REFUTED(true);
#define NOBODY                                                                                     \
	"admins.csv: none of 3 administrators holds REPORT_DEVELOPER and is known not to be "      \
	"locked"
	expect("report-developer", "todo", NOBODY);
	CHECK_REFUTED(true);
	add(&a->developers_locked, "L");
	expect("report-developer", "todo", NOBODY "; locked: L");
	add(&a->developers_lock_unknown, "M");
	expect("report-developer", "unknown", NOBODY "; locked: L; not known whether locked: M");
	CHECK_REFUTED(false);
	add(&a->developers, "D");
	expect("report-developer", "done", "admins.csv: REPORT_DEVELOPER: D");
	CHECK_REFUTED(false);
}

static void test_configuration(void)
{
	struct config_seen *c = &seen.config;
	start();
	expect("config-backup", "todo", "not checked without --config");
	*c = (struct config_seen){ .path = "config.csv", .files = 3 };
	c->there[CONFIG_BIZX] = c->filled[CONFIG_BIZX] = true;
	c->there[CONFIG_CONNECTORS] = true;
	expect("config-backup", "todo",
		"config.csv: 3 files, CONNECTORS is empty, REPORT_SYSTEM is missing, iContent is "
		"missing");
	for (int i = 0; i < CONFIG_NAMED; i++)
		c->there[i] = c->filled[i] = true;
	expect("config-backup", "done",
		"config.csv: 3 files, BIZX, CONNECTORS, REPORT_SYSTEM and iContent among them");
}

static void test_changes(void)
{
	struct changes_seen *c = &seen.changes;
	start();
	expect("config-validated", "todo", "not checked without --changes");
	expect("retype-connectors", "todo", "");
	expect("retype-deployment", "todo", "");
	expect("regenerate", "todo", "");
	c->path = "changes.csv";
	c->rows = 7;
	c->actions[CHANGE_ACCEPT] = 4;
	c->actions[CHANGE_NONE] = 3;
	expect("config-validated", "done", "changes.csv: 0 of 7 rows left");
	for (int i = 0; i < CHANGE_ACCEPT; i++) {
		c->actions[i] = 1;
		const struct known known = { &facts, &seen, AS_OF };
		prove(PROOF_CONFIG_VALIDATED, &known, &finding);
		CHECK_NUMBER(finding.status, TASK_TODO);
		CHECK_REFUTED(i == CHANGE_RESTORE);
		c->actions[i] = 0;
	}
	expect("retype-connectors", "todo", "changes.csv: 0 to retype for the connectors");
	expect("regenerate", "todo", "changes.csv: 0 to regenerate");
	static const uint64_t actions[CHANGE_ACTION_COUNT] = { 4, 3, 2, 1, 5, 5 };
	c->rows = 20;
	memcpy(c->actions, actions, sizeof actions);
	count(&c->retype[RETYPE_CONNECTORS], "CONNECTORS", 2);
	count(&c->retype[RETYPE_DEPLOYMENT], "iContent", 1);
	count(&c->retype[RETYPE_DEPLOYMENT], "Deployment Location", 3);
	count(&c->regenerate, "OPEN CONTENT\nNETWORK", 2);
	expect("config-validated", "todo",
		"changes.csv: 10 of 20 rows left, restore 4, retype 3, regenerate 2, review 1");
	expect("retype-connectors", "todo",
		"changes.csv: 2 to retype for the connectors: CONNECTORS 2");
	expect("retype-deployment", "todo",
		"changes.csv: 4 to retype for iContent and deployment locations: iContent 1, "
		"Deployment Location 3");
	expect("regenerate", "todo", "changes.csv: 2 to regenerate: OPEN CONTENT\\x0ANETWORK 2");
	count(&c->retype[RETYPE_OTHER], "REPORT_SYSTEM", 1);
	expect("config-validated", "todo",
		"changes.csv: 10 of 20 rows left, restore 4, retype 3, regenerate 2, review 1; to "
		"retype as a part of this task: REPORT_SYSTEM 1");
	for (char name[] = "F00"; name[2] <= '9'; name[2]++)
		count(&c->regenerate, name, 1);
	expect("regenerate", "todo",
		"changes.csv: 12 to regenerate: OPEN CONTENT\\x0ANETWORK 2, F00 1, F01 1, F02 1, "
		"F03 1, F04 1, F05 1, F06 1, F07 1, F08 1 and 1 more");
}

static void test_reports(void)
{
	struct reports_seen *r = &seen.reports;
	start();
	expect("reports-before", "todo", "not checked without --reports");
	expect("reports-after", "todo", "not checked without --reports");
	r->path = "reports.csv";
	r->rows = 40;
	expect("reports-before", "unknown", "reports.csv: no column \"recurring\"");
	r->has_recurring = true;
	expect("reports-before", "done", "reports.csv: 0 of 40 recurring");
	expect("reports-after", "done", "reports.csv: 0 of 40 recurring");
	r->recurring_unknown = 2;
	expect("reports-before", "unknown", "reports.csv: 0 of 40 recurring; not known of 2");
	expect("reports-after", "unknown", "reports.csv: 0 of 40 recurring; not known of 2");
	add(&r->recurring, "R01");
	expect("reports-after", "todo",
		"reports.csv: 1 of 40 recurring: R01; not known of 2; no column \"enabled\"");
	r->has_enabled = true;
	r->recurring_unknown = 0;
	expect("reports-after", "todo", "reports.csv: 1 of 40 recurring: R01; none enabled");
	CHECK_REFUTED(false);
	r->running_unknown = 1;
	expect("reports-after", "todo",
		"reports.csv: 1 of 40 recurring: R01; not known of 1 whether enabled");
	r->recurring_unknown = 2;
	for (char id[] = "R02"; id[2] <= '9'; id[2]++)
		add(&r->recurring, id);
	add(&r->recurring, "R10");
	add(&r->running, "R02");
#define TEN "R01, R02, R03, R04, R05, R06, R07, R08, R09, R10"
	expect("reports-before", "todo",
		"reports.csv: 10 of 40 recurring: " TEN "; not known of 2");
	add(&r->recurring, "R11");
	add(&r->recurring, "R12");
	expect("reports-before", "todo",
		"reports.csv: 12 of 40 recurring: " TEN " and 2 more; not known of 2");
	expect("reports-after", "todo",
		"reports.csv: 12 of 40 recurring: " TEN
		" and 2 more; not known of 2; enabled: R02; not known of 1 whether enabled");
	/* No row at all is well known to be none, but where somebody says that there are some. */
	start();
	*r = (struct reports_seen){ .path = "reports.csv", .has_recurring = true };
	expect("reports-before", "done", "reports.csv: 0 of 0 recurring");
	expect("reports-after", "done", "reports.csv: 0 of 0 recurring");
	give("recurring_reports", "Y");
	expect("reports-before", "unknown", "reports.csv: no rows");
	expect("reports-after", "unknown", "reports.csv: no rows");
	r->rows = 1;
	expect("reports-after", "done", "reports.csv: 0 of 1 recurring");
}

static void test_jobs(void)
{
	struct jobs_seen *j = &seen.jobs;
	start();
	expect("jobs-customer", "todo", "not checked without --jobs-before and --jobs-after");
	expect("jobs-system", "todo", "not checked without --jobs-before and --jobs-after");
	j->before_path = "b.csv";
	j->after_path = "a.csv";
	expect("jobs-customer", "unknown", "b.csv: no rows");
	expect("jobs-system", "unknown", "b.csv: no rows");
	CHECK_NUMBER(keys_add(&j->before, SLICE("APM-1")), 0);
	expect("jobs-customer", "unknown", "b.csv, a.csv: 0 of 0 not enabled any more");
	expect("jobs-system", "unknown", "b.csv, a.csv: 0 of 0 not enabled any more");
	j->enabled[JOBS_CUSTOMER] = 5;
	j->enabled[JOBS_SYSTEM] = 3;
	expect("jobs-customer", "done", "b.csv, a.csv: 0 of 5 not enabled any more");
	expect("jobs-system", "done", "b.csv, a.csv: 0 of 3 not enabled any more");
	add(&j->lost[JOBS_CUSTOMER], "APM-1");
	add(&j->lost[JOBS_CUSTOMER], "APM-2");
	expect("jobs-customer", "todo", "b.csv, a.csv: 2 of 5 not enabled any more: APM-1, APM-2");
	CHECK_REFUTED(true);
	expect("jobs-system", "done", "b.csv, a.csv: 0 of 3 not enabled any more");
	CHECK_REFUTED(false);
	j->absent[JOBS_CUSTOMER] = 1;
	j->owners_unknown = 2;
	expect("jobs-customer", "todo",
		"b.csv, a.csv: 2 of 5 not enabled any more, 1 of them absent, 2 of them of an "
		"unknown owner: APM-1, APM-2");
	expect("jobs-system", "unknown",
		"b.csv, a.csv: 0 of 3 not enabled any more, and 2 of an unknown owner");
	add(&j->lost[JOBS_SYSTEM], "SYS-1");
	expect("jobs-system", "todo", "b.csv, a.csv: 1 of 3 not enabled any more: SYS-1");
}

int main(void)
{
	test_names();
	test_versions();
	test_scope();
	test_export();
	test_contingency();
	test_admins();
	test_configuration();
	test_changes();
	test_reports();
	test_jobs();
	start();
	facts_release(&facts);
	seen_release(&seen);
	finding_release(&finding);
	return test_report("proofs_test");
}
