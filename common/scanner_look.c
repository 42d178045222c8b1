/*
 * Where fields and records end: found a block at a time, in one of several ways.
 */
#include "scanner.h"

#include "scanner_avx2.h"
#include "scanner_avx512.h"
#include "scanner_masks.h"
#include "utf8.h"

#define NOT_WHOLE UINT64_MAX

/* What the ways to look differ in. */
struct way {
	struct masks (*masks)(const char *block, char delimiter);
	uint64_t (*odd)(uint64_t bits);
	/*
	 * Are those of the characters whole, of which no more is known than that they are not
	 * ASCII? What of the next block ends one of them (scanner_before.begun), or NOT_WHOLE.
	 */
	uint64_t (*whole)(const struct scanner *s, uint64_t begun, const char *block,
		const char *bytes, uint64_t others);
	/*
	 * Notes ends from `found` on, and of each whether the field is in quotes. `block` is what
	 * would be noted of an end at its first byte.
	 */
	void (*note)(int32_t *found, int32_t block, uint64_t ends, uint64_t quoted);
};

/* The length of the character at the front; most that are not ASCII have two bytes. */
static inline size_t character_length(struct slice bytes)
{
	const unsigned char *byte = (const unsigned char *)bytes.ptr;
	if (bytes.len > 1 && byte[0] >= 0xC2 && byte[0] < 0xE0 && (byte[1] & 0xC0) == 0x80)
		return 2;
	return utf8_length(bytes);
}

/*
 * The characters that begin in a block, one after the other; they may end in the next one. The
 * front is the rest of one that began before.
 */
__attribute__((noinline)) static uint64_t whole_each(
	const struct scanner *s, uint64_t begun, const char *block, uint64_t others)
{
	size_t at = 0;
	for (; begun >> at; at++)
		if (block + at >= s->end || ((unsigned char)block[at] & 0xC0) != 0x80)
			return NOT_WHOLE;
	while (at < SCANNER_BLOCK && others >> at) {
		at += (size_t)__builtin_ctzll(others >> at);
		const char *first = block + at;
		size_t length = character_length((struct slice){ first, (size_t)(s->end - first) });
		if (length == 0)
			return NOT_WHOLE;
		at += length;
	}
	return at < SCANNER_BLOCK ? 0 : (UINT64_C(1) << (at - SCANNER_BLOCK)) - 1;
}

/* The same where most blocks are nothing but ASCII. */
static inline uint64_t whole_if_any(const struct scanner *s, uint64_t begun, const char *block,
	const char *bytes, uint64_t others)
{
	(void)bytes;
	return (others | begun) ? whole_each(s, begun, block, others) : 0;
}

/* Notes the first of the ends, if there is one, and returns the others. */
static inline uint64_t note_end(int32_t *found, int32_t block, uint64_t ends, uint64_t quoted)
{
	int at = __builtin_ctzll(ends | UINT64_C(1) << 63);
	*found = block + at * END_BYTE + (int32_t)(quoted >> at & 1);
	return ends & (ends - 1);
}

/* In fours, as their number cannot be foreseen; what is too much is written over. */
static inline void note_each(int32_t *found, int32_t block, uint64_t ends, uint64_t quoted)
{
	for (; ends; found += 4) {
		ends = note_end(found, block, ends, quoted);
		ends = note_end(found + 1, block, ends, quoted);
		ends = note_end(found + 2, block, ends, quoted);
		ends = note_end(found + 3, block, ends, quoted);
	}
}

/* All bits, or none where there is a bit: without a branch, as nobody can foresee it. */
static inline uint32_t all_if_none(uint64_t bits)
{
	return 0 - (uint32_t)((~bits & (bits - 1)) >> 63);
}

/* How many ends there are up to that of the first of these records. */
static inline uint32_t ends_up_to(uint64_t ends, uint64_t feeds)
{
	return (uint32_t)__builtin_popcountll(ends & (feeds ^ (feeds - 1)));
}

/*
 * What changes with each block. In the scanner it would be read from memory for each, as what is
 * noted there could, for all that the compiler knows, be noted over it.
 */
struct looking {
	struct scanner_before before;
	size_t count;
	size_t record_count;
	uint32_t flags;
};

