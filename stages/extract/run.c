#include "run.h"

#include "list.h"
#include "probe.h"
#include "show.h"
#include "utf8.h"

#include <inttypes.h>
#include <stdlib.h>

/*
 * A configuration file is read whole; the longest that anybody has seen is some hundred kilobytes.
 */
#define CONFIG_LIMIT ((size_t)64 << 20)

static const char *const config_columns[] = { "file", "key", "value", "secret", "line" };
#define CONFIG_COLUMNS (sizeof config_columns / sizeof *config_columns)

static const char *const as_names[] = { "users", "status-history", "classes", "holds",
	"assignments", "leavers", "jobs", "reports", "admins", "table", "config" };

static int config_prepare(struct run *run)
{
	struct stage *s = &run->stage;
	const char **renames = calloc(run->renames.count + 1, sizeof *renames);
	if (!renames)
		return error_memory(&s->error);
	for (size_t i = 0; i < run->renames.count; i++)
		renames[i] =
			run->renames.items[i].ptr; /* a whole argument, so it ends with a NUL */
	const struct config_options options = { s->schemas, run->fingerprint_key, renames,
		run->renames.count };
	int result = config_open(&run->config, &options, &s->error);
	run->config_set = result == 0;
	free(renames);
	return result;
}

const char *run_as_name(int as)
{
	return as_names[as];
}

char run_delimiter(const struct run *run)
{
	if (!run->delimiter_text)
		return '\0';
	return *run->delimiter_text == '\\' ? '\t' : *run->delimiter_text;
}

static int maps_prepare(struct run *run)
{
	const struct maps_options options = { &run->map_paths, run->stage.schemas, NULL, 0 };
	if (run->as == AS_LEAVERS)
		return leavers_open(run);
	run->maps_set = maps_open(&run->maps, &run->stream, &options, &run->stage.error) == 0;
	return run->maps_set ? 0 : -1;
}

/* Loads the stream's definition and the maps. */
static int table_prepare(struct run *run)
{
	struct stage *s = &run->stage;
	const char *names[STREAM_COLUMNS];
	size_t count = 0;
	if (run->as == AS_TABLE) {
		run->discretion_set = discretion_open(&run->discretion, s->schemas, &s->error) == 0;
		return run->discretion_set ? 0 : -1;
	}
	if (stream_load(&run->stream, as_names[run->as], &s->error) != 0)
		return -1;
	run->stream_set = true;
	for (size_t i = 0; i < run->stream.count; i++)
		if (!run->stream.columns[i].input)
			names[count++] = run->stream.columns[i].name;
	if (stage_check_carry(s, names, count) != 0 || maps_prepare(run) != 0)
		return -1;
	if (convert_init(&run->conversion, &run->maps.items[0],
		    run->date_format_set ? &run->date_format : NULL, &s->error) != 0)
		return -1;
	if (run->latest_by) {
		latest_release(&run->latest);
		latest_init(&run->latest, (enum format)s->output_format);
	}
	return 0;
}

int run_note_member(struct run *run, const char *name)
{
	char **members = realloc(run->members, (run->member_count + 1) * sizeof *members);
	char *copy = members ? strdup(name) : NULL;
	if (members)
		run->members = members;
	if (!copy)
		return error_memory(&run->stage.error);
	members[run->member_count++] = copy;
	return 0;
}

int run_decode(struct run *run, const struct member *member, struct decoder *decoder)
{
	struct error *e = &run->stage.error;
	struct error why = { 0 };
	if (decoder_open(decoder, member->source, run->encoding, &why) == 0)
		return 0;
	/* What an encoding lacks is told of the member that lacks it. */
	bool place_missing = why.status == STATUS_INPUT && why.what == 0;
	struct place place = { place_missing ? member->name : NULL, 0, { NULL, 0 } };
	error_at(e, why.status, &place, "%.*s", (int)why.text.len, why.text.ptr);
	if (why.hint.len)
		error_hint(e, "%.*s", (int)why.hint.len, why.hint.ptr);
	error_release(&why);
	return -1;
}

/*
 * A text that was converted and has bytes that could not be: it is not called UTF-8 that is wrong.
 */
