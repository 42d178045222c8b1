/*
 * The columns of the input that --carry appends to the output.
 */
#include "stage.h"

#include "show.h"

#include <stdlib.h>

int stage_check_carry(struct stage *s, const char *const *names, size_t count)
{
	for (size_t i = 0; i < s->carry.count; i++) {
		struct slice carried = s->carry.items[i];
		for (size_t j = 0; j < count; j++)
			if (slice_equal(carried, slice_from(names[j])))
				return stage_usage(s,
					"option --carry: the output has a column \"%s\" already",
					SHOW(carried));
		for (size_t j = 0; j < i; j++)
			if (slice_equal(carried, s->carry.items[j]))
				return stage_usage(s,
					"option --carry: column \"%s\" is named twice",
					SHOW(carried));
	}
	return 0;
}

static int carry_missing(struct stage *s, const struct reader *r, struct slice wanted)
{
	struct place place = { r->file, r->header_line, { NULL, 0 } };
	struct buffer list = { 0 };
	reader_list_headings(r, &list);
	error_at(&s->error, STATUS_INPUT, &place, "no column \"%s\" for --carry (got %.*s)",
		SHOW(wanted), (int)list.len, list.len ? list.ptr : "");
	buffer_release(&list);
	return -1;
}

int stage_bind(struct stage *s, struct reader *r, struct column *columns, size_t count)
{
	size_t carried = s->carry.count;
	struct column *all = calloc(count + carried, sizeof *all);
	struct buffer names = { 0 };
	s->carried = calloc(carried + 1, sizeof *s->carried);
	int result = all && s->carried ? 0 : error_memory(&s->error);
	/* A heading may hold any byte but NUL, and a column is asked for by a C string. */
	for (size_t i = 0; result == 0 && i < carried; i++)
		if (buffer_append(&names, s->carry.items[i]) != 0 || buffer_put(&names, '\0') != 0)
			result = error_memory(&s->error);
	if (result == 0) {
		memcpy(all, columns, count * sizeof *all);
		const char *name = names.ptr;
		for (size_t i = 0; i < carried; i++, name += strlen(name) + 1)
			all[count + i] = (struct column){ name, false, -1 };
		result = reader_bind(r, all, count + carried, &s->error);
		memcpy(columns, all, count * sizeof *all);
		memcpy(s->carried, all + count, carried * sizeof *all);
		if (result == 0)
			result = reader_want(r, all, count + carried, &s->error);
	}
	for (size_t i = 0; result == 0 && i < carried; i++)
		if (s->carried[i].index < 0)
			result = carry_missing(s, r, s->carry.items[i]);
	for (size_t i = 0; s->carried && i < carried; i++)
		s->carried[i].name = NULL; /* it was only lent; the index is what counts */
	free(all);
	buffer_release(&names);
	return result;
}

void stage_carry(const struct stage *s, struct writer *w, const struct record *record)
{
	for (size_t i = 0; i < s->carry.count; i++)
		writer_field(w, record_field(record, s->carried[i].index));
}
