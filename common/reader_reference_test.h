/*
 * A small parser of CSV and TSV, written for the tests alone and from the text of RFC 4180, that
 * says what the reader's transcript should be.
 */
#ifndef READER_REFERENCE_TEST_H
#define READER_REFERENCE_TEST_H

#include "transcript_test.h"

#include "utf8.h"

/* Bytes of the longest input that it takes. */
#define REFERENCE_MOST 256

/* A part of the input as the parser found it. */
struct found {
	enum { FOUND_END, FOUND_BLANK, FOUND_RECORD, FOUND_BROKEN, FOUND_OPEN } kind;
	enum reason reason;
	size_t length; /* with the line end */
	size_t raw;    /* without */
	struct slice fields[REFERENCE_MOST + 1];
	size_t count;
	char bytes[REFERENCE_MOST];
};

static inline size_t to_next_line(struct slice in, size_t at)
{
	while (at < in.len && in.ptr[at] != '\n')
		at++;
	return at < in.len ? at + 1 : at;
}

/* The rest of a quoted field from behind its quote; false when it is never closed. */
static inline bool take_quoted(struct slice in, size_t *at, char *bytes, size_t *out)
{
	for (; *at < in.len; ++*at) {
		if (in.ptr[*at] == '"' && (++*at == in.len || in.ptr[*at] != '"'))
			return true;
		bytes[(*out)++] = in.ptr[*at];
	}
	return false;
}

/* CSV at the front of `in`, from RFC 4180: the state is where the loop stands. */
static inline void parse_csv(struct slice in, char delimiter, struct found *f)
{
	size_t at = 0;
	size_t out = 0;
	f->count = 0;
	f->kind = FOUND_RECORD;
	if (in.len == 0) {
		f->kind = FOUND_END;
		return;
	}
	for (bool more = true; more;) {
		size_t start = out;
		bool quoted = at < in.len && in.ptr[at] == '"';
		at += quoted;
		if (quoted && !take_quoted(in, &at, f->bytes, &out)) {
			f->kind = FOUND_OPEN;
			f->length = f->raw = at;
			return;
		}
		while (!quoted && at < in.len && !memchr("\"\r\n", in.ptr[at], 3) &&
			in.ptr[at] != delimiter)
			f->bytes[out++] = in.ptr[at++];
		f->fields[f->count++] = (struct slice){ f->bytes + start, out - start };
		more = at < in.len && in.ptr[at] == delimiter;
		if (more)
			at++;
	}
	f->raw = at;
	f->length = at + line_end_length(slice_skip(in, at));
	if (at < in.len && f->length == at) {
		f->kind = FOUND_BROKEN;
		f->reason = in.ptr[at] == '\r' ? REASON_LONE_CR : REASON_BAD_QUOTING;
		f->length = to_next_line(in, at);
		f->raw = f->length - (in.ptr[f->length - 1] == '\n');
		f->raw -= f->raw < f->length && in.ptr[f->raw - 1] == '\r';
	} else if (f->raw == 0) {
		f->kind = FOUND_BLANK;
	}
}

/* What the letter behind a backslash stands for, that at `at`; NUL: nothing. */
static inline char escaped(struct slice line, size_t at)
{
	char letter = '\0';
	if (at < line.len)
		letter = line.ptr[at];
	switch (letter) {
	case 't':
		return '\t';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	default:
		return letter == '\\' ? letter : '\0';
	}
}

static inline void parse_tsv(struct slice in, struct found *f)
{
	f->length = to_next_line(in, 0);
	f->raw = f->length - (f->length && in.ptr[f->length - 1] == '\n');
	f->raw -= f->raw < f->length && f->raw && in.ptr[f->raw - 1] == '\r';
	f->kind = f->length == 0 ? FOUND_END : f->raw == 0 ? FOUND_BLANK : FOUND_RECORD;
	f->count = 0;
	size_t out = 0;
	size_t start = 0;
	for (size_t at = 0; at <= f->raw; at++) {
		if (at < f->raw && in.ptr[at] == '\r') {
			f->kind = FOUND_BROKEN;
			f->reason = REASON_LONE_CR;
			return;
		}
		if (at == f->raw || in.ptr[at] == '\t') {
			f->fields[f->count++] = (struct slice){ f->bytes + start, out - start };
			start = out;
			continue;
		}
		char byte = in.ptr[at];
		if (byte == '\\') {
			byte = escaped((struct slice){ in.ptr, f->raw }, at + 1);
			if (!byte) {
				f->kind = FOUND_OPEN;
				continue;
			}
			at++;
		}
		f->bytes[out++] = byte;
	}
}

/* The fault of a record that has the form: -1 where there is none; `*field` is the one at fault. */
static inline int fault(const struct found *f, size_t headings, size_t *field)
{
	for (*field = 0; *field < f->count; ++*field)
		if (f->fields[*field].len &&
			memchr(f->fields[*field].ptr, '\0', f->fields[*field].len))
			return REASON_NUL_BYTE;
	for (*field = 0; *field < f->count; ++*field)
		if (utf8_valid(f->fields[*field]) < f->fields[*field].len)
			return REASON_BAD_ENCODING;
	return f->count == headings || headings == 0 ? -1 : REASON_WRONG_FIELD_COUNT;
}

