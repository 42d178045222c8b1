/*
 * Facts, the conditions over them, and what may stand in for a fact.
 */
#include "proofs.h"

#include "test.h"

static void give(struct facts *f, const char *name, const char *value)
{
	enum fact fact = fact_find(slice_from(name));
	CHECK(fact != FACT_COUNT);
	CHECK_NUMBER(fact_read(fact, slice_from(value), &f->of[fact]), 0);
}

static void test_truth(const struct facts *f, const char *text, enum truth want)
{
	struct condition c;
	struct error e = { 0 };
	const struct place place = { "tasks.csv", 2, { NULL, 0 } };
	if (!CHECK(condition_read(&c, slice_from(text), &place, &e) == 0))
		fprintf(stderr, "\t%s: %.*s\n", text, (int)e.text.len, e.text.ptr);
	else if (!CHECK(condition_truth(&c, f) == want))
		fprintf(stderr, "\t%s\n", text);
	error_release(&e);
}

static void test_words(void)
{
	struct facts f = { 0 };
	give(&f, "scope", "learning");
	give(&f, "odata", "N");
	give(&f, "release", "2505");
	test_truth(&f, "", TRUTH_TRUE);
	test_truth(&f, "scope=learning", TRUTH_TRUE);
	test_truth(&f, "scope=full|learning", TRUTH_TRUE);
	test_truth(&f, "scope=full|platform", TRUTH_FALSE);
	test_truth(&f, "scope!=learning", TRUTH_FALSE);
	test_truth(&f, "scope!=full|platform", TRUTH_TRUE);
	test_truth(&f, " scope = learning ", TRUTH_TRUE);
	test_truth(&f, "odata=Y", TRUTH_FALSE);
	test_truth(&f, "odata!=Y", TRUTH_TRUE);
	test_truth(&f, "release<2511", TRUTH_TRUE);
	test_truth(&f, "release<2505", TRUTH_FALSE);
	test_truth(&f, "ias=Y", TRUTH_UNKNOWN);
	test_truth(&f, "ias!=Y", TRUTH_UNKNOWN);
	test_truth(&f, "ias=Y|N", TRUTH_UNKNOWN);
	/* False where one is, in whatever order; not known where none is false. */
	test_truth(&f, "ias=Y & odata=Y", TRUTH_FALSE);
	test_truth(&f, "odata=Y & ias=Y", TRUTH_FALSE);
	test_truth(&f, "odata=N & ias=Y", TRUTH_UNKNOWN);
	test_truth(&f, "ias=Y & odata=N", TRUTH_UNKNOWN);
	test_truth(&f, "odata=N & scope=learning & release<2511", TRUTH_TRUE);
	test_truth(&f, "odata=N&scope=learning", TRUTH_TRUE);
	test_truth(&f, "employee_export_next_run=none", TRUTH_UNKNOWN);
	give(&f, "employee_export_next_run", "none");
	test_truth(&f, "employee_export_next_run=none", TRUTH_TRUE);
	test_truth(&f, "employee_export_next_run!=none", TRUTH_FALSE);
	give(&f, "employee_export_next_run", "2026-12-01T04:00:00");
	test_truth(&f, "employee_export_next_run=none", TRUTH_FALSE);
	test_truth(&f, "employee_export_next_run!=none", TRUTH_TRUE);
}

static void test_bad(const char *text, const char *want)
{
	struct condition c;
	struct error e = { 0 };
	const struct place place = { "tasks.csv", 7, SLICE("applies_when") };
	CHECK(condition_read(&c, slice_from(text), &place, &e) != 0);
	CHECK_NUMBER(e.status, STATUS_INPUT);
	CHECK(e.hint.len > 0);
	if (!CHECK(e.text.len && memmem(e.text.ptr, e.text.len, want, strlen(want))))
		fprintf(stderr, "\t%s: %.*s\n", text, (int)e.text.len, e.text.ptr);
	error_release(&e);
}

static void test_faults(void)
{
	test_bad("moon=full", "no such fact (got \"moon\")");
	test_bad("=full", "no such fact (got \"\")");
	test_bad("scope", "no condition");
	test_bad("scope!full", "no condition");
	test_bad("scope=", "a word that the fact never is");
	test_bad("scope=ful", "a word that the fact never is");
	test_bad("scope=full|", "a word that the fact never is");
	test_bad("scope=full & ", "no condition");
	test_bad("& scope=full", "no condition");
	test_bad("odata=yes", "a word that the fact never is");
	test_bad("employee_export_next_run=2026-12-01", "a word that the fact never is");
	test_bad("refresh_day=2026-12-01", "no words to compare with");
	test_bad("release=2511", "no words to compare with");
	test_bad("release<25", "of four digits");
	test_bad("release<0000", "of four digits");
	test_bad("scope<2511", "of four digits");
	test_bad("ias=Y&ias=Y&ias=Y&ias=Y&ias=Y&ias=Y&ias=Y&ias=Y&ias=Y", "more terms than eight");
}

