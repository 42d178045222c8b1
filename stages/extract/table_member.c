/*
 * A member that is one table: its header, then its rows.
 */
#include "converted.h"
#include "labels.h"
#include "sheet.h"
#include "show.h"

#include <inttypes.h>
#include <stdlib.h>

static int reject_duplicate(struct sheet *t, struct row_place first)
{
	struct run *run = t->run;
	char line[24];
	snprintf(line, sizeof line, "%" PRIu64, first.line);
	struct reject reject = { .reason = REASON_DUPLICATE_KEY,
		.line = t->reader.record.line,
		.got = slice_from(line),
		.raw = t->reader.record.raw };
	if (first.member + 1 != run->member_count)
		reject.wanted = slice_from(run->members[first.member]);
	for (size_t i = 0; i < run->stream.count; i++) {
		const struct binding *b = &run->conversion.bindings[i];
		if (run->stream.columns[i].unique && b->rule)
			reject.column = b->position >= 0 ? t->reader.headings[b->position]
							 : slice_from(run->stream.columns[i].name);
	}
	return stage_reject(&run->stage, &t->reader, &reject);
}

static int two_rows(
	struct sheet *t, struct slice key, struct row_place first, const char *name, uint64_t line)
{
	struct place place = { name, line, { NULL, 0 } };
	error_at(t->e, STATUS_INPUT, &place,
		"user \"%s\" has another row with other values, in line %" PRIu64 " of %s",
		SHOW(key), first.line, SHOW(slice_from(t->run->members[first.member])));
	return error_hint(t->e,
		"if these are states one after the other, --latest-by HEADING keeps the "
		"last one and --as status-history reads all of them");
}

/*
 * A row without a readable moment could be the last one. Setting it aside would let an older row
 * decide about the user, so the run stops.
 */
static int latest_row(struct sheet *t)
{
	struct run *run = t->run;
	const struct conversion *c = &run->conversion;
	size_t count = c->count;
	const struct record *record = &t->reader.record;
	struct slice raw = record_field(record, t->latest);
	moment_t moment;
	const struct date_format *format;
	if (convert_moment(&run->conversion, t->latest_binding, raw, &format, &moment) != DATE_OK) {
		struct place where = { t->name, record->line, t->reader.headings[t->latest] };
		error_at(t->e, STATUS_INPUT, &where,
			"no moment by which a row is the latest (got \"%s\")", SHOW(raw));
		return error_hint(
			t->e, "--date-format says how moments are written; every row needs one");
	}
	struct row_place place = { (uint32_t)run->member_count - 1, record->line };
	memcpy(t->cells, c->cells, count * sizeof *t->cells);
	for (size_t i = 0; i < t->position_count; i++)
		t->cells[count++] = record_field(record, t->positions[i]);
	return latest_add(&run->latest, c->key, moment, t->cells, count, c->count, place, t->e);
}

static int stream_row(struct sheet *t)
{
	struct run *run = t->run;
	struct conversion *c = &run->conversion;
	const struct record *record = &t->reader.record;
	struct reject reject;
	switch (convert_record(c, t->reader.headings, record, &reject, t->e)) {
	case CONVERT_FAILED:
		return -1;
	case CONVERT_REJECT:
		return stage_reject(&run->stage, &t->reader, &reject);
	case CONVERT_DONE:
		break;
	}
	int write = run->as == AS_LEAVERS ? leavers_row(t) : 1;
	if (write <= 0)
		return write;
	if (t->latest >= 0)
		return latest_row(t);
	struct writer *w = &run->stage.writer;
	writer_fields(w, c->cells, c->count, c->words);
	/* As it is written the row can be compared: what has the same bytes has the same cells. */
	struct row_place place = { (uint32_t)run->member_count - 1, record->line };
	struct row_place first;
	enum unique_result result = c->key.len == 0    ? UNIQUE_NEW
				    : w->memory_failed ? UNIQUE_FAILED
						       : unique_add(&run->unique, c->key,
								 writer_begun(w), place, &first);
	if (result == UNIQUE_NEW) {
		sheet_write_positions(t, w, record);
		return stage_written(&run->stage);
	}
	writer_forget(w);
	return result == UNIQUE_EQUAL     ? reject_duplicate(t, first)
	       : result == UNIQUE_DIFFERS ? two_rows(t, c->key, first, t->name, record->line)
					  : error_memory(t->e);
}

