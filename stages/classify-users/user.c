#include "user.h"

#include "word.h"

void user_columns(struct column columns[USER_COLUMNS], const struct settings *settings,
	bool history, bool classes)
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
	memcpy(columns, all, sizeof all);
}

/* What one column turns into a reject with. */
struct reading {
	const struct column *columns;
	const struct record *record;
	struct reject *reject;
	bool failed;
};

static void fail(struct reading *r, int column, enum reason reason, struct slice wanted)
{
	if (r->failed)
		return;
	r->failed = true;
	*r->reject = (struct reject){ .reason = reason,
		.line = r->record->line,
		.column = slice_from(r->columns[column].name),
		.got = record_field(r->record, r->columns[column].index),
		.wanted = wanted,
		.hint = SLICE("`extract --as users` makes this stream"),
		.raw = r->record->raw };
}

/* The place of the value among the words; `unknown` for an empty value. */
static int word(struct reading *r, int column, const char *words, int unknown)
{
	struct slice value = record_field(r->record, r->columns[column].index);
	if (value.len == 0)
		return unknown;
	int place = word_place(words, value);
	if (place < 0)
		fail(r, column, REASON_UNKNOWN_VALUE, slice_from(words));
	return place < 0 ? unknown : place;
}

static day_t day(struct reading *r, int column)
{
	struct slice value = record_field(r->record, r->columns[column].index);
	day_t result = DAY_NONE;
	if (value.len && day_read(value, &result) != DATE_OK)
		fail(r, column, REASON_BAD_DATE, SLICE("YYYY-MM-DD, 1900-01-01 to 9998-12-31"));
	return result;
}

static bool filled(const struct reading *r, int column)
{
	return record_field(r->record, r->columns[column].index).len > 0;
}

bool user_facts(const struct column columns[USER_COLUMNS], const struct record *record,
	struct facts *facts, struct reject *reject)
{
	struct reading r = { columns, record, reject, false };
	if (!filled(&r, COLUMN_USER_ID))
		fail(&r, COLUMN_USER_ID, REASON_EMPTY_VALUE, SLICE(""));
	/* One after the other, for the first column with a fault is the one that is told. */
	*facts = (struct facts){ .history = HISTORY_SILENT, .changed_on = DAY_NONE };
	facts->status =
		(enum user_status)word(&r, COLUMN_STATUS, STATUS_WORDS, USER_STATUS_UNKNOWN);
	facts->source =
		(enum source_system)word(&r, COLUMN_SOURCE_SYSTEM, SOURCE_WORDS, SOURCE_UNKNOWN);
	facts->deeplink =
		(enum deeplink_flag)word(&r, COLUMN_DEEPLINK, FLAG_WORDS, DEEPLINK_UNKNOWN);
	facts->account =
		(enum account_type)word(&r, COLUMN_ACCOUNT_TYPE, ACCOUNT_WORDS, ACCOUNT_UNKNOWN);
	facts->terminated_on = day(&r, COLUMN_TERMINATED_ON);
	facts->inactivated_on = day(&r, COLUMN_INACTIVATED_ON);
	facts->person_guid = columns[COLUMN_PERSON_GUID].index < 0 ? GUID_NO_COLUMN
			     : filled(&r, COLUMN_PERSON_GUID)      ? GUID_PRESENT
								   : GUID_NONE;
	facts->instructor = filled(&r, COLUMN_INSTRUCTOR_ID);
	facts->admin = filled(&r, COLUMN_ADMIN_ID);
	return !r.failed;
}
