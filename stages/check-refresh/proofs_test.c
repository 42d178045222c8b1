/*
 * The proofs by facts and changes: how the task stands, and the evidence, for every way they can
 * be.
 */
#include "given_test.h"

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
	give("refresh_day", "2026-11-21");
	expect("export-platform", "done", RUN "2026-11-21");
	expect("export-central", "done", RUN "2026-11-21");
	give("refresh_day", "2026-11-22");
	expect("export-platform", "done",
		RUN "2026-11-21, which is before the refresh: to be given anew after that day");
	expect("export-central", "done",
		RUN "2026-11-21, which is before the refresh: to be given anew after that day");
	for (const char *day = "2026-11-20"; day; day = day[9] == '0' ? "2026-11-19" : NULL) {
		give("refresh_day", day);
		expect("export-platform", "unknown",
			RUN "2026-11-21, which says nothing of the time before the refresh");
		expect("export-central", "unknown",
			RUN "2026-11-21, which says nothing of the time before the refresh");
	}
	start();
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
	add(&c->missing[RETYPE_CONNECTORS], "CONNECTORS");
	expect("retype-connectors", "todo",
		"changes.csv: 0 to retype for the connectors; on one side only, its keys not "
		"listed: CONNECTORS");
	expect("retype-deployment", "todo",
		"changes.csv: 0 to retype for iContent and deployment locations");
	id_list_release(&c->missing[RETYPE_CONNECTORS]);
	c->missing[RETYPE_CONNECTORS] = (struct id_list){ 0 };
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

int main(void)
{
	test_names();
	test_versions();
	test_scope();
	test_export();
	test_changes();
	start();
	facts_release(&facts);
	seen_release(&seen);
	finding_release(&finding);
	return test_report("proofs_test");
}
