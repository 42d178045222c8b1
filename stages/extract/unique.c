#include "unique.h"

#include "hash.h"
#include "input.h"

#include <stdlib.h>

/* 64 bits of a hash that nobody can aim at, in place of the row's bytes. */
typedef uint64_t digest_t;

void unique_init(struct unique *u)
{
	*u = (struct unique){ 0 };
	keys_init(&u->keys, sizeof(digest_t));
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

/* Notes where a new row stands: 0, or -1 without memory. */
static int note_place(struct unique *u, uint32_t index, struct row_place place)
{
	if (u->run_count) {
		const struct row_run *last = &u->runs[u->run_count - 1];
		if (last->member == place.member &&
			last->line + (index - last->index) == place.line)
			return 0;
	}
	if (u->run_count == u->run_room) {
		size_t room = u->run_room ? u->run_room * 2 : 16;
		struct row_run *runs = realloc(u->runs, room * sizeof *runs);
		if (!runs)
			return -1;
		u->runs = runs;
		u->run_room = room;
	}
	u->runs[u->run_count++] = (struct row_run){ place.line, place.member, index };
	return 0;
}

void unique_make(
	struct unique_made *made, uint64_t seed, struct slice key, struct slice bytes, bool slack)
{
	if (slack)
		key_make_slack(&made->key, seed, key);
	else
		key_make(&made->key, seed, key);
	made->digest = hash_bytes(seed, bytes);
}

enum unique_result unique_add_made(struct unique *u, const struct unique_made *made,
	struct row_place place, struct row_place *first)
{
	uint32_t known = u->keys.count;
	uint32_t index = keys_add_key(&u->keys, &made->key);
	if (index == KEY_NONE)
		return UNIQUE_FAILED;
	digest_t *digest = keys_value(&u->keys, index);
	if (index < known) {
		*first = place_of(u, index);
		return *digest == made->digest ? UNIQUE_EQUAL : UNIQUE_DIFFERS;
	}
	*digest = made->digest;
	return note_place(u, index, place) == 0 ? UNIQUE_NEW : UNIQUE_FAILED;
}

enum unique_result unique_add(struct unique *u, struct slice key, struct slice bytes,
	struct row_place place, struct row_place *first)
{
	struct unique_made made;
	unique_make(&made, u->keys.seed, key, bytes, false);
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
	keys_forget(&u->keys, index);
	while (u->run_count && u->runs[u->run_count - 1].index >= index)
		u->run_count--;
}

void unique_release(struct unique *u)
{
	keys_release(&u->keys);
	free(u->runs);
	*u = (struct unique){ 0 };
}
