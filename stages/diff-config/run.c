#include "run.h"

#include <inttypes.h>
#include <stdlib.h>

/* A shorter value of the source is too likely to stand somewhere by chance. */
#define IDENTITY_LEAST 8

int run_key_rule(struct run *run, uint32_t index, struct key_rule *rule)
{
	const struct comparison *c = &run->comparison;
	const struct entry *entry = &c->entries[index];
	*rule = (struct key_rule){ KEY_SECRET, POLICY_RETYPE };
	if (comparison_rest_of_secret(c, entry))
		return 0;
	if (config_keys_find(&run->keys, keys_at(&c->files, entry->file), comparison_key(c, entry),
		    rule, &run->stage.error) != 0)
		return -1;
	/* What one of the streams calls a secret is one, though no row here knows it. */
	if (entry->secret && rule->class != KEY_SECRET)
		*rule = (struct key_rule){ KEY_SECRET, POLICY_RETYPE };
	return 0;
}

/* Is there a row whose value could have come from the source? */
static bool value_arrived(const struct run *run)
{
	return run->changes[CHANGE_ADDED] || run->changes[CHANGE_CHANGED];
}

/* The values by which the source is known: those of its environment keys. */
static int needles_gather(struct run *run)
{
	const struct comparison *c = &run->comparison;
	struct error *e = &run->stage.error;
	struct keys seen;
	int result = 0;
	keys_init(&seen, 0);
	for (uint32_t i = 0; result == 0 && i < c->entry_count; i++) {
		const struct entry *entry = &c->entries[i];
		struct slice value = comparison_value(c, entry, SIDE_SOURCE).bytes;
		struct key_rule rule;
		if (value.len < IDENTITY_LEAST || entry->secret || value_hidden(value))
			continue;
		if (run_key_rule(run, i, &rule) != 0) {
			result = -1;
		} else if (rule.class == KEY_ENVIRONMENT) {
			uint32_t known = seen.count;
			uint32_t index = keys_add(&seen, value);
			if (index == KEY_NONE ||
				(index == known && needles_add(&run->needles, value) != 0))
				result = error_memory(e);
		}
	}
	keys_release(&seen);
	if (result == 0 && needles_build(&run->needles) != 0)
		result = error_memory(e);
	return result;
}

void run_compare(struct run *run)
{
	struct stage *s = &run->stage;
	const char *const inputs[] = { run->paths[SIDE_BEFORE], run->paths[SIDE_AFTER],
		run->paths[SIDE_SOURCE], run->policy_path };
	if (stage_open(s, inputs, sizeof inputs / sizeof *inputs) != 0 ||
		config_keys_load_policy(&run->keys, run->policy_path, s->schemas, &s->error) != 0 ||
		streams_read(run, SIDE_BEFORE) != 0 ||
		(run->source_path && streams_read(run, SIDE_SOURCE) != 0) ||
		streams_read(run, SIDE_AFTER) != 0 || rows_choose(run) != 0 ||
		(value_arrived(run) && needles_gather(run) != 0))
		return;
	rows_write(run);
}

static void count_named(
	struct summary *summary, const char *group, const char *name, uint64_t value)
{
	char metric[64];
	snprintf(metric, sizeof metric, "%s.%s", group, name);
	summary_count(summary, metric, value);
}

static void summarise(struct run *run)
{
	static const char *const sides[SIDES] = { "before", "after", "source" };
	struct stage *s = &run->stage;
	struct summary *summary = &s->summary;
	stage_count(s);
	summary_count(summary, "blank-lines", run->blank_lines);
	for (int i = 0; i < SIDES; i++) {
		const struct row_counts *counts = &run->comparison.counts[i];
		count_named(summary, sides[i], "rows", counts->rows);
		count_named(summary, sides[i], "keys", counts->keys);
		count_named(summary, sides[i], "repeated",
			counts->rows - counts->keys - counts->empty_files);
		count_named(summary, sides[i], "empty-files", counts->empty_files);
	}
	for (int i = 0; i < CHANGE_COUNT; i++)
		count_named(summary, "change", change_name((enum change)i), run->changes[i]);
	for (int i = VERDICT_NONE + 1; i < VERDICT_COUNT; i++)
		count_named(summary, "verdict", verdict_name((enum verdict)i), run->verdicts[i]);
	for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
		count_named(summary, "action", action_name((enum action)i), run->actions[i]);
	for (int i = 0; i < ALERT_COUNT; i++)
		count_named(summary, "alert", alert_name((enum alert)i), run->alerts[i]);
	summary_count(summary, "source-values", run->needles.count);
	for (int i = 0; i < CHANGE_COUNT; i++)
		buffer_printf(&s->line, "%s %s %" PRIu64, i ? "," : ";",
			change_name((enum change)i), run->changes[i]);
}

int run_close(struct run *run)
{
	if (run->stage.opened)
		summarise(run);
	int status = stage_close(&run->stage);
	comparison_release(&run->comparison);
	config_keys_release(&run->keys);
	needles_release(&run->needles);
	buffer_release(&run->alert_text);
	free(run->files);
	free(run->rows);
	return status;
}
