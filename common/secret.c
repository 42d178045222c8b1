#include "secret.h"

#include "schema.h"
#include "show.h"

#include <stdlib.h>

enum { FIELD_FILE, FIELD_KEY, FIELD_CLASS, FIELD_POLICY };

/* The position of `text` in a list ended by NULL; -1: not there. */
static int name_find(struct slice text, const char *const *names)
{
	for (int i = 0; names[i]; i++)
		if (slice_equal(text, slice_from(names[i])))
			return i;
	return -1;
}

static int row_compile(struct pattern *p, const struct schema_row *from, int field,
	const char *heading, struct error *e)
{
	struct place place = { from->file, from->line, slice_from(heading) };
	int result = pattern_compile(p, from->fields[field], PATTERN_WHOLE | PATTERN_CASELESS, e);
	if (result == 0 || e->status == STATUS_SYSTEM)
		return result;
	return error_at(e, STATUS_INPUT, &place, "not a regular expression (got \"%s\")",
		SHOW(from->fields[field]));
}

static int row_fill(struct config_key_row *row, const struct schema_row *from, struct error *e)
{
	static const char *const classes[] = { "secret", "environment", "behaviour", NULL };
	static const char *const policies[] = { "keep-target", "take-source", "ask", "retype",
		"regenerate", NULL };
	struct slice policy = from->fields[FIELD_POLICY];
	int class_found = name_find(from->fields[FIELD_CLASS], classes);
	int policy_found = policy.len ? name_find(policy, policies) : POLICY_KEEP_TARGET;
	if (class_found < 0) {
		struct place place = { from->file, from->line, SLICE("class") };
		return error_at(e, STATUS_INPUT, &place,
			"unknown class (got \"%s\", want secret, environment or behaviour)",
			SHOW(from->fields[FIELD_CLASS]));
	}
	if (policy_found < 0) {
		struct place place = { from->file, from->line, SLICE("policy") };
		return error_at(e, STATUS_INPUT, &place,
			"unknown policy (got \"%s\", want keep-target, take-source, ask, "
			"retype or regenerate)",
			SHOW(policy));
	}
	*row = (struct config_key_row){ .class = (enum key_class)(class_found + KEY_SECRET),
		.policy = (enum key_policy)policy_found,
		.compiled_in = from->compiled_in };
	if (row_compile(&row->file, from, FIELD_FILE, "file", e) != 0)
		return -1;
	if (row_compile(&row->key, from, FIELD_KEY, "key", e) == 0)
		return 0;
	pattern_release(&row->file);
	return -1;
}

static int row_take(void *context, const struct schema_row *from, struct error *e)
{
	struct config_keys *k = context;
	if (k->count == k->room) {
		size_t room = k->room ? 2 * k->room : 32;
		struct config_key_row *rows = reallocarray(k->rows, room, sizeof *rows);
		if (!rows)
			return error_memory(e);
		k->rows = rows;
		k->room = room;
	}
	if (row_fill(&k->rows[k->count], from, e) != 0)
		return -1;
	k->count++;
	return 0;
}

int config_keys_load(struct config_keys *k, const char *schemas, struct error *e)
{
	return config_keys_load_policy(k, NULL, schemas, e);
}

int config_keys_load_policy(
	struct config_keys *k, const char *policy, const char *schemas, struct error *e)
{
	static const char *const columns[] = { "file", "key", "class", "policy", "why", NULL };
	*k = (struct config_keys){ 0 };
	if ((!policy || schema_read_file(policy, columns, row_take, k, e) == 0) &&
		schema_read("config-keys.csv", schemas, columns, row_take, k, e) == 0)
		return 0;
	config_keys_release(k);
	return -1;
}

/* pattern_match, but with an error that does not show the subject. */
static int row_match(const struct pattern *p, struct slice subject, struct error *e)
{
	int result = pattern_match(p, subject, e);
	if (result >= 0 || e->status == STATUS_SYSTEM)
		return result;
	error_set(e, STATUS_INPUT, "config-keys.csv: \"%s\" finds no end on a name of %zu bytes",
		SHOW(buffer_slice(&p->text)), subject.len);
	return error_hint(e, "write the expression so that less of it can match in many ways");
}

static int config_keys_ask(struct config_keys *k, struct slice file, struct error *e)
{
	if (k->asked && slice_equal(buffer_slice(&k->file), file))
		return 0;
	k->asked = false;
	buffer_clear(&k->file);
	if (buffer_append(&k->file, file) != 0)
		return error_memory(e);
	for (size_t i = 0; i < k->count; i++) {
		int matched = row_match(&k->rows[i].file, file, e);
		if (matched < 0)
			return -1;
		k->rows[i].applies = matched;
	}
	k->asked = true;
	return 0;
}

int config_keys_find(struct config_keys *k, struct slice file, struct slice key,
	struct key_rule *rule, struct error *e)
{
	*rule = (struct key_rule){ KEY_SECRET, POLICY_RETYPE };
	if (key.len > CONFIG_KEY_LIMIT)
		return 0;
	if (config_keys_ask(k, file, e) != 0)
		return -1;
	*rule = (struct key_rule){ KEY_UNKNOWN, POLICY_KEEP_TARGET };
	bool found = false;
	for (size_t i = 0; i < k->count; i++) {
		const struct config_key_row *row = &k->rows[i];
		/* An overlay's row that decides still has to hear the compiled-in ones. */
		if (!row->applies || (found && !row->compiled_in))
			continue;
		int matched = row_match(&row->key, key, e);
		if (matched < 0)
			return -1;
		if (!matched)
			continue;
		if (!found || row->class == KEY_SECRET)
			*rule = (struct key_rule){ row->class, row->policy };
		found = true;
		if (row->compiled_in || row->class == KEY_SECRET)
			break;
	}
	return 0;
}

void config_keys_release(struct config_keys *k)
{
	for (size_t i = 0; i < k->count; i++) {
		pattern_release(&k->rows[i].file);
		pattern_release(&k->rows[i].key);
	}
	free(k->rows);
	buffer_release(&k->file);
	*k = (struct config_keys){ 0 };
}
