#include "run.h"

static const struct stage_about about = {
	.name = "check-refresh",
	.synopsis = "--facts FILE [OPTIONS]",
	.purpose =
		"Tells what is to be done before and after an instance refresh, and what is left.",
};

static int run_validate(struct run *run)
{
	struct stage *s = &run->stage;
	if (s->operand_count)
		return stage_usage(
			s, "no input is read but those of the options (got %zu)", s->operand_count);
	if (!run->facts_path)
		return stage_usage(s, "--facts FILE is needed: what is known of the refresh");
	if (!run->jobs_before_path != !run->jobs_after_path)
		return stage_usage(s, "--jobs-before and --jobs-after belong together");
	if (run->users_path && !run->admins_path)
		return stage_usage(s, "--users is for what is in --admins");
	if (s->carry.count)
		return stage_usage(
			s, "option --carry has no meaning here: no row comes of an input's");
	return 0;
}

bool run_start(struct run *run, int argc, char **argv)
{
	*run = (struct run){ .as_of = DAY_NONE, .phase = -1, .next_due = DAY_NONE };
	catalogue_init(&run->catalogue);
	seen_init(&run->seen);
	told_init(&run->told);
	const struct option_row rows[] = {
		{ 0, "facts", "FILE", OPTION_TEXT, &run->facts_path,
			"what is known of the refresh: a table of fact and value", NULL, 0, 0 },
		{ 0, "as-of", "DATE", OPTION_DAY, &run->as_of,
			"the day for which the question is asked; default today", NULL, 0, 0 },
		{ 0, "phase", "before|after", OPTION_WORD, &run->phase,
			"only the tasks of this phase", PHASE_WORDS, 0, 0 },
		{ 0, "holidays", "FILE", OPTION_TEXT, &run->holidays_path,
			"a table with the column day: no business days", NULL, 0, 0 },
		{ 0, "done", "FILE", OPTION_TEXT, &run->done_path,
			"a table of id and note: tasks that a person says are done", NULL, 0, 0 },
		{ 0, "config", "FILE", OPTION_TEXT, &run->config_path,
			"the config stream of the target's back-up", NULL, 0, 0 },
		{ 0, "changes", "FILE", OPTION_TEXT, &run->changes_path,
			"what diff-config wrote after the refresh", NULL, 0, 0 },
		{ 0, "jobs-before", "FILE", OPTION_TEXT, &run->jobs_before_path,
			"the jobs stream of the target before the refresh", NULL, 0, 0 },
		{ 0, "jobs-after", "FILE", OPTION_TEXT, &run->jobs_after_path, "the same after it",
			NULL, 0, 0 },
		{ 0, "reports", "FILE", OPTION_TEXT, &run->reports_path,
			"a reports stream: of the source before, of the target after", NULL, 0, 0 },
		{ 0, "admins", "FILE", OPTION_TEXT, &run->admins_path,
			"an admins stream: of the source before, of the target after", NULL, 0, 0 },
		{ 0, "users", "FILE", OPTION_TEXT, &run->users_path,
			"the users stream of the same system, for the users of --admins", NULL, 0,
			0 },
	};
	return stage_start(&run->stage, &about, rows, sizeof rows / sizeof *rows, argc, argv) &&
	       run_validate(run) == 0;
}
