#include "decided.h"

#include "run.h"

#include <stdlib.h>

void tally_add(struct tally *t, const struct tally *more)
{
	_Static_assert(sizeof *t % sizeof(uint64_t) == 0, "a tally has numbers of one size only");
	uint64_t *sums = (uint64_t *)t;
	const uint64_t *numbers = (const uint64_t *)more;
	for (size_t i = 0; i < sizeof *t / sizeof *sums; i++)
		sums[i] += numbers[i];
}

void *decided_new(void *context)
{
	const struct run *run = context;
	struct decided *d = calloc(1, sizeof *d);
	if (d) {
		writer_init(&d->writer, NULL, (enum format)run->stage.output_format);
		verdict_texts_init(&d->texts, d->writer.format);
	}
	return d;
}

void decided_clear(void *result)
{
	struct decided *d = result;
	d->tally = (struct tally){ 0 };
	writer_clear(&d->writer);
	buffer_clear(&d->met);
}

void decided_free(void *result)
{
	struct decided *d = result;
	writer_release(&d->writer);
	buffer_release(&d->text);
	buffer_release(&d->met);
	free(d);
}

/* The side inputs' word on a user. */
static void look_up(const struct run *run, struct decided *d, const struct record *record,
	struct facts *facts, struct met *met)
{
	const struct column *columns = run->form.columns;
	struct slice id = record_field(record, columns[COLUMN_USER_ID].index);
	if (run->history_path)
		facts->history =
			history_of(&run->history, id, d->near, &facts->changed_on, &met->history);
	if (met->history != KEY_NONE)
		d->near = met->history + 1;
	if (run->holds_path)
		facts->on_hold = list_marked(&run->holds, id, &met->holds);
	if (run->classes_path && facts->instructor)
		facts->teaches_later = list_marked(&run->classes,
			record_field(record, columns[COLUMN_INSTRUCTOR_ID].index), &met->classes);
}

static void count(
	const struct run *run, struct tally *t, const struct facts *facts, const struct verdict *v)
{
	t->inactive += facts->status == USER_INACTIVE;
	t->decisions[v->decision]++;
	t->reasons[v->reason]++;
	uint32_t failing = v->decision == DECISION_PURGE ? v->alerts & run->fail_on : 0;
	t->fail_on_count += failing != 0;
	for (unsigned i = 0; v->alerts >> i; i++) {
		t->alerts[i] += v->alerts >> i & 1;
		t->fail_on_alerts[i] += failing >> i & 1;
	}
}

static struct slice alerts_text(struct writer *w, uint32_t alerts, struct buffer *text)
{
	buffer_clear(text);
	for (unsigned i = 0; alerts >> i; i++) {
		if (!(alerts >> i & 1))
			continue;
		if (text->len)
			w->memory_failed |= buffer_put(text, ';') != 0;
		w->memory_failed |= buffer_append(text, slice_from(alert_name((enum alert)i))) != 0;
	}
	return buffer_slice(text);
}

static struct slice day_text(char into[DAY_TEXT], day_t day)
{
	return day != DAY_NONE ? day_write(into, day) : (struct slice){ NULL, 0 };
}

static int write_decision(const struct run *run, struct decided *d, const struct record *record,
	const struct verdict *v, struct error *e)
{
	char basis[DAY_TEXT + SLICE_SLACK];
	char age[NUMBER_TEXT + SLICE_SLACK];
	char eligible[DAY_TEXT + SLICE_SLACK];
	const struct slice fields[] = {
		record_field(record, run->form.columns[COLUMN_USER_ID].index),
		verdict_text(&d->texts, v),
		record_field(record, run->form.columns[COLUMN_ACCOUNT_TYPE].index),
		day_text(basis, v->basis),
		v->basis != DAY_NONE ? number_write(age, v->age) : (struct slice){ NULL, 0 },
		day_text(eligible, v->eligible),
		slice_from(route_name(v->route)),
		alerts_text(&d->writer, v->alerts, &d->text),
	};
	/* All but the first are words of ours, and all have slack. */
	writer_fields_slack(&d->writer, fields, sizeof fields / sizeof *fields, ~UINT64_C(1));
	stage_carry(&run->stage, &d->writer, record);
	d->tally.written++;
	return writer_end(&d->writer, e);
}

int decide(const void *context, void *result, const struct record *record, struct reject *reject,
	struct error *e)
{
	const struct run *run = context;
	struct decided *d = result;
	struct facts facts;
	struct met met = { KEY_NONE, KEY_NONE, KEY_NONE, -1 };
	if (!user_facts(&run->form, record, &facts, reject))
		return 0;
	look_up(run, d, record, &facts, &met);
	struct verdict verdict = classify(&run->settings, &facts);
	count(run, &d->tally, &facts, &verdict);
	if (verdict.eligible != DAY_NONE && verdict.decision != DECISION_BLOCKED)
		met.month = day_month(verdict.eligible);
	bool noted = met.history != KEY_NONE || met.holds != KEY_NONE || met.classes != KEY_NONE ||
		     met.month >= 0;
	if (noted && buffer_append(&d->met, (struct slice){ (const char *)&met, sizeof met }) != 0)
		return error_memory(e);
	if (run->only && !(run->only >> verdict.decision & 1)) {
		d->tally.filtered++;
		return 1;
	}
	return write_decision(run, d, record, &verdict, e) == 0 ? 1 : -1;
}

int decided_take(void *context, void *result)
{
	struct run *run = context;
	struct decided *d = result;
	struct stage *s = &run->stage;
	tally_add(&run->tally, &d->tally);
	s->written += d->tally.written;
	s->filtered += d->tally.filtered;
	for (size_t at = 0; at < d->met.len; at += sizeof(struct met)) {
		struct met met;
		memcpy(&met, d->met.ptr + at, sizeof met);
		history_match(&run->history, met.history);
		list_match(&run->holds, met.holds);
		list_match(&run->classes, met.classes);
		if (met.month >= 0)
			run->eligible[met.month]++;
	}
	return writer_take(&s->writer, &d->writer, &s->error);
}
