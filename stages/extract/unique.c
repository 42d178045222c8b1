#include "unique.h"

#include <stdlib.h>

struct unique_row {
	uint64_t
		digest; /* of all cells: 64 bits of a hash that nobody can aim at, in place of them */
	uint64_t member : 24;
	uint64_t line : 40;
};

void unique_init(struct unique *u)
{
	*u = (struct unique){ 0 };
	keys_init(&u->keys);
}

int unique_digest(struct unique *u, const struct slice *cells, size_t count, uint64_t *digest)
{
	buffer_clear(&u->scratch);
	for (size_t i = 0; i < count; i++) {
		/* The length in front keeps ("a", "bc") and ("ab", "c") apart. */
		struct slice length = { (const char *)&cells[i].len, sizeof cells[i].len };
		if (buffer_append(&u->scratch, length) != 0 ||
			buffer_append(&u->scratch, cells[i]) != 0)
			return -1;
	}
	*digest = keys_hash(&u->keys, buffer_slice(&u->scratch));
	return 0;
}

enum unique_result unique_add(struct unique *u, struct slice key, const struct slice *cells,
	size_t count, struct row_place place, struct row_place *first)
{
	uint64_t digest;
	uint32_t known = u->keys.count;
	if (unique_digest(u, cells, count, &digest) != 0)
		return UNIQUE_FAILED;
	uint32_t index = keys_add(&u->keys, key);
	if (index == KEY_NONE)
		return UNIQUE_FAILED;
	if (index < known) {
		const struct unique_row *row = &u->rows[index];
		*first = (struct row_place){ (uint32_t)row->member, row->line };
		return row->digest == digest ? UNIQUE_EQUAL : UNIQUE_DIFFERS;
	}
	if (index == u->room) {
		size_t room = u->room ? u->room * 2 : 256;
		struct unique_row *rows = realloc(u->rows, room * sizeof *rows);
		if (!rows)
			return UNIQUE_FAILED;
		u->rows = rows;
		u->room = room;
	}
	u->rows[index] =
		(struct unique_row){ digest, place.member & 0xFFFFFF, place.line & 0xFFFFFFFFFF };
	return UNIQUE_NEW;
}

void unique_release(struct unique *u)
{
	keys_release(&u->keys);
	buffer_release(&u->scratch);
	free(u->rows);
	u->rows = NULL;
}
