/*
 * `--probe --as-map`: the map of an export, to be edited.
 */
#include "probe.h"

#include "show.h"

static const char *const columns[] = { "stream", "column", "heading", "format", "values",
	"comment" };

/* A line of the map that is made. */
struct line {
	struct run *run;
	struct probe *probe;
	struct candidate *candidate;
	struct buffer format;
	struct buffer values;
	struct buffer comment;
};

/* What an unbound heading is looked at for: that of the column it may be, or else everything. */
static int want_unbound(struct probe *p, struct survey *one, struct error *e)
{
	struct candidate *c = &p->candidates.items[0];
	struct slice heading = buffer_slice(&one->heading);
	int column = hints_find(&p->hints, heading);
	if (column == -2)
		return error_memory(e);
	if (column >= 0 && !c->conversion.bindings[column].rule)
		one->suggested = column;
	enum column_type type =
		one->suggested < 0 ? TYPE_WORD : c->stream->columns[one->suggested].type;
	bool dates = type == TYPE_DAY || type == TYPE_MOMENT || one->suggested < 0;
	return survey_want(&p->surveys, one, c, type == TYPE_WORD, dates, e);
}

int draft_wants(struct probe *p, const struct reader *reader, size_t fresh, struct error *e)
{
	const struct candidate *c = &p->candidates.items[0];
	for (size_t i = 0; i < reader->heading_count; i++) {
		struct survey *one = &p->surveys.items[p->surveys.places[i]];
		bool words = false;
		bool dates = false;
		if (p->surveys.places[i] < fresh || one->candidate)
			continue;
		for (size_t j = 0; j < c->stream->count; j++) {
			const struct binding *b = &c->conversion.bindings[j];
			enum column_type type = c->stream->columns[j].type;
			if (!b->rule || b->position != (int)i)
				continue;
			one->binding = *b;
			one->columns |= UINT32_C(1) << j;
			words |= type == TYPE_WORD;
			dates |= type == TYPE_DAY || type == TYPE_MOMENT;
		}
		int result = one->binding.rule ? survey_want(&p->surveys, one, c, words, dates, e)
					       : want_unbound(p, one, e);
		if (result != 0)
			return -1;
	}
	return 0;
}

/* Starts one more value: RAW= */
static int put_raw(struct line *l, struct slice raw)
{
	int failed = l->values.len ? buffer_put(&l->values, '|') : 0;
	return failed | heading_escape(&l->values, raw) | buffer_put(&l->values, '=');
}

static int put_note(struct line *l, struct slice text)
{
	int failed = l->comment.len && text.len ? buffer_append(&l->comment, SLICE("; ")) : 0;
	return failed | buffer_append(&l->comment, text);
}

/* The values that were seen, each with what the rules make of it. */
static int put_values(struct line *l, const struct survey *one, const struct binding *b, int column)
{
	const struct survey_values *v = one->values;
	const struct heading_rule words = { .column = column };
	const struct binding canonical_only = { &words, -1 };
	int failed = 0;
	if (v->hidden)
		return put_note(l, SLICE("the values are not shown: one may be a secret"));
	if (v->more)
		return column < 0 ? 0 : put_note(l, SLICE("more values than a map lists"));
	/* Of a heading of which nothing is known: words come more than once. */
	if (column < 0 && v->filled == v->count)
		return 0;
	for (size_t i = 0; i < v->count; i++) {
		struct slice raw = buffer_slice(&v->raw[i]);
		struct slice canonical = SLICE("?");
		if (column < 0 || !heading_value(l->candidate->map, b ? b : &canonical_only,
					  &l->candidate->stream->columns[column], raw, &canonical))
			canonical = SLICE("?");
		failed |= put_raw(l, raw) | heading_escape(&l->values, canonical);
	}
	return failed;
}

static bool was_seen(const struct survey_values *v, struct slice folded)
{
	for (size_t i = 0; v && !v->more && !v->hidden && i < v->count; i++)
		if (slice_equal(buffer_slice(&v->folded[i]), folded))
			return true;
	return false;
}

/* What the map that was given says beyond what was seen. */
static int put_given(struct line *l, const struct survey_values *seen, const struct heading_rule *r)
{
	int failed = 0;
	for (; r; r = r->next)
		for (size_t i = 0; r->level == LEVEL_MAP && i < r->value_count; i++)
			if (!was_seen(seen, buffer_slice(&r->values[i].raw)))
				failed |= put_raw(l, buffer_slice(&r->values[i].raw)) |
					  heading_escape(&l->values,
						  buffer_slice(&r->values[i].canonical));
	return failed;
}