static inline void tell_reject(struct buffer *out, uint64_t line, enum reason reason,
	struct slice column, struct slice got, struct slice raw)
{
	buffer_printf(out, "!%" PRIu64 " %s ", line, reason_name(reason));
	show_append(out, column);
	buffer_put(out, '/');
	show_append(out, got);
	buffer_put(out, '<');
	show_append(out, raw);
	buffer_append(out, SLICE(">\n"));
}

static inline void keep_header(struct found *header, const struct found *f)
{
	*header = *f;
	for (size_t i = 0; i < f->count; i++)
		header->fields[i].ptr = header->bytes + (f->fields[i].ptr - f->bytes);
}

static inline uint64_t line_ends(const char *bytes, size_t length)
{
	uint64_t count = 0;
	for (size_t i = 0; i < length; i++)
		count += bytes[i] == '\n';
	return count;
}

/* Why the part is refused, or -1; `*field` is the one at fault. */
static inline int why_refused(
	const struct found *f, const struct reader_options *options, size_t headings, size_t *field)
{
	bool open = f->kind == FOUND_OPEN && options->format == FORMAT_CSV;
	if (options->record_limit && f->raw > options->record_limit && !open)
		return REASON_RECORD_TOO_LONG;
	if (f->kind == FOUND_BROKEN)
		return (int)f->reason;
	return f->kind == FOUND_RECORD ? fault(f, headings, field) : -1;
}

static inline void tell_refused(struct buffer *out, const struct found *f,
	const struct found *header, uint64_t line, enum reason reason, size_t field,
	struct slice raw)
{
	bool whole = reason != REASON_NUL_BYTE && reason != REASON_BAD_ENCODING;
	char count[24];
	snprintf(count, sizeof count, "%zu", f->count);
	struct slice got = whole ? SLICE("") : f->fields[field];
	if (reason == REASON_WRONG_FIELD_COUNT)
		got = slice_from(count);
	tell_reject(out, line, reason,
		whole || field >= header->count ? SLICE("") : header->fields[field], got, raw);
}

/* What a stage that failed ends with, in either format. */
static inline bool is_mark(struct slice end)
{
	return slice_equal(end, SLICE("\"incomplete")) || slice_equal(end, SLICE("\\!"));
}

/* The part at the front of `in`. */
static inline void find(
	struct slice in, const struct reader_options *options, size_t headings, struct found *f)
{
	*f = (struct found){ 0 };
	if (options->format == FORMAT_TSV)
		parse_tsv(in, f);
	else
		parse_csv(in, options->delimiter, f);
	if (f->kind == FOUND_BLANK && headings == 1) {
		f->kind = FOUND_RECORD;
		f->count = 1;
		f->fields[0] = SLICE("");
	}
	if (f->length == in.len && is_mark(in))
		f->kind = FOUND_OPEN;
}

/* The transcript as it should be. */
static inline void expect(struct buffer *out, struct slice in, const struct reader_options *options)
{
	struct found header = { 0 };
	struct found f;
	uint64_t line = 1;
	uint64_t blank = 0;
	buffer_clear(out);
	for (;; in = slice_skip(in, f.length)) {
		size_t field = 0;
		bool is_header = header.count == 0;
		find(in, options, header.count, &f);
		if (f.kind == FOUND_END)
			break;
		int why = why_refused(&f, options, header.count, &field);
		if ((f.kind == FOUND_OPEN && why < 0) || (is_header && why >= 0)) {
			buffer_printf(out, "3 x:%" PRIu64 "\n", line);
			return;
		}
		struct slice raw = { in.ptr, f.raw };
		if (why == REASON_RECORD_TOO_LONG)
			raw.len = options->record_limit;
		if (why >= 0) {
			tell_refused(out, &f, &header, line, (enum reason)why, field, raw);
		} else if (f.kind == FOUND_BLANK) {
			blank++;
		} else {
			buffer_printf(out, "%s%" PRIu64, is_header ? "h" : "", line);
			tell_fields(out, f.fields, f.count);
			if (is_header)
				keep_header(&header, &f);
		}
		line += line_ends(in.ptr, f.length);
	}
	if (header.count == 0)
		buffer_append(out, SLICE("3 x: there is no header: the input is empty\n"));
	else
		buffer_printf(out, "end %" PRIu64 "\n", blank);
}

/* Of an error's text, which is the last line, only its place is compared. */
static inline struct slice without_words(struct buffer *text)
{
	size_t start = text->len ? text->len - 1 : 0;
	while (start > 0 && text->ptr[start - 1] != '\n')
		start--;
	struct slice last = slice_skip(buffer_slice(text), start);
	if (last.len < 5 || memcmp(last.ptr, "3 x:", 4) != 0 || last.ptr[4] == ' ')
		return buffer_slice(text);
	text->len = start + 4;
	while (text->ptr[text->len] >= '0' && text->ptr[text->len] <= '9')
		text->len++;
	buffer_put(text, '\n');
	return buffer_slice(text);
}

#endif
