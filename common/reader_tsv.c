/*
 * TSV: a record a line, a field between tabs, \t \n \r \\ for the bytes that would break that.
 */
#include "show.h"
#include "splitter.h"

#include <stdlib.h>

static bool tsv_ends(struct splitter *s, char byte)
{
	(void)s;
	return byte == '\n';
}

/* Appends the field unescaped; -1: no memory, -2: an escape that is none. */
static int tsv_unescape(struct buffer *cells, struct slice field, struct slice *wrong)
{
	static const char letters[] = "tnr\\";
	static const char bytes[] = "\t\n\r\\";
	for (size_t i = 0; i < field.len; i++) {
		char byte = field.ptr[i];
		if (byte == '\\') {
			const char *found =
				++i < field.len ? memchr(letters, field.ptr[i], 4) : NULL;
			if (!found) {
				*wrong = slice_skip(field, i - 1);
				return -2;
			}
			byte = bytes[found - letters];
		}
		if (buffer_put(cells, byte) != 0)
			return -1;
	}
	return 0;
}

static enum cut tsv_fields(struct reader *r, struct slice raw, struct error *e)
{
	struct place place = { r->file, r->line, { NULL, 0 } };
	size_t count = 0;
	/* No field grows, so with this room reserved no slice into the cells dies. */
	buffer_clear(&r->cells);
	if (buffer_reserve(&r->cells, raw.len) != 0)
		goto memory;
	for (struct slice rest = raw; rest.ptr; count++) {
		struct slice field = slice_cut(&rest, '\t');
		if (reader_field_room(r, count) != 0)
			goto memory;
		if (field.len && memchr(field.ptr, '\\', field.len)) {
			size_t start = r->cells.len;
			struct slice wrong;
			int failed = tsv_unescape(&r->cells, field, &wrong);
			if (failed == -1)
				goto memory;
			if (failed) {
				/* The rest of the field may be anything, a secret too. */
				if (wrong.len > 2)
					wrong.len = 2;
				if (count < r->heading_count)
					place.column = r->headings[count];
				error_at(e, STATUS_INPUT, &place,
					"a backslash starts no escape (got \"%s\", want \\t, \\n, "
					"\\r or "
					"\\\\)",
					SHOW(wrong));
				return CUT_FAILED;
			}
			field = (struct slice){ r->cells.ptr + start, r->cells.len - start };
		}
		r->fields[count] = field;
	}
	r->record = (struct record){ r->line, raw, r->fields, count };
	return CUT_RECORD;
memory:
	error_memory(e);
	return CUT_FAILED;
}

static enum cut tsv_next(struct splitter *s, struct reader *r, struct error *e)
{
	size_t end;
	int found = reader_line(r, 0, &end, e);
	if (found < 0)
		return CUT_FAILED;
	if (found == 0) {
		enum cut cut = reader_overlong(r, tsv_ends, e);
		return cut == CUT_END ? CUT_REJECT : cut;
	}
	(void)s;
	if (end == 0)
		return CUT_END;
	struct slice raw = reader_raw(r, end);
	uint64_t lines = reader_bytes(r).ptr[end - 1] == '\n';
	/* The mark of CSV counts only where no line end shows that it is a value. */
	if (slice_equal(raw, SLICE("\\!")) || (lines == 0 && is_failure_mark(raw)))
		return reader_stage_failed(r, e);
	if (raw.len && memchr(raw.ptr, '\r', raw.len))
		return reader_reject(r, REASON_LONE_CR, end, lines);
	enum cut cut = CUT_BLANK;
	if (raw.len)
		cut = tsv_fields(r, raw, e);
	else
		r->record = (struct record){ .line = r->line, .raw = raw };
	reader_consume(r, end, lines);
	return cut;
}

static void tsv_release(struct splitter *s)
{
	free(s);
}

struct splitter *tsv_splitter_new(void)
{
	struct splitter *s = calloc(1, sizeof *s);
	if (s)
		*s = (struct splitter){ tsv_next, tsv_release };
	return s;
}
