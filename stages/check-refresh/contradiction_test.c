/*
 * Which facts the inputs speak against: each by itself, and none where both agree.
 */
#include "contradiction.h"

#include "test.h"

static struct facts facts;
static struct seen seen;

static void give(const char *name, const char *value)
{
	enum fact fact = fact_find(slice_from(name));
	buffer_clear(&facts.of[fact].text);
	facts.of[fact] = (struct fact_value){ .text = facts.of[fact].text };
	CHECK_NUMBER(fact_read(fact, slice_from(value), &facts.of[fact]), 0);
	CHECK_NUMBER(buffer_append(&facts.of[fact].text, slice_from(value)), 0);
}

/* "fact: path: what: count;" of all. */
static void expect(day_t as_of, const char *want)
{
	struct contradiction found[CONTRADICTIONS];
	const struct known known = { &facts, &seen, as_of };
	struct buffer got = { 0 };
	size_t count = contradictions_find(&known, found);
	for (size_t i = 0; i < count; i++)
		buffer_printf(&got, "%s: %s: %s: %d;", fact_name(found[i].fact), found[i].path,
			found[i].what, (int)found[i].count);
	CHECK_TEXT(buffer_slice(&got), want);
	buffer_release(&got);
}

static void add(struct id_list *list, const char *id)
{
	CHECK_NUMBER(id_list_add(list, slice_from(id)), 0);
}

#define REFRESH 20794 /* 2026-12-07 */

static void agree(void)
{
	give("recurring_reports", "Y");
	give("odata", "Y");
	give("ias", "Y");
	give("integration", "platform");
	give("scope", "learning");
}

int main(void)
{
	facts = (struct facts){ .path = "facts.csv" };
	seen_init(&seen);
	expect(REFRESH, "");
	give("recurring_reports", "N");
	give("odata", "N");
	give("ias", "N");
	give("integration", "none");
	give("scope", "platform");
	expect(REFRESH, "");
	seen.reports.path = "r.csv";
	seen.admins.path = "a.csv";
	seen.jobs.after_path = "j.csv";
	seen.changes.path = "c.csv";
	seen.config.path = "f.csv";
	add(&seen.reports.recurring, "R");
	add(&seen.reports.running, "R");
	add(&seen.admins.at_source, "A");
	add(&seen.jobs.lost[JOBS_CUSTOMER], "J1");
	add(&seen.jobs.lost[JOBS_SYSTEM], "J2");
	seen.changes.actions[CHANGE_RESTORE] = 3;
	seen.changes.actions[CHANGE_ACCEPT] = seen.changes.actions[CHANGE_NONE] = 9;
	CHECK_NUMBER(file_counts_add(&seen.changes.regenerate, SLICE("X")), 0);
	seen.config.ias_on = true;
#define REPORTS "recurring_reports: r.csv: reports that recur: 1;"
#define SECRETS "odata: c.csv: secrets to be made again: 1;"
#define SIGN_ON "ias: f.csv: files with activateIASAuthentication=true: 1;"
#define LEFT_OF(fact)                                                                              \
	fact ": j.csv: automatic processes that are not enabled any more: 2;" fact                 \
	     ": c.csv: rows of the configuration that are left: 3;"
#define SOURCES                                                                                    \
	"integration: r.csv: recurring reports that are enabled: 1;integration: a.csv: "           \
	"administrators with an address of the source: 1;"
	expect(REFRESH, REPORTS SECRETS SIGN_ON LEFT_OF("integration") LEFT_OF("scope"));
	/* Of the source until the refresh, of the target after it. */
	give("refresh_day", "2026-12-07");
	expect(REFRESH, REPORTS SECRETS SIGN_ON LEFT_OF("integration") LEFT_OF("scope"));
	expect(REFRESH + 1,
		REPORTS SECRETS SIGN_ON LEFT_OF("integration") SOURCES LEFT_OF("scope"));
	give("scope", "full");
	give("integration", "employee-central");
	expect(REFRESH + 1, REPORTS SECRETS SIGN_ON);
	/* That there is no report is odd where some recur; but not what is known of no column. */
	seen.reports.has_recurring = true;
	expect(REFRESH + 1, REPORTS SECRETS SIGN_ON);
	agree();
	expect(REFRESH + 1, "recurring_reports: r.csv: reports that recur: 0;");
	seen.reports.rows = 1;
	expect(REFRESH + 1, "");
	seen.reports.rows = 0;
	seen.reports.has_recurring = false;
	expect(REFRESH + 1, "");
	facts_release(&facts);
	seen_release(&seen);
	return test_report("contradiction_test");
}
