/*
 * The words of a verdict as the decisions stream has them: decision, reason, rule and basis follow from
 * the row of the decision table, so they are put together once and not for each user.
 */
#ifndef VERDICT_TEXT_H
#define VERDICT_TEXT_H

#include "rules.h"
#include "writer.h"

/* More than the longest of them takes, and slack. */
#define VERDICT_TEXT 96

struct verdict_text {
	char text[VERDICT_TEXT]; /* with the format's delimiter between */
	size_t length;
};

struct verdict_texts {
	struct verdict_text rows[VERDICT_ROWS][2]; /* of each row: inferred, documented */
};

void verdict_texts_init(struct verdict_texts *t, enum format format);

static inline struct slice verdict_text(const struct verdict_texts *t, const struct verdict *v)
{
	const struct verdict_text *text = &t->rows[v->row][v->documented];
	return (struct slice){ text->text, text->length };
}

#endif
