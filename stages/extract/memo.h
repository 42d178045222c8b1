/*
 * The values of a word column that were met, with what they stand for; most exports have two or three.
 */
#ifndef MEMO_H
#define MEMO_H

#include "buffer.h"

#define MEMO_VALUES 8

struct memo_value {
	struct buffer raw;
	struct slice canonical;
	bool word; /* it is written as it is, whatever the format */
};

/* { 0 } holds none. */
struct memo {
	struct memo_value values[MEMO_VALUES];
	size_t count;
	unsigned char likely[SLICE_PLACES]; /* the place of a value, + 1; 0: none */
};

/* NULL: it was not met. */
static inline const struct memo_value *memo_find(const struct memo *m, struct slice raw)
{
	size_t likely = m->likely[slice_place(raw)];
	if (likely && slice_equal(buffer_slice(&m->values[likely - 1].raw), raw))
		return &m->values[likely - 1];
	for (size_t i = 0; i < m->count; i++)
		if (slice_equal(buffer_slice(&m->values[i].raw), raw))
			return &m->values[i];
	return NULL;
}

/* Notes a value, while there is room and memory. `canonical` is borrowed. */
void memo_add(struct memo *m, struct slice raw, struct slice canonical);

/* Forgets all values. */
static inline void memo_clear(struct memo *m)
{
	m->count = 0;
	memset(m->likely, 0, sizeof m->likely);
}

void memo_release(struct memo *m);

#endif
