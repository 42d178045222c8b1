#include "catalogue.h"

#include "schema.h"
#include "show.h"
#include "word.h"

#include <stdlib.h>

enum { ID, PHASE, TASK, WHERE, WHO, WHEN, APPLIES_WHEN, PROOF, SOURCE, COLUMNS };
static const char *const task_columns[] = { "id", "phase", "task", "where", "who", "when",
	"applies_when", "proof", "source", NULL };

void catalogue_init(struct catalogue *c)
{
	*c = (struct catalogue){ 0 };
	keys_init(&c->ids, sizeof(size_t));
}

static int task_wrong(const struct schema_row *row, int column, const char *what, const char *want,
	struct error *e)
{
	struct place place = { row->file, row->line, slice_from(task_columns[column]) };
	error_at(e, STATUS_INPUT, &place, "%s (got \"%s\", want %s)", what,
		SHOW(row->fields[column]), want);
	return error_hint(e, "check-refresh(1) tells what each column may hold");
}

static int proof_wrong(const struct schema_row *row, struct error *e)
{
	task_wrong(row, PROOF, "no such proof", "one of the known ones, or none", e);
	struct buffer list = { 0 };
	for (int i = PROOF_NONE + 1; i < PROOF_COUNT; i++)
		buffer_printf(&list, "%s%s", list.len ? ", " : "", proof_name((enum proof)i));
	error_hint(e, "the proofs are %.*s", (int)list.len, list.ptr ? list.ptr : "");
	buffer_release(&list);
	return -1;
}

/* All of the row but its texts. */
static int task_read(struct task *task, const struct schema_row *row, struct error *e)
{
	static const int needed[] = { ID, TASK, SOURCE };
	struct place place = { row->file, row->line, slice_from(task_columns[APPLIES_WHEN]) };
	int phase = word_place(PHASE_WORDS, row->fields[PHASE]);
	int who = word_place(WHO_WORDS, row->fields[WHO]);
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (row->fields[needed[i]].len == 0)
			return task_wrong(row, needed[i], "nothing", "a text", e);
	if (phase < 0)
		return task_wrong(row, PHASE, "wrong value", "before or after", e);
	if (who < 0)
		return task_wrong(row, WHO, "wrong value", "customer, SAP or automatic", e);
	task->phase = (enum phase)phase;
	task->who = (enum who)who;
	task->proof = proof_find(row->fields[PROOF]);
	if (task->proof == PROOF_COUNT)
		return proof_wrong(row, e);
	if (offset_read(row->fields[WHEN], &task->when) != 0)
		return task_wrong(row, WHEN, "no number of days",
			"\"0\", \"-10 business\", \"+14 calendar\" or nothing", e);
	return condition_read(&task->applies, row->fields[APPLIES_WHEN], &place, e);
}

/* Copies the texts of the row, which are only lent. */
static int task_keep(struct task *task, const struct schema_row *row)
{
	struct slice *const slices[] = { &task->id, &task->text, &task->where, &task->source };
	static const int columns[] = { ID, TASK, WHERE, SOURCE };
	size_t total = 0;
	for (size_t i = 0; i < 4; i++)
		total += row->fields[columns[i]].len;
	if (buffer_reserve(&task->bytes, total) != 0)
		return -1;
	for (size_t i = 0; i < 4; i++) {
		struct slice field = row->fields[columns[i]];
		size_t at = task->bytes.len;
		if (buffer_append(&task->bytes, field) != 0)
			return -1;
		*slices[i] = (struct slice){ task->bytes.ptr + at, field.len };
	}
	return 0;
}

static struct task *task_add(struct catalogue *c)
{
	if (c->count == c->room) {
		size_t room = c->room ? c->room * 2 : 64;
		struct task *tasks = realloc(c->tasks, room * sizeof *tasks);
		if (!tasks)
			return NULL;
		c->tasks = tasks;
		c->room = room;
	}
	c->tasks[c->count] = (struct task){ 0 };
	return &c->tasks[c->count++];
}

static int catalogue_take(void *context, const struct schema_row *row, struct error *e)
{
	struct catalogue *c = context;
	struct task parsed = { 0 };
	if (task_read(&parsed, row, e) != 0)
		return -1;
	uint32_t known = c->ids.count;
	uint32_t index = keys_add(&c->ids, row->fields[ID]);
	if (index == KEY_NONE)
		return error_memory(e);
	size_t *at = keys_value(&c->ids, index);
	parsed.overlaid = !row->compiled_in;
	parsed.order = row->compiled_in ? c->compiled++ : SIZE_MAX / 2 + c->count;
	if (index < known) {
		struct task *other = &c->tasks[*at];
		if (other->overlaid == parsed.overlaid)
			return task_wrong(row, ID, "this id is there twice", "each id once", e);
		other->order = parsed.order;
		return 0;
	}
	*at = c->count;
	struct task *task = task_add(c);
	if (!task)
		return error_memory(e);
	*task = parsed;
	return task_keep(task, row) == 0 ? 0 : error_memory(e);
}

static int task_compare(const void *a, const void *b)
{
	size_t x = ((const struct task *)a)->order;
	size_t y = ((const struct task *)b)->order;
	return (x > y) - (x < y);
}

int catalogue_read(struct catalogue *c, const char *schemas, struct error *e)
{
	if (schema_read("refresh-tasks.csv", schemas, task_columns, catalogue_take, c, e) != 0)
		return -1;
	if (c->count)
		qsort(c->tasks, c->count, sizeof *c->tasks, task_compare);
	return 0;
}

bool catalogue_has(const struct catalogue *c, struct slice id)
{
	return keys_find(&c->ids, id) != KEY_NONE;
}

void catalogue_release(struct catalogue *c)
{
	for (size_t i = 0; i < c->count; i++)
		buffer_release(&c->tasks[i].bytes);
	free(c->tasks);
	keys_release(&c->ids);
}