static int config_check_encoding(
	const char *name, struct slice bytes, const char *encoding, struct error *e)
{
	struct place place = { name, 1, { NULL, 0 } };
	struct buffer hint = { 0 };
	size_t valid = encoding ? utf8_valid(bytes) : bytes.len;
	if (valid == bytes.len)
		return 0;
	for (size_t i = 0; i < valid; i++)
		place.line += bytes.ptr[i] == '\n';
	error_at(e, STATUS_INPUT, &place, "%s", reason_text(REASON_BAD_ENCODING));
	if (reject_encoding_hint(&hint, encoding) == 0)
		error_hint(e, "%.*s", (int)hint.len, hint.ptr);
	buffer_release(&hint);
	return -1;
}

static int config_read(struct run *run, const struct member *member)
{
	struct error *e = &run->stage.error;
	struct decoder decoder;
	struct buffer bytes = { 0 };
	if (run_decode(run, member, &decoder) != 0)
		return -1;
	int result = source_read_all(&decoder.source, &bytes, CONFIG_LIMIT, e);
	struct place place = { member->name, 0, { NULL, 0 } };
	if (result == 0 && bytes.len == CONFIG_LIMIT)
		result = error_at(
			e, STATUS_INPUT, &place, "no configuration file is as long (64 MiB)");
	if (result == 0)
		result = config_check_encoding(
			member->name, buffer_slice(&bytes), decoder_converted(&decoder), e);
	if (result == 0 && run->member_count == 0)
		result = stage_header(&run->stage, config_columns, CONFIG_COLUMNS);
	if (result == 0)
		result = run_note_member(run, member->name);
	if (result == 0)
		result = config_member(&run->config, member->name, member->path,
			buffer_slice(&bytes), &run->stage.writer, &run->stage.messages, e);
	buffer_release(&bytes);
	decoder_release(&decoder);
	return result == 0 ? 1 : -1;
}

void run_skip(struct run *run, const char *name, const char *why, const char *hint)
{
	struct place place = { name, 0, { NULL, 0 } };
	message_at(&run->stage.messages, &place, hint, "skipped: %s", why);
	buffer_printf(&run->seen, "%s%s", run->seen.len ? ", " : "", SHOW(slice_from(name)));
	run->skipped++;
	run->stage.look = true;
}

int run_skip_unfit(struct run *run, const char *name)
{
	struct error *e = &run->stage.error;
	const char *text = buffer_text(&e->text);
	const char *hint = e->hint.len ? buffer_text(&e->hint) : NULL;
	if (!text)
		return error_memory(e);
	run_skip(run, name, text + e->what, hint);
	error_release(e);
	return 0;
}

/* 0, or -1 when the run has to stop. */
static int extract_member(struct run *run, const struct member *member)
{
	if (!member->source) {
		run_skip(run, member->name, member->skipped, NULL);
		return 0;
	}
	int read = run->as == AS_CONFIG ? config_read(run, member) : table_member(run, member);
	/* Where there is nothing else to read, the reason stops the run as it is. */
	if (read == 0)
		return member->only ? -1 : run_skip_unfit(run, member->name);
	return read < 0 ? -1 : 0;
}

int run_nothing_fits(struct run *run)
{
	struct error *e = &run->stage.error;
	struct input_counts counts = inputs_counts(run->inputs);
	const char *as = as_names[run->as];
	if (run->seen.len)
		return error_set(e, STATUS_INPUT,
			"nothing to read as %s among the inputs (seen: %.*s)", as,
			(int)run->seen.len, run->seen.ptr);
	if (counts.unmatched == 0 && run->stage.operand_count <= 1) {
		struct place place = { run->stage.operand_count ? run->stage.operands[0] : "-", 0,
			{ NULL, 0 } };
		return error_at(
			e, STATUS_INPUT, &place, "nothing to read as %s: it has no members", as);
	}
	if (counts.unmatched == 0)
		return error_set(
			e, STATUS_INPUT, "nothing to read as %s: the inputs have no members", as);
	return error_set(e, STATUS_INPUT,
		"nothing to read as %s: the pattern of --member is found in none of %" PRIu64
		" paths (%.*s%s)",
		as, counts.unmatched, (int)counts.sample.len, counts.sample.ptr,
		counts.unmatched > 10 ? ", …" : "");
}

static int extract_prepare(struct run *run)
{
	return run->as == AS_CONFIG ? config_prepare(run) : table_prepare(run);
}

