/*
 * The header of an input: its headings, what is wrong with it, and the columns that are asked for.
 */
#include "keys.h"
#include "show.h"
#include "splitter.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>

/* Keeps the header's fields past the records that follow. */
static int reader_keep_headings(struct reader *r, struct error *e)
{
	size_t count = r->record.count;
	r->heading_fields = calloc(count, sizeof *r->heading_fields);
	size_t total = 0;
	for (size_t i = 0; i < count; i++)
		total += r->record.fields[i].len;
	if (!r->heading_fields || buffer_reserve(&r->heading_text, total + 1) != 0)
		return error_memory(e);
	for (size_t i = 0; i < count; i++) {
		struct slice field = r->record.fields[i];
		r->heading_fields[i] =
			(struct slice){ r->heading_text.ptr + r->heading_text.len, field.len };
		buffer_append(&r->heading_text, field);
	}
	r->headings = r->heading_fields;
	r->heading_count = count;
	r->header_line = r->record.line;
	snprintf(r->wanted_text, sizeof r->wanted_text, "%zu", count);
	return 0;
}

static bool is_archive(struct slice bytes)
{
	static const struct slice starts[] = { { "PK\3\4", 4 }, { "\x1F\x8B", 2 },
		{ "7z\xBC\xAF", 4 } };
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (bytes.len >= starts[i].len &&
			memcmp(bytes.ptr, starts[i].ptr, starts[i].len) == 0)
			return true;
	return false;
}

static int reader_header_wrong(
	struct reader *r, enum reason reason, uint64_t line, struct slice raw, struct error *e)
{
	struct place place = { r->file, line, { NULL, 0 } };
	error_at(e, STATUS_INPUT, &place, "the header cannot be read: %s", reason_text(reason));
	if (is_archive(raw))
		return error_hint(e, "this looks like an archive; `extract` opens it");
	if (reason == REASON_NUL_BYTE && raw.len > 1 && !raw.ptr[0] && !raw.ptr[1])
		return error_hint(e, "no text starts with NUL bytes; an archive without members "
				     "may, and a file that was never filled");
	if (reason == REASON_NUL_BYTE)
		error_hint(e, "this looks like UTF-16 without a byte order mark; `extract "
			      "--encoding UTF-16LE` or `UTF-16BE` reads it");
	if (reason == REASON_BAD_ENCODING) {
		struct buffer hint = { 0 };
		reject_encoding_hint(&hint, r->options.encoding);
		error_hint(e, "%.*s", (int)hint.len, hint.len ? hint.ptr : "");
		buffer_release(&hint);
	}
	if (reason == REASON_BAD_QUOTING)
		error_hint(e,
			"with the right delimiter the quotes may fit; `extract` finds it, or takes "
			"--delimiter");
	return -1;
}

/*
 * The header of a feed stands in one line. With a line end in it, it has lost its end mark, and
 * what follows is the first record, which would be taken for headings.
 */
static int reader_header_parted(struct reader *r, struct error *e)
{
	struct place place = { r->file, r->record.line, { NULL, 0 } };
	error_at(e, STATUS_INPUT, &place,
		"the header of the feed has no end mark (" FEED_END ") in its line");
	return error_hint(e, "every record of a feed ends with " FEED_END
			     ", the header too; take the feed anew, or mend its first line");
}

static bool has_line_end(struct slice text)
{
	return text.len && (memchr(text.ptr, '\n', text.len) || memchr(text.ptr, '\r', text.len));
}

int reader_read_header(struct reader *r, struct error *e)
{
	enum cut cut;
	while ((cut = r->splitter->next(r->splitter, r, e)) == CUT_BLANK)
		r->blank_lines++;
	if (cut == CUT_FAILED)
		return -1;
	struct place place = { r->file, 0, { NULL, 0 } };
	if (cut == CUT_END)
		return error_at(e, STATUS_INPUT, &place, "there is no header: the input is empty");
	if (cut == CUT_REJECT)
		return reader_header_wrong(r, r->reject.reason, r->reject.line, r->reject.raw, e);
	if (r->record.raw.len && memchr(r->record.raw.ptr, '\0', r->record.raw.len))
		return reader_header_wrong(r, REASON_NUL_BYTE, r->record.line, r->record.raw, e);
	if (utf8_valid(r->record.raw) < r->record.raw.len)
		return reader_header_wrong(
			r, REASON_BAD_ENCODING, r->record.line, r->record.raw, e);
	if (r->options.format == FORMAT_FEED && has_line_end(r->record.raw))
		return reader_header_parted(r, e);
	return reader_keep_headings(r, e);
}

