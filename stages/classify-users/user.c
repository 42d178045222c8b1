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

static inline struct slice value(
	const struct user_form *form, const struct record *record, int column)
{
	return record_field(record, form->columns[column].index);
}

/* The span of the columns of words, and its place; -1: they are none. */
__attribute__((always_inline)) static inline int words_span(
	const struct user_form *form, const struct record *record, struct span *span)
{
	struct slice fields[SPAN_FIELDS];
#pragma GCC unroll 4
	for (size_t i = 0; i < SPAN_FIELDS; i++)
		fields[i] = value(form, record, word_columns[i]);
	return span_of(fields, span);
}

static inline void set_words(struct facts *facts, const unsigned char words[SPAN_FIELDS])
{
	facts->status = (enum user_status)words[0];
	facts->source = (enum source_system)words[1];
	facts->deeplink = (enum deeplink_flag)words[2];
	facts->account = (enum account_type)words[3];
}

/*
 * First of all: what follows from the columns of which it only counts whether they are filled. All
 * else is forgotten.
 */
static inline void set_filled(
	struct facts *facts, const struct user_form *form, const struct record *record)
{
	*facts = (struct facts){ .history = HISTORY_SILENT, .changed_on = DAY_NONE };
	facts->person_guid = form->columns[COLUMN_PERSON_GUID].index < 0       ? GUID_NO_COLUMN
			     : value(form, record, COLUMN_PERSON_GUID).len > 0 ? GUID_PRESENT
									       : GUID_NONE;
	facts->instructor = value(form, record, COLUMN_INSTRUCTOR_ID).len > 0;
	facts->admin = value(form, record, COLUMN_ADMIN_ID).len > 0;
}

/* DAY_NONE where it is empty. */
static day_t day_of(struct cells *c, struct month_memo *met, int column)
{
	day_t day = DAY_NONE;
	if (day_read_by(met, cells_value(c, column), &day) != DATE_OK)
		cells_fail(
			c, column, REASON_BAD_DATE, SLICE("YYYY-MM-DD, 1900-01-01 to 9998-12-31"));
	return day;
}

/*
 * One after the other, for the first column with a fault is the one that is told. It is rare where
 * the columns stand as `extract` writes them, and apart, so that what all records need has the
 * processor's registers.
 */
__attribute__((noinline)) static bool facts_each(const struct user_form *form,
	struct user_memo *met, const struct record *record, struct facts *facts,
	struct reject *reject)
{
	struct cells c = { .columns = form->columns,
		.words = form->words,
		.record = record,
		.reject = reject,
		.hint = SLICE("`extract --as users` makes this stream") };
	unsigned char words[SPAN_FIELDS];
	cells_need(&c, COLUMN_USER_ID);
	for (size_t i = 0; i < SPAN_FIELDS; i++)
		words[i] = (unsigned char)cells_word(&c, word_columns[i]);
	set_filled(facts, form, record);
	set_words(facts, words);
	facts->terminated_on = day_of(&c, &met->months, COLUMN_TERMINATED_ON);
	facts->inactivated_on = day_of(&c, &met->months, COLUMN_INACTIVATED_ON);
	struct span span;
	const int place = words_span(form, record, &span);
	if (place >= 0 && !c.failed)
		span_add(&met->words, &span, place, words);
	return !c.failed;
}

/*
 * The same, if the words are what they were found to be before, and nothing has a fault. False:
 * each column has to be looked at.
 */
static inline bool facts_met(const struct user_form *form, struct user_memo *met,
	const struct record *record, struct facts *facts)
{
	struct span span;
	const int place = words_span(form, record, &span);
	const struct span_entry *words = place < 0 ? NULL : span_find(&met->words, &span, place);
	if (!words || value(form, record, COLUMN_USER_ID).len == 0)
		return false;
	unsigned char numbers[SPAN_FIELDS];
	memcpy(numbers, words->numbers, sizeof numbers);
	day_t terminated_on = DAY_NONE;
	day_t inactivated_on = DAY_NONE;
	/* The two are read side by side: where both months were met, no call is between them. */
	if (day_read_by(&met->months, value(form, record, COLUMN_TERMINATED_ON), &terminated_on) !=
		DATE_OK)
		return false;
	if (day_read_by(&met->months, value(form, record, COLUMN_INACTIVATED_ON),
		    &inactivated_on) != DATE_OK)
		return false;
	set_filled(facts, form, record);
	set_words(facts, numbers);
	facts->terminated_on = terminated_on;
	facts->inactivated_on = inactivated_on;
	return true;
}

bool user_facts(const struct user_form *form, struct user_memo *met, const struct record *record,
	struct facts *facts, struct reject *reject)
{
	return facts_met(form, met, record, facts) || facts_each(form, met, record, facts, reject);
}
