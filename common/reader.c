#include "reader.h"

#include "splitter.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>

#define READER_BLOCK ((size_t)128 << 10)

int reader_fill(struct reader *r, struct error *e)
{
	if (r->input_ended)
		return 0;
	if (r->input_at) {
		r->input.len -= r->input_at;
		memmove(r->input.ptr, r->input.ptr + r->input_at, r->input.len);
		r->input_at = 0;
	}
	if (buffer_reserve(&r->input, r->options.block) != 0)
		return error_memory(e);
	ssize_t got = r->source->read(r->source, r->input.ptr + r->input.len, r->options.block, e);
	if (got < 0)
		return -1;
	r->input.len += (size_t)got;
	r->input_ended = got == 0;
	return got > 0;
}

int reader_line(struct reader *r, size_t from, size_t *end, struct error *e)
{
	for (size_t searched = from;;) {
		struct slice bytes = reader_bytes(r);
		const char *lf = searched < bytes.len
					 ? memchr(bytes.ptr + searched, '\n', bytes.len - searched)
					 : NULL;
		*end = lf ? (size_t)(lf - bytes.ptr) + 1 : bytes.len;
		size_t length = reader_raw(r, *end).len;
		/* A CR at the end of what is at hand may be half of a line end. */
		if (!lf && !r->input_ended && length && bytes.ptr[length - 1] == '\r')
			length--;
		if (length > r->options.record_limit)
			return 0;
		if (lf || r->input_ended)
			return 1;
		searched = bytes.len;
		if (reader_fill(r, e) < 0)
			return -1;
	}
}

enum cut reader_reject(struct reader *r, enum reason reason, size_t length, uint64_t lines)
{
	r->reject =
		(struct reject){ .reason = reason, .line = r->line, .raw = reader_raw(r, length) };
	reader_consume(r, length, lines);
	return CUT_REJECT;
}

enum cut reader_overlong(
	struct reader *r, bool (*ends)(struct splitter *s, char byte), struct error *e)
{
	size_t kept = r->options.record_limit;
	uint64_t lines = 0;
	bool ended = false;
	size_t at = 0;
	while (!ended) {
		struct slice bytes = reader_bytes(r);
		while (at < bytes.len && !ended) {
			lines += bytes.ptr[at] == '\n';
			ended = ends(r->splitter, bytes.ptr[at++]);
		}
		if (ended)
			break;
		/* What lies past the limit has been looked at and can go. */
		r->input.len = r->input_at + kept;
		at = kept;
		int filled = reader_fill(r, e);
		if (filled < 0)
			return CUT_FAILED;
		if (filled == 0)
			break;
	}
	reader_reject(r, REASON_RECORD_TOO_LONG, at, lines);
	r->reject.raw.len = kept;
	return ended ? CUT_REJECT : CUT_END;
}

int reader_field_grow(struct reader *r, size_t index)
{
	/* A multiple of what the scanner sets at once. */
	size_t room = r->field_room ? r->field_room : 32;
	while (room <= index)
		room *= 2;
	struct slice *fields = realloc(r->fields, room * sizeof *fields);
	if (!fields)
		return -1;
	r->fields = fields;
	r->field_room = room;
	return 0;
}

enum cut reader_stage_failed(struct reader *r, struct error *e)
{
	struct place place = { r->file, r->line, { NULL, 0 } };
	error_at(e, STATUS_INPUT, &place, "the stage before this one failed");
	error_hint(e, "its own message says why; nothing of its output should be used");
	return CUT_FAILED;
}

/* A byte order mark is no part of the first heading. */
static int reader_skip_bom(struct reader *r, struct error *e)
{
	int filled = 1;
	while (filled > 0 && r->input.len < 3)
		filled = reader_fill(r, e);
	if (filled < 0)
		return -1;
	if (r->input.len >= 3 && memcmp(r->input.ptr, "\xEF\xBB\xBF", 3) == 0)
		reader_consume(r, 3, 0);
	return 0;
}

struct splitter *splitter_new(const struct reader_options *options)
{
	switch (options->format) {
	case FORMAT_TSV:
		return tsv_splitter_new();
	case FORMAT_FEED:
		return feed_splitter_new();
	case FORMAT_CSV:
		break;
	}
	return csv_splitter_new(options->delimiter ? options->delimiter : ',', options->scan);
}

