#include "verdict_text.h"

#include "test.h"

/* As the writer would write the four fields one by one. */
static void test_row(enum format format, unsigned row, bool documented)
{
	struct verdict_texts texts;
	struct verdict v = verdict_of_row(row);
	struct writer w;
	v.documented = documented;
	verdict_texts_init(&texts, format);
	writer_init(&w, NULL, format);
	writer_field(&w, slice_from(decision_name(v.decision)));
	writer_field(&w, slice_from(decision_reason_name(v.reason)));
	writer_field(&w, slice_from(v.rule));
	writer_field(&w, documented ? SLICE("documented") : SLICE("inferred"));
	CHECK_SLICE(verdict_text(&texts, &v), writer_begun(&w));
	CHECK(verdict_text(&texts, &v).len + SLICE_SLACK <= VERDICT_TEXT);
	writer_release(&w);
}

int main(void)
{
	for (unsigned row = 0; row < VERDICT_ROWS; row++) {
		test_row(FORMAT_CSV, row, false);
		test_row(FORMAT_CSV, row, true);
		test_row(FORMAT_TSV, row, false);
		test_row(FORMAT_TSV, row, true);
	}
	return test_report("verdict_text_test");
}
