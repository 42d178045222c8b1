#include "scanner.h"

#include "splitter.h"

/* What few records need is apart, so that what all need has the processor's registers. */
#define RARELY __attribute__((noinline))

/*
 * Where libcsv took bytes since the last record, more may have been read and all of them moved, so
 * it begins anew. False: an empty line is next, of which there may be many, or nothing.
 */
RARELY static bool begin(struct scanner *s, const struct reader *r)
{
	struct slice bytes = reader_bytes(r);
	if (bytes.len == 0 || *bytes.ptr == '\n' || *bytes.ptr == '\r')
		return false;
	s->start = s->next = bytes.ptr;
	s->end = bytes.ptr + (bytes.len < SCANNER_MOST ? bytes.len : SCANNER_MOST);
	s->looked = s->at = s->count = s->record = s->record_count = 0;
	s->set_from = s->set_to = 0;
	s->found[0] = END_BEFORE_ALL;
	s->before = (struct scanner_before){ .ended = 1 };
	s->stopped = false;
	s->flags = 0;
	return true;
}

/*
 * A field with doubled quotes is marked by a pointer to its opening quote until they are undone. No
 * other begins with a quote: one without quotes cannot, and in one with quotes it would be doubled.
 */
static bool is_doubled(struct slice field)
{
	return field.len && *field.ptr == '"';
}

/* The number of fields that the caller looks at, and the place of each in the record. */
static size_t wanted_count(const struct reader *r, size_t count)
{
	return r->wanted ? r->wanted_count : count;
}

static size_t wanted(const struct reader *r, size_t i)
{
	return r->wanted ? r->wanted[i] : i;
}

/* Gives the fields with doubled quotes their bytes, in reader.cells. */
static int undouble(struct reader *r, struct slice *fields, size_t count)
{
	size_t room = 0;
	for (size_t i = 0; i < wanted_count(r, count); i++)
		if (is_doubled(fields[wanted(r, i)]))
			room += fields[wanted(r, i)].len;
	buffer_clear(&r->cells);
	if (buffer_reserve(&r->cells, room) != 0)
		return -1;
	for (size_t i = 0; i < wanted_count(r, count); i++) {
		struct slice *field = &fields[wanted(r, i)];
		if (!is_doubled(*field))
			continue;
		char *start = r->cells.ptr + r->cells.len;
		struct slice rest = { field->ptr + 1, field->len };
		while (rest.len) {
			struct slice piece = slice_cut(&rest, '"');
			/* The second of the pair is data, and stands at the front of the rest. */
			size_t length = piece.len + (rest.len > 0);
			memcpy(r->cells.ptr + r->cells.len, piece.ptr, length);
			r->cells.len += length;
			rest = slice_skip(rest, rest.len > 0);
		}
		*field = (struct slice){ start, (size_t)(r->cells.ptr + r->cells.len - start) };
	}
	return 0;
}

/* Finds ends until there is one of a record; false: there is none at hand, or it has too many. */
static inline bool whole_record(struct scanner *s)
{
	while (s->record == s->record_count) {
		if (s->stopped || s->looked >= (size_t)(s->end - s->start) ||
			s->count - s->at > SCANNER_WINDOW - SCANNER_BLOCK)
			return false;
		s->look(s);
	}
	return true;
}

/* Marks a field with doubled quotes, which is none without quotes around it. */
static bool mark_doubled(const struct scanner *s, struct slice *field)
{
	bool quoted = field->ptr > s->start && field->ptr[-1] == '"';
	if (!quoted || !memchr(field->ptr, '"', field->len))
		return false;
	field->ptr--;
	return true;
}

/* In a record with doubled quotes: 0, or -1 without memory. */
RARELY static int undouble_fields(
	const struct scanner *s, struct reader *r, struct slice *fields, size_t count)
{
	if (r->wanted && count != r->heading_count)
		return 0;
	bool any = false;
	for (size_t i = 0; i < wanted_count(r, count); i++)
		any |= mark_doubled(s, &fields[wanted(r, i)]);
	return any ? undouble(r, fields, count) : 0;
}

RARELY static uint64_t count_lines(const char *start, const char *end)
{
	return slice_count((struct slice){ start, (size_t)(end - start) }, '\n');
}

/*
 * Sets the fields of the next record, and of those behind it, unless they would be set anew for the
 * second one. False: no memory.
 */
RARELY static bool set_ahead(struct scanner *s, struct reader *r, size_t count)
{
	const size_t found = s->count - s->at;
	const size_t ahead = found < SCANNER_AHEAD ? found : SCANNER_AHEAD;
	const size_t total = count > SCANNER_AHEAD / 2 ? count : ahead;
	if (reader_field_room(r, total - 1) != 0)
		return false;
	s->set(s, r->fields, s->found + s->at, total);
	s->set_from = s->at;
	s->set_to = s->at + total;
	return true;
}

enum scanned scanner_record(struct scanner *s, struct reader *r)
{
	if (!s->next && !begin(s, r))
		return SCANNED_NOTHING;
	const char *start = s->next;
	s->next = NULL;
	if (!whole_record(s))
		return SCANNED_NOTHING;
	const uint32_t row = s->rows[s->record];
	const size_t ends = row & ROW_ENDS;
	const size_t count = ends - s->at;
	const char *end = s->start + end_offset(s->found[ends]); /* its LF */
	size_t length = (size_t)(end - start);
	const bool returned = length > 0 && end[-1] == '\r';
	length -= returned;
	if (length == 0 || length > r->options.record_limit) /* an empty line, or one too long */
		return SCANNED_NOTHING;
	if (s->set_to < ends && !set_ahead(s, r, count))
		return SCANNED_FAILED;
	struct slice *fields = r->fields + (s->at - s->set_from);
	fields[count - 1].len -= returned;
	if ((row & ROW_DOUBLED) && undouble_fields(s, r, fields, count) != 0)
		return SCANNED_FAILED;
	r->record = (struct record){ r->line, { start, length }, fields, count };
	s->next = end + 1;
	const bool lines = row & ROW_LINES;
	reader_consume(r, (size_t)(s->next - start), lines ? count_lines(start, s->next) : 1);
	s->at = ends;
	s->record++;
	return SCANNED_RECORD;
}
