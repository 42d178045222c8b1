#include "rejects.h"

#include "show.h"
#include "stand_in.h"
#include "utf8.h"

#include <inttypes.h>
#include <stdlib.h>

int rejects_open(struct rejects *r, const char *path, uint64_t limit, struct error *e)
{
	*r = (struct rejects){ .path = path, .limit = limit, .output = OUTPUT_CLOSED };
	if (!path)
		return 0;
	if (output_open(&r->output, path, e) != 0)
		return -1;
	writer_init(&r->writer, &r->output, FORMAT_CSV);
	const struct slice header[] = { SLICE("file"), SLICE("line"), SLICE("column"),
		SLICE("reason"), SLICE("got"), SLICE("record") };
	return writer_record(&r->writer, header, 6, e);
}

static struct reject_kind *find_kind(struct rejects *r, const struct reject *reject)
{
	for (size_t i = 0; i < r->kind_count; i++)
		if (r->kinds[i].reason == reject->reason &&
			slice_equal(buffer_slice(&r->kinds[i].column), reject->column))
			return &r->kinds[i];
	struct reject_kind *kinds = realloc(r->kinds, (r->kind_count + 1) * sizeof *kinds);
	if (!kinds)
		return NULL;
	r->kinds = kinds;
	struct reject_kind *kind = &kinds[r->kind_count];
	*kind = (struct reject_kind){ .reason = reject->reason };
	if (buffer_append(&kind->column, reject->column) != 0)
		return NULL;
	r->kind_count++;
	return kind;
}

/* Appends the byte, or those that it stands for, at the front as \xHH, and takes it off. */
static int escape_invalid(struct buffer *out, struct slice *raw, const char *encoding)
{
	unsigned char bytes[2] = { (unsigned char)*raw->ptr, 0 };
	size_t count = 1;
	size_t length = 1;
	int failed = 0;
	if (encoding && *raw->ptr != '\0')
		count = stand_in_read(*raw, encoding, bytes, &length);
	for (size_t i = 0; i < count; i++)
		failed |= buffer_printf(out, "\\x%02X", (unsigned)bytes[i]);
	*raw = slice_skip(*raw, length);
	return failed;
}

/* The record's bytes with NUL and invalid ones as \xHH, and \ doubled. */
static int escape_record(struct buffer *out, struct slice raw, const char *encoding)
{
	buffer_clear(out);
	while (raw.len) {
		size_t length = utf8_length(raw);
		int failed;
		if (length == 0 || *raw.ptr == '\0') {
			failed = escape_invalid(out, &raw, encoding);
		} else {
			struct slice character = { raw.ptr, length };
			failed = buffer_append(out, *raw.ptr == '\\' ? SLICE("\\\\") : character);
			raw = slice_skip(raw, length);
		}
		if (failed)
			return -1;
	}
	return 0;
}

static void show_reject(struct messages *m, const char *file, const struct reject *reject)
{
	struct place place = { file, reject->line, reject->column };
	struct buffer hint = { 0 };
	if (reject->hint.len)
		buffer_append(&hint, reject->hint);
	const char *text = hint.len ? buffer_text(&hint) : NULL;
	const char *wrong = reject->what ? reject->what : reason_text(reject->reason);
	/* What stands for invalid bytes is not in the input, so those are shown. */
	struct buffer bytes = { 0 };
	struct slice value = reject->got;
	if (reject->encoding && reject->reason == REASON_BAD_ENCODING &&
		escape_record(&bytes, value, reject->encoding) == 0)
		value = buffer_slice(&bytes);
	const char *got = value.len ? SHOW(value) : NULL;
	const char *want = reject->wanted.len ? SHOW(reject->wanted) : NULL;
	if (reject->reason == REASON_DUPLICATE_KEY)
		message_at(m, &place, text, "%s, in line %s%s%s", wrong, got ? got : "",
			want ? " of " : "", want ? want : "");
	else if (got && want)
		message_at(m, &place, text, "%s (got \"%s\", want %s)", wrong, got, want);
	else if (got)
		message_at(m, &place, text, "%s (got \"%s\")", wrong, got);
	else
		message_at(m, &place, text, "%s", wrong);
	buffer_release(&hint);
	buffer_release(&bytes);
}

static int write_reject(
	struct rejects *r, const char *file, const struct reject *reject, struct error *e)
{
	char line[24];
	snprintf(line, sizeof line, "%" PRIu64, reject->line);
	writer_field(&r->writer, slice_from(file));
	writer_field(&r->writer, slice_from(line));
	writer_field(&r->writer, reject->column);
	writer_field(&r->writer, slice_from(reason_name(reject->reason)));
	/* A value is as it was, unless its very bytes are the reason. */
	struct slice got = reject->got;
	if (reject->reason == REASON_NUL_BYTE || reject->reason == REASON_BAD_ENCODING) {
		if (escape_record(&r->shown, got, reject->encoding) != 0)
			return error_memory(e);
		got = buffer_slice(&r->shown);
	}
	writer_field(&r->writer, got);
	if (escape_record(&r->shown, reject->raw, reject->encoding) != 0)
		return error_memory(e);
	writer_field(&r->writer, buffer_slice(&r->shown));
	return writer_end(&r->writer, e);
}

int rejects_add(struct rejects *r, struct messages *m, const char *file,
	const struct reject *reject, struct error *e)
{
	struct reject_kind *kind = find_kind(r, reject);
	if (!kind)
		return error_memory(e);
	if (kind->count++ < REJECTS_SHOWN)
		show_reject(m, file, reject);
	if (r->output.fd >= 0 && write_reject(r, file, reject, e) != 0)
		return -1;
	if (++r->count <= r->limit)
		return 0;
	struct place place = { file, reject->line, { NULL, 0 } };
	return error_at(e, STATUS_INPUT, &place,
		"more rows are rejected than allowed (%" PRIu64 ")", r->limit);
}

int rejects_finish(struct rejects *r, struct messages *m, struct error *e)
{
	for (size_t i = 0; i < r->kind_count; i++) {
		const struct reject_kind *kind = &r->kinds[i];
		if (kind->count > REJECTS_SHOWN)
			message_at(m, NULL, r->path ? NULL : "--rejects FILE keeps them all",
				"rejected for %s%s%s and not shown: %" PRIu64,
				reason_name(kind->reason), kind->column.len ? " in column " : "",
				SHOW(buffer_slice(&kind->column)), kind->count - REJECTS_SHOWN);
	}
	if (r->output.fd < 0)
		return 0;
	return writer_flush(&r->writer, e) == 0 ? output_finish(&r->output, e) : -1;
}

void rejects_release(struct rejects *r)
{
	output_discard(&r->output);
	for (size_t i = 0; i < r->kind_count; i++)
		buffer_release(&r->kinds[i].column);
	free(r->kinds);
	buffer_release(&r->shown);
	writer_release(&r->writer);
	r->kinds = NULL;
	r->kind_count = 0;
}
