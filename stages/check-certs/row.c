#include "run.h"

#include "show.h"

#include <inttypes.h>

static const char *const columns[] = { "input", "member", "subject", "issuer", "serial", "sha256",
	"not_before", "not_after", "days_left", "state" };
#define COLUMNS (sizeof columns / sizeof *columns)

static const char *const states[] = { "expired", "expiring", "not-yet-valid", "valid" };

int run_header(struct run *run)
{
	struct stage *s = &run->stage;
	return s->writer.records ? 0 : stage_header(s, columns, COLUMNS);
}

/* A validity that no stream can hold: 1 when the certificate is set aside for it, 0, or -1. */
static int date_check(struct run *run, const struct finding *finding, const char *column,
	const struct validity *v)
{
	struct stage *s = &run->stage;
	if (v->result == DATE_OK || v->result == DATE_OPEN_ENDED)
		return 0;
	struct buffer record = { 0 };
	if (certificate_base64(finding->certificate, &record) != 0)
		return error_memory(&s->error);
	const struct reject reject = {
		.reason = REASON_BAD_DATE,
		.line = finding->line ? finding->line : 1,
		.column = slice_from(column),
		.got = buffer_slice(&v->text),
		.wanted = SLICE("a moment from 1900 to 9998"),
		.raw = buffer_slice(&record),
	};
	int failed = rejects_add(&s->rejects, &s->messages, run->file, &reject, &s->error);
	buffer_release(&record);
	return failed ? -1 : 1;
}

static day_t day_of(const struct validity *v)
{
	return v->moment == MOMENT_NONE ? DAY_NONE : moment_day(v->moment);
}

static int row_write(struct run *run, const struct certificate *c, day_t ends, enum state state)
{
	struct stage *s = &run->stage;
	char before[MOMENT_TEXT];
	char after[MOMENT_TEXT];
	char left[24] = "";
	if (run_header(run) != 0)
		return -1;
	if (ends != DAY_NONE)
		snprintf(left, sizeof left, "%" PRId64, (int64_t)ends - run->as_of);
	const struct slice none = { NULL, 0 };
	const struct slice fields[COLUMNS] = {
		buffer_slice(&run->names[0]),
		buffer_slice(&run->names[1]),
		buffer_slice(&c->subject),
		buffer_slice(&c->issuer),
		buffer_slice(&c->serial),
		slice_from(c->sha256),
		c->not_before.result == DATE_OK ? moment_write(before, c->not_before.moment) : none,
		ends != DAY_NONE ? moment_write(after, c->not_after.moment) : none,
		slice_from(left),
		slice_from(states[state]),
	};
	for (size_t i = 0; i < COLUMNS; i++)
		writer_field(&s->writer, fields[i]);
	return stage_written(s);
}

/* Where a certificate was found, as it is shown. */
static int where_make(struct run *run, const struct finding *finding)
{
	struct buffer *where = &run->where;
	buffer_clear(where);
	int failed = buffer_append(where, slice_from(run->file));
	if (finding->line)
		failed |= buffer_printf(where, ":%" PRIu64, finding->line);
	if (finding->number > 1)
		failed |= buffer_printf(where, ", certificate %" PRIu64, finding->number);
	return failed;
}

/* Notes the certificate for what all of them tell together: 0, or -1. */
static int collect(struct run *run, const struct finding *finding)
{
	struct stage *s = &run->stage;
	size_t first;
	if (where_make(run, finding) != 0)
		return error_memory(&s->error);
	struct slice where = buffer_slice(&run->where);
	int fresh =
		collection_add(&run->collection, finding->certificate, where, &first, &s->error);
	if (fresh == 0) {
		run->same++;
		struct collected same = collection_at(&run->collection, first);
		if (notes_take(&run->notes, NOTE_SAME))
			message_at(&s->messages, NULL, NULL,
				"%s: \"%s\" is the same certificate as that of %s", SHOW(where),
				SHOW(same.subject), SHOW(same.place));
	}
	return fresh < 0 ? -1 : 0;
}

static int certificate_row(struct run *run, const struct finding *finding)
{
	struct stage *s = &run->stage;
	const struct certificate *c = finding->certificate;
	run->here++;
	s->read++;
	int rejected = date_check(run, finding, "not_before", &c->not_before);
	if (rejected == 0)
		rejected = date_check(run, finding, "not_after", &c->not_after);
	if (rejected != 0)
		return rejected < 0 ? -1 : 0;
	day_t begins = day_of(&c->not_before);
	day_t ends = day_of(&c->not_after);
	/* A certificate that begins when others have no end never begins. */
	if (c->not_before.result == DATE_OPEN_ENDED)
		begins = INT32_MAX;
	enum state state = state_of(begins, ends, run->as_of, (int64_t)run->warn_days.value);
	run->states[state]++;
	run->open_ended += ends == DAY_NONE;
	s->look |= state != STATE_VALID;
	return collect(run, finding) == 0 ? row_write(run, c, ends, state) : -1;
}

static void tell_private_key(struct run *run, const struct place *place, const char *what)
{
	run->private_keys++;
	run->stage.look = true;
	if (notes_take(&run->notes, NOTE_PRIVATE_KEY))
		message_at(&run->stage.messages, place,
			"whoever may have read it can act as its owner: take it away from here, "
			"and have the certificate replaced",
			"WARNING: %s, which belongs on its own machine and in no file that is "
			"passed on",
			what);
}

static void tell_closed(struct run *run, const struct place *place, const char *what)
{
	run->closed++;
	run->stage.look = true;
	if (notes_take(&run->notes, NOTE_CLOSED))
		message_at(&run->stage.messages, place,
			"it may hold a certificate: if it does, take that out of it, and give it "
			"alone",
			"not looked into: %s", what);
}

static void tell_other(struct run *run, const struct place *place, const char *what)
{
	run->passed_over++;
	if (notes_take(&run->notes, NOTE_PASSED_OVER))
		message_at(&run->stage.messages, place, NULL, "passed over: %s", what);
}

int run_take(void *context, const struct finding *finding, struct error *e)
{
	struct run *run = context;
	const struct place place = { run->file, finding->line, { NULL, 0 } };
	(void)e; /* the run's own */
	switch (finding->found) {
	case FOUND_CERTIFICATE:
		return certificate_row(run, finding);
	case FOUND_PRIVATE_KEY:
		tell_private_key(run, &place, finding->what);
		break;
	case FOUND_MISNAMED:
		if (notes_take(&run->notes, NOTE_MISNAMED))
			message_at(&run->stage.messages, &place, NULL, "%s", finding->what);
		return 0;
	case FOUND_CLOSED:
		tell_closed(run, &place, finding->what);
		break;
	case FOUND_OTHER:
		tell_other(run, &place, finding->what);
		break;
	}
	run->what = finding->what;
	return 0;
}