static int refuse_secret(struct sheet *t, uint64_t line)
{
	struct place place = { t->name, line, { NULL, 0 } };
	error_at(t->e, STATUS_INPUT, &place, "this reads like a configuration file with secrets");
	return error_hint(t->e, "--as config reads it and masks them");
}

/* A configuration file reads as a table as well, and its secrets would go out as they are. */
static int refuse_secrets(struct sheet *t, struct slice text, uint64_t line)
{
	for (; text.len; line++) {
		struct slice one = slice_cut(&text, '\n');
		int shows = discretion_line(&t->run->discretion, one, t->e);
		if (shows <= 0)
			return shows < 0 ? -1 : refuse_secret(t, line);
	}
	return 0;
}

static int table_row(struct sheet *t)
{
	const struct record *record = &t->reader.record;
	if (refuse_secrets(t, record->raw, record->line) != 0)
		return -1;
	sheet_write_positions(t, &t->run->stage.writer, record);
	return stage_written(&t->run->stage);
}

/* Takes a record of the member's own, whatever it is made of. */
static int take_row(struct sheet *t)
{
	struct run *run = t->run;
	int labels = 0;
	if (run->as == AS_TABLE)
		return table_row(t);
	if (t->rows++ == 0)
		labels = labels_row(&run->conversion, t->reader.headings, &t->reader.record, t->e);
	if (labels <= 0)
		return labels == 0 ? stream_row(t) : -1;
	/* It is no record, but nothing goes without a word. */
	struct place place = { t->name, t->reader.record.line, { NULL, 0 } };
	message_at(&run->stage.messages, &place, NULL,
		"taken for a second header row, and not for a record");
	run->stage.read--;
	return 0;
}

static int next_row(struct sheet *t)
{
	struct run *run = t->run;
	enum read_result got =
		stage_next(&run->stage, &t->reader, inputs_counts(run->inputs).read_bytes);
	return got == READ_RECORD ? 1 : got == READ_END ? 0 : -1;
}

/* Reads one row and takes it: 1; 0 at the end; -1. */
static int one_row(void *sheet)
{
	struct sheet *t = sheet;
	int result = next_row(t);
	return result <= 0 ? result : take_row(t) == 0 ? 1 : -1;
}

/* Can rows be made of parts of the table, each for itself? */
static bool goes_side_by_side(const struct sheet *t)
{
	return t->run->as != AS_TABLE && t->run->as != AS_LEAVERS && t->latest < 0 &&
	       t->reader.options.format != FORMAT_FEED;
}

/* What comes before the rows: the output's columns, and further header rows. */
static int begin_rows(struct sheet *t)
{
	struct run *run = t->run;
	bool leavers = run->as == AS_LEAVERS;
	bool extended = leavers && run->leavers.source == LEAVER_SOURCE_EXTENDED;
	bool said = false;
	int result = run->as == AS_TABLE ? sheet_open_table(t)
		     : extended          ? 0
					 : sheet_open_stream(t);
	if (result == 0)
		result = run_note_member(run, t->name);
	if (result == 0 && leavers)
		result = leavers_skip(t, &said);
	t->rows = said;
	return result;
}

/* The rows, once the header is known to match. */
static int read_rows(struct sheet *t)
{
	size_t most = t->reader.heading_count + STREAM_COLUMNS + t->run->stage.carry.count;
	t->positions = calloc(most, sizeof *t->positions);
	t->cells = calloc(most, sizeof *t->cells);
	int result = t->positions && t->cells ? begin_rows(t) : error_memory(t->e);
	/* The first row may be one of labels. */
	if (result == 0)
		result = one_row(t);
	if (result > 0 && goes_side_by_side(t))
		result = converted_rows(t, one_row);
	while (result > 0)
		result = one_row(t);
	free(t->positions);
	free(t->cells);
	return result == 0 && t->e->status == STATUS_DONE ? 1 : -1;
}

int sheet_read(struct run *run, const char *name, const struct match *match, struct source *source)
{
	struct sheet t = { .run = run, .name = name, .e = &run->stage.error, .latest = -1 };
	struct conversion *c = &run->conversion;
	const struct reader_options options = { .format = match->dialect.format,
		.delimiter = match->dialect.delimiter,
		.record_limit = (size_t)run->max_record.value,
		.encoding = match->dialect.encoding };
	if (reader_open(&t.reader, source, name, &options, t.e) != 0)
		return -1;
	c->map = match->map;
	c->feed = match->dialect.format == FORMAT_FEED;
	c->file = name;
	memcpy(c->bindings, match->bindings, sizeof c->bindings);
	convert_forget(c);
	int result = run->as == AS_LEAVERS ? leavers_member(&t, match) : 1;
	if (result == 1 && match->map)
		heading_note_bound(match->map, c->bindings);
	if (result == 1)
		result = read_rows(&t);
	run->blank_lines += t.reader.blank_lines;
	reader_release(&t.reader);
	return result;
}

