#include "run.h"

#include "ias.h"
#include "show.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *const decision_columns[] = { "user_id", "decision", "reason", "rule", "basis",
	"account_type", "basis_date", "age_days", "eligible_on", "route", "alerts" };
#define DECISION_COLUMNS (sizeof decision_columns / sizeof *decision_columns)

#define FIRST_YEAR 1900
#define MONTHS     ((9999 - FIRST_YEAR + 1) * 12)

static int read_side_inputs(struct run *run)
{
	struct error *e = &run->stage.error;
	enum format format = (enum format)run->stage.input_format;
	day_t as_of = run->settings.as_of;
	run->settings.ias = run->ias == 0;
	if (run->config_path && ias_read(run->config_path, format, &run->settings.ias, e) != 0)
		return -1;
	if (run->history_path &&
		history_read(&run->history, run->history_path, format, as_of, e) != 0)
		return -1;
	if (run->classes_path &&
		classes_read(&run->classes, run->classes_path, format, as_of, e) != 0)
		return -1;
	if (run->holds_path && holds_read(&run->holds, run->holds_path, format, as_of, e) != 0)
		return -1;
	run->eligible = calloc(MONTHS, sizeof *run->eligible);
	return run->eligible ? 0 : error_memory(e);
}

/* The side inputs' word on a user. */
static void look_up(struct run *run, const struct record *record, struct facts *facts)
{
	struct slice id = record_field(record, run->form.columns[COLUMN_USER_ID].index);
	if (run->history_path)
		facts->history = history_of(&run->history, id, &facts->changed_on);
	if (run->holds_path)
		facts->on_hold = list_marked(&run->holds, id);
	if (run->classes_path && facts->instructor)
		facts->teaches_later = list_marked(&run->classes,
			record_field(record, run->form.columns[COLUMN_INSTRUCTOR_ID].index));
}

static void count(struct run *run, const struct facts *facts, const struct verdict *v)
{
	run->inactive += facts->status == USER_INACTIVE;
	run->decisions[v->decision]++;
	run->reasons[v->reason]++;
	uint32_t failing = v->decision == DECISION_PURGE ? v->alerts & run->fail_on : 0;
	run->fail_on_count += failing != 0;
	for (unsigned i = 0; v->alerts >> i; i++) {
		run->alerts[i] += v->alerts >> i & 1;
		run->fail_on_alerts[i] += failing >> i & 1;
	}
	if (v->eligible != DAY_NONE && v->decision != DECISION_BLOCKED)
		run->eligible[day_month(v->eligible)]++;
}

static struct slice alerts_text(struct writer *w, uint32_t alerts, struct buffer *text)
{
	buffer_clear(text);
	for (unsigned i = 0; alerts >> i; i++) {
		if (!(alerts >> i & 1))
			continue;
		if (text->len)
			w->memory_failed |= buffer_put(text, ';') != 0;
		w->memory_failed |= buffer_append(text, slice_from(alert_name((enum alert)i))) != 0;
	}
	return buffer_slice(text);
}

static struct slice day_text(char into[DAY_TEXT], day_t day)
{
	return day != DAY_NONE ? day_write(into, day) : SLICE("");
}

static int write_decision(
	struct run *run, const struct record *record, const struct verdict *v, struct buffer *text)
{
	struct writer *w = &run->stage.writer;
	char basis[DAY_TEXT];
	char age[NUMBER_TEXT];
	char eligible[DAY_TEXT];
	const struct slice fields[DECISION_COLUMNS] = {
		record_field(record, run->form.columns[COLUMN_USER_ID].index),
		slice_from(decision_name(v->decision)),
		slice_from(decision_reason_name(v->reason)),
		slice_from(v->rule),
		v->documented ? SLICE("documented") : SLICE("inferred"),
		record_field(record, run->form.columns[COLUMN_ACCOUNT_TYPE].index),
		day_text(basis, v->basis),
		v->basis != DAY_NONE ? number_write(age, v->age) : SLICE(""),
		day_text(eligible, v->eligible),
		slice_from(route_name(v->route)),
		alerts_text(w, v->alerts, text),
	};
	/* All but the first are words of ours. */
	writer_fields(w, fields, DECISION_COLUMNS, ~UINT64_C(1));
	stage_carry(&run->stage, record);
	return stage_written(&run->stage);
}

