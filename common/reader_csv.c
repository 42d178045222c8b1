/*
 * CSV by libcsv, in its strict mode, for all that the scanner leaves to it.
 *
 * libcsv tells neither where a record ends nor what a lone CR was, so it is fed piece by piece, up
 * to each LF and to each CR that stands before none, and asked after each piece whether a record
 * has ended. What a quote means is decided by libcsv alone.
 */
#include "scanner.h"
#include "splitter.h"

#include <csv.h>
#include <stdlib.h>

/* Where in the grammar a record that is only skipped stands. */
enum skip_state {
	SKIP_FIELD,
	SKIP_PLAIN,
	SKIP_QUOTED,
	SKIP_AFTER_QUOTE,
	SKIP_CR,
	SKIP_BROKEN, /* lasts until the next LF */
};

struct csv_splitter {
	struct splitter base;
	struct csv_parser parser;
	struct scanner scanner;
	bool scans;
	unsigned char delimiter;
	bool parser_ready;
	/* What the callbacks have collected of the present record. */
	struct buffer *cells;
	size_t *ends; /* ends[i]: where field i ends in `cells` */
	size_t count;
	size_t room;
	unsigned records_ended;
	bool memory_failed;
	enum skip_state skip_state;
};

static int no_space(unsigned char c)
{
	(void)c; /* data is bytes: nothing is trimmed */
	return 0;
}

static void on_field(void *bytes, size_t length, void *context)
{
	struct csv_splitter *s = context;
	if (s->count == s->room) {
		size_t room = s->room ? s->room * 2 : 32;
		size_t *ends = realloc(s->ends, room * sizeof *ends);
		if (!ends) {
			s->memory_failed = true;
			return;
		}
		s->ends = ends;
		s->room = room;
	}
	if (buffer_append(s->cells, (struct slice){ bytes, length }) != 0)
		s->memory_failed = true;
	s->ends[s->count++] = s->cells->len;
}

static void on_record(int terminator, void *context)
{
	struct csv_splitter *s = context;
	(void)terminator;
	s->records_ended++;
}

/* libcsv has no way to forget a record that was begun but to start anew. */
static int csv_restart(struct csv_splitter *s)
{
	if (s->parser_ready)
		csv_free(&s->parser);
	s->parser_ready = csv_init(&s->parser, CSV_STRICT | CSV_STRICT_FINI) == 0;
	if (!s->parser_ready)
		return -1;
	csv_set_delim(&s->parser, s->delimiter);
	csv_set_space_func(&s->parser, no_space);
	csv_set_blk_size(&s->parser, 4096);
	return 0;
}

enum fed { FED_FAILED = -1, FED_OPEN, FED_RECORD, FED_BAD_QUOTING, FED_LONE_CR };

/* Feeds bytes that hold no CR but, perhaps, one in a line end at their end. */
static enum fed csv_feed_plain(struct csv_splitter *s, struct slice bytes)
{
	size_t taken = csv_parse(&s->parser, bytes.ptr, bytes.len, on_field, on_record, s);
	if (s->memory_failed || (taken < bytes.len && csv_error(&s->parser) != CSV_EPARSE))
		return FED_FAILED;
	if (taken < bytes.len)
		return FED_BAD_QUOTING;
	return s->records_ended ? FED_RECORD : FED_OPEN;
}

/* Feeds a line, or the last bytes of the input; `first`: nothing of the record was fed before. */
static enum fed csv_feed(struct csv_splitter *s, struct slice line, bool first)
{
	while (line.len) {
		const char *cr = memchr(line.ptr, '\r', line.len);
		size_t length = cr ? (size_t)(cr - line.ptr) + 1 : line.len;
		bool line_end = cr && length + 1 == line.len && cr[1] == '\n';
		if (!cr || line_end)
			return csv_feed_plain(s, line);
		enum fed fed = csv_feed_plain(s, (struct slice){ line.ptr, length });
		/* At the front of a record libcsv passes over a CR without a word. */
		if (fed == FED_RECORD || (fed == FED_OPEN && first && length == 1))
			return FED_LONE_CR;
		if (fed != FED_OPEN)
			return fed;
		line = slice_skip(line, length);
		first = false;
	}
	return FED_OPEN;
}

/* A record that is only skipped is followed byte by byte, in the same grammar. */
static bool csv_ends(struct splitter *base, char byte)
{
	struct csv_splitter *s = (struct csv_splitter *)base;
	bool separator = (unsigned char)byte == s->delimiter;
	enum skip_state outside = byte == '\r' ? SKIP_CR : separator ? SKIP_FIELD : SKIP_PLAIN;
	switch (s->skip_state) {
	case SKIP_QUOTED:
		s->skip_state = byte == '"' ? SKIP_AFTER_QUOTE : SKIP_QUOTED;
		return false;
	case SKIP_AFTER_QUOTE:
		s->skip_state = byte == '"'             ? SKIP_QUOTED
				: outside != SKIP_PLAIN ? outside
				: byte == '\n'          ? SKIP_FIELD
							: SKIP_BROKEN;
		break;
	case SKIP_FIELD:
		s->skip_state = byte == '"' ? SKIP_QUOTED : outside;
		break;
	case SKIP_PLAIN:
		s->skip_state = byte == '"' ? SKIP_BROKEN : outside;
		break;
	case SKIP_CR:
		s->skip_state = byte == '\n' ? SKIP_FIELD : SKIP_BROKEN;
		break;
	case SKIP_BROKEN:
		break;
	}
	return byte == '\n';
}

