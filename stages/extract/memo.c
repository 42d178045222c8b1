#include "memo.h"

#include "writer.h"

#include <stdlib.h>

void memo_add(struct memo *m, struct slice raw, struct slice cell)
{
	if (!m->values)
		m->values = calloc(1, sizeof *m->values);
	if (!m->values || m->values->count == MEMO_VALUES || cell.len > MEMO_TEXT ||
		!writer_is_word(cell) || !terms_add(&m->values->terms, raw, m->values->count))
		return;
	struct memo_cell *added = &m->values->cells[m->values->count++];
	if (cell.len)
		memcpy(added->text, cell.ptr, cell.len);
	added->length = cell.len;
}

void memo_clear(struct memo *m)
{
	free(m->values);
	*m = (struct memo){ 0 };
}
