#include "run.h"

#include <inttypes.h>
#include <stdlib.h>

/* What the streams and the rows of config-keys.csv say together. */
static int rule_find(
	struct run *run, const struct entry *entry, struct key_rule *rule, struct error *e)
{
	const struct comparison *c = &run->comparison;
	*rule = (struct key_rule){ KEY_SECRET, POLICY_RETYPE };
	if (comparison_rest_of_secret(c, entry))
		return 0;
	if (config_keys_find(&run->keys, keys_at(&c->files, entry->file), comparison_key(c, entry),
		    rule, e) != 0)
		return -1;
	/* What one of the streams calls a secret is one, though no row here knows it. */
	if (entry->secret && rule->class != KEY_SECRET)
		*rule = (struct key_rule){ KEY_SECRET, POLICY_RETYPE };
	return 0;
}

int run_key_rule(struct run *run, uint32_t index, struct key_rule *rule)
{
	struct entry *entry = &run->comparison.entries[index];
	if (!entry->ruled) {
		if (rule_find(run, entry, rule, &run->stage.error) != 0)
			return -1;
		entry->class = (uint8_t)rule->class;
		entry->policy = (uint8_t)rule->policy;
		entry->ruled = true;
	}
	*rule = (struct key_rule){ (enum key_class)entry->class, (enum key_policy)entry->policy };
	return 0;
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
		(run->source_path && arrivals_find(run) != 0))
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
	buffer_release(&run->alert_text);
	free(run->files);
	free(run->rows);
	return status;
}
