/*
 * The values of a word column that were met, with what they stand for; most exports have two or three.
 */
#ifndef MEMO_H
#define MEMO_H

#include "buffer.h"

#define MEMO_VALUES 8

struct memo_value {
	struct buffer raw;
	uint64_t packed[2]; /* of it: slice_pack */
	struct slice canonical;
	bool word; /* it is written as it is, whatever the format */
};

/* { 0 } holds none. */
struct memo {
	struct memo_value values[MEMO_VALUES];
	size_t count;
};

/* NULL: it was not met. */
static inline const struct memo_value *memo_find(const struct memo *m, struct slice raw)
{
	uint64_t packed[2];
	slice_pack(raw, packed);
	for (size_t i = 0; i < m->count; i++) {
		const struct memo_value *v = &m->values[i];
		if (v->raw.len == raw.len && v->packed[0] == packed[0] &&
			v->packed[1] == packed[1] &&
			(raw.len <= SLICE_PACKED || memcmp(v->raw.ptr, raw.ptr, raw.len) == 0))
			return v;
	}
	return NULL;
}

/* Notes a value, while there is room and memory. `canonical` is borrowed. */
void memo_add(struct memo *m, struct slice raw, struct slice canonical);

/* Forgets all values. */
static inline void memo_clear(struct memo *m)
{
	m->count = 0;
}

void memo_release(struct memo *m);

#endif
