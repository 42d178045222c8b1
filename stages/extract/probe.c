#include "probe.h"

#include "labels.h"
#include "show.h"

#include <inttypes.h>
#include <stdlib.h>

int probe_open(struct run *run)
{
	struct stage *s = &run->stage;
	struct probe *p = calloc(1, sizeof *p);
	run->probe = p;
	if (!p)
		return error_memory(&s->error);
	p->draft = run->as_map;
	surveys_init(&p->surveys, &p->candidates.discretion);
	p->options = (struct candidates_options){
		.streams = p->streams,
		.map_path = run->map_path,
		.schemas = s->schemas,
		.dates = run->date_format_set ? &run->date_format : NULL,
		.format = (enum format)s->input_format,
		.delimiter = run_delimiter(run),
	};
	for (int as = 0; as < AS_TABLE; as++)
		if (run->as < 0 || run->as == as)
			p->streams[p->options.count++] = run_as_name(as);
	if (candidates_open(&p->candidates, &p->options, &s->error) != 0)
		return -1;
	if (!p->draft)
		return 0;
	p->hints_set =
		hints_load(&p->hints, &p->candidates.items[0].stream, s->schemas, &s->error) == 0;
	return p->hints_set ? 0 : -1;
}

int probe_streams(const struct probe *p, struct buffer *out)
{
	int failed = p->fit == FIT_CONFIG ? buffer_append(out, SLICE("config")) : 0;
	for (size_t i = 0; p->fit == FIT_STREAM && i < p->candidates.count; i++)
		if (p->candidates.items[i].chosen)
			failed |= buffer_printf(out, "%s%s", out->len ? ";" : "",
				p->candidates.items[i].stream.name);
	return failed;
}

/* Which headings are looked at, and for what. */
static int want(struct probe *p, const struct reader *reader, struct error *e)
{
	size_t fresh;
	if (surveys_member(
		    &p->surveys, reader->headings, reader->heading_count, p->draft, &fresh, e) != 0)
		return -1;
	if (p->draft)
		return draft_wants(p, reader, fresh, e);
	for (size_t i = 0; i < p->candidates.count; i++) {
		const struct candidate *c = &p->candidates.items[i];
		for (size_t j = 0; c->chosen && j < c->stream.count; j++) {
			const struct binding *b = &c->conversion.bindings[j];
			enum column_type type = c->stream.columns[j].type;
			if (!b->rule || b->position < 0)
				continue;
			struct survey *one = &p->surveys.items[b->position];
			bool dates = type == TYPE_DAY || type == TYPE_MOMENT;
			if (dates && !one->dates)
				one->binding = *b;
			if (survey_want(&p->surveys, one, c, type == TYPE_WORD,
				    dates && !one->dates, e) != 0)
				return -1;
		}
	}
	return 0;
}

/* Is this first record a second header? 1, told in the evidence, 0, or -1 with the error set. */
static int is_labels(struct probe *p, const struct reader *reader, struct error *e)
{
	int labels = 0;
	for (size_t i = 0; i < p->candidates.count && labels == 0; i++)
		if (p->candidates.items[i].chosen)
			labels = labels_row(&p->candidates.items[i].conversion, reader->headings,
				&reader->record, e);
	if (labels > 0 &&
		buffer_printf(&p->evidence, "%sline %" PRIu64 " is taken for a second header row",
			p->evidence.len ? "; " : "", reader->record.line) != 0)
		return error_memory(e);
	return labels;
}

static void note_reject(struct probe *p, const struct reject *reject)
{
	tally_forget(&p->tally, reject->raw);
	if (p->rejects++ == 0)
		p->first_reject = (struct reject){ .reason = reject->reason, .line = reject->line };
}

static int take_record(struct probe *p, const struct reader *reader, bool first, struct error *e)
{
	tally_forget(&p->tally, reader->record.raw);
	int labels = first ? is_labels(p, reader, e) : 0;
	return labels ? labels < 0 ? -1 : 0 : surveys_add(&p->surveys, &reader->record, e);
}

/* A text that cannot be read to its end is told of as far as it goes; a map needs all of it. */
static int broken(struct run *run, const struct member *member)
{
	struct probe *p = run->probe;
	struct error *e = &run->stage.error;
	if (p->tally.failed || e->status == STATUS_SYSTEM || p->draft)
		return -1;
	int failed = why_append(&p->evidence, e, member->name);
	error_release(e);
	run->stage.look = true;
	if (failed)
		return error_memory(e);
	return tally_drain(&p->tally, e);
}

static int read_records(struct run *run, const struct member *member, struct reader *reader)
{
	struct probe *p = run->probe;
	struct error *e = &run->stage.error;
	bool first = true;
	tally_forget(&p->tally, reader->record.raw);
	for (;;) {
		enum read_result got = reader_next(reader, e);
		if (got == READ_END)
			return 0;
		if (got == READ_FAILED)
			return broken(run, member);
		progress_tell(
			&run->stage.progress, ++p->records, inputs_counts(run->inputs).read_bytes);
		if (got == READ_REJECT)
			note_reject(p, &reader->reject);
		else if (take_record(p, reader, first, e) != 0)
			return -1;
		first = false;
	}
}

