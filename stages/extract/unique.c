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

struct unique_made unique_make(
	const struct unique *u, struct slice key, struct slice bytes, bool slack)
{
	return (struct unique_made){
		slack ? keys_key_slack(&u->keys, key) : keys_key(&u->keys, key),
		keys_hash(&u->keys, bytes),
	};
}

enum unique_result unique_add_made(struct unique *u, const struct unique_made *made,
	struct row_place place, struct row_place *first)
{
	uint32_t known = u->keys.count;
	uint32_t index = keys_add_key(&u->keys, &made->key);
	if (index == KEY_NONE)
		return UNIQUE_FAILED;
	struct unique_row *row = keys_value(&u->keys, index);
	if (index < known) {
		*first = (struct row_place){ (uint32_t)row->member, row->line };
		return row->digest == made->digest ? UNIQUE_EQUAL : UNIQUE_DIFFERS;
	}
	*row = (struct unique_row){ made->digest, place.member & 0xFFFFFF,
		place.line & 0xFFFFFFFFFF };
	return UNIQUE_NEW;
}

enum unique_result unique_add(struct unique *u, struct slice key, struct slice bytes,
	struct row_place place, struct row_place *first)
{
	const struct unique_made made = unique_make(u, key, bytes, false);
	return unique_add_made(u, &made, place, first);
}

void unique_release(struct unique *u)
{
	keys_release(&u->keys);
}
