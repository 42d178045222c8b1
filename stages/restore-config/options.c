#include "run.h"

static const struct stage_about about = {
	.name = "restore-config",
	.synopsis = "--before PATH --current PATH [OPTIONS] [CHANGES]",
	.purpose = "Makes a patch that puts a tenant's own configuration back after a refresh.",
};

static int run_validate(struct run *run)
{
	struct stage *s = &run->stage;
	if (!run->before_path || !run->current_path)
		return stage_usage(s, "--before PATH and --current PATH are needed");
	if (run->output_dir && run->archive_path)
		return stage_usage(s, "--output-dir and --archive exclude each other");
	if (run->archive_path && !pack_knows(run->archive_path))
		return stage_usage(
			s, "option --archive: unknown kind (want a name in .zip or .tar)");
	if (s->carry.count)
		return stage_usage(s, "option --carry has no meaning here: a patch has no columns");
	if (s->operand_count > 1)
		return stage_usage(s, "one input is read (got %zu)", s->operand_count);
	int empty = run->output_dir ? tree_may_be(run->output_dir, &s->error) : 1;
	if (empty == 0)
		return stage_usage(s, "option --output-dir: not an empty folder, and not absent");
	return empty < 0 ? -1 : 0;
}

bool run_start(struct run *run, int argc, char **argv)
{
	const struct input_limits limits = INPUT_LIMITS;
	*run = (struct run){ .max_members.value = limits.members,
		.max_unpacked.value = limits.unpacked,
		.max_ratio.value = limits.ratio,
		.todo = OUTPUT_CLOSED,
		.archive = OUTPUT_CLOSED };
	side_init(&run->before);
	side_init(&run->current);
	changes_init(&run->changes);
	const struct option_row rows[] = {
		{ 0, "before", "PATH", OPTION_TEXT, &run->before_path,
			"the configuration files before the refresh, a folder or an archive", NULL,
			0, 0 },
		{ 0, "current", "PATH", OPTION_TEXT, &run->current_path,
			"the same as they are now; the patch is for these", NULL, 0, 0 },
		{ 0, "output-dir", "DIR", OPTION_TEXT, &run->output_dir,
			"write the restored files there, an absent or empty folder", NULL, 0, 0 },
		{ 0, "archive", "FILE", OPTION_TEXT, &run->archive_path,
			"write them into an archive, FILE.zip or FILE.tar", NULL, 0, 0 },
		{ 0, "todo", "FILE", OPTION_TEXT, &run->todo_path,
			"write there what a person has to do, as a todo stream", NULL, 0, 0 },
		{ 0, "remove-introduced", NULL, OPTION_FLAG, &run->remove_introduced,
			"take out the keys that the source brought, but for secrets", NULL, 0, 0 },
		INPUT_LIMITS_ROWS(&run->max_members, &run->max_unpacked, &run->max_ratio),
	};
	return stage_start(&run->stage, &about, rows, sizeof rows / sizeof *rows, argc, argv) &&
	       run_validate(run) == 0;
}
