/*
 * Connector feeds: the same records for every read size, and the same as a plain reading of the
 * whole text finds, with every line counted.
 *
 * Input: a digit for the limit of a record (0: none), and the feed.
 */
#include "reader.h"
#include "show.h"
#include "utf8.h"

#include "fuzz.h"

#include <inttypes.h>

#define FIELDS_MOST 1024

struct memory {
	struct source source;
	struct slice rest;
	size_t step;
};

static ssize_t memory_read(struct source *s, char *into, size_t room, struct error *e)
{
	struct memory *m = (struct memory *)s;
	(void)e;
	size_t length = m->step < room ? m->step : room;
	length = length < m->rest.len ? length : m->rest.len;
	if (length)
		memcpy(into, m->rest.ptr, length);
	m->rest = slice_skip(m->rest, length);
	return (ssize_t)length;
}

static void tell_fields(struct buffer *out, const struct slice *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buffer_put(out, i ? '|' : ' ');
		show_append(out, fields[i]);
	}
	buffer_put(out, '\n');
}

static void tell_reject(struct buffer *out, uint64_t line, enum reason reason, struct slice column,
	struct slice got, struct slice raw)
{
	buffer_printf(out, "!%" PRIu64 " %s ", line, reason_name(reason));
	show_append(out, column);
	buffer_put(out, '/');
	show_append(out, got);
	buffer_put(out, '<');
	show_append(out, raw);
	buffer_append(out, SLICE(">\n"));
}