int reader_open(struct reader *r, struct source *source, const char *file,
	const struct reader_options *options, struct error *e)
{
	*r = (struct reader){ .file = file, .source = source, .options = *options, .line = 1 };
	if (r->options.record_limit == 0)
		r->options.record_limit = RECORD_LIMIT;
	if (r->options.block == 0)
		r->options.block = READER_BLOCK;
	r->splitter = splitter_new(options);
	if (!r->splitter)
		return error_memory(e);
	if (reader_skip_bom(r, e) == 0 && reader_read_header(r, e) == 0)
		return 0;
	reader_release(r);
	return -1;
}

/* The column of the first field that `wrong` finds fault with. */
static void reject_field(struct reader *r, enum reason reason, bool (*wrong)(struct slice field))
{
	r->reject =
		(struct reject){ .reason = reason, .line = r->record.line, .raw = r->record.raw };
	for (size_t i = 0; i < r->record.count; i++) {
		if (!wrong(r->record.fields[i]))
			continue;
		r->reject.got = r->record.fields[i];
		if (i < r->heading_count)
			r->reject.column = r->headings[i];
		return;
	}
}

static bool has_nul(struct slice text)
{
	return text.len && memchr(text.ptr, '\0', text.len);
}

static bool is_not_utf8(struct slice text)
{
	return utf8_valid(text) < text.len;
}

static enum read_result reader_check_bytes(struct reader *r)
{
	if (has_nul(r->record.raw)) {
		reject_field(r, REASON_NUL_BYTE, has_nul);
		return READ_REJECT;
	}
	if (is_not_utf8(r->record.raw)) {
		reject_field(r, REASON_BAD_ENCODING, is_not_utf8);
		return READ_REJECT;
	}
	return READ_RECORD;
}

static enum read_result reader_check_count(struct reader *r)
{
	if (r->record.count != r->heading_count) {
		snprintf(r->count_text, sizeof r->count_text, "%zu", r->record.count);
		r->reject = (struct reject){ .reason = REASON_WRONG_FIELD_COUNT,
			.line = r->record.line,
			.got = slice_from(r->count_text),
			.wanted = slice_from(r->wanted_text),
			.raw = r->record.raw };
		return READ_REJECT;
	}
	return READ_RECORD;
}

/* What comes of any cut; apart, so that a plain record need not make room for its variables. */
__attribute__((noinline)) static enum read_result next_of(
	struct reader *r, enum cut cut, struct error *e)
{
	for (;; cut = r->splitter->next(r->splitter, r, e)) {
		switch (cut) {
		case CUT_FAILED:
			return READ_FAILED;
		case CUT_END:
			return READ_END;
		case CUT_REJECT:
			return READ_REJECT;
		case CUT_RECORD:
			if (reader_check_bytes(r) == READ_REJECT)
				return READ_REJECT;
			return reader_check_count(r);
		case CUT_PLAIN:
			return reader_check_count(r);
		case CUT_BLANK:
			/* With one column an empty line is its empty value. */
			if (r->heading_count == 1) {
				if (reader_field_room(r, 0) != 0) {
					error_memory(e);
					return READ_FAILED;
				}
				r->fields[0] = (struct slice){ r->record.raw.ptr, 0 };
				r->record.fields = r->fields;
				r->record.count = 1;
				return READ_RECORD;
			}
			r->blank_lines++;
			break;
		}
	}
}

enum read_result reader_next(struct reader *r, struct error *e)
{
	const enum cut cut = r->splitter->next(r->splitter, r, e);
	if (cut == CUT_PLAIN && r->record.count == r->heading_count)
		return READ_RECORD;
	return next_of(r, cut, e);
}

void reader_release(struct reader *r)
{
	if (r->splitter)
		r->splitter->release(r->splitter);
	buffer_release(&r->input);
	buffer_release(&r->cells);
	buffer_release(&r->heading_text);
	free(r->fields);
	free(r->wanted);
	free(r->heading_fields);
	*r = (struct reader){ 0 };
}
