#include "run.h"

#include "show.h"

static const struct stage_about about = {
	.name = "classify-users",
	.synopsis = "(--ias on|off | --config FILE) [OPTIONS] [USERS]",
	.purpose = "Tells whom the Native User Deletion job would delete, whom not, why, and when.",
};

/* "12", "3%" or "0.5%", with at most three places after the point. */
static bool limit_read(struct slice text, struct limit *limit)
{
	uint64_t value = 0;
	size_t places = 0;
	bool point = false;
	limit->percent = text.len && text.ptr[text.len - 1] == '%';
	text.len -= limit->percent;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '.' && limit->percent && !point && i > 0 && i + 1 < text.len) {
			point = true;
			continue;
		}
		if (c < '0' || c > '9' || value > 1000000000000 || (point && ++places > 3))
			return false;
		value = value * 10 + (uint64_t)(c - '0');
	}
	for (; limit->percent && places < 3; places++)
		value *= 10;
	limit->value = value;
	limit->given = true;
	return text.len && (!limit->percent || value <= 100000);
}

static int run_validate(struct run *run)
{
	struct stage *s = &run->stage;
	if (run->ias < 0 && !run->config_path)
		return stage_usage(s, "--ias on, --ias off or --config FILE is needed");
	if (run->ias >= 0 && run->config_path)
		return stage_usage(s, "--ias and --config exclude each other");
	if (!run->external_days.given && !run->internal_days.given)
		return stage_usage(s, "--external-days or --internal-days is needed");
	if (s->operand_count > 1)
		return stage_usage(s, "one input is read (got %zu)", s->operand_count);
	if (run->limit_text && !limit_read(slice_from(run->limit_text), &run->limit))
		return stage_usage(s,
			"option --limit: wrong value (got \"%s\", want N, or N%% up to 100%%)",
			SHOW(slice_from(run->limit_text)));
	if (run->settings.as_of == DAY_NONE)
		run->settings.as_of = day_today();
	if (run->settings.as_of == DAY_NONE)
		return error_set(
			&s->error, STATUS_SYSTEM, "what day it is cannot be told; give --as-of");
	run->settings.external_days = (int)run->external_days.value;
	run->settings.internal_days = (int)run->internal_days.value;
	return 0;
}

bool run_start(struct run *run, int argc, char **argv)
{
	*run = (struct run){ .ias = -1, .settings.as_of = DAY_NONE };
	history_init(&run->history);
	list_init(&run->classes);
	list_init(&run->holds);
	const struct option_row rows[] = {
		{ 0, "ias", "on|off", OPTION_WORD, &run->ias,
			"whether users sign in by Identity Authentication", "on|off", 0, 0 },
		{ 0, "config", "FILE", OPTION_TEXT, &run->config_path,
			"a config stream that says whether IAS is on", NULL, 0, 0 },
		{ 0, "external-days", "N", OPTION_NUMBER, &run->external_days,
			"the job's day count for inactive external users, 90 to 4000; not given: "
			"the "
			"setting is not checked",
			NULL, 90, 4000 },
		{ 0, "internal-days", "N", OPTION_NUMBER, &run->internal_days,
			"the same for terminated internal users", NULL, 90, 4000 },
		{ 0, "as-of", "DATE", OPTION_DAY, &run->settings.as_of,
			"the day on which the job is thought to run; default today", NULL, 0, 0 },
		{ 0, "history", "FILE", OPTION_TEXT, &run->history_path,
			"a status-history stream, in any order", NULL, 0, 0 },
		{ 0, "classes", "FILE", OPTION_TEXT, &run->classes_path,
			"a classes stream: who teaches when", NULL, 0, 0 },
		{ 0, "holds", "FILE", OPTION_TEXT, &run->holds_path,
			"a holds stream: who must not be deleted", NULL, 0, 0 },
		{ 0, "limit", "N|N%", OPTION_TEXT, &run->limit_text,
			"status 1 when more users, or more of the inactive ones, would be purged",
			NULL, 0, 0 },
		{ 0, "fail-on", "ALERT[,...]", OPTION_WORDS, &run->fail_on,
			"status 1 when a user to be purged has one of these alerts", ALERT_WORDS, 0,
			0 },
		{ 0, "only", "DECISION[,...]", OPTION_WORDS, &run->only,
			"write only the users with these decisions; all are counted",
			DECISION_WORDS, 0, 0 },
	};
	return stage_start(&run->stage, &about, rows, sizeof rows / sizeof *rows, argc, argv) &&
	       run_validate(run) == 0;
}
