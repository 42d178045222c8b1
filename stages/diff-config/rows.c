#include "run.h"

#include <inttypes.h>
#include <stdlib.h>

const char *const change_columns[CHANGE_COLUMNS] = { "file", "key", "change", "before", "after",
	"source", "verdict", "policy", "action", "before_line", "after_line", "alerts" };

static void row_add(struct run *run, bool whole_file, uint32_t index)
{
	run->rows[run->row_count++] = (struct row){ .whole_file = whole_file, .index = index };
}

/* The file as a whole, which is on one side only, judged like a key without a value. */
static struct finding file_judge(const struct run *run, uint32_t index)
{
	const struct config_file *file = comparison_file(&run->comparison, index);
	const struct values values = { .before.present = file->on[SIDE_BEFORE],
		.after.present = file->on[SIDE_AFTER],
		.source.present = file->on[SIDE_SOURCE],
		.source_given = run->comparison.source_given };
	return values_judge(&values);
}

static void choose_files(struct run *run)
{
	const struct comparison *c = &run->comparison;
	for (uint32_t i = 0; i < c->files.count; i++) {
		if (!comparison_one_sided(c, i))
			continue;
		struct finding finding = file_judge(run, i);
		run->stage.read++;
		run->changes[finding.change]++;
		run->verdicts[finding.verdict]++;
		row_add(run, true, i);
	}
}

static void choose_key(struct run *run, uint32_t index)
{
	const struct comparison *c = &run->comparison;
	const struct entry *entry = &c->entries[index];
	if (!entry->on[SIDE_BEFORE].present && !entry->on[SIDE_AFTER].present)
		return;
	struct values values = comparison_values(c, entry);
	struct finding finding = values_judge(&values);
	run->stage.read++;
	run->changes[finding.change]++;
	run->verdicts[finding.verdict]++;
	if (run->all || (finding.change != CHANGE_SAME && !comparison_one_sided(c, entry->file)))
		row_add(run, false, index);
	else
		run->stage.filtered++;
}

int rows_choose(struct run *run)
{
	struct comparison *c = &run->comparison;
	run->rows = calloc((size_t)c->files.count + c->entry_count + 1, sizeof *run->rows);
	run->files = calloc((size_t)c->files.count + 1, sizeof *run->files);
	if (!run->rows || !run->files || comparison_rank(c) != 0 || files_survey(run) != 0)
		return error_memory(&run->stage.error);
	choose_files(run);
	for (uint32_t i = 0; i < c->entry_count; i++)
		choose_key(run, i);
	return 0;
}

static uint32_t row_file(const struct comparison *c, const struct row *row)
{
	return row->whole_file ? row->index : c->entries[row->index].file;
}

/* By file, then the row of the file as a whole, then by key. */
static int row_compare(const void *a, const void *b, void *context)
{
	const struct comparison *c = context;
	const struct row *x = a;
	const struct row *y = b;
	uint32_t x_rank = comparison_file(c, row_file(c, x))->rank;
	uint32_t y_rank = comparison_file(c, row_file(c, y))->rank;
	if (x_rank != y_rank)
		return x_rank < y_rank ? -1 : 1;
	if (x->whole_file || y->whole_file)
		return (int)y->whole_file - (int)x->whole_file;
	return slice_compare(
		comparison_key(c, &c->entries[x->index]), comparison_key(c, &c->entries[y->index]));
}

static void write_line(struct writer *w, const struct occurrence *on)
{
	char text[16] = "";
	if (on->present)
		snprintf(text, sizeof text, "%" PRIu32, on->line);
	writer_field(w, slice_from(text));
}

/* A secret that is not hidden already, in a stream that `extract` did not make, is hidden here. */
static void write_value(struct writer *w, struct slice value, bool secret)
{
	bool hide = secret && value.len && !hidden_value(value);
	writer_field(w, hide ? SLICE(MASKED) : value);
}