static int classify_record(struct run *run, struct reader *reader, struct buffer *text)
{
	struct facts facts;
	struct reject reject;
	if (!user_facts(&run->form, &reader->record, &facts, &reject))
		return stage_reject(&run->stage, reader, &reject);
	look_up(run, &reader->record, &facts);
	struct verdict verdict = classify(&run->settings, &facts);
	count(run, &facts, &verdict);
	if (run->only && !(run->only >> verdict.decision & 1)) {
		run->stage.filtered++;
		return 0;
	}
	return write_decision(run, &reader->record, &verdict, text);
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
	struct buffer text = { 0 };
	const struct reader_options options = { .format = (enum format)s->input_format };
	if (reader_open(&reader, &file->source, file->path, &options, &s->error) != 0)
		return;
	user_form(&run->form, &run->settings, run->history_path, run->classes_path);
	int result = stage_bind(s, &reader, run->form.columns, USER_COLUMNS);
	if (result == 0) {
		tell_absent(run, file->path);
		result = stage_header(s, decision_columns, DECISION_COLUMNS);
	}
	while (result == 0 && stage_next(s, &reader, file->read_bytes) == READ_RECORD)
		result = classify_record(run, &reader, &text);
	run->blank_lines = reader.blank_lines;
	buffer_release(&text);
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
	uint64_t purge = run->decisions[DECISION_PURGE];
	bool over = run->limit.percent ? purge * 100000 > run->limit.value * run->inactive
				       : purge > run->limit.value;
	if (run->limit.given && over) {
		message_at(&s->messages, NULL, NULL,
			"%" PRIu64 " of %" PRIu64
			" inactive users would be purged, more than the limit "
			"(%s)",
			purge, run->inactive, run->limit_text);
		s->look = true;
	}
	if (run->fail_on_count) {
		struct buffer list = { 0 };
		for (unsigned i = 0; i < ALERT_COUNT; i++)
			if (run->fail_on_alerts[i])
				buffer_printf(&list, "%s%s %" PRIu64, list.len ? ", " : "",
					alert_name((enum alert)i), run->fail_on_alerts[i]);
		message_at(&s->messages, NULL, NULL,
			"users to be purged with an alert of --fail-on: %" PRIu64 " (%.*s)",
			run->fail_on_count, (int)list.len, list.len ? list.ptr : "");
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
			run->decisions[i]);
	for (int i = 0; i < WHY_COUNT; i++)
		summary_item(summary, "reason",
			slice_from(decision_reason_name((enum reason_of_decision)i)),
			run->reasons[i]);
	for (int i = 0; i < ALERT_COUNT; i++)
		summary_item(
			summary, "alert", slice_from(alert_name((enum alert)i)), run->alerts[i]);
	for (int i = COLUMN_PERSON_GUID; i <= COLUMN_ADMIN_ID; i++)
		if (run->form.columns[i].name)
			summary_item(summary, "absent", slice_from(run->form.columns[i].name),
				run->form.columns[i].index < 0);
	summary_count(summary, "history.after-as-of", run->history.after_as_of);
	summary_count(summary, "holds.unmatched", list_unmatched(&run->holds));
	summary_count(summary, "classes.unmatched", list_unmatched(&run->classes));
	summary_count(summary, "history.unmatched", history_unmatched(&run->history));
	for (int i = 0; run->eligible && i < MONTHS; i++) {
		char month[16];
		if (run->eligible[i] == 0)
			continue;
		snprintf(month, sizeof month, "%04d-%02d", FIRST_YEAR + i / 12, i % 12 + 1);
		summary_item(summary, "eligible", slice_from(month), run->eligible[i]);
	}
	for (int i = 0; i < DECISION_COUNT; i++)
		buffer_printf(&s->line, "%s %s %" PRIu64, i ? "," : ";",
			decision_name((enum decision)i), run->decisions[i]);
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
	free(run->eligible);
	return status;
}