/* What the reader makes of it. Of an error's text only the place is told. */
static void read_feed(
	struct buffer *out, struct slice input, size_t limit, size_t block, size_t step)
{
	struct memory memory = { { memory_read }, input, step };
	const struct reader_options options = {
		.format = FORMAT_FEED, .delimiter = '|', .record_limit = limit, .block = block
	};
	struct error e = { 0 };
	struct reader r;
	enum read_result got = READ_FAILED;
	if (reader_open(&r, &memory.source, "x", &options, &e) == 0) {
		buffer_printf(out, "h%" PRIu64, r.header_line);
		tell_fields(out, r.headings, r.heading_count);
		while ((got = reader_next(&r, &e)) > READ_END) {
			if (got == READ_REJECT) {
				tell_reject(out, r.reject.line, r.reject.reason, r.reject.column,
					r.reject.got, r.reject.raw);
				continue;
			}
			REQUIRE(r.record.count == r.heading_count);
			buffer_printf(out, "%" PRIu64, r.record.line);
			tell_fields(out, r.record.fields, r.record.count);
		}
		reader_release(&r);
	}
	if (got == READ_FAILED) {
		REQUIRE(e.status == STATUS_INPUT);
		buffer_append(out, (struct slice){ e.text.ptr, e.what });
		buffer_put(out, '\n');
	} else {
		buffer_append(out, SLICE("end\n"));
	}
	error_release(&e);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t split(struct slice raw, struct slice fields[FIELDS_MOST])
{
	size_t count = 0;
	size_t start = 0;
	for (size_t at = 0; at <= raw.len; at++) {
		if (at < raw.len && raw.ptr[at] != '|')
			continue;
		size_t from = start;
		size_t to = at;
		while (from < to && is_blank(raw.ptr[from]))
			from++;
		while (to > from && is_blank(raw.ptr[to - 1]))
			to--;
		fields[count++] = (struct slice){ raw.ptr + from, to - from };
		start = at + 1;
	}
	return count;
}

static int fault(struct slice field)
{
	if (field.len && memchr(field.ptr, '\0', field.len))
		return REASON_NUL_BYTE;
	return utf8_valid(field) < field.len ? REASON_BAD_ENCODING : -1;
}

/* The first fault by reason, then by field: -1 where there is none. */
static int first_fault(const struct slice *fields, size_t count, size_t *at_fault)
{
	for (int reason = REASON_NUL_BYTE; reason <= REASON_BAD_ENCODING; reason++)
		for (*at_fault = 0; *at_fault < count; ++*at_fault)
			if (fault(fields[*at_fault]) == reason)
				return reason;
	return -1;
}

/* Passes over what may stand before a record. */
static void skip_blanks(struct slice *in, uint64_t *line)
{
	while (in->len && memchr(" \t\r\n", in->ptr[0], 4)) {
		*line += in->ptr[0] == '\n';
		*in = slice_skip(*in, 1);
	}
}

static struct slice headings[FIELDS_MOST];
static size_t heading_count;

/* Is it a header that goes over several lines? */
static bool is_parted_header(struct slice raw)
{
	for (size_t i = 0; heading_count == 0 && i < raw.len; i++)
		if (raw.ptr[i] == '\n' || raw.ptr[i] == '\r')
			return true;
	return false;
}

/* A record behind the header, which a fault (or -1) may have. */
static void tell_record(struct buffer *out, uint64_t line, struct slice raw, size_t limit,
	const struct slice *fields, size_t count, int wrong, size_t at_fault)
{
	if (limit && raw.len > limit) {
		tell_reject(out, line, REASON_RECORD_TOO_LONG, SLICE(""), SLICE(""),
			(struct slice){ raw.ptr, limit });
	} else if (wrong >= 0) {
		tell_reject(out, line, (enum reason)wrong,
			at_fault < heading_count ? headings[at_fault] : SLICE(""), fields[at_fault],
			raw);
	} else if (count != heading_count) {
		char text[24];
		snprintf(text, sizeof text, "%zu", count);
		tell_reject(out, line, REASON_WRONG_FIELD_COUNT, SLICE(""), slice_from(text), raw);
	} else {
		buffer_printf(out, "%" PRIu64, line);
		tell_fields(out, fields, count);
	}
}

/* The same, from the text as a whole. */
static void expect(struct buffer *out, struct slice in, size_t limit)
{
	static struct slice fields[FIELDS_MOST];
	bool bar_at_end = false;
	uint64_t line = 1;
	heading_count = 0;
	if (in.len >= 3 && memcmp(in.ptr, "\xEF\xBB\xBF", 3) == 0)
		in = slice_skip(in, 3);
	for (skip_blanks(&in, &line); in.len || !heading_count; skip_blanks(&in, &line)) {
		const char *mark = in.len ? memmem(in.ptr, in.len, FEED_END, 4) : NULL;
		struct slice raw = { in.ptr, mark ? (size_t)(mark - in.ptr) : 0 };
		size_t count = mark ? split(raw, fields) : 0;
		bool ends_empty = count > 1 && fields[count - 1].len == 0;
		size_t at_fault = 0;
		int wrong = first_fault(fields, count, &at_fault);
		bool bad = wrong >= 0 || (limit && raw.len > limit) || is_parted_header(raw);
		if (!mark || (heading_count == 0 && bad)) {
			if (in.len)
				buffer_printf(out, "x:%" PRIu64 ": \n", line);
			else
				buffer_printf(out, "x: \n");
			return;
		}
		if (heading_count == 0)
			bar_at_end = ends_empty;
		count -= bar_at_end && ends_empty;
		if (heading_count == 0) {
			memcpy(headings, fields, count * sizeof *fields);
			heading_count = count;
			buffer_printf(out, "h%" PRIu64, line);
			tell_fields(out, fields, count);
		} else {
			tell_record(out, line, raw, limit, fields, count, wrong, at_fault);
		}
		for (size_t i = 0; i < raw.len; i++)
			line += raw.ptr[i] == '\n';
		in = slice_skip(in, raw.len + 4);
	}
	buffer_append(out, SLICE("end\n"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct {
		size_t block, step;
	} ways[] = { { 1, SIZE_MAX }, { 3, SIZE_MAX }, { 4096, 5 }, { 4096, SIZE_MAX } };
	struct slice input = { (const char *)data, size };
	size_t digit = fuzz_byte(&input) % 10;
	size_t limit = digit ? 2 * digit + 1 : 0;
	if (input.len >= FIELDS_MOST)
		return 0;
	struct buffer want = { 0 };
	struct buffer got = { 0 };
	expect(&want, input, limit);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		buffer_clear(&got);
		read_feed(&got, input, limit, ways[i].block, ways[i].step);
		if (!slice_equal(buffer_slice(&got), buffer_slice(&want)))
			fprintf(stderr, "got <%.*s>\nwant <%.*s>\n", (int)got.len, got.ptr,
				(int)want.len, want.ptr);
		REQUIRE(slice_equal(buffer_slice(&got), buffer_slice(&want)));
	}
	buffer_release(&want);
	buffer_release(&got);
	return 0;
}
