#include "unique.h"

#include "hash.h"
#include "input.h"

#include <stdlib.h>

void unique_init(struct unique *u)
{
	*u = (struct unique){ .seed = hash_seed() };
}

/* Where a row stands that is known. */
static struct row_place place_of(const struct unique *u, uint32_t index)
{
	size_t low = 0;
	size_t high = u->run_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (u->runs[middle].index <= index)
			low = middle;
		else
			high = middle;
	}
	const struct row_run *run = &u->runs[low];
	return (struct row_place){ run->member, run->line + (index - run->index) };
}

/* Room for the place of one row more: 0, or -1 without memory. */
static int place_room(struct unique *u)
{
	if (u->run_count < u->run_room)
		return 0;
	size_t room = u->run_room ? u->run_room * 2 : 16;
	struct row_run *runs = realloc(u->runs, room * sizeof *runs);
	if (!runs)
		return -1;
	u->runs = runs;
	u->run_room = room;
	return 0;
}

/* Notes where a new row stands, for which there is room. */
static void note_place(struct unique *u, uint32_t index, struct row_place place)
{
	if (u->run_count) {
		const struct row_run *last = &u->runs[u->run_count - 1];
		if (last->member == place.member &&
			last->line + (index - last->index) == place.line)
			return;
	}
	u->runs[u->run_count++] = (struct row_run){ place.line, place.member, index };
}

void unique_make(
	struct unique_made *made, uint64_t seed, struct slice key, struct slice bytes, bool slack)
{
	if (slack)
		key_make_slack(&made->key, seed, key);
	else
		key_make(&made->key, seed, key);
	/* 64 bits of a hash that nobody can aim at, in place of the row's bytes. */
	made->digest = hash_bytes(seed, bytes);
}

static inline bool is_row(const void *set, uint32_t index, const void *sought)
{
	const struct unique *u = set;
	const struct slice *key = sought;
	return slice_equal(row_log_at(&u->log, index).key, *key);
}

static inline bool is_index(const void *set, uint32_t index, const void *sought)
{
	(void)set;
	return index == *(const uint32_t *)sought;
}

static uint64_t row_hash(const struct unique *u, struct slice row_key)
{
	struct key key;
	key_make_slack(&key, u->seed, row_key);
	return key.hash;
}

static void hashes_of(const void *set, uint32_t start, uint32_t end, uint64_t *hashes)
{
	const struct unique *u = set;
	struct slice key = row_log_at(&u->log, start).key;
	*hashes++ = row_hash(u, key);
	for (uint32_t i = start + 1; i < end; i++) {
		key = row_log_after(key).key;
		*hashes++ = row_hash(u, key);
	}
}

/* A short key's bytes are in its words, and may be nowhere else. */
static struct slice key_bytes(const struct key *key)
{
	const char *bytes = key->bytes.len < KEY_LONG ? (const char *)key->words : key->bytes.ptr;
	return (struct slice){ bytes, key->bytes.len };
}

enum unique_result unique_add_made(struct unique *u, const struct unique_made *made,
	struct row_place place, struct row_place *first)
{
	const struct slice key = key_bytes(&made->key);
	const uint32_t count = u->log.count;
	if (slots_room(&u->slots, count, hashes_of, u) != 0)
		return UNIQUE_FAILED;
	size_t slot = slots_find(&u->slots, made->key.hash, is_row, u, &key);
	uint32_t index = slots_index(&u->slots, slot);
	if (index != SLOTS_NONE) {
		*first = place_of(u, index);
		return row_log_at(&u->log, index).digest == made->digest ? UNIQUE_EQUAL
									 : UNIQUE_DIFFERS;
	}
	if (place_room(u) != 0 || row_log_add(&u->log, key, made->digest) != 0)
		return UNIQUE_FAILED;
	slots_put(&u->slots, slot, made->key.hash, count);
	note_place(u, count, place);
	return UNIQUE_NEW;
}

enum unique_result unique_add(struct unique *u, struct slice key, struct slice bytes,
	struct row_place place, struct row_place *first)
{
	struct unique_made made;
	unique_make(&made, u->seed, key, bytes, false);
	return unique_add_made(u, &made, place, first);
}

uint64_t rows_left(uint64_t rows, uint64_t end, uint64_t bytes)
{
	if (bytes == BYTES_UNKNOWN || bytes <= end)
		return 0;
	return (uint64_t)((double)(bytes - end) * (double)rows / (double)end);
}

void unique_forget(struct unique *u, uint32_t index)
{
	for (uint32_t i = u->log.count; i-- > index;) {
		const uint64_t hash = row_hash(u, row_log_at(&u->log, i).key);
		slots_free(&u->slots, slots_find(&u->slots, hash, is_index, NULL, &i));
	}
	row_log_forget(&u->log, index);
	while (u->run_count && u->runs[u->run_count - 1].index >= index)
		u->run_count--;
}

void unique_release(struct unique *u)
{
	slots_release(&u->slots);
	row_log_release(&u->log);
	free(u->runs);
	*u = (struct unique){ 0 };
}
