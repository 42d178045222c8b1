#include "unique.h"

struct unique_row {
	uint64_t digest; /* 64 bits of a hash that nobody can aim at, in place of the row's bytes */
	uint64_t member : 24;
	uint64_t line : 40;
};

void unique_init(struct unique *u)
{
	*u = (struct unique){ 0 };
	keys_init(&u->keys, sizeof(struct unique_row));
}

struct unique_hashes unique_hash(const struct unique *u, struct slice key, struct slice bytes)
{
	return (struct unique_hashes){ keys_hash(&u->keys, key), keys_hash(&u->keys, bytes) };
}

enum unique_result unique_add_hashed(struct unique *u, struct slice key,
	struct unique_hashes hashes, struct row_place place, struct row_place *first)
{
	uint32_t known = u->keys.count;
	uint32_t index = keys_add_hashed(&u->keys, key, hashes.key);
	if (index == KEY_NONE)
		return UNIQUE_FAILED;
	struct unique_row *row = keys_value(&u->keys, index);
	if (index < known) {
		*first = (struct row_place){ (uint32_t)row->member, row->line };
		return row->digest == hashes.row ? UNIQUE_EQUAL : UNIQUE_DIFFERS;
	}
	*row = (struct unique_row){ hashes.row, place.member & 0xFFFFFF,
		place.line & 0xFFFFFFFFFF };
	return UNIQUE_NEW;
}

enum unique_result unique_add(struct unique *u, struct slice key, struct slice bytes,
	struct row_place place, struct row_place *first)
{
	return unique_add_hashed(u, key, unique_hash(u, key, bytes), place, first);
}

void unique_release(struct unique *u)
{
	keys_release(&u->keys);
}
