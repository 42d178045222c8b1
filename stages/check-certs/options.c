#include "run.h"

static const struct stage_about about = {
	.name = "check-certs",
	.synopsis = "[OPTIONS] [INPUT...]",
	.purpose = "Tells which certificates are in files and archives, and how long they last.",
};

static int run_validate(struct run *run)
{
	struct stage *s = &run->stage;
	if (s->carry.count)
		return stage_usage(
			s, "option --carry has no meaning here: a certificate has no columns");
	if (!run->tenants_path != !run->todo_path)
		return stage_usage(s, "--tenants and --todo go together");
	if (run->as_of == DAY_NONE)
		run->as_of = day_today();
	if (!run->member_text)
		return 0;
	if (pattern_compile(&run->member, slice_from(run->member_text), 0, &s->error) != 0)
		return -1;
	run->member_set = true;
	return 0;
}

bool run_start(struct run *run, int argc, char **argv)
{
	const struct input_limits limits = INPUT_LIMITS;
	*run = (struct run){ .as_of = DAY_NONE,
		.warn_days.value = 30,
		.max_members.value = limits.members,
		.max_unpacked.value = limits.unpacked,
		.max_ratio.value = limits.ratio,
		.todo = OUTPUT_CLOSED };
	collection_init(&run->collection);
	tenants_init(&run->tenants);
	const struct option_row rows[] = {
		{ 0, "as-of", "DATE", OPTION_DAY, &run->as_of,
			"the day from which days are counted; default today", NULL, 0, 0 },
		{ 0, "warn-days", "N", OPTION_NUMBER, &run->warn_days,
			"a certificate that ends within so many days is expiring; default 30", NULL,
			0, 100000 },
		{ 0, "tenants", "FILE", OPTION_TEXT, &run->tenants_path,
			"the tenants that need the certificate: tenant,ips,environment", NULL, 0,
			0 },
		{ 0, "todo", "FILE", OPTION_TEXT, &run->todo_path,
			"write there what has to be imported where, as a todo stream", NULL, 0, 0 },
		{ 0, "member", "REGEX", OPTION_TEXT, &run->member_text,
			"read only the members of archives and folders whose path matches", NULL, 0,
			0 },
		INPUT_LIMITS_ROWS(&run->max_members, &run->max_unpacked, &run->max_ratio),
	};
	certificates_start();
	return stage_start(&run->stage, &about, rows, sizeof rows / sizeof *rows, argc, argv) &&
	       run_validate(run) == 0;
}