/* What a map has nothing of, since the values of such rows are not known. */
static void tell_rejects(struct run *run, const struct member *member)
{
	const struct probe *p = run->probe;
	const struct place place = { member->name, p->first_reject.line, { NULL, 0 } };
	struct buffer hint = { 0 };
	if (p->rejects == 0)
		return;
	run->stage.look = true;
	if (p->first_reject.reason == REASON_BAD_ENCODING)
		reject_encoding_hint(&hint, p->options.encoding);
	message_at(&run->stage.messages, &place, hint.len ? buffer_text(&hint) : NULL,
		"rows that would be rejected, and of whose values this map has nothing: %" PRIu64
		"; the first: %s",
		p->rejects, reason_text(p->first_reject.reason));
	buffer_release(&hint);
}

static int read_table(struct run *run, const struct member *member, struct slice front)
{
	struct probe *p = run->probe;
	struct error *e = &run->stage.error;
	const struct dialect *dialect = &p->candidates.dialect;
	const struct reader_options options = { .format = dialect->format,
		.delimiter = dialect->delimiter,
		.record_limit = (size_t)run->max_record.value,
		.encoding = dialect->encoding };
	struct memory_source source;
	struct reader reader;
	memory_source_init(&source, front, &p->tally.source);
	if (reader_open(&reader, &source.source, member->name, &options, e) != 0)
		return -1;
	int result = want(p, &reader, e);
	if (result == 0)
		result = read_records(run, member, &reader);
	if (result == 0)
		result = run_note_member(run, member->name);
	if (result == 0 && p->draft)
		tell_rejects(run, member);
	else if (result == 0)
		result = probe_rows(run, member, &reader);
	reader_release(&reader);
	return result;
}

/* A member without a table. A map has nothing of it. */
static int read_other(struct run *run, const struct member *member)
{
	struct probe *p = run->probe;
	struct error *e = &run->stage.error;
	struct place place = { member->name, 0, { NULL, 0 } };
	if (!p->draft) {
		run->stage.look |= p->fit == FIT_NOTHING;
		run->skipped += p->fit == FIT_NOTHING;
		if (p->fit == FIT_CONFIG && run_note_member(run, member->name) != 0)
			return -1;
		return tally_drain(&p->tally, e) == 0 ? probe_rows(run, member, NULL) : -1;
	}
	if (p->fit == FIT_CONFIG)
		error_at(e, STATUS_INPUT, &place, "this looks like a configuration file");
	else
		error_at(e, STATUS_INPUT, &place, "%.*s", (int)p->candidates.why.len,
			p->candidates.why.ptr);
	return member->only ? -1 : run_skip_unfit(run, member->name);
}

static int probe_member(struct run *run, const struct member *member)
{
	struct probe *p = run->probe;
	struct error *e = &run->stage.error;
	struct decoder decoder;
	struct buffer front = { 0 };
	buffer_clear(&p->evidence);
	p->rejects = 0;
	p->encoding = NULL;
	if (!member->source) {
		run->skipped += !p->draft;
		run->stage.look = true;
		if (!p->draft)
			return probe_rows(run, member, NULL);
		run_skip(run, member->name, member->skipped, NULL);
		return 0;
	}
	if (run_decode(run, member, &decoder) != 0)
		return -1;
	tally_init(&p->tally, &decoder.source);
	p->encoding = decoder.encoding;
	p->bom = decoder.bom;
	p->options.encoding = decoder_converted(&decoder);
	int result = source_read_all(&p->tally.source, &front, DIALECT_PREFIX, e);
	if (result == 0) {
		p->fit = candidates_find(&p->candidates, &p->options, buffer_slice(&front),
			member->name, member->path, e);
		if (p->fit == FIT_FAILED)
			result = -1;
		else if (p->fit <= FIT_TABLE)
			result = read_table(run, member, buffer_slice(&front));
		else
			result = read_other(run, member);
	}
	buffer_release(&front);
	decoder_release(&decoder);
	return result;
}

static int probe_finish(struct run *run)
{
	struct probe *p = run->probe;
	if (p->draft && run->member_count == 0)
		return run_nothing_fits(run);
	return p->draft ? draft_write(run) : probe_rows(run, NULL, NULL);
}

const struct task probe_task = { probe_open, probe_member, probe_finish };

void probe_free(struct probe *p)
{
	if (!p)
		return;
	if (p->hints_set)
		hints_release(&p->hints);
	surveys_release(&p->surveys);
	candidates_release(&p->candidates);
	buffer_release(&p->evidence);
	free(p);
}
