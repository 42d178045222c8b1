/*
 * The proofs by the streams of administrators, configurations, reports and jobs, likewise.
 */
#include "given_test.h"

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
	add(&a->ways_in[WAY_IN_UNCHECKED], "A1");
	expect("contingency-admin", "todo",
		"admins.csv: 1 of 12 administrators hold ALL and ALL_CONNECTOR; whether the "
		"related user is managed in the Platform is not checked without --users: A1");
	start();
	*a = (struct admins_seen){ .path = "admins.csv", .users_path = "users.csv", .rows = 20 };
	a->has_roles = true;
	for (int i = WAY_IN_LOCKED; i < WAY_IN_UNKNOWN; i++) {
		char id[] = { 'A', (char)('0' + i), '\0' };
		add(&a->ways_in[i], id);
	}
	expect("contingency-admin", "todo",
		"admins.csv: 6 of 20 administrators hold ALL and ALL_CONNECTOR; locked: A2; no "
		"related user: A3; related user not among the users: A4; related user inactive: "
		"A5; related user managed in the Platform: A6; native_deeplink_user of the related "
		"user is N: A7");
	CHECK_REFUTED(false);
	static const char *const reasons[WAY_IN_COUNT] = {
		[WAY_IN_LOCK_UNKNOWN] = "not known whether locked",
		[WAY_IN_STATUS_UNKNOWN] = "not known whether the related user is active",
		[WAY_IN_IAS_UNKNOWN] = "whether the related user is managed in the Platform is not "
				       "known, as fact ias is not given",
		[WAY_IN_SOURCE_UNKNOWN] = "source_system of the related user not known",
		[WAY_IN_DEEPLINK_UNKNOWN] = "native_deeplink_user of the related user not known",
		[WAY_IN_PROVISIONED] = "not known whether the related user, of Identity "
				       "Provisioning, is managed in the Platform",
		[WAY_IN_DISAGREES] = "native_deeplink_user of the related user is Y, but "
				     "source_system is platform",
	};
	for (int i = WAY_IN_UNKNOWN; i < WAY_IN_COUNT; i++) {
		char want[256];
		seen_release(&seen);
		seen_init(&seen);
		*a = (struct admins_seen){ .path = "a.csv", .rows = 3, .has_roles = true };
		add(&a->ways_in[WAY_IN_LOCKED], "L");
		add(&a->ways_in[i], "B");
		snprintf(want, sizeof want,
			"a.csv: 2 of 3 administrators hold ALL and ALL_CONNECTOR; locked: L; %s: B",
			reasons[i]);
		expect("contingency-admin", "unknown", want);
	}
	a->users_path = "users.csv";
	add(&a->ways_in[WAY_IN_NATIVE], "N1");
	add(&a->ways_in[WAY_IN_NATIVE], "N\n2");
	expect("contingency-admin", "done",
		"a.csv: ALL and ALL_CONNECTOR, with a native user of users.csv: N1, N\\x0A2");
	/* What is seen from the day of the refresh on may be of the time after it. */
	give("refresh_day", "2026-11-21");
	expect("contingency-admin", "done",
		"a.csv: ALL and ALL_CONNECTOR, with a native user of users.csv: N1, N\\x0A2");
	give("refresh_day", "2026-11-20");
	expect("contingency-admin", "unknown",
		"a.csv: what is seen on 2026-11-20 says nothing of the time before the refresh of "
		"2026-11-20");
	a->path = NULL;
	expect("contingency-admin", "todo", "not checked without --admins");
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
	add(&a->email_unclear, "C");
	expect("admin-mails", "unknown",
		"admins.csv: 0 of 3 administrators have an address at acme.example; not one plain "
		"address: C");
	CHECK_REFUTED(false);
	id_list_release(&a->email_unclear);
	a->email_unclear = (struct id_list){ 0 };
	add(&a->without_email, "B");
	expect("admin-mails", "unknown",
		"admins.csv: 0 of 3 administrators have an address at acme.example; no address: B "
		"(told with --done if deleted)");
	CHECK_REFUTED(false);
	add(&a->email_unclear, "C");
	add(&a->at_source, "A");
	expect("admin-mails", "todo",
		"admins.csv: 1 of 3 administrators have an address at acme.example: A; not one "
		"plain address: C; no address: B (told with --done if deleted)");
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
	/* Before the refresh, of the source; from its day on, of who knows which time. */
	give("refresh_day", "2026-11-20");
	expect("reports-before", "unknown",
		"reports.csv: what is seen on 2026-11-20 says nothing of the time before the "
		"refresh of 2026-11-20");
	give("refresh_day", "2026-11-21");
	expect("reports-before", "todo",
		"reports.csv: 12 of 40 recurring: " TEN " and 2 more; not known of 2");
	r->path = NULL;
	give("refresh_day", "2026-11-20");
	expect("reports-before", "todo", "not checked without --reports");
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
	test_contingency();
	test_admins();
	test_configuration();
	test_reports();
	test_jobs();
	start();
	facts_release(&facts);
	seen_release(&seen);
	finding_release(&finding);
	return test_report("proofs_seen_test");
}
