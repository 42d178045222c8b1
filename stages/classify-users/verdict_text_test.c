#include "verdict_text.h"

#include "test.h"
#include "word.h"

/* As the writer would write the fields one by one. */
static void expect(struct verdict_texts *texts, struct writer *w, const struct verdict *v,
	enum account_type account)
{
	char day[DAY_TEXT];
	char age[NUMBER_TEXT];
	char alerts[400] = "";
	char got[VERDICT_TEXT];
	const bool dated = v->basis != DAY_NONE;
	for (unsigned i = 0; v->alerts >> i; i++)
		if (v->alerts >> i & 1)
			snprintf(alerts + strlen(alerts), sizeof alerts - strlen(alerts), "%s%s",
				*alerts ? ";" : "", alert_name((enum alert)i));
	writer_clear(w);
	writer_field(w, SLICE("id"));
	writer_field(w, slice_from(decision_name(v->decision)));
	writer_field(w, slice_from(decision_reason_name(v->reason)));
	writer_field(w, slice_from(v->rule));
	writer_field(w, v->documented ? SLICE("documented") : SLICE("inferred"));
	writer_field(
		w, account == ACCOUNT_UNKNOWN ? SLICE("") : word_at(ACCOUNT_WORDS, (int)account));
	writer_field(w, dated ? day_write(day, v->basis) : SLICE(""));
	writer_field(w, dated ? number_write(age, v->age) : SLICE(""));
	writer_field(w, v->eligible != DAY_NONE ? day_write(day, v->eligible) : SLICE(""));
	writer_field(w, slice_from(route_name(v->route)));
	writer_field(w, slice_from(alerts));
	int month = 7;
	const char *end = verdict_write(texts, v, account, got, &month);
	const int want_month = v->eligible != DAY_NONE ? day_month(v->eligible) : MONTH_NONE;
	if (month != want_month)
		CHECK_NUMBER(month, want_month);
	struct slice want = slice_skip(writer_begun(w), strlen("id"));
	if (!slice_equal((struct slice){ got, (size_t)(end - got) }, want))
		CHECK_SLICE(((struct slice){ got, (size_t)(end - got) }), want);
	test_passed++;
}

/* Each row of the table with each account, and each route with all alerts there can be. */
static void test_words(enum format format)
{
	struct verdict_texts texts;
	struct writer w;
	verdict_texts_init(&texts, format);
	writer_init(&w, NULL, format);
	for (unsigned row = 0; row < VERDICT_ROWS; row++)
		for (unsigned i = 0; i < 6; i++) {
			struct verdict v = verdict_of_row(row);
			v.documented = i % 2;
			expect(&texts, &w, &v, (enum account_type)(i / 2));
		}
	for (unsigned i = 0; i < 4 << ALERT_COUNT; i++) {
		struct verdict v = verdict_of_row(i % VERDICT_ROWS);
		v.route = (enum route)(i % (ROUTE_NONE + 1));
		/* One set after another, and the same twice. */
		v.alerts = i * 37 / 2 % (1 << ALERT_COUNT);
		expect(&texts, &w, &v, ACCOUNT_EXTERNAL);
	}
	writer_release(&w);
}

/* Days and ages of all lengths. */
static void test_days(enum format format)
{
	static const int ages[] = { 0, 1, 9, 10, 99, 100, 101, 365, 999, 1000, 9999, 10000, 12345,
		99999, 100000, 999999, 1000000, 2958098 };
	static const day_t days[] = { DAY_NONE, -25567, -1, 0, 20777, 2932531, 2932896 };
	struct verdict_texts texts;
	struct writer w;
	verdict_texts_init(&texts, format);
	writer_init(&w, NULL, format);
	for (size_t i = 0; i < sizeof ages / sizeof *ages; i++)
		for (size_t day = 0; day < sizeof days / sizeof *days; day++) {
			struct verdict v = verdict_of_row(15);
			v.basis = days[day];
			/* No day is eligible by a basis that is not known. */
			v.eligible =
				day ? days[(day + i) % (sizeof days / sizeof *days)] : DAY_NONE;
			v.age = ages[i];
			expect(&texts, &w, &v, ACCOUNT_INTERNAL);
			v.age = -v.age;
			expect(&texts, &w, &v, ACCOUNT_UNKNOWN);
		}
	for (int age = -3000; age < 12000; age++) {
		struct verdict v = verdict_of_row(13);
		v.basis = 20777 - age;
		v.age = age;
		expect(&texts, &w, &v, ACCOUNT_INTERNAL);
	}
	writer_release(&w);
}

int main(void)
{
	test_words(FORMAT_CSV);
	test_words(FORMAT_TSV);
	test_days(FORMAT_CSV);
	test_days(FORMAT_TSV);
	return test_report("verdict_text_test");
}