static void write_alerts(struct run *run, uint32_t alerts)
{
	struct writer *w = &run->stage.writer;
	buffer_clear(&run->alert_text);
	for (unsigned i = 0; i < ALERT_COUNT; i++) {
		if (!(alerts >> i & 1))
			continue;
		run->alerts[i]++;
		w->memory_failed |=
			buffer_printf(&run->alert_text, "%s%s", run->alert_text.len ? ";" : "",
				alert_name((enum alert)i)) != 0;
	}
	writer_field(w, buffer_slice(&run->alert_text));
}

static uint32_t key_alerts(
	struct run *run, const struct row *row, const struct values *v, enum change change)
{
	const struct comparison *c = &run->comparison;
	const struct file_facts *file = &run->files[c->entries[row->index].file];
	struct slice key = comparison_key(c, &c->entries[row->index]);
	uint32_t alerts = 0;
	if (row->arrived)
		alerts |= UINT32_C(1) << ALERT_SOURCE_IDENTITY;
	if (v->after.present && ips_address(key))
		alerts |= ips_alerts(&file->ips);
	enum alert setting = setting_alert(file->known, key);
	if (setting != ALERT_COUNT && change != CHANGE_SAME)
		alerts |= UINT32_C(1) << setting;
	return alerts;
}

static int write_key(struct run *run, const struct row *row)
{
	const struct comparison *c = &run->comparison;
	struct writer *w = &run->stage.writer;
	const struct entry *entry = &c->entries[row->index];
	struct values v = comparison_values(c, entry);
	struct finding finding = values_judge(&v);
	struct key_rule rule;
	if (run_key_rule(run, row->index, &rule) != 0)
		return -1;
	bool secret = rule.class == KEY_SECRET;
	const struct standing standing = { secret, rule.policy,
		comparison_one_sided(c, entry->file), values_as_source(&v) };
	enum action action = action_of(finding.change, &standing);
	run->actions[action]++;
	writer_field(w, keys_at(&c->files, entry->file));
	writer_field(w, comparison_key(c, entry));
	writer_field(w, slice_from(change_name(finding.change)));
	write_value(w, v.before.bytes, secret);
	write_value(w, v.after.bytes, secret);
	write_value(w, v.source.bytes, secret);
	writer_field(w, slice_from(verdict_name(finding.verdict)));
	writer_field(w, slice_from(policy_name(rule.policy)));
	writer_field(w, slice_from(action_name(action)));
	write_line(w, &entry->on[SIDE_BEFORE]);
	write_line(w, &entry->on[SIDE_AFTER]);
	write_alerts(run, key_alerts(run, row, &v, finding.change));
	run->stage.look |= finding.change != CHANGE_SAME;
	return stage_written(&run->stage);
}

static int write_file(struct run *run, uint32_t index)
{
	struct writer *w = &run->stage.writer;
	struct finding finding = file_judge(run, index);
	run->actions[ACTION_REVIEW]++;
	writer_field(w, keys_at(&run->comparison.files, index));
	writer_field(w, SLICE(""));
	writer_field(w, slice_from(change_name(finding.change)));
	for (int i = 0; i < 3; i++)
		writer_field(w, SLICE(""));
	writer_field(w, slice_from(verdict_name(finding.verdict)));
	writer_field(w, SLICE(""));
	writer_field(w, slice_from(action_name(ACTION_REVIEW)));
	for (int i = 0; i < 2; i++)
		writer_field(w, SLICE(""));
	write_alerts(run, UINT32_C(1) << ALERT_FILE_MISSING);
	run->stage.look = true;
	return stage_written(&run->stage);
}

int rows_write(struct run *run)
{
	int result = 0;
	qsort_r(run->rows, run->row_count, sizeof *run->rows, row_compare, &run->comparison);
	for (size_t i = 0; result == 0 && i < run->row_count; i++) {
		const struct row *row = &run->rows[i];
		result = row->whole_file ? write_file(run, row->index) : write_key(run, row);
	}
	return result;
}
