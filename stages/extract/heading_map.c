#include "heading.h"

#include "schema.h"
#include "show.h"
#include "word.h"
#include "writer.h"

#include <stdlib.h>

enum { STREAM, COLUMN, HEADING, FORMAT, VALUES };
static const char *const map_columns[] = { "stream", "column", "heading", "format", "values",
	NULL };

struct map_reading {
	struct heading_map *map;
	enum heading_level level;
	const char *hint; /* LEVEL_CONFIG */
};

static int wrong(const struct schema_row *row, int column, const char *what, struct slice got,
	struct error *e)
{
	struct place place = { row->file, row->line, slice_from(map_columns[column]) };
	return error_at(e, STATUS_INPUT, &place, "%s (got \"%s\")", what, SHOW(got));
}

/* Takes text up to an unescaped `end` off the front, unescaped: 1 at `end`, 0 at the text's end. */
static int take_escaped(struct slice *rest, char end, struct buffer *out, struct error *e)
{
	while (rest->len) {
		char byte = *rest->ptr;
		*rest = slice_skip(*rest, 1);
		if (byte == end)
			return 1;
		if (byte == '\\' && rest->len && strchr("|=\\", *rest->ptr)) {
			byte = *rest->ptr;
			*rest = slice_skip(*rest, 1);
		}
		if (buffer_put(out, byte) != 0)
			return error_memory(e);
	}
	return 0;
}

int heading_escape(struct buffer *out, struct slice raw)
{
	int failed = 0;
	for (size_t i = 0; i < raw.len; i++) {
		if (memchr("|=\\", raw.ptr[i], 3))
			failed |= buffer_put(out, '\\');
		failed |= buffer_put(out, raw.ptr[i]);
	}
	return failed ? -1 : 0;
}

/* Is the canonical value one that the column may hold? */
static bool value_fits(const struct stream_column *c, struct slice canonical)
{
	day_t day;
	moment_t moment;
	if (canonical.len == 0)
		return !c->refused;
	switch (c->type) {
	case TYPE_WORD:
		return word_place(c->words, canonical) >= 0;
	case TYPE_DAY:
		return day_read(canonical, &day) == DATE_OK;
	case TYPE_MOMENT:
		return moment_read(canonical, &moment) == DATE_OK;
	case TYPE_TEXT:
		return true;
	}
	return true;
}

static int add_value(struct heading_map *m, struct heading_rule *rule, struct slice raw,
	struct slice canonical, struct error *e)
{
	struct heading_value *values =
		realloc(rule->values, (rule->value_count + 1) * sizeof *values);
	if (!values)
		return error_memory(e);
	rule->values = values;
	struct heading_value *value = &values[rule->value_count++];
	*value = (struct heading_value){ { 0 }, { 0 } };
	int failed = rule->level == LEVEL_CONFIG ? buffer_append(&value->raw, raw)
						 : fold_append(&m->folding, &value->raw, raw);
	return (failed | buffer_append(&value->canonical, canonical)) ? error_memory(e) : 0;
}

static int read_values(struct heading_map *m, struct heading_rule *rule,
	const struct schema_row *row, struct error *e)
{
	const struct stream_column *column = &m->stream->columns[rule->column];
	struct buffer raw = { 0 };
	struct buffer canonical = { 0 };
	int result = 0;
	for (struct slice rest = row->fields[VALUES]; result == 0 && rest.len;) {
		struct slice whole = rest;
		buffer_clear(&raw);
		buffer_clear(&canonical);
		int equals = take_escaped(&rest, '=', &raw, e);
		if (equals < 0 || take_escaped(&rest, '|', &canonical, e) < 0)
			result = -1;
		else if (equals == 0)
			result = wrong(row, VALUES,
				"a value without \"=\"; \\| \\= \\\\ stand for the bytes", whole,
				e);
		else if (slice_equal(buffer_slice(&canonical), SLICE("?")))
			result = wrong(row, VALUES,
				"a value is still open: put its canonical value for \"?\"",
				buffer_slice(&raw), e);
		else if (!value_fits(column, buffer_slice(&canonical)))
			result = wrong(row, VALUES, "the column cannot hold this",
				buffer_slice(&canonical), e);
		else
			result =
				add_value(m, rule, buffer_slice(&raw), buffer_slice(&canonical), e);
		if (result != 0 && e->status == STATUS_INPUT && column->type == TYPE_WORD)
			error_hint(e, "%s holds %s", column->name, column->words);
	}
	buffer_release(&raw);
	buffer_release(&canonical);
	return result;
}

