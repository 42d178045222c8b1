#include "convert.h"

#include "convert_hint.h"
#include "show.h"

int convert_init(struct conversion *c, struct heading_map *map, const struct date_format *other,
	struct error *e)
{
	*c = (struct conversion){ .map = map, .other_format = other };
	if (date_format_compile(&c->iso, SLICE("YYYY-MM-DD"), e) != 0)
		return -1;
	if (date_format_compile(&c->feed_formats[0], SLICE("MON-DD-YYYY HH:mm:ss"), e) != 0)
		return -1;
	return date_format_compile(&c->feed_formats[1], SLICE("MON-DD-YYYY"), e);
}

/* YYYY-MM-DD, and with a blank or a T the time of day. */
static enum date_result read_iso(struct slice raw, moment_t *moment)
{
	day_t day;
	enum date_result result = day_read(raw, &day);
	if (result == DATE_OK)
		*moment = day_moment(day);
	if (result != DATE_FORM || raw.len != MOMENT_TEXT - 1)
		return result;
	char iso[MOMENT_TEXT - 1];
	memcpy(iso, raw.ptr, sizeof iso);
	if (iso[10] == ' ')
		iso[10] = 'T';
	return moment_read((struct slice){ iso, sizeof iso }, moment);
}

/* Tries one format more, after one that the text did not have. */
static void try_format(const struct date_format *format, struct slice raw,
	const struct date_format **used, bool *contrary, enum date_result *result, moment_t *moment)
{
	if (*result != DATE_FORM)
		return;
	*result = date_format_read(format, raw, moment);
	*contrary |= format->year_day_month;
	if (!*used || *result != DATE_FORM)
		*used = format;
}

enum date_result convert_moment(const struct conversion *c, const struct binding *b,
	struct slice raw, const struct date_format **format, moment_t *moment)
{
	enum date_result result = DATE_FORM;
	bool contrary = false;
	*format = NULL;
	for (const struct heading_rule *rule = b ? b->rule : NULL; rule; rule = rule->next)
		if (rule->has_format)
			try_format(&rule->format, raw, format, &contrary, &result, moment);
	if (!*format && c->other_format)
		try_format(c->other_format, raw, format, &contrary, &result, moment);
	for (size_t i = 0; c->feed && i < 2; i++)
		try_format(&c->feed_formats[i], raw, format, &contrary, &result, moment);
	/* Where the day stands before the month, ISO would say otherwise. */
	return result == DATE_FORM && !contrary ? read_iso(raw, moment) : result;
}

static enum convert_result fail(const struct conversion *c, enum reason reason,
	struct slice heading, const struct record *record, struct slice raw, struct slice wanted,
	struct reject *reject)
{
	*reject = (struct reject){ .reason = reason,
		.line = record->line,
		.column = heading,
		.got = raw,
		.wanted = wanted,
		.hint = buffer_slice(&c->hint),
		.raw = record->raw };
	return CONVERT_REJECT;
}

static enum convert_result convert_word(struct conversion *c, size_t column, struct slice heading,
	const struct record *record, struct slice raw, struct slice *cell, struct reject *reject,
	struct error *e)
{
	const struct stream_column *about = &c->map->stream->columns[column];
	int known = heading_value(c->map, &c->bindings[column], about, raw, cell);
	if (known < 0)
		return (enum convert_result)error_memory(e);
	if (known)
		return CONVERT_DONE;
	if (convert_hint_value(c->map, &c->bindings[column], about, raw, &c->hint) != 0)
		return (enum convert_result)error_memory(e);
	return fail(c, REASON_UNKNOWN_VALUE, heading, record, raw, SLICE(""), reject);
}

/* What the value shows of its form is said, and not applied: the next one may be another. */
static enum convert_result date_unknown(const struct conversion *c, struct slice heading,
	const struct record *record, struct slice raw, struct error *e)
{
	struct place place = { c->file, record->line, heading };
	struct buffer formats = { 0 };
	if (convert_hint_formats(raw, &formats) != 0) {
		buffer_release(&formats);
		return (enum convert_result)error_memory(e);
	}
	error_at(e, STATUS_INPUT, &place, "a date in a form that was not named (got \"%s\")",
		SHOW(raw));
	error_hint(e,
		"--date-format %s says how it is written; the column \"format\" of --map says it "
		"for "
		"one heading",
		formats.len ? SHOW(buffer_slice(&formats)) : "DD/MM/YYYY, MM/DD/YYYY, …");
	buffer_release(&formats);
	return CONVERT_FAILED;
}