/* Notes where records end whose last fields do, in a block without what records are flagged for. */
static inline void note_rows(struct scanner *s, struct looking *l, uint64_t ends, uint64_t feeds)
{
	uint32_t count = (uint32_t)l->count;
	uint32_t *rows = s->rows + l->record_count;
	l->record_count += (size_t)__builtin_popcountll(feeds);
	/* Two are written even if there are none, but not counted; few blocks have more. */
	*rows++ = (count + ends_up_to(ends, feeds)) | l->flags;
	l->flags &= all_if_none(feeds);
	feeds &= feeds - 1;
	do
		*rows++ = count + ends_up_to(ends, feeds);
	while (feeds &= feeds - 1);
}

/*
 * The same in a block with doubled quotes, or with LFs in fields, which few have: so it counts in
 * the scanner.
 */
__attribute__((noinline)) static void note_rows_flagged(
	struct scanner *s, uint64_t ends, uint64_t feeds, uint64_t doubled, uint64_t lines)
{
	while (doubled | lines | feeds) {
		/* All bits, where the record goes on behind the block. */
		const uint64_t record = feeds ^ (feeds - 1);
		s->flags |= (doubled & record) ? ROW_DOUBLED : 0;
		s->flags |= (lines & record) ? ROW_LINES : 0;
		doubled &= ~record;
		lines &= ~record;
		if (!feeds)
			return;
		s->rows[s->record_count++] =
			((uint32_t)s->count + ends_up_to(ends, feeds)) | s->flags;
		s->flags = 0;
		feeds &= feeds - 1;
	}
}

/*
 * The ends of fields in the next block; false: something in it is not plain. `bytes` are those of
 * the block, with NULs behind the last where it is short. `from` is what is noted of an end there.
 */
__attribute__((always_inline)) static inline bool look_at(struct scanner *s, struct looking *l,
	const char *block, const char *bytes, size_t length, int32_t from, const struct way *way)
{
	const struct scanner_before *before = &l->before;
	struct masks m = way->masks(bytes, s->delimiter);
	uint64_t inside = before->quoted ^ way->odd(m.quotes);
	uint64_t closing = m.quotes & ~inside;
	uint64_t opening = m.quotes & inside;
	uint64_t ends = (m.delimiters | m.feeds) & ~inside;
	uint64_t returns = m.returns & ~inside;
	/* What stands behind a byte of each kind. */
	uint64_t behind_end = ends << 1 | before->ended;
	uint64_t behind_closing = closing << 1 | before->closed;
	uint64_t behind_return = returns << 1 | before->returned;
	uint64_t closing_return = returns & behind_closing;
	uint64_t all = length < SCANNER_BLOCK ? (UINT64_C(1) << length) - 1 : UINT64_MAX;
	if (((opening & ~(behind_end | behind_closing)) |
		    (behind_closing & ~(ends | returns | opening)) | (behind_return & ~m.feeds) |
		    m.nuls) &
		all)
		return false;
	uint64_t begun = way->whole(s, before->begun, block, bytes, m.others);
	if (begun == NOT_WHOLE)
		return false;
	uint64_t quoted = behind_closing | closing_return << 1 | before->closed_returned;
	uint64_t doubled = behind_closing & opening;
	uint64_t lines = m.feeds & inside;
	if (doubled | lines) {
		s->count = l->count;
		s->record_count = l->record_count;
		s->flags = l->flags;
		note_rows_flagged(s, ends, m.feeds & ends, doubled, lines);
		l->record_count = s->record_count;
		l->flags = s->flags;
	} else {
		note_rows(s, l, ends, m.feeds & ends);
	}
	way->note(s->found + 1 + l->count, from, ends, quoted & ends);
	l->count += (size_t)__builtin_popcountll(ends);
	l->before = (struct scanner_before){ .quoted = 0 - (inside >> 63),
		.closed = closing >> 63,
		.ended = ends >> 63,
		.returned = returns >> 63,
		.closed_returned = closing_return >> 63,
		.begun = begun };
	return true;
}

/* What was found of a record that goes on comes to the front. */
static void keep_rest(struct scanner *s)
{
	size_t rest = s->count - s->at;
	memmove(s->found, s->found + s->at, (rest + 1) * sizeof *s->found);
	s->at = s->record = s->record_count = 0;
	s->set_from = s->set_to = 0;
	s->count = rest;
}