/* The start of a line for the map, which a hint shows: stream,column,heading, */
static int write_line_start(
	struct heading_rule *rule, const char *stream, const char *column, struct error *e)
{
	struct writer w;
	writer_init(&w, NULL, FORMAT_CSV);
	writer_field(&w, slice_from(stream));
	writer_field(&w, slice_from(column));
	writer_field(&w, buffer_slice(&rule->heading));
	writer_field(&w, SLICE(""));
	int failed = w.memory_failed || buffer_append(&rule->line_start, buffer_slice(&w.pending));
	writer_release(&w);
	return failed ? error_memory(e) : 0;
}

static void rule_free(struct heading_rule *rule)
{
	for (size_t i = 0; i < rule->value_count; i++) {
		buffer_release(&rule->values[i].raw);
		buffer_release(&rule->values[i].canonical);
	}
	free(rule->values);
	buffer_release(&rule->heading);
	buffer_release(&rule->folded);
	buffer_release(&rule->line_start);
	if (rule->has_format)
		date_format_release(&rule->format);
	free(rule);
}

/* Adds an empty rule at the end, linked to those of its column and heading before it. */
static struct heading_rule *add_rule(
	struct heading_map *m, int column, struct slice heading, struct error *e)
{
	struct heading_rule **rules = realloc(m->rules, (m->count + 1) * sizeof *rules);
	struct heading_rule *rule = calloc(1, sizeof *rule);
	if (rules)
		m->rules = rules;
	if (!rules || !rule) {
		free(rule);
		error_memory(e);
		return NULL;
	}
	rules[m->count++] = rule;
	rule->column = column;
	if (buffer_append(&rule->heading, heading) != 0 ||
		fold_append(&m->folding, &rule->folded, heading) != 0) {
		error_memory(e);
		return NULL;
	}
	if (write_line_start(rule, m->stream->name, m->stream->columns[column].name, e) != 0)
		return NULL;
	for (size_t i = m->count - 1; i-- > 0;) {
		struct heading_rule *other = m->rules[i];
		if (other->column == column && other->folded.len &&
			slice_equal(buffer_slice(&other->folded), buffer_slice(&rule->folded))) {
			other->next = rule;
			break;
		}
	}
	return rule;
}

static int read_format(struct heading_rule *rule, const struct schema_row *row, struct error *e)
{
	struct slice format = row->fields[FORMAT];
	if (slice_equal(format, SLICE("?"))) {
		wrong(row, FORMAT, "the format is still open: put how the dates are written",
			format, e);
		return error_hint(e,
			"e.g. DD/MM/YYYY or MM/DD/YYYY; `extract --probe` tells what the "
			"values prove");
	}
	struct error why = { 0 };
	rule->has_format = date_format_compile(&rule->format, format, &why) == 0;
	if (rule->has_format)
		return 0;
	struct place place = { row->file, row->line, SLICE("format") };
	error_at(e, STATUS_INPUT, &place, "%.*s", (int)why.text.len, why.text.ptr);
	error_hint(e, "%.*s", (int)why.hint.len, why.hint.ptr);
	error_release(&why);
	return -1;
}

/* One raw value with two meanings, in this line or in one of the same file: which is it? */
static int check_values(const struct heading_map *m, const struct heading_rule *rule,
	const struct schema_row *row, struct error *e)
{
	for (size_t r = 0; r < m->count; r++) {
		const struct heading_rule *other = m->rules[r];
		if (other->level != rule->level || other->column != rule->column ||
			!slice_equal(buffer_slice(&other->folded), buffer_slice(&rule->folded)))
			continue;
		for (size_t i = 0; i < rule->value_count; i++)
			for (size_t j = 0; j < other->value_count; j++)
				if (slice_equal(buffer_slice(&rule->values[i].raw),
					    buffer_slice(&other->values[j].raw)) &&
					!slice_equal(buffer_slice(&rule->values[i].canonical),
						buffer_slice(&other->values[j].canonical))) {
					wrong(row, VALUES, "one value has two meanings",
						buffer_slice(&rule->values[i].raw), e);
					return error_hint(e, "the other is in line %llu",
						(unsigned long long)other->line);
				}
	}
	return 0;
}

