/*
 * The counts at the end of a run, for the person who decides.
 */
#include "run.h"

#include "word.h"

#include <inttypes.h>
#include <stdlib.h>

static int write_totals(struct run *run, struct writer *w)
{
	static const char *const columns[] = { "user_id", "keep", "remove", "cancel", "inactivate",
		"lock", "manual", "review", "profile_sync", "progress_lost" };
	struct error *e = &run->stage.error;
	const struct keys *ids = &run->leavers.ids;
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		writer_field(w, slice_from(columns[i]));
	int result = writer_end(w, e);
	for (uint32_t i = 0; result == 0 && i < ids->count; i++) {
		const struct leaver *leaver = keys_value(ids, i);
		char number[16];
		if (leaver->flags & LEAVER_INACTIVE)
			continue;
		writer_field(w, keys_at(ids, i));
		for (int j = 0; j < TOTAL_COUNT; j++) {
			int length = snprintf(number, sizeof number, "%" PRIu32, leaver->totals[j]);
			writer_field(w, (struct slice){ number, (size_t)length });
		}
		result = writer_end(w, e);
	}
	return result == 0 ? writer_flush(w, e) : -1;
}

int report_totals(struct run *run)
{
	struct stage *s = &run->stage;
	struct writer writer;
	if (output_open(&run->totals, run->totals_path, &s->error) != 0)
		return -1;
	s->also[0] = &run->totals;
	writer_init(&writer, &run->totals, (enum format)s->output_format);
	int result = write_totals(run, &writer);
	writer_release(&writer);
	return result;
}

struct counted {
	struct slice id;
	uint64_t count;
};

/* Most first, then by id. */
static int compare_counted(const void *a, const void *b)
{
	const struct counted *x = a;
	const struct counted *y = b;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return slice_compare(x->id, y->id);
}

static void summarise_objects(struct run *run, const char *group, const struct keys *keys)
{
	struct counted *list = calloc((size_t)keys->count + 1, sizeof *list);
	if (!list) {
		run->stage.summary.memory_failed = true;
		return;
	}
	for (uint32_t i = 0; i < keys->count; i++)
		list[i] = (struct counted){ keys_at(keys, i),
			*(const uint64_t *)keys_value(keys, i) };
	qsort(list, keys->count, sizeof *list, compare_counted);
	for (uint32_t i = 0; i < keys->count; i++)
		summary_item(&run->stage.summary, group, list[i].id, list[i].count);
	free(list);
}

/* What the ways from `first` to `last` do, by object and action. */
static void summarise_effects(struct run *run, const char *group, int first, int last)
{
	for (int object = 0; object < OBJECT_COUNT; object++)
		for (int action = 0; action < ACTION_COUNT; action++) {
			char name[64];
			uint64_t count = 0;
			if (!action_possible((enum object)object, (enum action)action))
				continue;
			for (int way = first; way <= last; way++)
				count += run->effects[way][object][action];
			struct slice word = word_at(OBJECT_WORDS, object);
			int length = snprintf(name, sizeof name, "%.*s.%s", (int)word.len, word.ptr,
				action_name((enum action)action));
			summary_item(&run->stage.summary, group,
				(struct slice){ name, (size_t)length }, count);
		}
}

static uint64_t count_action(const struct run *run, int action)
{
	uint64_t count = 0;
	for (int way = 0; way < WAY_COUNT; way++)
		for (int object = 0; object < OBJECT_COUNT; object++)
			count += run->effects[way][object][action];
	return count;
}

static void summarise_plan(struct run *run)
{
	struct stage *s = &run->stage;
	summarise_effects(run, "effect", 0, WAY_COUNT - 1);
	for (int i = 0; i < ACTION_COUNT; i++)
		summary_item(&s->summary, "action", slice_from(action_name((enum action)i)),
			count_action(run, i));
	for (int i = 0; i < ALERT_COUNT; i++)
		summary_item(&s->summary, "alert", slice_from(alert_name((enum alert)i)),
			run->alerts[i]);
	summary_count(&s->summary, "progress-lost.users", run->losing);
	summarise_objects(run, "class-loses", &run->classes);
	summarise_objects(run, "cohort-by-hand", &run->cohorts);
	for (int i = 0; i < ACTION_COUNT; i++)
		buffer_printf(&s->line, "%s %s %" PRIu64, i ? "," : ";",
			action_name((enum action)i), count_action(run, i));
}

void report_summary(struct run *run)
{
	struct stage *s = &run->stage;
	const struct leavers *l = &run->leavers;
	stage_count(s);
	summary_count(&s->summary, "blank-lines", run->blank_lines);
	summary_count(&s->summary, "leavers", l->ids.count);
	summary_count(&s->summary, "leavers.repeated", l->repeated);
	summary_count(&s->summary, "leavers.already-inactive", l->inactive);
	summary_count(&s->summary, "leavers.unknown", l->unknown);
	summary_count(&s->summary, "leavers.without-assignments", leavers_without(l));
	for (int i = COLUMN_STATUS; i <= COLUMN_ORIGIN; i++)
		summary_item(&s->summary, "absent", slice_from(run->form.columns[i].name),
			run->bound && run->form.columns[i].index < 0);
	summary_count(&s->summary, "status.unknown", run->no_status);
	if (run->what_if) {
		summarise_effects(run, "manual", WAY_MANUAL, WAY_MANUAL);
		summarise_effects(run, "connector-y", WAY_CLEAN, WAY_CLEAN);
		summarise_effects(run, "connector-n", WAY_KEEP, WAY_KEEP);
	} else {
		summarise_plan(run);
	}
	buffer_printf(&s->line,
		"; leavers %" PRIu32 ", already inactive %" PRIu64 ", without assignments %" PRIu64,
		l->ids.count, l->inactive, leavers_without(l));
}
