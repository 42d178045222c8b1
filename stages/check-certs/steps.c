#include "steps.h"

#include "schema.h"
#include "show.h"
#include "word.h"

#include <stdlib.h>

enum {
	STEP,
	IPS,
	CERTIFICATE,
	YEAR,
	WAIVED,
	TASK,
	WHERE,
	PREVIEW_AFTER,
	PRODUCTION_AFTER,
	DUE_ON,
	SOURCE,
};
static const char *const columns[] = { "step", "ips", "certificate", "year", "waived", "task",
	"where", "preview_after", "production_after", "due_on", "source", NULL };

static int wrong(const struct schema_row *row, int column, const char *want, struct error *e)
{
	struct place place = { row->file, row->line, slice_from(columns[column]) };
	return error_at(e, STATUS_INPUT, &place, "wrong value (got \"%s\", want %s)",
		SHOW(row->fields[column]), want);
}

static int take_word(
	const struct schema_row *row, int column, const char *words, int *place, struct error *e)
{
	*place = word_place(words, row->fields[column]);
	return *place < 0 ? wrong(row, column, words, e) : 0;
}

static int take_text(const struct schema_row *row, int column, struct buffer *text, struct error *e)
{
	if (row->fields[column].len == 0)
		return wrong(row, column, "a text", e);
	return buffer_append(text, row->fields[column]) == 0 ? 0 : error_memory(e);
}

static int take_day(const struct schema_row *row, int column, day_t *day, struct error *e)
{
	*day = DAY_NONE;
	if (row->fields[column].len == 0)
		return 0;
	return day_read(row->fields[column], day) == DATE_OK ? 0
							     : wrong(row, column, "YYYY-MM-DD", e);
}

static int take_year(const struct schema_row *row, int column, int *year, struct error *e)
{
	struct slice text = row->fields[column];
	*year = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.len != 4 || text.ptr[i] < '0' || text.ptr[i] > '9')
			return wrong(row, column, "a year", e);
		*year = *year * 10 + (text.ptr[i] - '0');
	}
	return 0;
}

static int step_fill(struct step *step, const struct schema_row *row, struct error *e)
{
	int certificate = 0;
	int waived = 0;
	if (take_text(row, STEP, &step->name, e) != 0 ||
		take_word(row, CERTIFICATE, CERTIFICATE_WORDS, &certificate, e) != 0 ||
		take_year(row, YEAR, &step->year, e) != 0 ||
		take_word(row, WAIVED, "|yes", &waived, e) != 0 ||
		take_text(row, TASK, &step->task, e) != 0 ||
		take_text(row, WHERE, &step->where, e) != 0 ||
		take_day(row, PREVIEW_AFTER, &step->after[ENVIRONMENT_PREVIEW], e) != 0 ||
		take_day(row, PRODUCTION_AFTER, &step->after[ENVIRONMENT_PRODUCTION], e) != 0 ||
		take_day(row, DUE_ON, &step->due, e) != 0 ||
		take_text(row, SOURCE, &step->source, e) != 0)
		return -1;
	step->certificate = (enum step_certificate)certificate;
	step->waived = waived > 0;
	return 0;
}

/* Two steps of one name would be two tasks of one id. */
static int step_check(const struct steps *s, const struct schema_row *row, struct error *e)
{
	const struct step *added = &s->items[s->count - 1];
	for (size_t i = 0; i + 1 < s->count; i++)
		if (s->items[i].ips == added->ips &&
			slice_equal(buffer_slice(&s->items[i].name), buffer_slice(&added->name)))
			return wrong(row, STEP, "another step of this kind", e);
	return 0;
}

static int step_take(void *context, const struct schema_row *row, struct error *e)
{
	struct steps *s = context;
	int ips;
	if (take_word(row, IPS, IPS_WORDS, &ips, e) != 0)
		return -1;
	if (row->compiled_in && s->own[ips])
		return 0;
	s->own[ips] |= !row->compiled_in;
	struct step *items = reallocarray(s->items, s->count + 1, sizeof *items);
	if (!items)
		return error_memory(e);
	s->items = items;
	items[s->count] = (struct step){ .ips = (enum ips)ips };
	return step_fill(&items[s->count++], row, e) == 0 ? step_check(s, row, e) : -1;
}

int steps_load(struct steps *s, const char *schemas, struct error *e)
{
	return schema_read("cert-steps.csv", schemas, columns, step_take, s, e);
}

void steps_release(struct steps *s)
{
	for (size_t i = 0; i < s->count; i++) {
		buffer_release(&s->items[i].name);
		buffer_release(&s->items[i].task);
		buffer_release(&s->items[i].where);
		buffer_release(&s->items[i].source);
	}
	free(s->items);
	*s = (struct steps){ 0 };
}
