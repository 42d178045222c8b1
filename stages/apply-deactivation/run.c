#include "run.h"

#include "clean_plan.h"

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

static void apply_file(struct run *run, struct file_source *file)
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
	const struct stage_work work = { .run = run,
		.result_new = applied_new,
		.result_free = applied_free,
		.clear = applied_clear,
		.make = apply,
		.take = applied_take };
	if (result == 0)
		stage_work_on(s, &work, &reader, &file->read_bytes);
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
	apply_file(run, &file);
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
	return status;
}