static enum cut csv_open_quote(struct reader *r, uint64_t line, struct error *e)
{
	struct place place = { r->file, line, { NULL, 0 } };
	error_at(e, STATUS_INPUT, &place, "a quote is opened in this record and never closed");
	error_hint(e, "nothing from this line on was used; the quote to mend is in this record");
	return CUT_FAILED;
}

static enum cut csv_overlong(struct csv_splitter *s, struct reader *r, struct error *e)
{
	uint64_t line = r->line;
	s->skip_state = SKIP_FIELD;
	if (csv_restart(s) != 0) {
		error_memory(e);
		return CUT_FAILED;
	}
	enum cut cut = reader_overlong(r, csv_ends, e);
	if (cut == CUT_END)
		return s->skip_state == SKIP_QUOTED ? csv_open_quote(r, line, e) : CUT_REJECT;
	return cut;
}

/* The record that the callbacks have collected, of `length` bytes at hand. */
static enum cut csv_record(
	struct csv_splitter *s, struct reader *r, size_t length, uint64_t lines, struct error *e)
{
	if (s->count && reader_field_room(r, s->count - 1) != 0) {
		error_memory(e);
		return CUT_FAILED;
	}
	for (size_t i = 0, start = 0; i < s->count; start = s->ends[i++])
		r->fields[i] = slice_skip((struct slice){ r->cells.ptr, s->ends[i] }, start);
	r->record = (struct record){ r->line, reader_raw(r, length), r->fields, s->count };
	reader_consume(r, length, lines);
	return CUT_RECORD;
}

/* A broken record ends at the next LF, which is the end of what is at hand. */
static enum cut csv_reject(struct csv_splitter *s, struct reader *r, enum reason reason,
	size_t length, uint64_t lines, struct error *e)
{
	if (csv_restart(s) == 0)
		return reader_reject(r, reason, length, lines);
	error_memory(e);
	return CUT_FAILED;
}

/* The record that the end of the input has ended, or has not. */
static enum cut csv_last(
	struct csv_splitter *s, struct reader *r, size_t length, uint64_t lines, struct error *e)
{
	/* Of either format: the stage before may have been told another one. */
	if (is_failure_mark(reader_raw(r, length)))
		return reader_stage_failed(r, e);
	if (csv_fini(&s->parser, on_field, on_record, s) == 0 && !s->memory_failed)
		return csv_record(s, r, length, lines, e);
	if (!s->memory_failed && csv_error(&s->parser) == CSV_EPARSE)
		return csv_open_quote(r, r->line, e);
	error_memory(e);
	return CUT_FAILED;
}

/* The next record by libcsv; apart, so that a plain one need not make room for its variables. */
__attribute__((noinline)) static enum cut csv_parsed(
	struct csv_splitter *s, struct reader *r, struct error *e)
{
	s->cells = &r->cells;
	s->count = 0;
	s->records_ended = 0;
	buffer_clear(&r->cells);
	uint64_t lines = 0;
	for (size_t fed = 0;;) {
		size_t end;
		int found = reader_line(r, fed, &end, e);
		if (found < 0)
			return CUT_FAILED;
		if (found == 0)
			return csv_overlong(s, r, e);
		struct slice line = { reader_bytes(r).ptr + fed, end - fed };
		bool lf = line.len && line.ptr[line.len - 1] == '\n';
		lines += lf;
		if (fed == 0 && line.len == 0)
			return CUT_END;
		if (fed == 0 && lf && reader_raw(r, end).len == 0) {
			r->record = (struct record){ .line = r->line, .raw = reader_raw(r, end) };
			reader_consume(r, end, lines);
			return CUT_BLANK;
		}
		switch (csv_feed(s, line, fed == 0)) {
		case FED_FAILED:
			error_memory(e);
			return CUT_FAILED;
		case FED_RECORD:
			return csv_record(s, r, end, lines, e);
		case FED_BAD_QUOTING:
			return csv_reject(s, r, REASON_BAD_QUOTING, end, lines, e);
		case FED_LONE_CR:
			return csv_reject(s, r, REASON_LONE_CR, end, lines, e);
		case FED_OPEN:
			if (!lf)
				return csv_last(s, r, end, lines, e);
			fed = end;
		}
	}
}

static enum cut csv_next(struct splitter *base, struct reader *r, struct error *e)
{
	struct csv_splitter *s = (struct csv_splitter *)base;
	switch (s->scans ? scanner_record(&s->scanner, r) : SCANNED_NOTHING) {
	case SCANNED_RECORD:
		return CUT_PLAIN;
	case SCANNED_FAILED:
		error_memory(e);
		return CUT_FAILED;
	case SCANNED_NOTHING:
		break;
	}
	return csv_parsed(s, r, e);
}

static void csv_release(struct splitter *base)
{
	struct csv_splitter *s = (struct csv_splitter *)base;
	if (s->parser_ready)
		csv_free(&s->parser);
	free(s->ends);
	free(s);
}

/* A build may have another way as its fastest one, so that all tests run with each. */
#ifndef SCAN_DEFAULT
#define SCAN_DEFAULT SCAN_FASTEST
#endif

struct splitter *csv_splitter_new(char delimiter, enum scan scan)
{
	if (scan == SCAN_FASTEST)
		scan = SCAN_DEFAULT;
	struct csv_splitter *s = calloc(1, sizeof *s);
	if (!s)
		return NULL;
	s->base = (struct splitter){ csv_next, csv_release };
	s->delimiter = (unsigned char)delimiter;
	s->scans = scan != SCAN_NONE;
	scanner_init(&s->scanner, delimiter, scan);
	if (csv_restart(s) == 0)
		return &s->base;
	free(s);
	return NULL;
}
