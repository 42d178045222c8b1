#include "heading.h"

#include "show.h"

#include <stdlib.h>

/* The headings of a header, folded, one after the other. */
struct folded {
	struct buffer bytes;
	size_t *ends;
};

static int fold_headings(
	const struct heading_map *m, const struct slice *headings, size_t count, struct folded *f)
{
	f->ends = calloc(count + 1, sizeof *f->ends);
	for (size_t i = 0; f->ends && i < count; i++) {
		if (fold_append(&m->folding, &f->bytes, headings[i]) != 0)
			return -1;
		f->ends[i] = f->bytes.len;
	}
	return f->ends ? 0 : -1;
}

static void folded_release(struct folded *f)
{
	buffer_release(&f->bytes);
	free(f->ends);
}

/* The first position of a folded heading, and its second, if any; -1: none. */
static void find_positions(const struct folded *f, size_t count, struct slice wanted, int found[2])
{
	found[0] = found[1] = -1;
	for (size_t i = 0, start = 0; i < count && found[1] < 0; start = f->ends[i++]) {
		struct slice heading =
			slice_skip((struct slice){ f->bytes.ptr, f->ends[i] }, start);
		if (slice_equal(heading, wanted))
			found[found[0] >= 0] = (int)i;
	}
}

/* Two headings, or a heading and a constant, for one column. */
static int two_headings(const struct heading_map *m, int column, const struct slice *headings,
	int one, int other, const struct place *place, struct error *e)
{
	const char *name = m->stream->columns[column].name;
	if (one < 0 || other < 0) {
		error_at(e, STATUS_INPUT, place,
			"column \"%s\" could be a constant or heading \"%s\" (column %d)", name,
			SHOW(show_name(headings[one < 0 ? other : one])),
			(one < 0 ? other : one) + 1);
		return error_hint(e, "take one of the two lines out of the map");
	}
	error_at(e, STATUS_INPUT, place,
		"two headings could be column \"%s\": \"%s\" and \"%s\" (columns %d and %d)", name,
		SHOW(show_name(headings[one])), SHOW(show_name(headings[other])), one + 1,
		other + 1);
	struct buffer map = { 0 };
	int failed = heading_map_name(m, &map);
	if (!failed)
		error_hint(e, "a line of %.*s for one of them decides: %s,%s,HEADING,,",
			(int)map.len, map.ptr, m->stream->name, name);
	buffer_release(&map);
	return failed ? error_memory(e) : -1;
}

static int stands_twice(const struct heading_map *m, int column, const struct slice *headings,
	const int found[2], const struct place *place, struct error *e)
{
	error_at(e, STATUS_INPUT, place,
		"heading \"%s\" stands twice (columns %d and %d), and column \"%s\" comes from it",
		SHOW(show_name(headings[found[0]])), found[0] + 1, found[1] + 1,
		m->stream->columns[column].name);
	return error_hint(e, "give the headings different names in the export");
}

/*
 * A constant that decides about whole records, as that all leave, must not hide a heading that says
 * it of each: 0, or -1 with the error set.
 */
static int constant_denied(const struct heading_map *m, int column, const struct folded *f,
	const struct slice *headings, size_t count, const struct place *place,
	const struct binding *b, struct error *e)
{
	if (!b->rule || b->position >= 0 || !m->stream->columns[column].input)
		return 0;
	for (size_t i = 0; i < m->count; i++) {
		const struct heading_rule *rule = m->rules[i];
		int found[2] = { -1, -1 };
		if (rule->column == column && rule->folded.len)
			find_positions(f, count, buffer_slice(&rule->folded), found);
		if (found[0] >= 0)
			return two_headings(m, column, headings, -1, found[0], place, e);
	}
	return 0;
}

/*
 * Binds one column: the first level at which a rule finds its heading decides. -1, with the error
 * set, when a heading is there twice or two compete; the column is bound to the first all the same.
 */
static int bind_column(const struct heading_map *m, int column, const struct folded *f,
	const struct slice *headings, size_t count, const struct place *place, struct binding *b,
	struct error *e)
{
	*b = (struct binding){ NULL, -1 };
	bool own_only = m->strict && heading_map_says(m, column);
	for (size_t i = 0; i < m->count; i++) {
		struct heading_rule *rule = m->rules[i];
		if (rule->column != column || (b->rule && rule->level > b->rule->level))
			continue;
		if (own_only && rule->level != LEVEL_MAP)
			break;
		int found[2] = { -1, -1 };
		if (rule->folded.len)
			find_positions(f, count, buffer_slice(&rule->folded), found);
		if (rule->folded.len && found[0] < 0)
			continue;
		int earlier = b->position;
		bool first = !b->rule;
		if (first)
			*b = (struct binding){ rule, found[0] };
		if (found[1] >= 0)
			return stands_twice(m, column, headings, found, place, e);
		if (!first && found[0] != earlier)
			return two_headings(m, column, headings, earlier, found[0], place, e);
	}
	return constant_denied(m, column, f, headings, count, place, b, e);
}

