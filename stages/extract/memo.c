#include "memo.h"

#include "writer.h"

void memo_add(struct memo *m, struct slice raw, struct slice canonical)
{
	if (m->count == MEMO_VALUES)
		return;
	struct memo_value *v = &m->values[m->count];
	buffer_clear(&v->raw);
	if (buffer_append(&v->raw, raw) != 0)
		return;
	v->canonical = canonical;
	v->word = writer_is_word(canonical);
	m->likely[slice_place(raw)] = (unsigned char)++m->count;
}

void memo_release(struct memo *m)
{
	for (size_t i = 0; i < MEMO_VALUES; i++)
		buffer_release(&m->values[i].raw);
	*m = (struct memo){ 0 };
}
