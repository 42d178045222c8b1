#include "run.h"

#include "show.h"

#include <inttypes.h>
#include <stdlib.h>

/* Checks inputs and outputs against each other. */
static int open_stage(struct run *run, const char *changes)
{
	struct stage *s = &run->stage;
	const char *const inputs[] = { changes, run->before_path, run->current_path };
	s->also_paths[0] = run->todo_path;
	s->also_paths[1] = run->archive_path;
	s->also_folder = run->output_dir;
	return stage_open(s, inputs, sizeof inputs / sizeof *inputs);
}

static int read_sides(struct run *run)
{
	struct stage *s = &run->stage;
	const struct input_limits limits = { run->max_members.value, run->max_unpacked.value,
		run->max_ratio.value };
	if (config_keys_load(&run->keys, s->schemas, &s->error) != 0)
		return -1;
	if (side_read(&run->before, run->before_path, &limits, &run->keys, &s->messages,
		    &s->error) != 0 ||
		side_read(&run->current, run->current_path, &limits, &run->keys, &s->messages,
			&s->error) != 0)
		return -1;
	s->look |= run->before.skipped || run->current.skipped;
	run->plans = calloc(run->current.count, sizeof *run->plans);
	return run->plans ? 0 : error_memory(&s->error);
}

static bool hides(void *context, struct slice record)
{
	return change_hides(context, record);
}

static int read_changes(struct run *run, const char *path)
{
	struct stage *s = &run->stage;
	struct file_source file;
	struct reader reader;
	struct column columns[CHANGE_COLUMNS];
	const struct reader_options options = { .format = (enum format)s->input_format };
	if (file_source_open(&file, path, &s->error) != 0)
		return -1;
	if (reader_open(&reader, &file.source, path, &options, &s->error) != 0) {
		file_source_close(&file);
		return -1;
	}
	s->hides = hides;
	s->hides_context = &run->keys;
	change_columns(columns);
	int result = reader_bind(&reader, columns, CHANGE_COLUMNS, &s->error);
	if (result != 0 && s->error.status == STATUS_INPUT)
		error_hint(&s->error, "`diff-config` makes the stream of changes");
	enum read_result got = READ_RECORD;
	while (result == 0 && (got = stage_next(s, &reader, file.read_bytes)) == READ_RECORD) {
		struct reject reject;
		int added = changes_add(&run->changes, columns, &reader.record, &reject, &s->error);
		if (added < 0 || (added == 0 && stage_reject(s, &reader, &reject) != 0))
			result = -1;
		s->written += added > 0;
	}
	run->blank_lines = reader.blank_lines;
	reader_release(&reader);
	file_source_close(&file);
	return got == READ_FAILED ? -1 : result;
}

/* Checks each row against the raw files, and decides on it. */
static int decide_changes(struct run *run, const char *path)
{
	struct error *e = &run->stage.error;
	for (size_t i = 0; i < run->changes.count; i++) {
		struct change *change = &run->changes.items[i];
		struct fit fit;
		if (fit_check(&fit, change, &run->before, &run->current, path, e) != 0)
			return -1;
		const struct facts facts = {
			.change = change->kind,
			.action = change->action,
			.introduced_by_source = change->introduced_by_source,
			.file = fit.before_entry == ENTRY_NONE && fit.current_entry == ENTRY_NONE,
			.both_files = fit.before && fit.current,
			.secret = fit.secret,
			.remove_introduced = run->remove_introduced,
		};
		change->step = decide(&facts);
		if (!step_is_edit(change->step))
			continue;
		struct plan *plan = &run->plans[fit.current - run->current.files];
		plan->before = fit.before;
		if (plan_add(plan, change, &fit) != 0)
			return error_memory(e);
	}
	return 0;
}

