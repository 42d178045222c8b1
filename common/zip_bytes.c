#include "zip_bytes.h"

#include <stdlib.h>

int zip_view_open(struct zip_view *v, struct stored *from, size_t step, struct error *e)
{
	*v = (struct zip_view){ .from = from, .step = step, .bytes = malloc(ZIP_VIEW) };
	return v->bytes ? 0 : error_memory(e);
}

static int view_fill(struct zip_view *v, uint64_t at, size_t length, struct error *e)
{
	v->at = at;
	v->length = 0;
	while (v->length < length) {
		ssize_t got = stored_read(
			v->from, at + v->length, v->bytes + v->length, length - v->length, e);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		v->length += (size_t)got;
	}
	return 0;
}

int zip_view_get(
	struct zip_view *v, uint64_t at, size_t length, struct slice *bytes, struct error *e)
{
	if (length > v->from->size || at > v->from->size - length)
		return 0;
	if (at < v->at || at - v->at > v->length || length > v->length - (size_t)(at - v->at)) {
		if (view_fill(v, at, length > v->step ? length : v->step, e) != 0)
			return -1;
		if (v->length < length)
			return 0;
	}
	*bytes = (struct slice){ v->bytes + (at - v->at), length };
	return 1;
}

void zip_view_close(struct zip_view *v)
{
	free(v->bytes);
	v->bytes = NULL;
}