/* Writes the line; -1 with the error set. */
static int put_line(struct line *l, const char *column, struct slice heading)
{
	struct stage *s = &l->run->stage;
	const struct slice fields[] = { slice_from(l->candidate->stream->name), slice_from(column),
		heading, buffer_slice(&l->format), buffer_slice(&l->values),
		buffer_slice(&l->comment) };
	int result = writer_record(&s->writer, fields, sizeof fields / sizeof *fields, &s->error);
	buffer_clear(&l->format);
	buffer_clear(&l->values);
	buffer_clear(&l->comment);
	return result;
}

/* The format, where it is needed, and what the dates prove. */
static int put_dates(struct line *l, const struct survey *one)
{
	struct buffer proof = { 0 };
	int failed = date_survey_tell(one->dates, &l->format, &proof);
	if (!one->dates->settled && !date_survey_open(one->dates))
		buffer_clear(&l->format);
	failed |= put_note(l, buffer_slice(&proof));
	buffer_release(&proof);
	return failed;
}

/* The line of a column that a survey's heading is bound to. */
static int put_bound(struct line *l, const struct survey *one, size_t column)
{
	const struct stream_column *c = &l->candidate->stream->columns[column];
	const struct survey_values *seen = NULL;
	struct binding b = one->binding;
	int failed = 0;
	b.rule = heading_rule_of(l->candidate->map, (int)column, buffer_slice(&b.rule->folded));
	if (c->type == TYPE_WORD && one->values) {
		seen = one->values;
		failed |= put_values(l, one, &b, (int)column);
	}
	if ((c->type == TYPE_DAY || c->type == TYPE_MOMENT) && one->dates)
		failed |= put_dates(l, one);
	failed |= put_given(l, seen, b.rule);
	if (failed)
		return error_memory(&l->run->stage.error);
	return put_line(l, c->name, buffer_slice(&one->heading));
}

static int put_unbound(struct line *l, const struct survey *one)
{
	struct error *e = &l->run->stage.error;
	struct slice heading = buffer_slice(&one->heading);
	int failed = 0;
	int shown = discretion_heading(&l->probe->candidates.discretion, heading, e);
	if (shown < 0)
		return -1;
	/* A heading that is not shown cannot be given a column, nor one that is empty. */
	if (!shown || heading.len == 0)
		return 0;
	if (one->suggested >= 0)
		failed |= buffer_printf(&l->comment, "suggested: %s",
			l->candidate->stream->columns[one->suggested].name);
	bool dates = one->dates && (one->suggested >= 0 || (date_survey_likely(one->dates) &&
								   date_survey_open(one->dates)));
	if (dates)
		failed |= put_dates(l, one);
	else if (one->values)
		failed |= put_values(l, one, NULL, one->suggested);
	return failed ? error_memory(e) : put_line(l, "", heading);
}

/* Lines of the map that was given which nothing was bound by: constants, and headings not met. */
static int put_rest(struct line *l, const struct heading_rule *rule)
{
	bool constant = rule->folded.len == 0;
	if (rule->level != LEVEL_MAP || (rule->used && !constant))
		return 0;
	int failed =
		rule->has_format ? buffer_append(&l->format, buffer_slice(&rule->format.text)) : 0;
	struct heading_rule alone = *rule;
	alone.next = NULL;
	failed |= put_given(l, NULL, &alone);
	if (!constant)
		failed |= put_note(l, SLICE("no input has this heading"));
	if (failed)
		return error_memory(&l->run->stage.error);
	return put_line(
		l, l->candidate->stream->columns[rule->column].name, buffer_slice(&rule->heading));
}

static int put_lines(struct line *l)
{
	const struct surveys *s = &l->probe->surveys;
	const struct candidate *c = l->candidate;
	int result = 0;
	for (size_t i = 0; i < c->stream->count; i++)
		for (size_t j = 0; result == 0 && j < s->count; j++)
			if (s->items[j].columns >> i & 1)
				result = put_bound(l, &s->items[j], i);
	for (size_t i = 0; result == 0 && i < c->map->count; i++)
		result = put_rest(l, c->map->rules[i]);
	for (size_t j = 0; result == 0 && j < s->count; j++)
		if (!s->items[j].binding.rule)
			result = put_unbound(l, &s->items[j]);
	return result;
}

int draft_write(struct run *run)
{
	struct probe *p = run->probe;
	struct line line = { .run = run, .probe = p, .candidate = &p->candidates.items[0] };
	if (stage_header(&run->stage, columns, sizeof columns / sizeof *columns) != 0)
		return -1;
	int result = put_lines(&line);
	buffer_release(&line.format);
	buffer_release(&line.values);
	buffer_release(&line.comment);
	return result;
}