static enum convert_result convert_date(struct conversion *c, size_t column, struct slice heading,
	const struct record *record, struct slice raw, struct slice *cell, struct reject *reject,
	struct error *e)
{
	const struct stream_column *about = &c->map->stream->columns[column];
	const struct date_format *format;
	moment_t moment;
	switch (convert_moment(c, &c->bindings[column], raw, &format, &moment)) {
	case DATE_OK:
		*cell = about->type == TYPE_DAY ? day_write(c->dates[column], moment_day(moment))
						: moment_write(c->dates[column], moment);
		return CONVERT_DONE;
	case DATE_OPEN_ENDED:
		c->open_ended++;
		*cell = SLICE("");
		return CONVERT_DONE;
	case DATE_FORM:
		if (!format)
			return date_unknown(c, heading, record, raw, e);
		fail(c, REASON_BAD_DATE, heading, record, raw, buffer_slice(&format->text), reject);
		reject->what = "no date in the wanted form";
		return CONVERT_REJECT;
	case DATE_IMPOSSIBLE:
		break;
	}
	/* A format that has day and month the wrong way round shows itself in this message. */
	static const char range[] = "a day from 1900-01-01 to 9998-12-31";
	if (format && buffer_printf(&c->hint, "%.*s, %s", (int)format->text.len, format->text.ptr,
			      range) != 0)
		return (enum convert_result)error_memory(e);
	fail(c, REASON_BAD_DATE, heading, record, raw,
		format ? buffer_slice(&c->hint) : slice_from(range), reject);
	reject->hint = SLICE("");
	return CONVERT_REJECT;
}

static enum convert_result convert_cell(struct conversion *c, size_t column,
	const struct slice *headings, const struct record *record, struct slice *cell,
	struct reject *reject, struct error *e)
{
	const struct stream_column *about = &c->map->stream->columns[column];
	const struct binding *b = &c->bindings[column];
	struct slice raw = record_field(record, b->position);
	struct slice heading = b->position < 0 ? slice_from(about->name) : headings[b->position];
	enum convert_result result = CONVERT_DONE;
	*cell = raw;
	if (b->position < 0)
		*cell = buffer_slice(&b->rule->values[0].canonical);
	else if (about->type == TYPE_WORD)
		result = convert_word(c, column, heading, record, raw, cell, reject, e);
	else if (b->rule->value_count || b->rule->next)
		result = heading_value(c->map, b, about, raw, cell) < 0
				 ? (enum convert_result)error_memory(e)
				 : CONVERT_DONE;
	/* What a value of the map stands for is canonical already. */
	bool date =
		result == CONVERT_DONE && (about->type == TYPE_DAY || about->type == TYPE_MOMENT);
	if (date && cell->len && cell->ptr == raw.ptr)
		result = convert_date(c, column, heading, record, raw, cell, reject, e);
	if (result == CONVERT_DONE && cell->len == 0 && about->refused)
		return fail(c, REASON_EMPTY_VALUE, heading, record, raw, SLICE(""), reject);
	return result;
}

/* The first format that a day's text may have, if it is one by which a day is read at once. */
static const struct date_format *short_format(const struct conversion *c, const struct binding *b)
{
	for (const struct heading_rule *rule = b->rule; rule; rule = rule->next)
		if (rule->value_count)
			return NULL;
	const struct date_format *format = heading_format(b);
	if (!format)
		format = c->other_format;
	if (!format)
		format = c->feed ? &c->feed_formats[0] : &c->iso;
	return format->short_day ? format : NULL;
}

static struct convert_step plan_step(const struct conversion *c, unsigned column)
{
	const struct stream_column *about = &c->map->stream->columns[column];
	const struct binding *b = &c->bindings[column];
	struct convert_step step = { .way = WAY_RULES,
		.column = column,
		.place = (unsigned)c->places[column],
		.refused = about->refused };
	if (b->position < 0)
		return step;
	step.position = (size_t)b->position;
	step.format = short_format(c, b);
	if (about->type == TYPE_WORD || (about->type == TYPE_DAY && !step.format))
		step.way = WAY_MEMO;
	else if (about->type == TYPE_DAY)
		step.way = WAY_DAY;
	else if (about->type == TYPE_TEXT && !b->rule->value_count && !b->rule->next)
		step.way = WAY_AS_IT_IS;
	return step;
}

