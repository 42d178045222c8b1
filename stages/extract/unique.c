#include "unique.h"

struct unique_row {
	uint64_t
		digest; /* of all cells: 64 bits of a hash that nobody can aim at, in place of them */
	uint64_t member : 24;
	uint64_t line : 40;
};

void unique_init(struct unique *u)
{
	*u = (struct unique){ 0 };
	keys_init(&u->keys, sizeof(struct unique_row));
}

int cells_digest(const struct keys *keys, struct buffer *scratch, const struct slice *cells,
	size_t count, uint64_t *digest)
{
	buffer_clear(scratch);
	for (size_t i = 0; i < count; i++) {
		/* The length in front keeps ("a", "bc") and ("ab", "c") apart. */
		struct slice length = { (const char *)&cells[i].len, sizeof cells[i].len };
		if (buffer_append(scratch, length) != 0 || buffer_append(scratch, cells[i]) != 0)
			return -1;
	}
	*digest = keys_hash(keys, buffer_slice(scratch));
	return 0;
}

enum unique_result unique_add(struct unique *u, struct slice key, const struct slice *cells,
	size_t count, struct row_place place, struct row_place *first)
{
	uint64_t digest;
	uint32_t known = u->keys.count;
	if (cells_digest(&u->keys, &u->scratch, cells, count, &digest) != 0)
		return UNIQUE_FAILED;
	uint32_t index = keys_add(&u->keys, key);
	if (index == KEY_NONE)
		return UNIQUE_FAILED;
	struct unique_row *row = keys_value(&u->keys, index);
	if (index < known) {
		*first = (struct row_place){ (uint32_t)row->member, row->line };
		return row->digest == digest ? UNIQUE_EQUAL : UNIQUE_DIFFERS;
	}
	*row = (struct unique_row){ digest, place.member & 0xFFFFFF, place.line & 0xFFFFFFFFFF };
	return UNIQUE_NEW;
}

void unique_release(struct unique *u)
{
	keys_release(&u->keys);
	buffer_release(&u->scratch);
}
