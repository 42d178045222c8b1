/*
 * Connector feeds: a record ends with !##!, fields stand between |, newlines are data (KBA
 * 2647302), but in the header.
 *
 * Feeds are seen with a | before the end mark and without, and with blanks around | and without.
 */
#include "splitter.h"

#include <stdlib.h>

#define END_LEN (sizeof FEED_END - 1)

struct feed_splitter {
	struct splitter base;
	bool trailing;  /* the header has a | before its end mark, so every record has to */
	size_t matched; /* bytes of the end mark, in a record that is only skipped */
};

static bool feed_ends(struct splitter *base, char byte)
{
	struct feed_splitter *s = (struct feed_splitter *)base;
	if (byte == FEED_END[s->matched])
		s->matched++;
	else
		s->matched = byte == FEED_END[0];
	return s->matched == END_LEN;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct slice trim(struct slice text)
{
	while (text.len && is_blank(text.ptr[0]))
		text = slice_skip(text, 1);
	while (text.len && is_blank(text.ptr[text.len - 1]))
		text.len--;
	return text;
}

static uint64_t count_lines(struct slice bytes)
{
	uint64_t lines = 0;
	for (const char *lf; bytes.len && (lf = memchr(bytes.ptr, '\n', bytes.len));) {
		lines++;
		bytes = slice_skip(bytes, (size_t)(lf - bytes.ptr) + 1);
	}
	return lines;
}

/* Passes over the line ends and blanks between two records: 1 at a record, 0 at the end, or -1. */
static int feed_begin(struct reader *r, struct error *e)
{
	for (;;) {
		struct slice bytes = reader_bytes(r);
		size_t blank = 0;
		while (blank < bytes.len &&
			(is_blank(bytes.ptr[blank]) || bytes.ptr[blank] == '\r' ||
				bytes.ptr[blank] == '\n'))
			blank++;
		reader_consume(r, blank, count_lines((struct slice){ bytes.ptr, blank }));
		if (blank < bytes.len)
			return 1;
		int filled = reader_fill(r, e);
		if (filled <= 0)
			return filled;
	}
}

static int feed_no_end(const struct reader *r, uint64_t line, struct error *e)
{
	struct place place = { r->file, line, { NULL, 0 } };
	error_at(e, STATUS_INPUT, &place, "this record of the feed has no end mark (" FEED_END ")");
	return error_hint(e, "the feed was cut short; take it anew");
}

/* The length of the record without its end mark: 1; 0 past the limit; -1 with the error set. */
static int feed_end(struct reader *r, size_t *length, struct error *e)
{
	for (size_t searched = 0;;) {
		struct slice bytes = reader_bytes(r);
		const char *mark =
			memmem(bytes.ptr + searched, bytes.len - searched, FEED_END, END_LEN);
		*length = mark ? (size_t)(mark - bytes.ptr) : bytes.len;
		/* What is at hand may end with a part of the mark. */
		if (*length > r->options.record_limit + (mark ? 0 : END_LEN))
			return 0;
		if (mark)
			return 1;
		searched = bytes.len < END_LEN ? 0 : bytes.len - END_LEN + 1;
		int filled = reader_fill(r, e);
		if (filled < 0)
			return -1;
		if (filled == 0)
			return feed_no_end(r, r->line, e);
	}
}

static enum cut feed_fields(
	struct feed_splitter *s, struct reader *r, size_t length, struct error *e)
{
	struct slice raw = { reader_bytes(r).ptr, length };
	size_t count = 0;
	for (struct slice rest = raw; rest.ptr; count++) {
		if (reader_field_room(r, count) != 0) {
			error_memory(e);
			return CUT_FAILED;
		}
		r->fields[count] = trim(slice_cut(&rest, '|'));
	}
	/*
	 * With a | at the end or without one: the header shows which. A record must not choose for
	 * itself, or one that lacks a field would pass with all its values in the wrong columns.
	 */
	bool last_empty = count > 1 && r->fields[count - 1].len == 0;
	if (!r->headings)
		s->trailing = last_empty;
	if (s->trailing && last_empty)
		count--;
	r->record = (struct record){ r->line, raw, r->fields, count };
	reader_consume(r, length + END_LEN, count_lines(raw));
	return CUT_RECORD;
}

static enum cut feed_next(struct splitter *base, struct reader *r, struct error *e)
{
	struct feed_splitter *s = (struct feed_splitter *)base;
	size_t length;
	int begun = feed_begin(r, e);
	if (begun <= 0)
		return begun == 0 ? CUT_END : CUT_FAILED;
	int ended = feed_end(r, &length, e);
	if (ended < 0)
		return CUT_FAILED;
	if (ended > 0)
		return feed_fields(s, r, length, e);
	uint64_t line = r->line;
	s->matched = 0;
	enum cut cut = reader_overlong(r, feed_ends, e);
	return cut == CUT_END ? (enum cut)feed_no_end(r, line, e) : cut;
}

static void feed_release(struct splitter *base)
{
	free(base);
}

struct splitter *feed_splitter_new(void)
{
	struct feed_splitter *s = calloc(1, sizeof *s);
	if (!s)
		return NULL;
	s->base = (struct splitter){ feed_next, feed_release };
	return &s->base;
}
