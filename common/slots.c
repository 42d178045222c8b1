#include "slots.h"

#include "pages.h"

#define LINES_FIRST UINT32_C(4)
#define LINES_MOST  (UINT32_C(1) << 27)

/* A table grows to so many times its size at most. */
#define TIMES_MOST 8

#define FETCHED 16

/* So many lines, or as many as there can be, suffice for so many indexes and an eighth more. */
static uint32_t lines_for(uint64_t indexes)
{
	if (indexes >= (uint64_t)LINES_MOST * SLOTS_TAKEN * 8 / 9)
		return LINES_MOST;
	return (uint32_t)(indexes * 9 / (SLOTS_TAKEN * 8)) + 1;
}

/*
 * `least` lines, which are twice as many as there are, or more: as many as the indexes that are
 * expected need, or where that is too large a step an eighth of it, or an eighth of that. So the
 * last steps are large ones: a last doubling would ask for half of all hashes or more once more.
 * An eighth is taken with an eighth of its own more, so that the next step is not too large by
 * little where more are expected by then.
 */
static uint32_t lines_expected(uint64_t expected, uint32_t least)
{
	uint32_t lines = lines_for(expected);
	while (lines > least / 2 * TIMES_MOST)
		lines = lines / TIMES_MOST + lines / TIMES_MOST / 8 + 1;
	return lines < least ? least : lines;
}

/* The bits that no index + 1 of a table of so many lines has. */
static uint32_t tag_bits(uint32_t lines)
{
	uint32_t bits = UINT32_MAX;
	while (bits & (lines * SLOTS_TAKEN))
		bits <<= 1;
	return bits;
}

/* Puts an index that is not there yet into the free slot where it belongs. */
static void put_new(struct slots *s, uint64_t hash, uint32_t index)
{
	uint32_t line = slots_first(s, hash);
	struct slots_seen found;
	while ((found = slots_look(s->at + (size_t)line * SLOTS_LINE, 0, 0)).free == 0)
		line = slots_next(s, line);
	const size_t at = (size_t)line * SLOTS_LINE + (size_t)__builtin_ctz(found.free);
	slots_put(s, at, hash, index);
}

/* The hashes of as many things from `start` on as are fetched at a time; the end of these. */
static uint32_t fetch(const struct slots *s, uint32_t start, uint32_t count,
	slots_hashes *hashes_of, const void *set, uint64_t *hashes)
{
	const uint32_t end = count - start < FETCHED ? count : start + FETCHED;
	if (start < end)
		hashes_of(set, start, end, hashes);
	for (uint32_t i = start; i < end; i++)
		slots_prefetch(s, hashes[i - start]);
	return end;
}

/* A slot is most likely in no cache: those of some are fetched while those before are put. */
static void put_all(struct slots *s, uint32_t count, slots_hashes *hashes_of, const void *set)
{
	uint64_t hashes[2][FETCHED];
	unsigned half = 0;
	uint32_t end = fetch(s, 0, count, hashes_of, set, hashes[half]);
	for (uint32_t i = 0; i < count; half = 1 - half) {
		const uint32_t next = fetch(s, end, count, hashes_of, set, hashes[1 - half]);
		for (const uint64_t *hash = hashes[half]; i < end; i++)
			put_new(s, *hash++, i);
		end = next;
	}
}

static size_t table_size(uint32_t lines)
{
	return (size_t)lines * SLOTS_LINE * sizeof(uint32_t);
}

int slots_grow(struct slots *s, uint32_t count, slots_hashes *hashes_of, const void *set)
{
	if (s->lines == LINES_MOST)
		return -1;
	uint32_t least = s->lines ? s->lines * 2 : LINES_FIRST;
	if (least > LINES_MOST)
		least = LINES_MOST;
	uint32_t lines = lines_expected(s->expected, least);
	uint32_t *at;
	while (!(at = pages_new(table_size(lines)))) {
		if (lines == least)
			return -1;
		lines = lines / 2 > least ? lines / 2 : least; /* what is expected needs not come */
	}
	pages_free(s->at, table_size(s->lines));
	s->at = at;
	s->lines = lines;
	s->tag_bits = tag_bits(lines);
	put_all(s, count, hashes_of, set);
	return 0;
}

void slots_release(struct slots *s)
{
	pages_free(s->at, table_size(s->lines));
	*s = (struct slots){ 0 };
}
