#include "fragments.h"
#include "needles.h"
#include "run.h"

/* A shorter value of the source is too likely to stand somewhere by chance. */
#define IDENTITY_LEAST 8
_Static_assert(IDENTITY_LEAST >= FRAGMENT, "the sieve is for no shorter values");

/* The source's value of a key, if it is one that can be looked for; empty otherwise. */
static struct slice own_value(const struct comparison *c, const struct entry *entry)
{
	struct slice value = comparison_value(c, entry, SIDE_SOURCE).bytes;
	bool wanted = value.len >= IDENTITY_LEAST && !entry->secret && !hidden_value(value);
	return wanted ? value : SLICE("");
}

/*
 * Most rows of a refresh have the source's value of their own key, and need no search. The others
 * are marked, and their bytes counted: 0, or -1 with the error set.
 */
static int rows_survey(struct run *run, uint64_t *bytes)
{
	const struct comparison *c = &run->comparison;
	struct key_rule rule;
	*bytes = 0;
	for (size_t i = 0; i < run->row_count; i++) {
		struct row *row = &run->rows[i];
		if (row->whole_file)
			continue;
		const struct entry *entry = &c->entries[row->index];
		struct slice before = comparison_value(c, entry, SIDE_BEFORE).bytes;
		struct slice after = comparison_value(c, entry, SIDE_AFTER).bytes;
		if (after.len < IDENTITY_LEAST || slice_equal(before, after))
			continue;
		if (run_key_rule(run, row->index, &rule) != 0)
			return -1;
		if (rule.class == KEY_SECRET)
			continue;
		row->arrived = rule.class == KEY_ENVIRONMENT &&
			       slice_equal(after, own_value(c, entry)) &&
			       (before.len < after.len ||
				       !memmem(before.ptr, before.len, after.ptr, after.len));
		row->searched = !row->arrived;
		*bytes += row->searched ? after.len : 0;
	}
	return 0;
}

/* The values by which the source is known and that can stand in one of the texts. */
static int needles_gather(struct run *run, const struct fragments *texts, struct needles *needles)
{
	const struct comparison *c = &run->comparison;
	struct error *e = &run->stage.error;
	struct keys seen;
	int result = 0;
	keys_init(&seen, 0);
	for (uint32_t i = 0; result == 0 && i < c->entry_count; i++) {
		struct slice value = own_value(c, &c->entries[i]);
		struct key_rule rule;
		if (value.len == 0 || !fragments_may_hold(texts, value))
			continue;
		if (run_key_rule(run, i, &rule) != 0) {
			result = -1;
		} else if (rule.class == KEY_ENVIRONMENT) {
			uint32_t known = seen.count;
			uint32_t index = keys_add(&seen, value);
			if (index == KEY_NONE ||
				(index == known && needles_add(needles, value) != 0))
				result = error_memory(e);
		}
	}
	keys_release(&seen);
	if (result == 0 && needles_build(needles) != 0)
		result = error_memory(e);
	return result;
}

static void texts_add(const struct run *run, struct fragments *texts)
{
	const struct comparison *c = &run->comparison;
	for (size_t i = 0; i < run->row_count; i++)
		if (run->rows[i].searched)
			fragments_add(texts,
				comparison_value(c, &c->entries[run->rows[i].index], SIDE_AFTER)
					.bytes);
}

int arrivals_find(struct run *run)
{
	const struct comparison *c = &run->comparison;
	struct fragments texts;
	struct needles needles = { 0 };
	uint64_t bytes;
	if (rows_survey(run, &bytes) != 0)
		return -1;
	if (bytes == 0)
		return 0;
	if (fragments_open(&texts, bytes) != 0)
		return error_memory(&run->stage.error);
	texts_add(run, &texts);
	int result = needles_gather(run, &texts, &needles);
	for (size_t i = 0; result == 0 && i < run->row_count; i++) {
		struct row *row = &run->rows[i];
		const struct entry *entry = &c->entries[row->index];
		if (row->searched)
			row->arrived = needles_arrived(&needles,
				comparison_value(c, entry, SIDE_BEFORE).bytes,
				comparison_value(c, entry, SIDE_AFTER).bytes);
	}
	needles_release(&needles);
	fragments_release(&texts);
	return result;
}