static void test_values(void)
{
	static const struct {
		const char *fact, *good, *bad;
	} values[] = {
		{ "refresh_day", "2026-12-07", "2026-02-30" },
		{ "refresh_day", "1900-01-01", "2026-12-07T08:00:00" },
		{ "method", "irt", "IRT" },
		{ "scope", "platform", "full " },
		{ "source_version", "b2511.3.1", "b2511." },
		{ "source_version", "B2511", "2511a" },
		{ "target_version", "2511", "bb2511" },
		{ "target_version", "1.2.3.4", "1.2.3.4.5" },
		{ "target_version", "123456789", "1234567890" },
		{ "target_version", "1", "b" },
		{ "integration", "employee-central", "ec" },
		{ "employee_export_next_run", "none", "never" },
		{ "employee_export_next_run", "2026-12-01T04:30:00", "2026-12-01 04:30" },
		{ "odata", "Y", "yes" },
		{ "release", "2511", "b2511" },
		{ "release", "0000", "25111" },
		{ "source_mail_domain", "acme.example", "@acme.example" },
		{ "source_mail_domain", "a", "acme example" },
		{ "source_mail_domain", "b.c", ".c" },
	};
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		struct fact_value v = { 0 };
		enum fact fact = fact_find(slice_from(values[i].fact));
		if (!CHECK(fact_read(fact, slice_from(values[i].good), &v) == 0))
			fprintf(stderr, "\t%s\n", values[i].good);
		if (!CHECK(fact_read(fact, slice_from(values[i].bad), &v) != 0))
			fprintf(stderr, "\t%s\n", values[i].bad);
	}
}

static void test_order(const char *a, const char *b, enum version_order want)
{
	struct fact_value x = { 0 };
	struct fact_value y = { 0 };
	fact_read(FACT_SOURCE_VERSION, slice_from(a), &x);
	fact_read(FACT_TARGET_VERSION, slice_from(b), &y);
	if (!CHECK(version_compare(&x.version, &y.version) == want))
		fprintf(stderr, "\t%s %s\n", a, b);
}

static void test_versions(void)
{
	test_order("2511", "2511", VERSION_SAME);
	test_order("b2511", "2511", VERSION_SAME);
	test_order("2505", "2511", VERSION_OLDER);
	test_order("2511", "2505.9", VERSION_NEWER);
	test_order("2511.3", "2511.10", VERSION_OLDER); /* numbers, not digits */
	test_order("2511.3", "2511.03", VERSION_SAME);
	test_order("2511", "2511.3", VERSION_UNCLEAR);
	test_order("2511.3", "2511", VERSION_UNCLEAR);
}

static void expect_applies(
	const struct known *known, const char *proof, const char *text, enum truth want)
{
	const struct place place = { "tasks.csv", 2, { NULL, 0 } };
	struct condition c;
	struct error e = { 0 };
	CHECK_NUMBER(condition_read(&c, slice_from(text), &place, &e), 0);
	if (!CHECK(proof_applies(proof_find(slice_from(proof)), &c, known) == want))
		fprintf(stderr, "\t%s %s\n", proof, text);
	error_release(&e);
}

/*
 * What the reports show stands in for the fact, for their own tasks or, where one recurs, for all.
 */
static void test_shown(void)
{
	static const char both[] = "recurring_reports=Y & scope!=platform";
	struct facts f = { .path = "facts.csv" };
	struct seen seen;
	struct finding finding = { 0 };
	const struct known known = { &f, &seen, 0 };
	seen_init(&seen);
	give(&f, "scope", "full");
	expect_applies(&known, "reports-before", both, TRUTH_UNKNOWN);
	seen.reports.path = "reports.csv";
	expect_applies(&known, "reports-before", both, TRUTH_UNKNOWN);
	seen.reports.has_recurring = true;
	expect_applies(&known, "reports-before", both, TRUTH_TRUE);
	expect_applies(&known, "reports-after", both, TRUTH_TRUE);
	expect_applies(&known, "scope", both, TRUTH_UNKNOWN);
	expect_applies(
		&known, "reports-after", "recurring_reports=Y & integration!=none", TRUTH_UNKNOWN);
	give(&f, "scope", "platform");
	expect_applies(&known, "reports-before", both, TRUTH_FALSE);
	CHECK_NUMBER(facts_show(&f, FACT_RECURRING_REPORTS, SLICE("Y"), "reports.csv"), 0);
	expect_applies(&known, "", "recurring_reports=Y", TRUTH_TRUE);
	expect_applies(&known, "", "recurring_reports=N", TRUTH_FALSE);
	finding_say_fact(&finding, &f, FACT_RECURRING_REPORTS);
	CHECK_TEXT(buffer_slice(&finding.evidence), "reports.csv: recurring_reports=Y");
	finding_start(&finding, TASK_TODO);
	finding_say(&finding, "facts.csv: a=b");
	finding_add_fact(&finding, &f, FACT_RECURRING_REPORTS);
	CHECK_TEXT(buffer_slice(&finding.evidence),
		"facts.csv: a=b; reports.csv: recurring_reports=Y");
	/* A fact that is given is not put aside. */
	facts_release(&f);
	f = (struct facts){ .path = "facts.csv" };
	give(&f, "recurring_reports", "N");
	CHECK_NUMBER(facts_show(&f, FACT_RECURRING_REPORTS, SLICE("Y"), "reports.csv"), 0);
	expect_applies(&known, "reports-before", "recurring_reports=Y", TRUTH_FALSE);
	facts_release(&f);
	seen_release(&seen);
	finding_release(&finding);
}

int main(void)
{
	test_words();
	test_faults();
	test_values();
	test_versions();
	test_shown();
	return test_report("condition_test");
}
