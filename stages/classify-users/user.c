#include "user.h"

void user_form(struct user_form *form, const struct settings *settings, bool history, bool classes)
{
	const struct column all[USER_COLUMNS] = {
		[COLUMN_USER_ID] = { "user_id", true, -1 },
		[COLUMN_STATUS] = { "status", true, -1 },
		[COLUMN_SOURCE_SYSTEM] = { "source_system", settings->ias, -1 },
		[COLUMN_DEEPLINK] = { "native_deeplink_user", !settings->ias, -1 },
		[COLUMN_ACCOUNT_TYPE] = { "account_type", true, -1 },
		[COLUMN_TERMINATED_ON] = { "terminated_on", settings->internal_days > 0, -1 },
		[COLUMN_INACTIVATED_ON] = { "inactivated_on",
			settings->external_days > 0 && !history, -1 },
		[COLUMN_PERSON_GUID] = { "person_guid", false, -1 },
		[COLUMN_INSTRUCTOR_ID] = { "instructor_id", classes, -1 },
		[COLUMN_ADMIN_ID] = { "admin_id", false, -1 },
	};
	*form = (struct user_form){ .words = { [COLUMN_STATUS] = words_split(STATUS_WORDS),
					    [COLUMN_SOURCE_SYSTEM] = words_split(SOURCE_WORDS),
					    [COLUMN_DEEPLINK] = words_split(FLAG_WORDS),
					    [COLUMN_ACCOUNT_TYPE] = words_split(ACCOUNT_WORDS) } };
	memcpy(form->columns, all, sizeof all);
}

/* The columns of words, in the order in which `extract` writes them. */
static const int word_columns[SPAN_FIELDS] = { COLUMN_STATUS, COLUMN_SOURCE_SYSTEM, COLUMN_DEEPLINK,
	COLUMN_ACCOUNT_TYPE };

/* The span of the columns of words, and its place; -1: they are none. */
static inline int words_span(const struct cells *c, struct span *span)
{
	struct slice fields[SPAN_FIELDS];
#pragma GCC unroll 4
	for (size_t i = 0; i < SPAN_FIELDS; i++)
		fields[i] = cells_value(c, word_columns[i]);
	return span_of(fields, span);
}

/*
 * One after the other, for the first column with a fault is the one that is told. It is rare, and
 * apart, so that what all records need has the processor's registers.
 */
__attribute__((noinline)) static void words_each(
	struct cells *c, struct span_memo *met, unsigned char words[SPAN_FIELDS])
{
	struct span span;
	const int place = words_span(c, &span);
	for (size_t i = 0; i < SPAN_FIELDS; i++)
		words[i] = (unsigned char)cells_word(c, word_columns[i]);
	if (place >= 0 && !c->failed)
		span_add(met, &span, place, words);
}

/* The same, or what they were found to be before. */
static void words_of(struct cells *c, struct span_memo *met, unsigned char words[SPAN_FIELDS])
{
	struct span span;
	const int place = words_span(c, &span);
	const struct span_entry *entry = place < 0 ? NULL : span_find(met, &span, place);
	if (entry)
		memcpy(words, entry->numbers, sizeof entry->numbers);
	else
		words_each(c, met, words);
}

/* DAY_NONE where it is empty. The two columns are read side by side if no call is between them. */
__attribute__((always_inline)) static inline day_t day_of(
	struct cells *c, struct month_memo *met, int column)
{
	day_t day = DAY_NONE;
	if (day_read_by(met, cells_value(c, column), &day) != DATE_OK)
		cells_fail(
			c, column, REASON_BAD_DATE, SLICE("YYYY-MM-DD, 1900-01-01 to 9998-12-31"));
	return day;
}

bool user_facts(const struct user_form *form, struct user_memo *met, const struct record *record,
	struct facts *facts, struct reject *reject)
{
	struct cells c = { .columns = form->columns,
		.words = form->words,
		.record = record,
		.reject = reject,
		.hint = SLICE("`extract --as users` makes this stream") };
	cells_need(&c, COLUMN_USER_ID);
	*facts = (struct facts){ .history = HISTORY_SILENT, .changed_on = DAY_NONE };
	unsigned char words[SPAN_FIELDS];
	words_of(&c, &met->words, words);
	facts->status = (enum user_status)words[0];
	facts->source = (enum source_system)words[1];
	facts->deeplink = (enum deeplink_flag)words[2];
	facts->account = (enum account_type)words[3];
	facts->terminated_on = day_of(&c, &met->months, COLUMN_TERMINATED_ON);
	facts->inactivated_on = day_of(&c, &met->months, COLUMN_INACTIVATED_ON);
	facts->person_guid = form->columns[COLUMN_PERSON_GUID].index < 0 ? GUID_NO_COLUMN
			     : cells_filled(&c, COLUMN_PERSON_GUID)      ? GUID_PRESENT
									 : GUID_NONE;
	facts->instructor = cells_filled(&c, COLUMN_INSTRUCTOR_ID);
	facts->admin = cells_filled(&c, COLUMN_ADMIN_ID);
	return !c.failed;
}
