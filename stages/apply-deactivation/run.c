#include "run.h"

#include "clean_plan.h"
#include "show.h"

#include <inttypes.h>

static const char *const effect_columns[] = { "user_id", "object_type", "object_id", "status",
	"origin", "action", "result_status", "rule", "basis", "alerts" };
#define EFFECT_COLUMNS (sizeof effect_columns / sizeof *effect_columns)

static const char *const what_if_columns[] = { "user_id", "object_type", "object_id", "status",
	"origin", "manual", "connector_y", "connector_n" };
#define WHAT_IF_COLUMNS (sizeof what_if_columns / sizeof *what_if_columns)

static int read_side_inputs(struct run *run)
{
	struct stage *s = &run->stage;
	struct error *e = &s->error;
	enum format format = (enum format)s->input_format;
	if (run->config_path &&
		clean_plan_read(run->config_path, format, run->connector.user_sf, &run->clean_way,
			&run->connector.default_assumed, &s->messages, e) != 0)
		return -1;
	if (leavers_read(&run->leavers, run->leavers_path, format, run->method, run->what_if,
		    &s->messages, e) != 0)
		return -1;
	return run->users_path
		       ? leavers_check(&run->leavers, run->users_path, format, &s->messages, e)
		       : 0;
}

static int count_object(struct run *run, struct keys *objects, struct slice id)
{
	if (!run->stage.summary_path)
		return 0;
	uint32_t index = keys_add(objects, id);
	if (index == KEY_NONE)
		return error_memory(&run->stage.error);
	++*(uint64_t *)keys_value(objects, index);
	return 0;
}

static int count_for_leaver(struct run *run, struct leaver *leaver, int what)
{
	if (!run->totals_path)
		return 0;
	if (++leaver->totals[what] == UINT32_MAX)
		return error_set(&run->stage.error, STATUS_INPUT,
			"more assignments of one user than can be "
			"counted");
	return 0;
}

static int count(struct run *run, struct leaver *leaver, enum way way, const struct assignment *a,
	const struct effect *effect, struct slice object_id)
{
	run->effects[way][a->object][effect->action]++;
	for (unsigned i = 0; i < ALERT_COUNT; i++)
		run->alerts[i] += effect->alerts >> i & 1;
	bool profile = effect->alerts >> ALERT_PROFILE_SYNC & 1;
	bool lost = effect->alerts >> ALERT_PROGRESS_LOST & 1;
	if (lost && !(leaver->flags & LEAVER_LOSES)) {
		leaver->flags |= LEAVER_LOSES;
		run->losing++;
	}
	bool gone = effect->action == ACTION_REMOVE || effect->action == ACTION_CANCEL;
	if (a->object == OBJECT_CLASS && gone && count_object(run, &run->classes, object_id) != 0)
		return -1;
	if (a->object == OBJECT_COHORT && effect->action == ACTION_MANUAL &&
		count_object(run, &run->cohorts, object_id) != 0)
		return -1;
	if (count_for_leaver(run, leaver, (int)effect->action) != 0 ||
		(profile && count_for_leaver(run, leaver, TOTAL_PROFILE_SYNC) != 0) ||
		(lost && count_for_leaver(run, leaver, TOTAL_PROGRESS_LOST) != 0))
		return -1;
	return 0;
}

static void write_assignment(struct run *run, const struct record *record)
{
	for (int i = 0; i < ASSIGNMENT_COLUMNS; i++)
		writer_field(&run->stage.writer, record_field(record, run->form.columns[i].index));
}

static void write_alerts(struct run *run, uint32_t alerts)
{
	struct writer *w = &run->stage.writer;
	buffer_clear(&run->text);
	for (unsigned i = 0; i < ALERT_COUNT; i++)
		if (alerts >> i & 1)
			w->memory_failed |=
				buffer_printf(&run->text, "%s%s", run->text.len ? ";" : "",
					alert_name((enum alert)i)) != 0;
	writer_field(w, buffer_slice(&run->text));
}

static int apply_one(struct run *run, const struct record *record, struct leaver *leaver,
	const struct assignment *a)
{
	struct writer *w = &run->stage.writer;
	enum way way = leaver->method == METHOD_MANUAL ? WAY_MANUAL : run->clean_way;
	struct effect effect = effect_of(&run->connector, way, a);
	struct slice status = record_field(record, run->form.columns[COLUMN_STATUS].index);
	struct slice object_id = record_field(record, run->form.columns[COLUMN_OBJECT_ID].index);
	if (count(run, leaver, way, a, &effect, object_id) != 0)
		return -1;
	run->no_status += a->standing == STANDING_UNKNOWN && status_decides(way, a->object);
	write_assignment(run, record);
	writer_field(w, slice_from(action_name(effect.action)));
	writer_field(w, effect.result ? slice_from(effect.result) : status);
	writer_field(w, slice_from(effect.rule));
	writer_field(w, slice_from(basis_name(effect.basis)));
	write_alerts(run, effect.alerts);
	stage_carry(&run->stage, &run->stage.writer, record);
	return stage_written(&run->stage);
}