static int extract_finish(struct run *run)
{
	if (run->as == AS_LEAVERS && leavers_finish(run) != 0)
		return -1;
	if (run->member_count == 0)
		return run_nothing_fits(run);
	int result = run->as == AS_CONFIG ? config_finish(&run->config, &run->stage.error)
					  : table_finish(run);
	if (run->leavers.maps_set)
		maps_note_used(&run->maps, &run->leavers.extended_maps);
	if (result == 0 && maps_tell_unused(&run->maps, &run->stage.messages))
		run->stage.look = true;
	return result;
}

static const struct task extract_task = { extract_prepare, extract_member, extract_finish };

/* Checks the inputs and the outputs against each other. */
static int open_stage(struct run *run)
{
	struct stage *s = &run->stage;
	const char **sides = calloc(run->map_paths.count + 2, sizeof *sides);
	size_t count = 0;
	if (!sides)
		return error_memory(&s->error);
	for (size_t i = 0; i < run->map_paths.count; i++)
		sides[count++] = run->map_paths.items[i].ptr;
	sides[count++] = run->config_path;
	sides[count++] = run->fingerprint_key;
	int result = stage_open_operands(s, sides, count);
	free(sides);
	return result;
}

void run_members(struct run *run)
{
	struct stage *s = &run->stage;
	const struct task *task = run->list           ? &list_task
				  : run->probe_wanted ? &probe_task
						      : &extract_task;
	const struct input_options options = {
		.member = run->member_set ? &run->member : NULL,
		.limits = { run->max_members.value, run->max_unpacked.value, run->max_ratio.value },
	};
	struct member member;
	int got = 0;
	if (open_stage(run) != 0 || task->prepare(run) != 0)
		return;
	run->inputs = inputs_open(s->operands, s->operand_count, &options, &s->error);
	if (!run->inputs)
		return;
	while ((got = inputs_next(run->inputs, &member, &s->error)) > 0)
		if (task->member(run, &member) != 0)
			return;
	if (got == 0)
		task->finish(run);
}

static void summarise(struct run *run)
{
	struct stage *s = &run->stage;
	struct summary *summary = &s->summary;
	struct input_counts counts = { 0 };
	if (run->inputs)
		counts = inputs_counts(run->inputs);
	if (run->as == AS_CONFIG || run->probe) {
		/*
		 * What is read is what the rows tell of; a file without entries is one row as well.
		 */
		s->read = s->written =
			run->stage.writer.records ? run->stage.writer.records - 1 : 0;
	}
	if (run->as == AS_LEAVERS && !run->probe) {
		char day[DAY_TEXT];
		day_write(day, run->leavers.as_of);
		summary_text(summary, "as-of", day);
	}
	stage_count(s);
	summary_count(summary, "blank-lines", run->blank_lines);
	summary_count(summary, "open-ended", run->conversion.open_ended);
	summary_count(summary, "members.read", run->member_count);
	summary_count(summary, "members.skipped", run->skipped);
	summary_count(summary, "members.ignored", counts.ignored);
	summary_count(summary, "members.unmatched", counts.unmatched);
	if (run->as == AS_LEAVERS && !run->probe)
		leavers_count(&run->leavers, summary);
	summary_count(summary, "config.secrets", run->config.counts.secrets);
	summary_count(summary, "config.warnings", run->config.counts.warnings);
	buffer_printf(&s->line, "; members read %zu, skipped %" PRIu64 ", ignored %" PRIu64,
		run->member_count, run->skipped, counts.ignored);
}

int run_close(struct run *run)
{
	if (run->stage.opened)
		summarise(run);
	int status = stage_close(&run->stage);
	inputs_close(run->inputs);
	probe_free(run->probe);
	if (run->config_set)
		config_release(&run->config);
	if (run->discretion_set)
		discretion_release(&run->discretion);
	leavers_release(&run->leavers);
	if (run->maps_set)
		maps_release(&run->maps);
	if (run->stream_set)
		stream_release(&run->stream);
	if (run->member_set)
		pattern_release(&run->member);
	if (run->date_format_set)
		date_format_release(&run->date_format);
	convert_release(&run->conversion);
	unique_release(&run->unique);
	latest_release(&run->latest);
	for (size_t i = 0; i < run->name_count; i++)
		free(run->names[i]);
	free(run->names);
	for (size_t i = 0; i < run->member_count; i++)
		free(run->members[i]);
	free(run->members);
	option_list_release(&run->renames);
	option_list_release(&run->map_paths);
	buffer_release(&run->seen);
	return status;
}
