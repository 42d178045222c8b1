#include "run.h"

#include "ias.h"
#include "show.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *const decision_columns[DECISION_COLUMNS] = { "user_id", "decision", "reason",
	"rule", "basis", "account_type", "basis_date", "age_days", "eligible_on", "route",
	"alerts" };

static int read_side_inputs(struct run *run)
{
	struct error *e = &run->stage.error;
	enum format format = (enum format)run->stage.input_format;
	day_t as_of = run->settings.as_of;
	run->settings.ias = run->ias == 0;
	run->sides = run->history_path || run->classes_path || run->holds_path;
	if (run->config_path && ias_read(run->config_path, format, &run->settings.ias, e) != 0)
		return -1;
	if (run->history_path && history_read(&run->history, run->history_path, format, as_of,
					 stage_jobs(&run->stage), e) != 0)
		return -1;
	if (run->classes_path &&
		classes_read(&run->classes, run->classes_path, format, as_of, e) != 0)
		return -1;
	if (run->holds_path && holds_read(&run->holds, run->holds_path, format, as_of, e) != 0)
		return -1;
	rules_init(&run->rules, &run->settings);
	run->eligible.counts = calloc(MONTHS, sizeof *run->eligible.counts);
	return run->eligible.counts ? 0 : error_memory(e);
}

/* A column that no decision needs, but that its absence leaves blind. */
static void tell_absent(struct run *run, const char *file)
{
	static const int columns[] = { COLUMN_PERSON_GUID, COLUMN_INSTRUCTOR_ID, COLUMN_ADMIN_ID };
	static const char *const without[] = {
		"whom a Person GUID would block is not known",
		"which users are instructors is not known",
		"which users are administrators is not known",
	};
	struct place place = { file, 0, { NULL, 0 } };
	for (size_t i = 0; i < 3; i++)
		if (run->form.columns[columns[i]].index < 0)
			message_at(&run->stage.messages, &place, NULL, "no column \"%s\": %s",
				run->form.columns[columns[i]].name, without[i]);
}

static void classify_users(struct run *run, struct file_source *file)
{
	struct stage *s = &run->stage;
	struct reader reader;
	const struct reader_options options = { .format = (enum format)s->input_format };
	if (reader_open(&reader, &file->source, file->path, &options, &s->error) != 0)
		return;
	user_form(&run->form, &run->settings, run->history_path, run->classes_path);
	int result = stage_bind(s, &reader, run->form.columns, USER_COLUMNS);
	if (result == 0) {
		tell_absent(run, file->path);
		result = stage_header(s, decision_columns, DECISION_COLUMNS);
	}
	const struct stage_work work = { .run = run,
		.result_new = decided_new,
		.result_free = decided_free,
		.clear = decided_clear,
		.make = decide,
		.take = decided_take };
	if (result == 0)
		stage_work_on(s, &work, &reader, &file->read_bytes);
	run->blank_lines = reader.blank_lines;
	reader_release(&reader);
}

void run_classify(struct run *run)
{
	struct stage *s = &run->stage;
	const char *users = s->operand_count ? s->operands[0] : "-";
	const char *const inputs[] = { users, run->config_path, run->history_path,
		run->classes_path, run->holds_path };
	struct file_source file;
	if (stage_check_carry(s, decision_columns, DECISION_COLUMNS) != 0 ||
		stage_open(s, inputs, sizeof inputs / sizeof *inputs) != 0 ||
		read_side_inputs(run) != 0 || file_source_open(&file, users, &s->error) != 0)
		return;
	classify_users(run, &file);
	file_source_close(&file);
}

/* More to be purged than was thought? Everything is written all the same. */
static void check_limits(struct run *run)
{
	struct stage *s = &run->stage;
	uint64_t purge = tally_decision(&run->tally, DECISION_PURGE);
	uint64_t inactive = tally_inactive(&run->tally);
	bool over = run->limit.percent ? purge * 100000 > run->limit.value * inactive
				       : purge > run->limit.value;
	if (run->limit.given && over) {
		message_at(&s->messages, NULL, NULL,
			"%" PRIu64 " of %" PRIu64
			" inactive users would be purged, more than the limit "
			"(%s)",
			purge, inactive, run->limit_text);
		s->look = true;
	}
	if (run->tally.fail_on) {
		const uint64_t *alerts = run->tally.alerts[1];
		struct buffer list = { 0 };
		for (unsigned i = 0; i < ALERT_COUNT; i++)
			if ((run->fail_on >> i & 1) && alerts[i])
				buffer_printf(&list, "%s%s %" PRIu64, list.len ? ", " : "",
					alert_name((enum alert)i), alerts[i]);
		message_at(&s->messages, NULL, NULL,
			"users to be purged with an alert of --fail-on: %" PRIu64 " (%.*s)",
			run->tally.fail_on, (int)list.len, list.len ? list.ptr : "");
		buffer_release(&list);
		s->look = true;
	}
}

static void summarise(struct run *run)
{
	struct stage *s = &run->stage;
	struct summary *summary = &s->summary;
	char day[DAY_TEXT];
	day_write(day, run->settings.as_of);
	summary_text(summary, "as-of", day);
	stage_count(s);
	summary_count(summary, "blank-lines", run->blank_lines);
	for (int i = 0; i < DECISION_COUNT; i++)
		summary_item(summary, "decision", slice_from(decision_name((enum decision)i)),
			tally_decision(&run->tally, (enum decision)i));
	for (int i = 0; i < WHY_COUNT; i++)
		summary_item(summary, "reason",
			slice_from(decision_reason_name((enum reason_of_decision)i)),
			tally_reason(&run->tally, (enum reason_of_decision)i));
	for (int i = 0; i < ALERT_COUNT; i++)
		summary_item(summary, "alert", slice_from(alert_name((enum alert)i)),
			run->tally.alerts[0][i] + run->tally.alerts[1][i]);
	for (int i = COLUMN_PERSON_GUID; i <= COLUMN_ADMIN_ID; i++)
		if (run->form.columns[i].name)
			summary_item(summary, "absent", slice_from(run->form.columns[i].name),
				run->form.columns[i].index < 0);
	summary_count(summary, "history.after-as-of", run->history.after_as_of);
	summary_count(summary, "holds.unmatched", list_unmatched(&run->holds));
	summary_count(summary, "classes.unmatched", list_unmatched(&run->classes));
	summary_count(summary, "history.unmatched", history_unmatched(&run->history));
	for (int i = 0; i < MONTHS; i++) {
		char month[16];
		if ((run->eligible.some[i / 64] >> i % 64 & 1) == 0)
			continue;
		snprintf(month, sizeof month, "%04d-%02d", FIRST_YEAR + i / 12, i % 12 + 1);
		summary_item(summary, "eligible", slice_from(month), run->eligible.counts[i]);
	}
	for (int i = 0; i < DECISION_COUNT; i++)
		buffer_printf(&s->line, "%s %s %" PRIu64, i ? "," : ";",
			decision_name((enum decision)i),
			tally_decision(&run->tally, (enum decision)i));
}

int run_close(struct run *run)
{
	if (run->stage.opened) {
		if (run->stage.error.status == STATUS_DONE)
			check_limits(run);
		summarise(run);
	}
	int status = stage_close(&run->stage);
	history_release(&run->history);
	list_release(&run->classes);
	list_release(&run->holds);
	free(run->eligible.counts);
	return status;
}