static int map_take(void *context, const struct schema_row *row, struct error *e)
{
	const struct map_reading *reading = context;
	struct heading_map *m = reading->map;
	/*
	 * A map may serve several streams, but a name that is none would be passed over in silence.
	 */
	if (keys_find(&m->streams, row->fields[STREAM]) == KEY_NONE)
		return wrong(row, STREAM, "there is no such stream", row->fields[STREAM], e);
	/* A heading without a column is one that is not used. */
	if (!slice_equal(row->fields[STREAM], slice_from(m->stream->name)) ||
		row->fields[COLUMN].len == 0)
		return 0;
	int column = stream_find(m->stream, row->fields[COLUMN]);
	if (column < 0)
		return wrong(row, COLUMN, "the stream has no such column", row->fields[COLUMN], e);
	struct heading_rule *rule = add_rule(m, column, row->fields[HEADING], e);
	if (!rule)
		return -1;
	rule->line = row->line;
	rule->hint = reading->hint;
	rule->level = row->compiled_in ? LEVEL_COMPILED_IN : reading->level;
	enum column_type type = m->stream->columns[column].type;
	if (row->fields[FORMAT].len && type != TYPE_DAY && type != TYPE_MOMENT)
		return wrong(row, FORMAT, "the column is no date", row->fields[FORMAT], e);
	if (row->fields[FORMAT].len && read_format(rule, row, e) != 0)
		return -1;
	if (read_values(m, rule, row, e) != 0 || check_values(m, rule, row, e) != 0)
		return -1;
	if (rule->folded.len)
		return 0;
	for (size_t i = 0; i + 1 < m->count; i++)
		if (m->rules[i]->column == column && m->rules[i]->level == rule->level &&
			m->rules[i]->folded.len == 0)
			return wrong(row, COLUMN, "the column has another constant already",
				row->fields[COLUMN], e);
	if (rule->value_count != 1 || rule->values[0].raw.len)
		return wrong(row, VALUES, "a row without a heading needs one value, =x",
			row->fields[VALUES], e);
	return 0;
}

static const char *const stream_columns[] = { "stream", NULL };

static int note_stream(void *context, const struct schema_row *row, struct error *e)
{
	struct heading_map *m = context;
	return keys_add(&m->streams, row->fields[0]) == KEY_NONE ? error_memory(e) : 0;
}

/* The rules of the configuration, as lines of a map. */
static int take_config(struct heading_map *m, const struct heading_config *config, struct error *e)
{
	struct map_reading reading = { m, LEVEL_CONFIG, config->hint };
	const struct schema_row row = {
		.file = config->file,
		.line = config->line,
		.fields = { slice_from(m->stream->name), slice_from(config->column),
			config->heading, SLICE(""), config->values },
	};
	return map_take(&reading, &row, e);
}

/* The canonical names of what is written are headings as well. */
static int take_names(struct heading_map *m, struct error *e)
{
	for (size_t i = 0; i < m->stream->count; i++) {
		const struct stream_column *column = &m->stream->columns[i];
		if (column->input)
			continue;
		struct heading_rule *rule = add_rule(m, (int)i, slice_from(column->name), e);
		if (!rule)
			return -1;
		rule->level = LEVEL_COMPILED_IN;
	}
	return 0;
}

/* A map that says of every row what a needed column is was made for one kind of report. */
static bool gives_needed(const struct heading_map *m)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->rules[i]->level == LEVEL_MAP && m->rules[i]->folded.len == 0 &&
			m->stream->columns[m->rules[i]->column].always)
			return true;
	return false;
}

int heading_map_load_with(struct heading_map *m, const struct stream *stream, const char *path,
	const char *schemas, const struct heading_config *config, size_t count, struct error *e)
{
	*m = (struct heading_map){ .stream = stream, .path = path, .schemas = schemas };
	folding_init(&m->folding);
	keys_init(&m->streams, 0);
	struct map_reading reading = { m, LEVEL_MAP, NULL };
	int result = schema_read("streams.csv", NULL, stream_columns, note_stream, m, e);
	if (result == 0 && path)
		result = schema_read_file(path, map_columns, map_take, &reading, e);
	for (size_t i = 0; result == 0 && i < count; i++)
		result = take_config(m, &config[i], e);
	reading.level = LEVEL_OVERLAY;
	if (result == 0)
		result = schema_read("headings.csv", schemas, map_columns, map_take, &reading, e);
	if (result == 0)
		result = take_names(m, e);
	m->strict = gives_needed(m);
	if (result != 0)
		heading_map_release(m);
	return result;
}

int heading_map_load(struct heading_map *m, const struct stream *stream, const char *path,
	const char *schemas, struct error *e)
{
	return heading_map_load_with(m, stream, path, schemas, NULL, 0, e);
}

int heading_map_name(const struct heading_map *m, struct buffer *out)
{
	if (!m->one_of_several)
		return buffer_append(out, SLICE("--map"));
	return show_append(out, slice_from(m->path));
}

bool heading_map_says(const struct heading_map *m, int column)
{
	for (size_t i = 0; i < m->count && m->rules[i]->level == LEVEL_MAP; i++)
		if (column < 0 || m->rules[i]->column == column)
			return true;
	return false;
}

void heading_map_release(struct heading_map *m)
{
	for (size_t i = 0; i < m->count; i++)
		rule_free(m->rules[i]);
	free(m->rules);
	m->rules = NULL;
	m->count = 0;
	folding_release(&m->folding);
	keys_release(&m->streams);
	buffer_release(&m->scratch);
}
