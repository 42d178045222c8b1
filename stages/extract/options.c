#include "run.h"

#include "describe.h"
#include "show.h"

static const struct stage_about about = {
	.name = "extract",
	.synopsis = "--as STREAM [OPTIONS] [INPUT...]\n"
		    "       extract --probe [--as STREAM [--as-map]] [OPTIONS] [INPUT...]\n"
		    "       extract --list [OPTIONS] [INPUT...]\n"
		    "       extract --describe STREAM",
	.purpose = "Turns exports and configuration back-ups, out of archives, into clean streams.",
};

/* One byte that no CSV needs for itself; "\t" may be written as two. */
static bool delimiter_fits(const char *text)
{
	if (strcmp(text, "\\t") == 0)
		return true;
	return strlen(text) == 1 && !strchr("\"\r\n", *text) && (unsigned char)*text < 0x80;
}

/* Options that have no meaning for what is asked are a mistake, not to be passed over. */
static int run_check_meaning(struct run *run)
{
	struct stage *s = &run->stage;
	bool config = run->as == AS_CONFIG;
	bool leavers = run->as == AS_LEAVERS;
	static const char tables[] = "users and the other streams that are made of tables";
	const char *other = run->probe_wanted ? "probe" : "list";
	bool extract = !run->probe_wanted && !run->list;
	const struct {
		bool given;
		bool fits;
		const char *name;
		const char *with;
	} options[] = {
		{ run->map_paths.count, run->as < AS_TABLE, "map", tables },
		{ run->date_format_text, run->as < AS_TABLE, "date-format", tables },
		{ run->latest_by, run->as == AS_USERS, "latest-by", "users" },
		{ run->delimiter_text, !config, "delimiter", "what is a table" },
		{ s->carry.count, run->as < AS_TABLE, "carry", tables },
		{ run->config_path, leavers, "config", "leavers" },
		{ run->leavers.future != LEAVER_FUTURE_UNSAID, leavers, "future-term-dates",
			"leavers" },
		{ run->leavers.as_of != DAY_NONE, leavers, "as-of", "leavers" },
		{ run->fingerprint_key, config, "fingerprint-key", "config" },
		{ run->renames.count, config, "rename", "config" },
	};
	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		if (options[i].given && !options[i].fits)
			return stage_usage(s, "option --%s goes with --as %s", options[i].name,
				options[i].with);
	if (!extract && run->as >= AS_TABLE)
		return stage_usage(
			s, "option --%s tells of streams that are made of tables", other);
	const struct {
		bool given;
		const char *name;
	} reading[] = {
		{ run->latest_by, "latest-by" },
		{ s->carry.count, "carry" },
		{ run->config_path, "config" },
		{ run->leavers.future != LEAVER_FUTURE_UNSAID, "future-term-dates" },
		{ run->leavers.as_of != DAY_NONE, "as-of" },
	};
	for (size_t i = 0; !extract && i < sizeof reading / sizeof *reading; i++)
		if (reading[i].given)
			return stage_usage(
				s, "option --%s does not go with --%s", reading[i].name, other);
	return 0;
}

/* Of what there is to do, one thing. */
static int run_check_task(struct run *run)
{
	struct stage *s = &run->stage;
	if (run->probe_wanted + run->list + (run->describe != NULL) > 1)
		return stage_usage(s, "--probe, --list and --describe do not go together");
	if (run->as_map && (!run->probe_wanted || run->as < 0))
		return stage_usage(s, "--as-map goes with --probe and --as STREAM");
	if (run->as_map && run->map_paths.count > 1)
		return stage_usage(
			s, "--as-map writes one map, and goes on with one --map at most");
	if (run->describe && (run->as >= 0 || s->operand_count))
		return stage_usage(s, "--describe takes one stream and no input");
	if (run->as < 0 && !run->probe_wanted && !run->list && !run->describe)
		return stage_usage(s, "--as STREAM is needed, or --probe, --list or --describe");
	return 0;
}

/* --describe: the schema, in place of a run. */
static void run_describe(struct run *run)
{
	struct stage *s = &run->stage;
	struct buffer text = { 0 };
	if (describe_stream(&text, run->describe, &s->error) == 0) {
		output_guard();
		if (output_open(&s->output, s->output_path, &s->error) == 0)
			output_write(&s->output, buffer_slice(&text), &s->error);
	}
	buffer_release(&text);
}