/* The same of its front as a whole, where an entry can go over several lines. */
static int refuse_config(struct run *run, const struct member *member, struct slice front)
{
	struct sheet t = { .run = run, .name = member->name, .e = &run->stage.error };
	struct discretion *d = &run->discretion;
	if (discretion_member(d, member->path, t.e) != 0 || refuse_secrets(&t, front, 1) != 0)
		return -1;
	int shows = discretion_config(front) ? discretion_shows(d, front, t.e) : 1;
	return shows <= 0 ? (shows < 0 ? -1 : refuse_secret(&t, 0)) : 0;
}

/* What the member is, by its front. */
static enum dialect_result find_match(struct run *run, const struct member *member,
	const char *encoding, struct slice front, struct match *match)
{
	struct error *e = &run->stage.error;
	const struct match_options options = { .maps = &run->maps,
		.extended = &run->leavers.extended_maps,
		.leavers = run->as == AS_LEAVERS,
		.encoding = encoding,
		.format = (enum format)run->stage.input_format,
		.delimiter = run_delimiter(run) };
	*match = (struct match){ 0 };
	if (run->as != AS_TABLE)
		return match_find(&options, front, member->name, match, e);
	if (refuse_config(run, member, front) != 0)
		return DIALECT_FAILED;
	enum dialect_result result = dialect_find(front, member->name, encoding, options.format,
		options.delimiter, NULL, NULL, &match->dialect, e);
	if (result == DIALECT_FOUND)
		error_release(e); /* of the delimiters that were not it */
	return result;
}

static int read_sheet(struct run *run, const struct member *member, struct decoder *decoder,
	struct buffer *prefix)
{
	struct match match;
	struct memory_source source;
	if (source_read_all(&decoder->source, prefix, DIALECT_PREFIX, &run->stage.error) != 0)
		return -1;
	enum dialect_result result =
		find_match(run, member, decoder_converted(decoder), buffer_slice(prefix), &match);
	if (result != DIALECT_FOUND)
		return result == DIALECT_NONE ? 0 : -1;
	memory_source_init(&source, buffer_slice(prefix), &decoder->source);
	int waits =
		run->as == AS_LEAVERS ? leavers_wait(run, member->name, &match, &source.source) : 0;
	return waits ? waits : sheet_read(run, member->name, &match, &source.source);
}

int table_member(struct run *run, const struct member *member)
{
	struct decoder decoder;
	struct buffer prefix = { 0 };
	if (run_decode(run, member, &decoder) != 0)
		return -1;
	run->member_bytes = decoder_converted(&decoder) ? BYTES_UNKNOWN : member->bytes;
	int result = read_sheet(run, member, &decoder, &prefix);
	buffer_release(&prefix);
	decoder_release(&decoder);
	return result;
}

int table_finish(struct run *run)
{
	struct stage *s = &run->stage;
	struct row_place one;
	struct row_place other;
	uint64_t kept;
	if (!run->latest_by)
		return 0;
	/* Whose they are is not known of all of them, and an older row must not decide. */
	if (s->rejects.count) {
		error_set(&s->error, STATUS_INPUT,
			"rows were rejected, and each could be the latest of its user");
		return error_hint(&s->error, "--latest-by needs every row: mend the rejected ones");
	}
	if (latest_tie(&run->latest, &one, &other)) {
		struct place place = { run->members[other.member], other.line, { NULL, 0 } };
		error_at(&s->error, STATUS_INPUT, &place,
			"two rows of one user differ and have the same latest moment (the other is "
			"in line %" PRIu64 " of %s)",
			one.line, SHOW(slice_from(run->members[one.member])));
		return error_hint(&s->error, "another heading for --latest-by may tell them apart");
	}
	if (latest_write(&run->latest, &s->writer, &kept, &s->error) != 0)
		return -1;
	s->written = kept;
	s->filtered = run->latest.added - kept;
	return 0;
}
