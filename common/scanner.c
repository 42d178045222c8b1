#include "scanner.h"

#include "splitter.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define BLOCK 64

/* The same for every machine; compilers make of it what they can. */
static uint64_t mask_portable(const char *block, char delimiter)
{
	uint64_t mask = 0;
	for (unsigned i = 0; i < BLOCK; i++) {
		char c = block[i];
		bool counts = c == delimiter || c == '"' || c == '\n' || c == '\r';
		mask |= (uint64_t)counts << i;
	}
	return mask;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static uint32_t mask_half(const char *half, char delimiter)
{
	__m256i bytes = _mm256_loadu_si256((const __m256i_u *)half);
	__m256i found = _mm256_or_si256(
		_mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(delimiter)),
			_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'))),
		_mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n')),
			_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\r'))));
	return (uint32_t)_mm256_movemask_epi8(found);
}

__attribute__((target("avx2"))) static uint64_t mask_avx2(const char *block, char delimiter)
{
	return mask_half(block, delimiter) | (uint64_t)mask_half(block + 32, delimiter) << 32;
}
#endif

void scanner_init(struct scanner *s, char delimiter, enum scan scan)
{
	*s = (struct scanner){ .delimiter = delimiter, .mask_of = mask_portable };
	(void)scan;
#if defined(__x86_64__)
	if (scan == SCAN_FASTEST && __builtin_cpu_supports("avx2"))
		s->mask_of = mask_avx2;
#endif
}

static void load(struct scanner *s)
{
	size_t left = (size_t)(s->end - s->block);
	char rest[BLOCK] = { 0 };
	if (left >= BLOCK) {
		s->mask = s->mask_of(s->block, s->delimiter);
		return;
	}
	memcpy(rest, s->block, left);
	s->mask = s->mask_of(rest, s->delimiter);
}

/* The next byte that counts; NULL: there is none at hand. */
static inline const char *next(struct scanner *s)
{
	while (s->mask == 0) {
		if (s->end - s->block <= BLOCK)
			return NULL;
		s->block += BLOCK;
		load(s);
	}
	const char *found = s->block + __builtin_ctzll(s->mask);
	s->mask &= s->mask - 1;
	return found;
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
	s->block = s->next = bytes.ptr;
	s->end = bytes.ptr + bytes.len;
	s->mask = 0;
	if (bytes.len)
		load(s);
}

/* What a record is made of, while it is gone through. */
struct going {
	const char *field; /* where the present field starts */
	size_t count;
	uint64_t lines;
	bool doubled; /* some field holds doubled quotes */
};

enum went { WENT_ON, WENT_TO_END, WENT_ASTRAY, WENT_OUT_OF_MEMORY };

static int set_field(struct reader *r, struct going *g, struct slice field)
{
	if (reader_field_room(r, g->count) != 0)
		return -1;
	r->fields[g->count++] = field;
	return 0;
}

/* What ends a field: a delimiter, LF, or CR and LF. `end` is a byte that counts. */
static enum went ended(struct scanner *s, struct going *g, const char *end)
{
	g->field = end + 1;
	if (*end == s->delimiter)
		return WENT_ON;
	if (*end == '\r' && end + 1 < s->end && end[1] == '\n')
		g->field = next(s) + 1;
	else if (*end != '\n')
		return WENT_ASTRAY;
	g->lines++;
	return WENT_TO_END;
}

/* A field that begins with a quote, which was the last byte that counted. */
static enum went quoted(struct scanner *s, struct reader *r, struct going *g)
{
	const char *start = g->field + 1;
	bool doubled = false;
	for (const char *at = next(s); at; at = next(s)) {
		g->lines += *at == '\n';
		if (*at != '"')
			continue;
		const char *after = next(s);
		if (!after || after != at + 1)
			return WENT_ASTRAY;
		if (*after == '"') {
			doubled = true;
			continue;
		}
		struct slice field = { start, (size_t)(at - start) };
		/* Such a field is marked by a pointer to its opening quote until it is undone. */
		if (doubled)
			field.ptr--;
		g->doubled |= doubled;
		return set_field(r, g, field) == 0 ? ended(s, g, after) : WENT_OUT_OF_MEMORY;
	}
	return WENT_ASTRAY;
}

/*
 * No other field begins with a quote: one without quotes cannot, and in one with quotes it would be
 * doubled.
 */
static bool is_doubled(struct slice field)
{
	return field.len && *field.ptr == '"';
}

/* Gives the fields with doubled quotes their bytes, in reader.cells. */
static int undouble(struct reader *r, size_t count)
{
	size_t room = 0;
	for (size_t i = 0; i < count; i++)
		if (is_doubled(r->fields[i]))
			room += r->fields[i].len;
	buffer_clear(&r->cells);
	if (buffer_reserve(&r->cells, room) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct slice *field = &r->fields[i];
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

static enum went go(struct scanner *s, struct reader *r, struct going *g)
{
	enum went went = WENT_ON;
	while (went == WENT_ON) {
		const char *at = next(s);
		if (!at || (*at == '"' && at != g->field))
			return WENT_ASTRAY;
		if (*at == '"')
			went = quoted(s, r, g);
		else if (set_field(r, g, (struct slice){ g->field, (size_t)(at - g->field) }) != 0)
			went = WENT_OUT_OF_MEMORY;
		else
			went = ended(s, g, at);
	}
	return went;
}

enum scanned scanner_record(struct scanner *s, struct reader *r)
{
	begin(s, r);
	const char *start = s->next;
	struct going g = { .field = start };
	s->next = NULL;
	if (start == s->end || *start == '\n' || *start == '\r')
		return SCANNED_NOTHING;
	enum went went = go(s, r, &g);
	size_t length = (size_t)(g.field - start);
	if (went == WENT_OUT_OF_MEMORY ||
		(went == WENT_TO_END && g.doubled && undouble(r, g.count)))
		return SCANNED_FAILED;
	if (went != WENT_TO_END || reader_raw(r, length).len > r->options.record_limit)
		return SCANNED_NOTHING;
	r->record = (struct record){ r->line, reader_raw(r, length), r->fields, g.count };
	reader_consume(r, length, g.lines);
	s->next = g.field;
	return SCANNED_RECORD;
}