/* Goes on until as many ends are found as there is room for, or nothing plain is left. */
__attribute__((always_inline)) static inline void look_on(struct scanner *s, const struct way *way)
{
	const size_t size = (size_t)(s->end - s->start);
	const char *const start = s->start;
	size_t looked = s->looked;
	uint32_t from = (uint32_t)looked * END_BYTE; /* behind the last block it may be 2^31 */
	bool plain = !s->stopped;
	keep_rest(s);
	struct looking l = { s->before, s->count, s->record_count, s->flags };
	while (l.count <= SCANNER_WINDOW - SCANNER_BLOCK && looked < size && plain) {
		const char *block = start + looked;
		size_t left = size - looked;
		size_t length = left < SCANNER_BLOCK ? left : SCANNER_BLOCK;
		if (length == SCANNER_BLOCK) {
			plain = look_at(s, &l, block, block, length, (int32_t)from, way);
		} else {
			char bytes[SCANNER_BLOCK] = { 0 };
			memcpy(bytes, block, length);
			plain = look_at(s, &l, block, bytes, length, (int32_t)from, way);
		}
		looked += length;
		from += SCANNER_BLOCK * END_BYTE;
	}
	s->before = l.before;
	s->count = l.count;
	s->record_count = l.record_count;
	s->flags = l.flags;
	s->looked = looked;
	s->stopped = !plain;
}

static void look_portable(struct scanner *s)
{
	static const struct way way = { masks_portable, odd_portable, whole_if_any, note_each };
	look_on(s, &way);
}

/* Without a branch: which field has quotes cannot be foreseen. */
static inline void set_field(
	const struct scanner *s, struct slice *fields, const int32_t *ends, size_t place)
{
	int32_t start = end_offset(ends[place]) + 1 + end_quoted(ends[place + 1]);
	int32_t end = end_offset(ends[place + 1]) - end_quoted(ends[place + 1]);
	fields[place].ptr = s->start + start;
	fields[place].len = (size_t)(end - start);
}

static void set_each(
	const struct scanner *s, struct slice *fields, const int32_t *ends, size_t count)
{
	for (size_t i = 0; i < count; i++)
		set_field(s, fields, ends, i);
}

#if defined(__x86_64__)
/* All characters of a block at once, or one after the other where one needs a closer look. */
static inline uint64_t whole_at_once(const struct scanner *s, uint64_t begun, const char *block,
	uint64_t others, struct characters c)
{
	if (c.judged)
		return whole_each(s, begun, block, others);
	if (c.later != (c.firsts << 1 | c.threes << 2 | begun))
		return NOT_WHOLE;
	return c.firsts >> 63 | c.threes >> 62;
}

/* Apart, as most blocks have none. */
FAST __attribute__((noinline)) static uint64_t whole_some_avx2(const struct scanner *s,
	uint64_t begun, const char *block, const char *bytes, uint64_t others)
{
	return whole_at_once(s, begun, block, others, characters_avx2(bytes, others));
}

FAST static inline uint64_t whole_avx2(const struct scanner *s, uint64_t begun, const char *block,
	const char *bytes, uint64_t others)
{
	return (others | begun) ? whole_some_avx2(s, begun, block, bytes, others) : 0;
}

FAST static void look_avx2(struct scanner *s)
{
	static const struct way way = { masks_avx2, odd_avx2, whole_avx2, note_avx2 };
	look_on(s, &way);
}

FASTEST static inline uint64_t whole_avx512(const struct scanner *s, uint64_t begun,
	const char *block, const char *bytes, uint64_t others)
{
	return whole_at_once(s, begun, block, others, characters_avx512(bytes, others));
}

FASTEST static void look_avx512(struct scanner *s)
{
	static const struct way way = { masks_avx512, odd_avx2, whole_avx512, note_avx512 };
	look_on(s, &way);
}
#endif

void scanner_init(struct scanner *s, char delimiter, enum scan scan)
{
	*s = (struct scanner){ .delimiter = delimiter, .look = look_portable, .set = set_each };
#if defined(__x86_64__)
	/* What has these has popcnt as well. */
	if (scan > SCAN_AVX2 || !__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi") ||
		!__builtin_cpu_supports("pclmul"))
		return;
	s->look = look_avx2;
	s->set = set_avx2;
	if (scan > SCAN_FASTEST || !__builtin_cpu_supports("avx512bw") ||
		!__builtin_cpu_supports("avx512vbmi") || !__builtin_cpu_supports("avx512vbmi2"))
		return;
	s->look = look_avx512;
	s->set = set_avx512;
#else
	(void)scan;
#endif
}