static int make_plans(struct run *run)
{
	struct error *e = &run->stage.error;
	for (size_t i = 0; i < run->current.count; i++) {
		struct plan *plan = &run->plans[i];
		plan->current = &run->current.files[i];
		if (plan->count && plan_make(plan, &run->keys, e) != 0)
			return -1;
		if (plan->region_count == 0)
			continue;
		run->files_changed++;
		if (patch_append(&run->patch, slice_from(plan->current->path),
			    &plan->current->content, buffer_slice(&plan->result), plan->regions,
			    plan->region_count) != 0)
			return error_memory(e);
	}
	return 0;
}

/* Every row is an edit, a task, or asks for nothing. */
static void count_changes(struct run *run, const char *path)
{
	struct stage *s = &run->stage;
	for (size_t i = 0; i < run->changes.count; i++) {
		struct change *change = &run->changes.items[i];
		if (change->refused) {
			struct place place = { path, change->line, { NULL, 0 } };
			message_at(&s->messages, &place, "it is a task for a person: --todo FILE",
				"key \"%s\" of \"%s\" cannot be put back: the patch would hold a "
				"secret, or a line would be read in another way",
				SHOW(change->key), SHOW(change->file));
			change->step = STEP_REVIEW;
			run->refused++;
			s->look = true;
		}
		run->steps[change->step]++;
		if (change->step == STEP_NOTHING) {
			s->filtered++;
			s->written--;
		}
	}
}

void run_restore(struct run *run)
{
	struct stage *s = &run->stage;
	const char *path = s->operand_count ? s->operands[0] : "-";
	if (open_stage(run, path) != 0 || read_sides(run) != 0 || read_changes(run, path) != 0 ||
		decide_changes(run, path) != 0 || make_plans(run) != 0)
		return;
	count_changes(run, path);
	run_write(run);
}

static void summarise(struct run *run)
{
	struct stage *s = &run->stage;
	struct summary *summary = &s->summary;
	uint64_t restored = run->steps[STEP_REPLACE] + run->steps[STEP_INSERT];
	uint64_t tasks =
		run->steps[STEP_RETYPE] + run->steps[STEP_REGENERATE] + run->steps[STEP_REVIEW];
	stage_count(s);
	summary_count(summary, "blank-lines", run->blank_lines);
	summary_count(summary, "keys.replaced", run->steps[STEP_REPLACE]);
	summary_count(summary, "keys.returned", run->steps[STEP_INSERT]);
	summary_count(summary, "keys.removed", run->steps[STEP_REMOVE]);
	summary_count(summary, "keys.refused", run->refused);
	summary_count(summary, "todo.retype", run->steps[STEP_RETYPE]);
	summary_count(summary, "todo.regenerate", run->steps[STEP_REGENERATE]);
	summary_count(summary, "todo.review", run->steps[STEP_REVIEW]);
	summary_count(summary, "files.read", run->current.count);
	summary_count(summary, "files.changed", run->files_changed);
	summary_count(summary, "members.skipped", run->before.skipped + run->current.skipped);
	summary_count(summary, "members.ignored", run->before.ignored + run->current.ignored);
	buffer_printf(&s->line,
		"; restored %" PRIu64 ", removed %" PRIu64 ", to do %" PRIu64
		"; files %zu, changed %" PRIu64,
		restored, run->steps[STEP_REMOVE], tasks, run->current.count, run->files_changed);
}

int run_close(struct run *run)
{
	struct messages messages = run->stage.messages;
	struct error late = { 0 };
	if (run->stage.opened)
		summarise(run);
	int status = stage_close(&run->stage);
	if (status <= STATUS_LOOK && tree_publish(&run->tree, &late) != 0) {
		message_error(&messages, &late);
		status = (int)late.status;
	}
	tree_release(&run->tree);
	for (size_t i = 0; run->plans && i < run->current.count; i++)
		plan_release(&run->plans[i]);
	free(run->plans);
	free(run->restored);
	buffer_release(&run->patch);
	changes_release(&run->changes);
	side_release(&run->before);
	side_release(&run->current);
	config_keys_release(&run->keys);
	error_release(&late);
	return status;
}