/* Headings that a message lists; the rest of a long header is of no help. */
#define LISTED 40

void reader_list_headings(const struct reader *r, struct buffer *list)
{
	for (size_t i = 0; i < r->heading_count && i < LISTED; i++) {
		struct slice shown = show_name(r->headings[i]);
		buffer_printf(list, "%s\"%s\"", i ? ", " : "", SHOW(shown));
		/* Past a "=" what looks like headings may be the rest of a secret. */
		if (shown.len < r->headings[i].len) {
			buffer_printf(list, " …");
			break;
		}
	}
	if (r->heading_count > LISTED)
		buffer_printf(list, " and %zu more", r->heading_count - LISTED);
	buffer_text(list);
}

static int reader_check_doubled(const struct reader *r, const struct place *place, struct error *e)
{
	struct keys seen;
	int result = 0;
	keys_init(&seen, 0);
	for (size_t i = 0; result == 0 && i < r->heading_count; i++) {
		uint32_t index = keys_add(&seen, r->headings[i]);
		if (index == KEY_NONE)
			result = error_memory(e);
		else if (index < i)
			result = error_at(e, STATUS_INPUT, place,
				"heading \"%s\" stands twice (columns %u and %zu)",
				SHOW(show_name(r->headings[i])), index + 1, i + 1);
	}
	keys_release(&seen);
	return result;
}

static int reader_check_headings(struct reader *r, struct error *e)
{
	struct place place = { r->file, r->header_line, { NULL, 0 } };
	for (size_t i = 0; i < r->heading_count; i++) {
		if (r->headings[i].len)
			continue;
		struct buffer list = { 0 };
		reader_list_headings(r, &list);
		error_at(e, STATUS_INPUT, &place, "heading %zu is empty (got %.*s)", i + 1,
			(int)list.len, list.len ? list.ptr : "");
		buffer_release(&list);
		return -1;
	}
	return reader_check_doubled(r, &place, e);
}

int reader_bind(struct reader *r, struct column *columns, size_t count, struct error *e)
{
	if (reader_check_headings(r, e) != 0)
		return -1;
	struct buffer missing = { 0 };
	bool any = false;
	for (size_t c = 0; c < count; c++) {
		columns[c].index = -1;
		for (size_t i = 0; i < r->heading_count; i++)
			if (slice_equal(r->headings[i], slice_from(columns[c].name)))
				columns[c].index = (int)i;
		any |= columns[c].index >= 0;
		if (columns[c].index < 0 && columns[c].needed)
			buffer_printf(&missing, "%s\"%s\"", missing.len ? ", " : "",
				SHOW(slice_from(columns[c].name)));
	}
	if (missing.len == 0)
		return 0;
	struct place place = { r->file, r->header_line, { NULL, 0 } };
	struct buffer list = { 0 };
	/*
	 * Without a single heading of the stream it may be any file, and its first line a secret.
	 */
	if (any)
		reader_list_headings(r, &list);
	else
		buffer_printf(&list, "other headings: %zu, not shown", r->heading_count);
	error_at(e, STATUS_INPUT, &place, "needed columns are missing: %.*s (got %.*s)",
		(int)missing.len, missing.ptr, (int)list.len, list.len ? list.ptr : "");
	error_hint(e, "this is not the stream that is wanted here; `extract --as` makes it");
	buffer_release(&list);
	buffer_release(&missing);
	return -1;
}

int reader_want(struct reader *r, const struct column *columns, size_t count, struct error *e)
{
	size_t *wanted = calloc(count + 1, sizeof *wanted);
	if (!wanted)
		return error_memory(e);
	free(r->wanted);
	r->wanted = wanted;
	r->wanted_count = 0;
	for (size_t i = 0; i < count; i++) {
		size_t known = 0;
		while (known < i && columns[known].index != columns[i].index)
			known++;
		if (known == i && columns[i].index >= 0)
			wanted[r->wanted_count++] = (size_t)columns[i].index;
	}
	return 0;
}
