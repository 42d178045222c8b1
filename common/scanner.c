#include "scanner.h"

#include "scanner_masks.h"
#include "splitter.h"
#include "utf8.h"

/* The length of the character at the front; most that are not ASCII have two bytes. */
static inline size_t character_length(struct slice bytes)
{
	const unsigned char *byte = (const unsigned char *)bytes.ptr;
	if (bytes.len > 1 && byte[0] >= 0xC2 && byte[0] < 0xE0 && (byte[1] & 0xC0) == 0x80)
		return 2;
	return utf8_length(bytes);
}

/* Are the characters whole that begin in the block? They may end in the next one. */
static inline bool whole_characters(struct scanner *s, const char *block, uint64_t others)
{
	size_t at = s->character;
	while (at < BLOCK && others >> at) {
		at += (size_t)__builtin_ctzll(others >> at);
		const char *first = block + at;
		size_t length = character_length((struct slice){ first, (size_t)(s->end - first) });
		if (length == 0)
			return false;
		at += length;
	}
	s->character = at < BLOCK ? 0 : at - BLOCK;
	return true;
}

/* Notes the first of the ends, if there is one, and returns the others. */
static inline uint64_t note_end(uint32_t *found, uint32_t first, uint64_t ends)
{
	*found = first + (uint32_t)__builtin_ctzll(ends | UINT64_C(1) << 63);
	return ends & (ends - 1);
}

/*
 * Notes where fields and records end in a block that starts at `first`. `flags` are of what stands in
 * the block: all records that it has a part of get them.
 */
static inline void note_ends(
	struct scanner *s, uint32_t first, uint64_t ends, uint64_t feeds, uint32_t flags)
{
	uint32_t count = (uint32_t)s->count;
	uint32_t *found = s->found + 1 + count;
	uint32_t *rows = s->rows + s->record_count;
	s->count += (size_t)__builtin_popcountll(ends);
	s->record_count += (size_t)__builtin_popcountll(feeds);
	s->flags |= flags;
	uint32_t later = feeds ? flags : s->flags;
	do /* One is written even if there is none, and counted only if there is. */
		*rows++ = (count + (uint32_t)__builtin_popcountll(ends & (feeds ^ (feeds - 1)))) |
			  s->flags;
	while (feeds &= feeds - 1);
	s->flags = later;
	/* In fours, as their number cannot be foreseen; what is too much is written over. */
	for (; ends; found += 4) {
		ends = note_end(found, first, ends);
		ends = note_end(found + 1, first, ends);
		ends = note_end(found + 2, first, ends);
		ends = note_end(found + 3, first, ends);
	}
}

/* The ends of fields in the next block; false: something in it is not plain. */
__attribute__((always_inline)) static inline bool look_at(struct scanner *s, const char *block,
	size_t length, struct masks m, uint64_t (*odd)(uint64_t bits))
{
	uint64_t inside = s->quoted ^ odd(m.quotes);
	uint64_t closing = m.quotes & ~inside;
	uint64_t opening = m.quotes & inside;
	uint64_t ends = (m.delimiters | m.feeds) & ~inside;
	uint64_t returns = m.returns & ~inside;
	/* What stands behind a byte of each kind. */
	uint64_t behind_end = ends << 1 | s->ended;
	uint64_t behind_closing = closing << 1 | s->closed;
	uint64_t behind_return = returns << 1 | s->returned;
	uint64_t all = length < BLOCK ? (UINT64_C(1) << length) - 1 : UINT64_MAX;
	if (((opening & ~(behind_end | behind_closing)) |
		    (behind_closing & ~(ends | returns | opening)) | (behind_return & ~m.feeds) |
		    m.nuls) &
		all)
		return false;
	if ((m.others || s->character) && !whole_characters(s, block, m.others))
		return false;
	uint32_t flags = (behind_closing & opening & all) ? ROW_DOUBLED : 0;
	flags |= (m.feeds & inside) ? ROW_LINES : 0;
	s->quoted = inside >> 63 ? UINT64_MAX : 0;
	s->ended = ends >> 63;
	s->closed = closing >> 63;
	s->returned = returns >> 63;
	note_ends(s, (uint32_t)(block - s->start), ends, m.feeds & ends, flags);
	return true;
}

/* What was found of a record that goes on comes to the front. */
static void keep_rest(struct scanner *s)
{
	size_t rest = s->count - s->at;
	memmove(s->found, s->found + s->at, (rest + 1) * sizeof *s->found);
	s->at = s->record = s->record_count = 0;
	s->count = rest;
}

/* Goes on until as many ends are found as there is room for, or nothing plain is left. */
__attribute__((always_inline)) static inline void look_on(struct scanner *s,
	struct masks (*masks)(const char *block, char delimiter), uint64_t (*odd)(uint64_t bits))
{
	size_t size = (size_t)(s->end - s->start);
	keep_rest(s);
	while (s->count <= SCANNER_WINDOW - BLOCK && s->looked < size && !s->stopped) {
		const char *block = s->start + s->looked;
		size_t left = size - s->looked;
		size_t length = left < BLOCK ? left : BLOCK;
		if (length == BLOCK) {
			s->stopped = !look_at(s, block, length, masks(block, s->delimiter), odd);
		} else {
			char rest[BLOCK] = { 0 };
			memcpy(rest, block, length);
			s->stopped = !look_at(s, block, length, masks(rest, s->delimiter), odd);
		}
		s->looked += length;
	}
}