static int apply_all(struct run *run, const struct record *record, const struct assignment *a)
{
	bool decides = false;
	write_assignment(run, record);
	for (int way = 0; way < WAY_COUNT; way++) {
		decides |= status_decides((enum way)way, a->object);
		struct effect effect = effect_of(&run->connector, (enum way)way, a);
		run->effects[way][a->object][effect.action]++;
		writer_field(&run->stage.writer, slice_from(action_name(effect.action)));
	}
	run->no_status += a->standing == STANDING_UNKNOWN && decides;
	stage_carry(&run->stage, &run->stage.writer, record);
	return stage_written(&run->stage);
}

static int apply_record(struct run *run, struct reader *reader)
{
	const struct record *record = &reader->record;
	struct assignment assignment;
	struct reject reject;
	if (!assignment_read(&run->form, record, &assignment, &reject))
		return stage_reject(&run->stage, reader, &reject);
	struct leaver *leaver = leavers_find(
		&run->leavers, record_field(record, run->form.columns[COLUMN_USER_ID].index));
	if (!leaver) {
		run->stage.filtered++;
		return 0;
	}
	leaver->flags |= LEAVER_ASSIGNED;
	return run->what_if ? apply_all(run, record, &assignment)
			    : apply_one(run, record, leaver, &assignment);
}

/* A column that is not needed, but whose absence leaves the rules blind. */
static void tell_absent(struct run *run, const char *file)
{
	static const int columns[] = { COLUMN_STATUS, COLUMN_ORIGIN };
	static const char *const without[] = {
		"nothing is taken for complete, in progress or enrolled",
		"what assignment profiles will do is not known",
	};
	struct place place = { file, 0, { NULL, 0 } };
	for (size_t i = 0; i < 2; i++)
		if (run->form.columns[columns[i]].index < 0)
			message_at(&run->stage.messages, &place, NULL, "no column \"%s\": %s",
				run->form.columns[columns[i]].name, without[i]);
}

/* "Not complete" is what the table has for them; whether it is so, nobody knows. */
static void tell_no_status(struct run *run, const char *file)
{
	struct place place = { file, 0, { NULL, 0 } };
	if (run->no_status && run->form.columns[COLUMN_STATUS].index >= 0)
		message_at(&run->stage.messages, &place,
			"export the status with the report, and map its words",
			"assignments without a status, which decides what becomes of them: "
			"%" PRIu64 ", taken for neither complete nor enrolled",
			run->no_status);
}

static void apply(struct run *run, struct file_source *file)
{
	struct stage *s = &run->stage;
	struct reader reader;
	const struct reader_options options = { .format = (enum format)s->input_format };
	if (reader_open(&reader, &file->source, file->path, &options, &s->error) != 0)
		return;
	int result = stage_bind(s, &reader, run->form.columns, ASSIGNMENT_COLUMNS);
	run->bound = result == 0;
	if (result == 0) {
		tell_absent(run, file->path);
		result = run->what_if ? stage_header(s, what_if_columns, WHAT_IF_COLUMNS)
				      : stage_header(s, effect_columns, EFFECT_COLUMNS);
	}
	while (result == 0 && stage_next(s, &reader, file->read_bytes) == READ_RECORD)
		result = apply_record(run, &reader);
	run->blank_lines = reader.blank_lines;
	reader_release(&reader);
	tell_no_status(run, file->path);
	if (s->error.status == STATUS_DONE && run->totals_path)
		report_totals(run);
}

void run_apply(struct run *run)
{
	struct stage *s = &run->stage;
	const char *input = s->operand_count ? s->operands[0] : "-";
	const char *const inputs[] = { input, run->config_path, run->leavers_path,
		run->users_path };
	struct file_source file;
	int checked = run->what_if ? stage_check_carry(s, what_if_columns, WHAT_IF_COLUMNS)
				   : stage_check_carry(s, effect_columns, EFFECT_COLUMNS);
	if (checked != 0 || stage_open(s, inputs, sizeof inputs / sizeof *inputs) != 0 ||
		identities_add(&s->identities, run->totals_path, true, &s->error) != 0 ||
		read_side_inputs(run) != 0 || file_source_open(&file, input, &s->error) != 0)
		return;
	apply(run, &file);
	file_source_close(&file);
}

int run_close(struct run *run)
{
	if (run->stage.opened)
		report_summary(run);
	int status = stage_close(&run->stage);
	leavers_release(&run->leavers);
	keys_release(&run->classes);
	keys_release(&run->cohorts);
	buffer_release(&run->text);
	return status;
}