enum bind_result heading_bind(struct heading_map *m, const struct slice *headings, size_t count,
	const struct place *place, struct binding bindings[STREAM_COLUMNS], struct buffer *missing,
	size_t *bound, struct error *e)
{
	struct folded folded = { 0 };
	bool failed = false;
	*bound = 0;
	buffer_clear(missing);
	if (fold_headings(m, headings, count, &folded) != 0) {
		folded_release(&folded);
		return (enum bind_result)error_memory(e);
	}
	for (size_t i = 0; i < m->stream->count; i++) {
		const struct stream_column *column = &m->stream->columns[i];
		struct error clash = { 0 };
		if (bind_column(m, (int)i, &folded, headings, count, place, &bindings[i], &clash) !=
				0 &&
			!failed) {
			failed = true;
			error_release(e);
			*e = clash;
		} else {
			error_release(&clash);
		}
		*bound += bindings[i].rule != NULL && bindings[i].position >= 0 && column->always;
		if (!bindings[i].rule && column->always)
			buffer_printf(missing, "%s%s", missing->len ? ", " : "", column->name);
	}
	folded_release(&folded);
	/*
	 * A table that lacks what is needed is none of this stream, whatever else is wrong with it.
	 */
	if (missing->len) {
		error_release(e);
		return BIND_MISSING;
	}
	return failed ? BIND_FAILED : BIND_DONE;
}

void heading_note_bound(struct heading_map *m, const struct binding bindings[STREAM_COLUMNS])
{
	m->fitted = true;
	for (size_t i = 0; i < m->count; i++) {
		struct heading_rule *rule = m->rules[i];
		const struct binding *b = &bindings[rule->column];
		m->bound[rule->column] |= b->rule != NULL;
		for (const struct heading_rule *used = b->rule; used; used = used->next)
			rule->used |= used == rule;
	}
}

int heading_find(
	struct heading_map *m, const struct slice *headings, size_t count, struct slice wanted)
{
	struct folded folded = { 0 };
	struct buffer name = { 0 };
	int found[2] = { -3, -1 };
	if (fold_headings(m, headings, count, &folded) == 0 &&
		fold_append(&m->folding, &name, wanted) == 0)
		find_positions(&folded, count, buffer_slice(&name), found);
	folded_release(&folded);
	buffer_release(&name);
	return found[1] >= 0 ? -2 : found[0];
}

/* A canonical word that the folded raw value is: 1, 0, or -1 without memory. */
static int find_word(const struct heading_map *m, const struct stream_column *c,
	struct slice wanted, struct slice *canonical)
{
	struct buffer folded = { 0 };
	int found = 0;
	for (struct slice rest = slice_from(c->words); rest.ptr && found == 0;) {
		struct slice word = slice_cut(&rest, '|');
		buffer_clear(&folded);
		if (fold_append(&m->folding, &folded, word) != 0)
			found = -1;
		else if (slice_equal(buffer_slice(&folded), wanted))
			found = 1;
		if (found > 0)
			*canonical = word;
	}
	buffer_release(&folded);
	return found;
}

const struct heading_rule *heading_naming(const struct binding *b)
{
	const struct heading_rule *rule = b->rule;
	while (rule && rule->value_count == 0)
		rule = rule->next;
	return rule;
}

/* `folded`: the raw value, as values are compared. */
static int value_of(const struct heading_map *m, const struct binding *b,
	const struct stream_column *c, struct slice raw, struct slice folded,
	struct slice *canonical)
{
	const struct heading_rule *naming = heading_naming(b);
	/*
	 * A word that the map leaves out is not known: other rules may give it the contrary sense.
	 */
	for (const struct heading_rule *rule = naming; rule; rule = rule->next) {
		if (c->type == TYPE_WORD && rule->level != naming->level)
			break;
		struct slice wanted = rule->level == LEVEL_CONFIG ? raw : folded;
		for (size_t i = 0; i < rule->value_count; i++) {
			if (!slice_equal(buffer_slice(&rule->values[i].raw), wanted))
				continue;
			*canonical = buffer_slice(&rule->values[i].canonical);
			return 1;
		}
	}
	int word = !naming && c->type == TYPE_WORD ? find_word(m, c, folded, canonical) : 0;
	if (word != 0)
		return word;
	*canonical = raw;
	return c->type != TYPE_WORD || raw.len == 0;
}

int heading_value(const struct heading_map *m, const struct binding *b,
	const struct stream_column *c, struct slice raw, struct slice *canonical)
{
	struct buffer folded = { 0 };
	int result = fold_append(&m->folding, &folded, raw);
	if (result == 0)
		result = value_of(m, b, c, raw, buffer_slice(&folded), canonical);
	buffer_release(&folded);
	return result;
}

const struct heading_rule *heading_rule_of(
	const struct heading_map *m, int column, struct slice folded)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->rules[i]->column == column &&
			slice_equal(buffer_slice(&m->rules[i]->folded), folded))
			return m->rules[i];
	return NULL;
}

const struct date_format *heading_format(const struct binding *b)
{
	for (const struct heading_rule *rule = b->rule; rule; rule = rule->next)
		if (rule->has_format)
			return &rule->format;
	return NULL;
}
