#include "decided.h"

#include "crew.h"
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

uint64_t tally_users(const struct tally *t)
{
	uint64_t sum = 0;
	for (unsigned row = 0; row < VERDICT_ROWS; row++)
		sum += t->rows[row];
	return sum;
}

/* The first rows of the table are about all others. */
uint64_t tally_inactive(const struct tally *t)
{
	return tally_users(t) - tally_reason(t, WHY_UNKNOWN_STATUS) - tally_reason(t, WHY_ACTIVE);
}

uint64_t tally_decision(const struct tally *t, enum decision decision)
{
	uint64_t sum = 0;
	for (unsigned row = 0; row < VERDICT_ROWS; row++)
		sum += verdict_of_row(row).decision == decision ? t->rows[row] : 0;
	return sum;
}

uint64_t tally_reason(const struct tally *t, enum reason_of_decision reason)
{
	uint64_t sum = 0;
	for (unsigned row = 0; row < VERDICT_ROWS; row++)
		sum += verdict_of_row(row).reason == reason ? t->rows[row] : 0;
	return sum;
}

void *decided_new(void *context)
{
	const struct run *run = context;
	struct decided *d = crew_memory(sizeof *d);
	if (d) {
		writer_init(&d->writer, NULL, (enum format)run->stage.output_format);
		verdict_texts_init(&d->texts, d->writer.format);
	}
	return d;
}

/*
 * A kind that somebody is of, and how many are, which is then forgotten; 0: nobody is of any other.
 */
static uint32_t next_kind(struct decided *d, size_t *kind)
{
	for (size_t i = 0; i < sizeof d->any / sizeof *d->any; i++) {
		if (d->any[i] == 0)
			continue;
		const size_t word = i * 64 + (size_t)__builtin_ctzll(d->any[i]);
		*kind = word * 64 + (size_t)__builtin_ctzll(d->some[word]);
		d->some[word] &= d->some[word] - 1;
		if (d->some[word] == 0)
			d->any[i] &= d->any[i] - 1;
		const uint32_t users = d->kinds[*kind];
		d->kinds[*kind] = 0;
		return users;
	}
	return 0;
}

void decided_clear(void *result)
{
	struct decided *d = result;
	size_t kind;
	while (next_kind(d, &kind))
		;
	d->tally = (struct tally){ 0 };
	writer_begin(&d->writer);
	buffer_clear(&d->met);
	buffer_clear(&d->months);
}

void decided_free(void *result)
{
	struct decided *d = result;
	writer_release(&d->writer);
	buffer_release(&d->met);
	buffer_release(&d->months);
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

static void count(struct decided *d, const struct verdict *v)
{
	const size_t kind = (size_t)v->row << ALERT_COUNT | v->alerts;
	d->kinds[kind]++;
	d->some[kind / 64] |= UINT64_C(1) << kind % 64;
	d->any[kind / 64 / 64] |= UINT64_C(1) << kind / 64 % 64;
}

/*
 * Notes which entries the user has, and his month, if there are any: what is written over counts
 * only then, for whether there are, nobody can foresee.
 */
static int note(struct decided *d, const struct run *run, const struct met *met, int month)
{
	if (buffer_reserve(&d->months, sizeof month) != 0)
		return -1;
	memcpy(d->months.ptr + d->months.len, &month, sizeof month);
	d->months.len += month != MONTH_NONE ? sizeof month : 0;
	if (!run->sides)
		return 0;
	bool noted = met->history != KEY_NONE || met->holds != KEY_NONE || met->classes != KEY_NONE;
	if (buffer_reserve(&d->met, sizeof *met) != 0)
		return -1;
	memcpy(d->met.ptr + d->met.len, met, sizeof *met);
	d->met.len += noted ? sizeof *met : 0;
	return 0;
}

static int write_decision(const struct run *run, struct decided *d, const struct record *record,
	const struct facts *facts, const struct verdict *v, int *month, struct error *e)
{
	struct writer *w = &d->writer;
	struct slice id = record_field(record, run->form.columns[COLUMN_USER_ID].index);
	char *rest = writer_first(w, id, VERDICT_TEXT);
	if (rest)
		writer_wrote(w, verdict_write(&d->texts, v, facts->account, rest, month),
			DECISION_COLUMNS);
	stage_carry(&run->stage, w, record);
	return writer_end(w, e);
}

int decide(const void *context, void *result, const struct record *record, struct reject *reject,
	struct error *e)
{
	const struct run *run = context;
	struct decided *d = result;
	struct facts facts;
	struct met met = { KEY_NONE, KEY_NONE, KEY_NONE };
	int month = MONTH_NONE;
	if (!user_facts(&run->form, &d->met_before, record, &facts, reject))
		return 0;
	if (run->sides)
		look_up(run, d, record, &facts, &met);
	struct verdict verdict = classify(&run->rules, &facts);
	count(d, &verdict);
	if (run->only && !(run->only >> verdict.decision & 1)) {
		d->tally.filtered++;
		if (verdict.eligible != DAY_NONE)
			month = day_month(verdict.eligible);
	} else if (write_decision(run, d, record, &facts, &verdict, &month, e) != 0) {
		return -1;
	}
	if (verdict.decision == DECISION_BLOCKED)
		month = MONTH_NONE;
	return note(d, run, &met, month) == 0 ? 1 : error_memory(e);
}

static void count_month(struct months *months, int month)
{
	months->counts[month]++;
	months->some[month / 64] |= UINT64_C(1) << month % 64;
}

/* What the kinds come to, row by row and alert by alert. */
static void count_kinds(struct decided *d, uint32_t fail_on)
{
	size_t kind;
	for (uint32_t users; (users = next_kind(d, &kind)) > 0;) {
		const unsigned row = (unsigned)(kind >> ALERT_COUNT);
		const size_t purged = verdict_of_row(row).decision == DECISION_PURGE;
		d->tally.rows[row] += users;
		d->tally.fail_on += purged && (kind & fail_on) ? users : 0;
		for (size_t i = 0; i < ALERT_COUNT; i++)
			d->tally.alerts[purged][i] += kind >> i & 1 ? users : 0;
	}
}

int decided_take(void *context, void *result)
{
	struct run *run = context;
	struct decided *d = result;
	struct stage *s = &run->stage;
	count_kinds(d, run->fail_on);
	tally_add(&run->tally, &d->tally);
	s->written += tally_users(&d->tally) - d->tally.filtered;
	s->filtered += d->tally.filtered;
	for (size_t at = 0; at < d->met.len; at += sizeof(struct met)) {
		struct met met;
		memcpy(&met, d->met.ptr + at, sizeof met);
		history_match(&run->history, met.history);
		list_match(&run->holds, met.holds);
		list_match(&run->classes, met.classes);
	}
	for (size_t at = 0; at < d->months.len; at += sizeof(int)) {
		int month;
		memcpy(&month, d->months.ptr + at, sizeof month);
		count_month(&run->eligible, month);
	}
	return writer_take(&s->writer, &d->writer, &s->error);
}