static void plan(struct conversion *c)
{
	const struct stream *stream = c->map->stream;
	size_t place = 0;
	c->step_count = 0;
	c->easy_words = 0;
	c->unique = -1;
	for (int pass = 0; pass < 2; pass++) {
		for (unsigned i = 0; i < stream->count; i++)
			if (c->bindings[i].rule && stream->columns[i].input == (pass == 1))
				c->places[i] = (int)place++;
		c->count = pass == 0 ? place : c->count;
	}
	for (unsigned i = 0; i < stream->count; i++) {
		if (!c->bindings[i].rule) {
			c->places[i] = -1;
			continue;
		}
		const struct convert_step step = plan_step(c, i);
		if (step.way == WAY_MEMO || step.way == WAY_DAY)
			c->easy_words |= UINT64_C(1) << step.place;
		c->steps[c->step_count++] = step;
		if (stream->columns[i].unique)
			c->unique = c->places[i];
	}
	c->planned = true;
}

/*
 * The cell without a rule being asked; false: they must be. It goes straight to its place: what was
 * written in halves and is copied as a whole at once would be waited for.
 */
static inline bool convert_easily(struct conversion *c, const struct convert_step *step,
	const struct record *record, struct slice *cell)
{
	const struct slice *raw = &record->fields[step->position];
	switch (step->way) {
	case WAY_AS_IT_IS:
		cell->ptr = raw->ptr;
		cell->len = raw->len;
		return (cell->len != 0) | (!step->refused);
	case WAY_MEMO:
		return memo_find(&c->memos[step->column], *raw, cell) &&
		       ((cell->len != 0) | (!step->refused));
	case WAY_DAY:
		if (raw->len && !date_format_day(step->format, *raw, c->dates[step->column]))
			return false;
		cell->ptr = c->dates[step->column];
		cell->len = (raw->len != 0) * (size_t)(DAY_TEXT - 1);
		return (raw->len != 0) | (!step->refused);
	case WAY_RULES:
		break;
	}
	return false;
}

/* The cell by the rules, and what is to be remembered of it. */
static enum convert_result convert_by_rules(struct conversion *c, const struct convert_step *step,
	const struct slice *headings, const struct record *record, struct slice *cell,
	struct reject *reject, struct error *e)
{
	uint64_t open_ended = c->open_ended;
	enum convert_result result =
		convert_cell(c, step->column, headings, record, cell, reject, e);
	/* An open end is counted each time. */
	if (result == CONVERT_DONE && step->way == WAY_MEMO && open_ended == c->open_ended)
		memo_add(&c->memos[step->column], record->fields[step->position], *cell);
	return result;
}

enum convert_result convert_record(struct conversion *c, const struct slice *headings,
	const struct record *record, struct reject *reject, struct error *e)
{
	buffer_clear(&c->hint);
	if (!c->planned)
		plan(c);
	c->slack = true;
	c->words = c->easy_words;
	const struct convert_step *end = c->steps + c->step_count;
	for (const struct convert_step *step = c->steps; step < end; step++) {
		struct slice *cell = &c->cells[step->place];
		if (convert_easily(c, step, record, cell))
			continue;
		enum convert_result result =
			convert_by_rules(c, step, headings, record, cell, reject, e);
		if (result != CONVERT_DONE)
			return result;
		const bool word = cell->ptr == c->dates[step->column];
		const uint64_t bit = UINT64_C(1) << step->place;
		c->words = word ? c->words | bit : c->words & ~bit;
		c->slack &= word || (step->way != WAY_RULES &&
					    cell->ptr == record->fields[step->position].ptr);
	}
	c->key = c->unique < 0 ? SLICE("") : c->cells[c->unique];
	return CONVERT_DONE;
}

void convert_forget(struct conversion *c)
{
	for (size_t i = 0; i < STREAM_COLUMNS; i++)
		memo_clear(&c->memos[i]);
	c->planned = false;
}

void convert_share(struct conversion *copy, const struct conversion *c)
{
	*copy = *c;
	copy->open_ended = 0;
	copy->hint = (struct buffer){ 0 };
	memset(copy->memos, 0, sizeof copy->memos);
}

void convert_share_release(struct conversion *copy)
{
	for (size_t i = 0; i < STREAM_COLUMNS; i++)
		memo_clear(&copy->memos[i]);
	buffer_release(&copy->hint);
}

void convert_release(struct conversion *c)
{
	convert_share_release(c);
	date_format_release(&c->iso);
	for (size_t i = 0; i < 2; i++)
		date_format_release(&c->feed_formats[i]);
}
