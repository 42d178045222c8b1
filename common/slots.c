#include "slots.h"

#include "pages.h"

#define SLOTS_FIRST ((size_t)64)
#define SLOTS_MOST  ((size_t)1 << 31)

/* A table grows to so many times its size at most. */
#define TIMES_MOST ((size_t)8)

#define FETCHED 32

/*
 * `least` slots, which are twice as many as there are, or more: as many as the indexes that are
 * expected need, or where that is too large a step an eighth of it, or an eighth of that. So the
 * last steps are large ones: a last doubling would ask for half of all hashes or more once more.
 */
static size_t count_expected(uint64_t expected, size_t least)
{
	size_t count = least;
	while (count < SLOTS_MOST && !slots_suffice(count, expected))
		count *= 2;
	while (count > least / 2 * TIMES_MOST)
		count /= TIMES_MOST;
	return count;
}

/* Puts an index that is not there yet into the free slot where it belongs. */
static void put_new(struct slots *s, uint64_t hash, uint32_t index)
{
	size_t at = slots_start(s, hash);
	struct slots_line line;
	while ((line = slots_line_at(s->at + at, 0, 0)).free == 0)
		at = (at + SLOTS_LINE) & (s->size - 1);
	slots_put(s, at + (size_t)__builtin_ctz(line.free), hash, index);
}

/* A slot is most likely in no cache: several are fetched at a time. */
static void put_all(struct slots *s, uint32_t count, slots_hashes *hashes_of, const void *set)
{
	uint64_t hashes[FETCHED];
	for (uint32_t start = 0, end; start < count; start = end) {
		end = count - start < FETCHED ? count : start + FETCHED;
		hashes_of(set, start, end, hashes);
		for (uint32_t i = start; i < end; i++)
			slots_prefetch(s, hashes[i - start]);
		for (uint32_t i = start; i < end; i++)
			put_new(s, hashes[i - start], i);
	}
}

int slots_grow(struct slots *s, uint32_t count, slots_hashes *hashes_of, const void *set)
{
	if (s->size == SLOTS_MOST)
		return -1;
	const size_t least = s->size ? s->size * 2 : SLOTS_FIRST;
	size_t size = count_expected(s->expected, least);
	uint32_t *slots;
	while (!(slots = pages_new(size * sizeof *slots))) {
		if (size == least)
			return -1;
		size /= 2; /* what is expected needs not come */
	}
	pages_free(s->at, s->size * sizeof *s->at);
	s->at = slots;
	s->size = size;
	put_all(s, count, hashes_of, set);
	return 0;
}

void slots_release(struct slots *s)
{
	pages_free(s->at, s->size * sizeof *s->at);
	*s = (struct slots){ 0 };
}
