/*
 * What a reader makes of some bytes, as text to compare, and the checks that hold for every input:
 * the records and rejects lie in the input one after the other, on the lines that they name, with
 * nothing but empty lines between.
 */
#ifndef TRANSCRIPT_TEST_H
#define TRANSCRIPT_TEST_H

#include "reader.h"
#include "show.h"

#include "test.h"

/* A source that gives at most `step` bytes at a time. */
struct drip {
	struct source source;
	struct slice rest;
	size_t step;
	bool ended;
};

static inline ssize_t drip_read(struct source *s, char *into, size_t room, struct error *e)
{
	struct drip *d = (struct drip *)s;
	(void)e;
	CHECK(room > 0);
	CHECK(!d->ended); /* the end is asked for once */
	size_t length = d->step < room ? d->step : room;
	length = length < d->rest.len ? length : d->rest.len;
	if (length)
		memcpy(into, d->rest.ptr, length);
	d->rest = slice_skip(d->rest, length);
	d->ended = length == 0;
	return (ssize_t)length;
}

/* Where the accounting of an input stands. */
struct account {
	struct slice rest; /* what no record has taken yet */
	uint64_t line;     /* of its first byte */
	uint64_t blank;    /* empty lines passed over */
	size_t limit;
};

static inline size_t line_end_length(struct slice at)
{
	if (at.len && at.ptr[0] == '\n')
		return 1;
	return at.len > 1 && at.ptr[0] == '\r' && at.ptr[1] == '\n' ? 2 : 0;
}

static inline void account_skip(struct account *a, size_t length)
{
	for (size_t i = 0; i < length; i++)
		a->line += a->rest.ptr[i] == '\n';
	a->rest = slice_skip(a->rest, length);
}

static inline void account_blank(struct account *a, uint64_t line)
{
	while (a->line < line && line_end_length(a->rest)) {
		account_skip(a, line_end_length(a->rest));
		a->blank++;
	}
}

/* A record or reject that starts at `line`; `cut`: only its first bytes are at hand. */
static inline void account_for(struct account *a, uint64_t line, struct slice raw, bool cut)
{
	account_blank(a, line);
	if (!CHECK(a->line == line) ||
		!CHECK(raw.len <= a->rest.len && memcmp(raw.ptr, a->rest.ptr, raw.len) == 0))
		return;
	account_skip(a, raw.len);
	if (cut) {
		CHECK(raw.len == a->limit);
		return;
	}
	CHECK(a->rest.len == 0 || line_end_length(a->rest));
	account_skip(a, line_end_length(a->rest));
}

static inline void tell_fields(struct buffer *out, const struct slice *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buffer_put(out, i ? '|' : ' ');
		show_append(out, fields[i]);
	}
	buffer_put(out, '\n');
}

/*
 * "hLINE A|B" for the header, "LINE a|b" for a record, "!LINE REASON COLUMN/GOT<RAW>" for a reject,
 * "end BLANK", or "STATUS TEXT" for an error; each ends with LF. Control bytes show as \xHH.
 */
static inline struct slice transcript(
	struct buffer *out, struct slice input, const struct reader_options *options, size_t step)
{
	struct drip drip = { { drip_read }, input, step, false };
	struct account account = { input, 1, 0, options->record_limit };
	struct error e = { 0 };
	struct reader r;
	enum read_result got = READ_FAILED;
	buffer_clear(out);
	if (input.len >= 3 && memcmp(input.ptr, "\xEF\xBB\xBF", 3) == 0)
		account.rest = slice_skip(input, 3);
	if (reader_open(&r, &drip.source, "x", options, &e) != 0) {
		buffer_printf(out, "%d %s\n", (int)e.status, buffer_text(&e.text));
		error_release(&e);
		return buffer_slice(out);
	}
	buffer_printf(out, "h%" PRIu64, r.header_line);
	tell_fields(out, r.headings, r.heading_count);
	account_for(&account, r.header_line, r.record.raw, false);
	bool known = true; /* false after a cut record: where it ended is not told */
	while ((got = reader_next(&r, &e)) > READ_END) {
		bool cut = got == READ_REJECT && r.reject.reason == REASON_RECORD_TOO_LONG;
		if (known && got == READ_RECORD)
			account_for(&account, r.record.line, r.record.raw, false);
		if (known && got == READ_REJECT)
			account_for(&account, r.reject.line, r.reject.raw, cut);
		known = known && !cut;
		if (got == READ_RECORD) {
			CHECK(r.record.count == r.heading_count);
			buffer_printf(out, "%" PRIu64, r.record.line);
			tell_fields(out, r.record.fields, r.record.count);
			continue;
		}
		buffer_printf(out, "!%" PRIu64 " %s ", r.reject.line, reason_name(r.reject.reason));
		show_append(out, r.reject.column);
		buffer_put(out, '/');
		show_append(out, r.reject.got);
		buffer_put(out, '<');
		show_append(out, r.reject.raw);
		buffer_append(out, SLICE(">\n"));
	}
	if (got == READ_END) {
		buffer_printf(out, "end %" PRIu64 "\n", r.blank_lines);
		CHECK(drip.ended);
		if (known) {
			account_blank(&account, UINT64_MAX);
			CHECK(account.rest.len == 0);
			CHECK(account.blank == r.blank_lines);
		}
	} else {
		CHECK(e.text.len > 0);
		buffer_printf(out, "%d %s\n", (int)e.status, buffer_text(&e.text));
	}
	reader_release(&r);
	error_release(&e);
	return buffer_slice(out);
}

/* Compares the transcript at many read sizes with `want`; false: one of them differs. */
static inline bool transcript_check(struct slice input, const struct reader_options *options,
	struct slice want, const char *file, int line)
{
	static const size_t blocks[] = { 1, 2, 3, 7, 64, 4096, 1 << 20 };
	struct buffer got = { 0 };
	bool same = true;
	for (size_t i = 0; i < 2 * sizeof blocks / sizeof *blocks; i++) {
		struct reader_options o = *options;
		o.block = blocks[i / 2];
		if (slice_equal(transcript(&got, input, &o, i % 2 ? 1 : SIZE_MAX), want)) {
			test_note(true, file, line, "transcript");
			continue;
		}
		struct buffer shown = { 0 };
		show_append(&shown, input);
		fprintf(stderr, "input <%s>, limit %zu, %zu bytes read at a time%s\n",
			buffer_text(&shown), o.record_limit, o.block, i % 2 ? ", 1 given" : "");
		test_slices(buffer_slice(&got), want, file, line, "transcript");
		buffer_release(&shown);
		same = false;
		break; /* one size that differs is enough */
	}
	buffer_release(&got);
	return same;
}

#endif