static int run_validate(struct run *run)
{
	struct stage *s = &run->stage;
	s->decoded = run->encoding != NULL;
	if (run_check_task(run) != 0)
		return -1;
	if (run->as_map)
		s->output_format = FORMAT_CSV; /* as a map is read */
	if (run->delimiter_text && !delimiter_fits(run->delimiter_text))
		return stage_usage(s,
			"option --delimiter: wrong value (got \"%s\", want one character)",
			SHOW(slice_from(run->delimiter_text)));
	if (run->delimiter_text && s->input_format == FORMAT_TSV)
		return stage_usage(s, "--delimiter and --input-format tsv exclude each other");
	if (run_check_meaning(run) != 0)
		return -1;
	if (run->leavers.as_of == DAY_NONE)
		run->leavers.as_of = day_today();
	if (run->leavers.as_of == DAY_NONE)
		return error_set(&s->error, STATUS_SYSTEM, "the clock shows no day that is known");
	if (run->member_text) {
		if (pattern_compile(&run->member, slice_from(run->member_text), 0, &s->error) != 0)
			return -1;
		run->member_set = true;
	}
	if (run->date_format_text) {
		if (date_format_compile(
			    &run->date_format, slice_from(run->date_format_text), &s->error) != 0)
			return -1;
		run->date_format_set = true;
	}
	return 0;
}

bool run_start(struct run *run, int argc, char **argv)
{
	const struct input_limits limits = INPUT_LIMITS;
	*run = (struct run){ .as = -1,
		.max_members.value = limits.members,
		.max_unpacked.value = limits.unpacked,
		.max_ratio.value = limits.ratio,
		.max_record.value = RECORD_LIMIT };
	leavers_init(&run->leavers);
	unique_init(&run->unique);
	latest_init(&run->latest, FORMAT_CSV);
	const struct option_row rows[] = {
		{ 0, "as", "STREAM", OPTION_WORD, &run->as,
			"what to make: users, status-history, assignments, leavers, classes, "
			"holds, jobs, reports, admins, table (any CSV), config",
			AS_WORDS, 0, 0 },
		{ 0, "probe", NULL, OPTION_FLAG, &run->probe_wanted,
			"tell what the inputs are: streams, encoding, headings, dates", NULL, 0,
			0 },
		{ 0, "as-map", NULL, OPTION_FLAG, &run->as_map,
			"with --probe --as STREAM: write a map, to be edited", NULL, 0, 0 },
		{ 0, "list", NULL, OPTION_FLAG, &run->list, "list the members of the inputs", NULL,
			0, 0 },
		{ 0, "describe", "STREAM", OPTION_TEXT, &run->describe,
			"print what a stream holds, as a Frictionless Table Schema", NULL, 0, 0 },
		{ 0, "member", "REGEX", OPTION_TEXT, &run->member_text,
			"read only the members of archives and folders whose path matches", NULL, 0,
			0 },
		{ 0, "map", "FILE", OPTION_EACH, &run->map_paths,
			"which heading is which column, and what its values mean; may be repeated, "
			"one for each kind of report",
			NULL, 0, 0 },
		{ 0, "encoding", "NAME", OPTION_TEXT, &run->encoding,
			"the encoding of the inputs; default UTF-8, or UTF-16 by its BOM", NULL, 0,
			0 },
		{ 0, "delimiter", "C", OPTION_TEXT, &run->delimiter_text,
			"the delimiter of the inputs; default the one that the headings show", NULL,
			0, 0 },
		{ 0, "date-format", "FMT", OPTION_TEXT, &run->date_format_text,
			"how dates are written that have no format in the map, e.g. DD.MM.YYYY",
			NULL, 0, 0 },
		{ 0, "latest-by", "HEADING", OPTION_TEXT, &run->latest_by,
			"of several rows of a user, keep the one with the latest moment there",
			NULL, 0, 0 },
		{ 0, "config", "CONFIG", OPTION_TEXT, &run->config_path,
			"with leavers: the tenant's configuration, which tells how its feeds are "
			"made",
			NULL, 0, 0 },
		{ 0, "future-term-dates", "reject|ignore", OPTION_WORD, &run->leavers.future,
			"with leavers: what the connector does with a termination date in the "
			"future",
			"reject|ignore", 0, 0 },
		{ 0, "as-of", "DATE", OPTION_DAY, &run->leavers.as_of,
			"with leavers: the day on which the connector runs; default today", NULL, 0,
			0 },
		{ 0, "rename", "OLD=NEW", OPTION_EACH, &run->renames,
			"name a configuration file differently; may be repeated", NULL, 0, 0 },
		{ 0, "fingerprint-key", "FILE", OPTION_TEXT, &run->fingerprint_key,
			"write a keyed hash of each secret in place of ***", NULL, 0, 0 },
		INPUT_LIMITS_ROWS(&run->max_members, &run->max_unpacked, &run->max_ratio),
		{ 0, "max-record", "BYTES", OPTION_NUMBER, &run->max_record,
			"bytes of a record; default 64 MiB", NULL, 1, (uint64_t)1 << 40 },
	};
	if (!stage_start(&run->stage, &about, rows, sizeof rows / sizeof *rows, argc, argv) ||
		run_validate(run) != 0)
		return false;
	if (run->describe)
		run_describe(run);
	return !run->describe;
}
