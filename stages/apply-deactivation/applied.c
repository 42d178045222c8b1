#include "applied.h"

#include "crew.h"
#include "run.h"

#include <stdlib.h>

/*
 * An assignment of a leaver. Its effects are few instructions, and are found again to be counted.
 */
struct applied_case {
	uint32_t leaver;
	struct assignment assignment;
	size_t id_length; /* of its object, where that is kept */
};

void *applied_new(void *context)
{
	const struct run *run = context;
	struct applied *a = crew_memory(sizeof *a);
	if (a)
		writer_init(&a->writer, NULL, (enum format)run->stage.output_format);
	return a;
}

void applied_clear(void *result)
{
	struct applied *a = result;
	writer_begin(&a->writer);
	buffer_clear(&a->cases);
	buffer_clear(&a->ids);
	a->written = a->filtered = 0;
}

void applied_free(void *result)
{
	struct applied *a = result;
	writer_release(&a->writer);
	buffer_release(&a->text);
	buffer_release(&a->cases);
	buffer_release(&a->ids);
	free(a);
}

static struct slice alerts_text(struct applied *a, uint32_t alerts)
{
	struct writer *w = &a->writer;
	buffer_clear(&a->text);
	for (unsigned i = 0; alerts >> i; i++) {
		if (!(alerts >> i & 1))
			continue;
		if (a->text.len)
			w->memory_failed |= buffer_put(&a->text, ';') != 0;
		w->memory_failed |=
			buffer_append(&a->text, slice_from(alert_name((enum alert)i))) != 0;
	}
	return buffer_slice(&a->text);
}

static enum way way_of(const struct run *run, const struct leaver *leaver)
{
	return leaver->method == METHOD_MANUAL ? WAY_MANUAL : run->clean_way;
}

static void write_one(const struct run *run, struct applied *a, const struct leaver *leaver,
	const struct assignment *assignment, struct slice status)
{
	const struct effect effect = effect_of(&run->connector, way_of(run, leaver), assignment);
	const struct slice fields[] = {
		slice_from(action_name(effect.action)),
		effect.result ? slice_from(effect.result) : status,
		slice_from(effect.rule),
		slice_from(basis_name(effect.basis)),
		alerts_text(a, effect.alerts),
	};
	writer_fields(&a->writer, fields, sizeof fields / sizeof *fields, ~UINT64_C(0));
}

static void write_all(const struct run *run, struct applied *a, const struct assignment *assignment)
{
	for (int way = 0; way < WAY_COUNT; way++) {
		struct effect effect = effect_of(&run->connector, (enum way)way, assignment);
		writer_field(&a->writer, slice_from(action_name(effect.action)));
	}
}

int apply(const void *context, void *result, const struct record *record, struct reject *reject,
	struct error *e)
{
	const struct run *run = context;
	struct applied *a = result;
	const struct column *columns = run->form.columns;
	struct applied_case one = { 0 };
	struct slice fields[ASSIGNMENT_COLUMNS];
	if (!assignment_read(&run->form, record, &one.assignment, reject))
		return 0;
	for (int i = 0; i < ASSIGNMENT_COLUMNS; i++)
		fields[i] = record_field(record, columns[i].index);
	const struct leaver *leaver =
		leavers_find(&run->leavers, fields[COLUMN_USER_ID], &one.leaver);
	if (!leaver) {
		a->filtered++;
		return 1;
	}
	bool counted =
		run->stage.summary_path && !run->what_if &&
		(one.assignment.object == OBJECT_CLASS || one.assignment.object == OBJECT_COHORT);
	one.id_length = counted ? fields[COLUMN_OBJECT_ID].len : 0;
	if ((counted && buffer_append(&a->ids, fields[COLUMN_OBJECT_ID]) != 0) ||
		buffer_append(&a->cases, (struct slice){ (const char *)&one, sizeof one }) != 0)
		return error_memory(e);
	writer_fields(&a->writer, fields, ASSIGNMENT_COLUMNS, 0);
	if (run->what_if)
		write_all(run, a, &one.assignment);
	else
		write_one(run, a, leaver, &one.assignment, fields[COLUMN_STATUS]);
	stage_carry(&run->stage, &a->writer, record);
	a->written++;
	return writer_end(&a->writer, e) == 0 ? 1 : -1;
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

static int count_one(struct run *run, struct leaver *leaver, const struct assignment *assignment,
	struct slice object_id)
{
	enum way way = way_of(run, leaver);
	const struct effect effect = effect_of(&run->connector, way, assignment);
	run->no_status +=
		assignment->standing == STANDING_UNKNOWN && status_decides(way, assignment->object);
	run->effects[way][assignment->object][effect.action]++;
	for (unsigned i = 0; i < ALERT_COUNT; i++)
		run->alerts[i] += effect.alerts >> i & 1;
	bool profile = effect.alerts >> ALERT_PROFILE_SYNC & 1;
	bool lost = effect.alerts >> ALERT_PROGRESS_LOST & 1;
	if (lost && !(leaver->seen & LEAVER_LOSES)) {
		leaver->seen |= LEAVER_LOSES;
		run->losing++;
	}
	bool gone = effect.action == ACTION_REMOVE || effect.action == ACTION_CANCEL;
	if (assignment->object == OBJECT_CLASS && gone &&
		count_object(run, &run->classes, object_id) != 0)
		return -1;
	if (assignment->object == OBJECT_COHORT && effect.action == ACTION_MANUAL &&
		count_object(run, &run->cohorts, object_id) != 0)
		return -1;
	if (count_for_leaver(run, leaver, (int)effect.action) != 0 ||
		(profile && count_for_leaver(run, leaver, TOTAL_PROFILE_SYNC) != 0) ||
		(lost && count_for_leaver(run, leaver, TOTAL_PROGRESS_LOST) != 0))
		return -1;
	return 0;
}

static void count_all(struct run *run, const struct assignment *assignment)
{
	bool decides = false;
	for (int way = 0; way < WAY_COUNT; way++) {
		struct effect effect = effect_of(&run->connector, (enum way)way, assignment);
		decides |= status_decides((enum way)way, assignment->object);
		run->effects[way][assignment->object][effect.action]++;
	}
	run->no_status += assignment->standing == STANDING_UNKNOWN && decides;
}

int applied_take(void *context, void *result)
{
	struct run *run = context;
	struct applied *a = result;
	struct stage *s = &run->stage;
	struct slice ids = buffer_slice(&a->ids);
	for (size_t at = 0; at < a->cases.len; at += sizeof(struct applied_case)) {
		struct applied_case one;
		memcpy(&one, a->cases.ptr + at, sizeof one);
		struct leaver *leaver = leavers_at(&run->leavers, one.leaver);
		leaver->seen |= LEAVER_ASSIGNED;
		if (run->what_if)
			count_all(run, &one.assignment);
		else if (count_one(run, leaver, &one.assignment,
				 (struct slice){ ids.ptr, one.id_length }) != 0)
			return -1;
		ids = slice_skip(ids, one.id_length);
	}
	s->written += a->written;
	s->filtered += a->filtered;
	return writer_take(&s->writer, &a->writer, &s->error);
}