static void look_portable(struct scanner *s)
{
	look_on(s, masks_portable, odd_portable);
}

#if defined(__x86_64__)
FAST static void look_avx2(struct scanner *s)
{
	look_on(s, masks_avx2, odd_avx2);
}
#endif

void scanner_init(struct scanner *s, char delimiter, enum scan scan)
{
	s->delimiter = delimiter;
	s->look = look_portable;
	s->next = NULL;
	(void)scan;
#if defined(__x86_64__)
	if (scan == SCAN_FASTEST && __builtin_cpu_supports("avx2") &&
		__builtin_cpu_supports("bmi") && __builtin_cpu_supports("pclmul"))
		s->look = look_avx2; /* what has these has popcnt as well */
#endif
}

/*
 * Goes on where the last record ended. Where libcsv took bytes since, more may have been read and all
 * of them moved, so it begins anew.
 */
static void begin(struct scanner *s, const struct reader *r)
{
	struct slice bytes = reader_bytes(r);
	if (s->next)
		return;
	s->start = s->next = bytes.ptr;
	/* An end is counted in 32 bits. */
	s->end = bytes.ptr + (bytes.len < UINT32_MAX ? bytes.len : UINT32_MAX);
	s->looked = s->at = s->count = s->record = s->record_count = s->character = 0;
	s->found[0] = UINT32_MAX;
	s->quoted = 0;
	s->ended = true;
	s->stopped = s->closed = s->returned = false;
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
			s->count - s->at > SCANNER_WINDOW - BLOCK)
			return false;
		s->look(s);
	}
	return true;
}

/*
 * Sets a field of a record, without its quotes and without a branch: which field has quotes cannot be
 * foreseen. `ends` begins with the end of the record before.
 */
static inline void set_field(
	const struct scanner *s, struct slice *fields, const uint32_t *ends, size_t place)
{
	/* It starts behind the one before; at the front that is 0, by the wrap of 32 bits. */
	const char *start = s->start + (uint32_t)(ends[place] + 1);
	const char *end = s->start + ends[place + 1];
	size_t quotes = *start == '"'; /* what closes it has been seen */
	fields[place].ptr = start + quotes;
	fields[place].len = (size_t)(end - start) - 2 * quotes;
}

/* Marks a field with doubled quotes, which is none without quotes around it. */
static inline bool mark_doubled(const struct scanner *s, struct slice *field)
{
	bool quoted = field->ptr > s->start && field->ptr[-1] == '"';
	if (!quoted || !memchr(field->ptr, '"', field->len))
		return false;
	field->ptr--;
	return true;
}

/*
 * Sets the fields of the next record that are looked at; in one with another number of fields than
 * the header none is. `returned`: it ends with CR LF. False: no memory.
 */
static bool set_fields(struct scanner *s, struct reader *r, size_t count, bool returned)
{
	uint32_t *ends = s->found + s->at;
	struct slice *fields = r->fields;
	const size_t *places = r->wanted;
	size_t places_count = places && count != r->heading_count ? 0 : wanted_count(r, count);
	bool doubled = s->rows[s->record] & ROW_DOUBLED;
	bool undo = false;
	ends[count] -= returned;
	if (places)
		for (size_t i = 0; i < places_count; i++)
			set_field(s, fields, ends, places[i]);
	else
		for (size_t i = 0; i < count; i++)
			set_field(s, fields, ends, i);
	ends[count] += returned;
	for (size_t i = 0; doubled && i < places_count; i++)
		undo |= mark_doubled(s, &fields[wanted(r, i)]);
	return !undo || undouble(r, count) == 0;
}

enum scanned scanner_record(struct scanner *s, struct reader *r)
{
	begin(s, r);
	const char *start = s->next;
	s->next = NULL;
	if (start == s->end || *start == '\n' || *start == '\r' || !whole_record(s))
		return SCANNED_NOTHING;
	const uint32_t row = s->rows[s->record];
	size_t count = (row & ROW_ENDS) - s->at;
	size_t length = (size_t)(s->start + s->found[row & ROW_ENDS] + 1 - start);
	struct slice raw = reader_raw(r, length);
	if (raw.len > r->options.record_limit)
		return SCANNED_NOTHING;
	if (reader_field_room(r, count) != 0 || !set_fields(s, r, count, length - raw.len > 1))
		return SCANNED_FAILED;
	r->record = (struct record){ r->line, raw, r->fields, count };
	bool lines = row & ROW_LINES;
	reader_consume(r, length, lines ? slice_count((struct slice){ start, length }, '\n') : 1);
	s->at = row & ROW_ENDS;
	s->record++;
	s->next = start + length;
	return SCANNED_RECORD;
}
