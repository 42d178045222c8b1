#include "run.h"

static const struct stage_about about = {
	.name = "apply-deactivation",
	.synopsis = "--leavers FILE [OPTIONS] [ASSIGNMENTS]",
	.purpose = "Tells what deactivating users does to their plans, classes, programs, cohorts.",
};

static int run_validate(struct run *run)
{
	struct stage *s = &run->stage;
	bool plan = run->clean_dev_plan >= 0;
	if (!run->leavers_path)
		return stage_usage(s, "--leavers FILE is needed");
	if (run->what_if && run->totals_path)
		return stage_usage(s, "--what-if and --totals exclude each other");
	if (plan && run->config_path)
		return stage_usage(s, "--clean-dev-plan and --config exclude each other");
	if (!plan && !run->config_path && !run->what_if)
		return stage_usage(s, "--clean-dev-plan Y, --clean-dev-plan N or --config FILE is "
				      "needed");
	if (run->config_path && run->connector_kind < 0)
		return stage_usage(s, "--config needs --connector user or --connector user-sf");
	if (s->operand_count > 1)
		return stage_usage(s, "one input is read (got %zu)", s->operand_count);
	run->connector.user_sf = run->connector_kind == 1;
	run->clean_way = run->clean_dev_plan == 1 ? WAY_KEEP : WAY_CLEAN;
	return 0;
}

bool run_start(struct run *run, int argc, char **argv)
{
	*run = (struct run){ .method = METHOD_UNKNOWN,
		.connector_kind = -1,
		.clean_dev_plan = -1,
		.totals = OUTPUT_CLOSED };
	const struct option_row rows[] = {
		{ 0, "leavers", "FILE", OPTION_TEXT, &run->leavers_path,
			"a leavers stream: whom to deactivate", NULL, 0, 0 },
		{ 0, "users", "FILE", OPTION_TEXT, &run->users_path,
			"a users stream: leavers who are inactive there are passed over", NULL, 0,
			0 },
		{ 0, "method", "manual|connector", OPTION_WORD, &run->method,
			"how leavers without a method of their own are deactivated", METHOD_WORDS,
			0, 0 },
		{ 0, "connector", "user|user-sf", OPTION_WORD, &run->connector_kind,
			"which connector: the User Connector, or the User Connector-SF",
			"user|user-sf", 0, 0 },
		{ 0, "clean-dev-plan", "Y|N", OPTION_WORD, &run->clean_dev_plan,
			"the connector's setting cleanDevPlan", "Y|N", 0, 0 },
		{ 0, "config", "FILE", OPTION_TEXT, &run->config_path,
			"a config stream that has the setting, of the connector of --connector",
			NULL, 0, 0 },
		{ 0, "what-if", NULL, OPTION_FLAG, &run->what_if,
			"write the three actions side by side: by hand, connector with Y, with N",
			NULL, 0, 0 },
		{ 0, "totals", "FILE", OPTION_TEXT, &run->totals_path,
			"write there the counts of each leaver", NULL, 0, 0 },
	};
	bool go_on =
		stage_start(&run->stage, &about, rows, sizeof rows / sizeof *rows, argc, argv) &&
		run_validate(run) == 0;
	assignment_form(&run->form);
	leavers_init(&run->leavers, run->totals_path != NULL);
	keys_init(&run->classes, sizeof(uint64_t));
	keys_init(&run->cohorts, sizeof(uint64_t));
	return go_on;
}
