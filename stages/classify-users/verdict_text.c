#include "verdict_text.h"

#include <stdio.h>

void verdict_texts_init(struct verdict_texts *t, enum format format)
{
	char delimiter = format == FORMAT_TSV ? '\t' : ',';
	for (unsigned row = 0; row < VERDICT_ROWS; row++)
		for (int documented = 0; documented < 2; documented++) {
			struct verdict_text *text = &t->rows[row][documented];
			struct verdict v = verdict_of_row(row);
			/* They are words of ours, which no format writes otherwise. */
			int length = snprintf(text->text, VERDICT_TEXT - SLICE_SLACK,
				"%s%c%s%c%s%c%s", decision_name(v.decision), delimiter,
				decision_reason_name(v.reason), delimiter, v.rule, delimiter,
				documented ? "documented" : "inferred");
			text->length = (size_t)length;
		}
}
