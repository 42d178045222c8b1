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

bool user_facts(const struct user_form *form, const struct record *record, struct facts *facts,
	struct reject *reject)
{
	struct cells c = { .columns = form->columns,
		.words = form->words,
		.record = record,
		.reject = reject,
		.hint = SLICE("`extract --as users` makes this stream") };
	cells_need(&c, COLUMN_USER_ID);
	/* One after the other, for the first column with a fault is the one that is told. */
	*facts = (struct facts){ .history = HISTORY_SILENT, .changed_on = DAY_NONE };
	facts->status = (enum user_status)cells_word(&c, COLUMN_STATUS);
	facts->source = (enum source_system)cells_word(&c, COLUMN_SOURCE_SYSTEM);
	facts->deeplink = (enum deeplink_flag)cells_word(&c, COLUMN_DEEPLINK);
	facts->account = (enum account_type)cells_word(&c, COLUMN_ACCOUNT_TYPE);
	facts->terminated_on = cells_day(&c, COLUMN_TERMINATED_ON);
	facts->inactivated_on = cells_day(&c, COLUMN_INACTIVATED_ON);
	facts->person_guid = form->columns[COLUMN_PERSON_GUID].index < 0 ? GUID_NO_COLUMN
			     : cells_filled(&c, COLUMN_PERSON_GUID)      ? GUID_PRESENT
									 : GUID_NONE;
	facts->instructor = cells_filled(&c, COLUMN_INSTRUCTOR_ID);
	facts->admin = cells_filled(&c, COLUMN_ADMIN_ID);
	return !c.failed;
}
