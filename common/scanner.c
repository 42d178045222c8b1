#include "scanner.h"

#include "splitter.h"

/* What few records need is apart, so that what all need has the processor's registers. */
#define RARELY __attribute__((noinline))

/*
 * Where libcsv took bytes since the last record, more may have been read and all of them moved, so
 * it begins anew.
 */
RARELY static void begin(struct scanner *s, const struct reader *r)
{
	struct slice bytes = reader_bytes(r);
	s->start = s->next = bytes.ptr;
	s->end = bytes.ptr + (bytes.len < SCANNER_MOST ? bytes.len : SCANNER_MOST);
	s->looked = s->at = s->count = s->record = s->record_count = s->character = 0;
	s->found[0] = END_BEFORE_ALL;
	s->before = (struct scanner_before){ .ended = 1 };
	s->stopped = false;
	s->flags = 0;
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
static int undouble(struct reader *r, size_t count)
{
	size_t room = 0;
	for (size_t i = 0; i < wanted_count(r, count); i++)
		if (is_doubled(r->fields[wanted(r, i)]))
			room += r->fields[wanted(r, i)].len;
	buffer_clear(&r->cells);
	if (buffer_reserve(&r->cells, room) != 0)
		return -1;
	for (size_t i = 0; i < wanted_count(r, count); i++) {
		struct slice *field = &r->fields[wanted(r, i)];
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
RARELY static int undouble_fields(const struct scanner *s, struct reader *r, size_t count)
{
	bool any = false;
	for (size_t i = 0; i < wanted_count(r, count); i++)
		any |= mark_doubled(s, &r->fields[wanted(r, i)]);
	return any ? undouble(r, count) : 0;
}

RARELY static uint64_t count_lines(const char *start, size_t length)
{
	return slice_count((struct slice){ start, length }, '\n');
}

/*
 * Sets the fields of the next record that are looked at; in one with another number of fields than
 * the header none is. `returned`: it ends with CR LF. False: no memory.
 */
static bool set_fields(struct scanner *s, struct reader *r, size_t count, bool returned)
{
	size_t places = r->wanted && count != r->heading_count ? 0 : wanted_count(r, count);
	if (!places)
		return true;
	bool doubled = s->rows[s->record] & ROW_DOUBLED;
	s->set(s, r->fields, s->found + s->at, count, r->wanted, places);
	r->fields[count - 1].len -= returned; /* even if it is not looked at */
	return !doubled || undouble_fields(s, r, count) == 0;
}

enum scanned scanner_record(struct scanner *s, struct reader *r)
{
	if (!s->next)
		begin(s, r);
	const char *start = s->next;
	s->next = NULL;
	if (start == s->end || *start == '\n' || *start == '\r' || !whole_record(s))
		return SCANNED_NOTHING;
	const uint32_t row = s->rows[s->record];
	size_t count = (row & ROW_ENDS) - s->at;
	size_t length = (size_t)(s->start + end_offset(s->found[row & ROW_ENDS]) + 1 - start);
	struct slice raw = reader_raw(r, length);
	if (raw.len > r->options.record_limit)
		return SCANNED_NOTHING;
	if (reader_field_room(r, count) != 0 || !set_fields(s, r, count, length - raw.len > 1))
		return SCANNED_FAILED;
	r->record = (struct record){ r->line, raw, r->fields, count };
	bool lines = row & ROW_LINES;
	reader_consume(r, length, lines ? count_lines(start, length) : 1);
	s->at = row & ROW_ENDS;
	s->record++;
	s->next = start + length;
	return SCANNED_RECORD;
}
