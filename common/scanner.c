#include "scanner.h"

#include "splitter.h"
#include "utf8.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define BLOCK 64

/* What the bytes of a block are, a bit each. */
struct masks {
	uint64_t quotes;
	uint64_t delimiters;
	uint64_t feeds;   /* LF */
	uint64_t returns; /* CR */
	uint64_t nuls;
	uint64_t others; /* not ASCII */
};

#define EACH(byte) (UINT64_C(0x0101010101010101) * (unsigned char)(byte))

/* The high bits of eight bytes, the first byte's first. */
static inline uint64_t gather(uint64_t high)
{
	return (high >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* Which of eight bytes are `byte`. */
static inline uint64_t eight_like(uint64_t eight, char byte)
{
	uint64_t zero = eight ^ EACH(byte);
	return gather(~(((zero & EACH(0x7F)) + EACH(0x7F)) | zero) & EACH(0x80));
}

/* The same for every machine. */
static inline struct masks masks_portable(const char *block, char delimiter)
{
	struct masks m = { 0 };
	for (unsigned i = 0; i < BLOCK; i += 8) {
		uint64_t eight = 0;
		memcpy(&eight, block + i, sizeof eight);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		eight = __builtin_bswap64(eight);
#endif
		m.quotes |= eight_like(eight, '"') << i;
		m.delimiters |= eight_like(eight, delimiter) << i;
		m.feeds |= eight_like(eight, '\n') << i;
		m.returns |= eight_like(eight, '\r') << i;
		m.nuls |= eight_like(eight, '\0') << i;
		m.others |= gather(eight & EACH(0x80)) << i;
	}
	return m;
}

#if defined(__x86_64__)
#define FAST __attribute__((target("avx2,bmi,popcnt")))

FAST static inline uint64_t like(__m256i low, __m256i high, char byte)
{
	__m256i all = _mm256_set1_epi8(byte);
	uint32_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, all));
	uint32_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, all));
	return first | (uint64_t)second << 32;
}

