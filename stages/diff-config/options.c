#include "run.h"

static const struct stage_about about = {
	.name = "diff-config",
	.synopsis = "[OPTIONS] [--source SOURCE] BEFORE [AFTER]",
	.purpose = "Tells what a refresh did to the configuration of a tenant, key by key.",
};

static int run_validate(struct run *run)
{
	struct stage *s = &run->stage;
	if (s->operand_count == 0)
		return stage_usage(
			s, "BEFORE is needed: the config stream from before the refresh");
	if (s->operand_count > 2)
		return stage_usage(s, "two inputs are compared (got %zu)", s->operand_count);
	if (s->carry.count)
		return stage_usage(s,
			"option --carry: a row comes of up to three records, so that no column is "
			"that of one");
	run->paths[SIDE_BEFORE] = s->operands[0];
	run->paths[SIDE_AFTER] = s->operand_count == 2 ? s->operands[1] : "-";
	run->paths[SIDE_SOURCE] = run->source_path;
	run->comparison.source_given = run->source_path != NULL;
	return 0;
}

bool run_start(struct run *run, int argc, char **argv)
{
	*run = (struct run){ 0 };
	comparison_init(&run->comparison);
	const struct option_row rows[] = {
		{ 0, "source", "FILE", OPTION_TEXT, &run->source_path,
			"the config stream of the source tenant; without it a change has no "
			"verdict",
			NULL, 0, 0 },
		{ 0, "policy", "FILE", OPTION_TEXT, &run->policy_path,
			"rows that go before those of config-keys.csv", NULL, 0, 0 },
		{ 0, "all", NULL, OPTION_FLAG, &run->all,
			"write also the keys that are the same, and those of a file that is on one "
			"side only",
			NULL, 0, 0 },
	};
	return stage_start(&run->stage, &about, rows, sizeof rows / sizeof *rows, argc, argv) &&
	       run_validate(run) == 0;
}