FAST static inline struct masks masks_avx2(const char *block, char delimiter)
{
	__m256i low = _mm256_loadu_si256((const __m256i_u *)block);
	__m256i high = _mm256_loadu_si256((const __m256i_u *)(block + 32));
	return (struct masks){
		.quotes = like(low, high, '"'),
		.delimiters = like(low, high, delimiter),
		.feeds = like(low, high, '\n'),
		.returns = like(low, high, '\r'),
		.nuls = like(low, high, '\0'),
		.others = (uint32_t)_mm256_movemask_epi8(low) |
			  (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32,
	};
}
#endif

/* Each bit: whether an odd number of bits is set up to it. */
static inline uint64_t odd_up_to(uint64_t bits)
{
	for (unsigned by = 1; by < 64; by *= 2)
		bits ^= bits << by;
	return bits;
}

/* Are the characters whole that begin in the block? They may end in the next one. */
static bool whole_characters(struct scanner *s, const char *block, uint64_t others)
{
	while (others) {
		size_t at = (size_t)__builtin_ctzll(others);
		if (at < s->character) {
			others &= others - 1;
			continue;
		}
		const char *first = block + at;
		size_t length = utf8_length((struct slice){ first, (size_t)(s->end - first) });
		if (length == 0)
			return false;
		s->character = at + length;
	}
	s->character -= s->character < BLOCK ? s->character : BLOCK;
	return true;
}

/* Notes doubled quotes and quoted LFs, and which of them stand behind the last end. */
static inline void note_quoted(struct scanner *s, uint64_t ends, uint64_t doubled, uint64_t lines)
{
	uint64_t behind = UINT64_MAX;
	if (ends) {
		behind = ~(UINT64_MAX >> __builtin_clzll(ends));
		s->doubled_behind = s->lines_behind = false;
	}
	s->doubled |= doubled != 0;
	s->lines |= lines != 0;
	s->doubled_behind |= (doubled & behind) != 0;
	s->lines_behind |= (lines & behind) != 0;
}

/* The ends of fields in the next block; false: something in it is not plain. */
__attribute__((always_inline)) static inline bool look_at(
	struct scanner *s, const char *block, size_t length, struct masks m)
{
	uint64_t inside = s->quoted;
	uint64_t closing = 0;
	uint64_t opening = 0;
	if (m.quotes) {
		inside ^= odd_up_to(m.quotes);
		closing = m.quotes & ~inside;
		opening = m.quotes & inside;
	}
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
	note_quoted(s, ends, behind_closing & opening, m.feeds & inside);
	s->quoted = inside >> 63 ? UINT64_MAX : 0;
	s->ended = ends >> 63;
	s->closed = closing >> 63;
	s->returned = returns >> 63;
	uint32_t first = (uint32_t)(block - s->start);
	size_t count = s->count;
	for (uint64_t feeds = m.feeds & ends; feeds; feeds &= feeds - 1)
		s->rows[s->record_count++] =
			(uint32_t)(count +
				   (size_t)__builtin_popcountll(ends & (feeds ^ (feeds - 1))));
	for (; ends; ends &= ends - 1)
		s->found[1 + count++] = first + (uint32_t)__builtin_ctzll(ends);
	s->count = count;
	return true;
}

/* What was found of a record that goes on comes to the front. */
static void keep_rest(struct scanner *s)
{
	size_t rest = s->count - s->at;
	if (rest == 0) {
		s->doubled = s->doubled_behind;
		s->lines = s->lines_behind;
	}
	memmove(s->found, s->found + s->at, (rest + 1) * sizeof *s->found);
	s->at = s->record = s->record_count = 0;
	s->count = rest;
}

/* Goes on until as many ends are found as there is room for, or nothing plain is left. */
__attribute__((always_inline)) static inline void look_on(
	struct scanner *s, struct masks (*masks)(const char *block, char delimiter))
{
	size_t size = (size_t)(s->end - s->start);
	keep_rest(s);
	while (s->count <= SCANNER_WINDOW - BLOCK && s->looked < size && !s->stopped) {
		const char *block = s->start + s->looked;
		size_t left = size - s->looked;
		size_t length = left < BLOCK ? left : BLOCK;
		if (length == BLOCK) {
			s->stopped = !look_at(s, block, length, masks(block, s->delimiter));
		} else {
			char rest[BLOCK] = { 0 };
			memcpy(rest, block, length);
			s->stopped = !look_at(s, block, length, masks(rest, s->delimiter));
		}
		s->looked += length;
	}
}

static void look_portable(struct scanner *s)
{
	look_on(s, masks_portable);
}

#if defined(__x86_64__)
FAST static void look_avx2(struct scanner *s)
{
	look_on(s, masks_avx2);
}
#endif

void scanner_init(struct scanner *s, char delimiter, enum scan scan)
{
	s->delimiter = delimiter;
	s->look = look_portable;
	s->next = NULL;
	(void)scan;
#if defined(__x86_64__)
	if (scan == SCAN_FASTEST && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"))
		s->look = look_avx2; /* what has these two has popcnt as well */
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
	s->stopped = s->closed = s->returned = s->doubled = s->lines = false;
	s->doubled_behind = s->lines_behind = false;
}

/*
 * A field with doubled quotes is marked by a pointer to its opening quote until they are undone. No
 * other begins with a quote: one without quotes cannot, and in one with quotes it would be doubled.
 */
static bool is_doubled(struct slice field)
{
	return field.len && *field.ptr == '"';
}

/* Takes the quotes off a field. */
static struct slice unquoted(struct slice field, bool doubled, bool *undo)
{
	struct slice inner = { field.ptr + 1, field.len - 2 };
	if (!doubled || !memchr(inner.ptr, '"', inner.len))
		return inner;
	*undo = true;
	return (struct slice){ field.ptr, inner.len };
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

/* Sets a field of a record; `ends` begins with the end of the record before. */
static inline void set_field(struct scanner *s, struct reader *r, const uint32_t *ends,
	size_t place, size_t count, bool *undo)
{
	/* It starts behind the one before; at the front that is 0, by the wrap of 32 bits. */
	const char *start = s->start + (uint32_t)(ends[place] + 1);
	const char *end = s->start + ends[place + 1];
	struct slice field = { start, (size_t)(end - start) };
	if (place + 1 == count && field.len && end[-1] == '\r')
		field.len--;
	/* What closes such a field has been seen. */
	if (*start == '"')
		field = unquoted(field, s->doubled, undo);
	r->fields[place] = field;
}

/*
 * Sets the fields of the next record that are looked at; in one with another number of fields than
 * the header none is. False: no memory.
 */
static bool set_fields(struct scanner *s, struct reader *r, size_t count)
{
	const uint32_t *ends = s->found + s->at;
	bool undo = false;
	if (!r->wanted)
		for (size_t i = 0; i < count; i++)
			set_field(s, r, ends, i, count, &undo);
	else if (count == r->heading_count)
		for (size_t i = 0; i < r->wanted_count; i++)
			set_field(s, r, ends, r->wanted[i], count, &undo);
	return !undo || undouble(r, count) == 0;
}

static uint64_t count_lines(struct slice record)
{
	uint64_t lines = 0;
	while (record.len) {
		slice_cut(&record, '\n');
		lines++;
	}
	return lines;
}

enum scanned scanner_record(struct scanner *s, struct reader *r)
{
	begin(s, r);
	const char *start = s->next;
	s->next = NULL;
	if (start == s->end || *start == '\n' || *start == '\r' || !whole_record(s))
		return SCANNED_NOTHING;
	size_t count = s->rows[s->record] - s->at;
	size_t length = (size_t)(s->start + s->found[s->rows[s->record]] + 1 - start);
	struct slice raw = reader_raw(r, length);
	if (raw.len > r->options.record_limit)
		return SCANNED_NOTHING;
	if (reader_field_room(r, count) != 0 || !set_fields(s, r, count))
		return SCANNED_FAILED;
	r->record = (struct record){ r->line, raw, r->fields, count };
	reader_consume(r, length, s->lines ? count_lines((struct slice){ start, length }) : 1);
	s->at = s->rows[s->record++];
	s->next = start + length;
	return SCANNED_RECORD;
}
