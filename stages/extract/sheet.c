#include "sheet.h"

#include "show.h"

#include <stdlib.h>

/* Sets the names of the output's columns by the first member; later ones must have the same. */
static int settle_names(struct sheet *t, const char *const *names, size_t count)
{
	struct run *run = t->run;
	if (!run->names) {
		run->first = run->member_count;
		run->names = calloc(count + 1, sizeof *run->names);
		for (size_t i = 0; run->names && i < count; i++) {
			run->names[i] = strdup(names[i]);
			run->name_count += run->names[i] != NULL;
		}
		return run->name_count == count ? 0 : error_memory(t->e);
	}
	bool same = run->name_count == count;
	for (size_t i = 0; same && i < count; i++)
		same = strcmp(run->names[i], names[i]) == 0;
	if (same)
		return 0;
	struct buffer first = { 0 };
	struct buffer here = { 0 };
	for (size_t i = 0; i < run->name_count; i++)
		buffer_printf(
			&first, "%s%s", i ? ", " : "", SHOW(show_name(slice_from(run->names[i]))));
	for (size_t i = 0; i < count; i++)
		buffer_printf(&here, "%s%s", i ? ", " : "", SHOW(show_name(slice_from(names[i]))));
	struct place place = { t->name, t->reader.header_line, { NULL, 0 } };
	error_at(t->e, STATUS_INPUT, &place,
		"the columns are not those of %s (got %.*s; want %.*s)",
		SHOW(slice_from(run->members[run->first])), (int)here.len, here.ptr, (int)first.len,
		first.ptr);
	/* Of a user, an empty Person GUID is none; of an assignment, what is empty is not known. */
	if (run->as == AS_ASSIGNMENTS)
		error_hint(t->e,
			"all members of one run need the same columns; the line "
			"assignments,COLUMN,,,= in the map of a report says that the column is "
			"not known there");
	else
		error_hint(t->e, "all members of one run need the same columns; read them in runs "
				 "of their own");
	buffer_release(&first);
	buffer_release(&here);
	return -1;
}

/* The position of a heading that an option names. */
static int find_heading(struct sheet *t, struct slice wanted, const char *option, int *position)
{
	struct reader *r = &t->reader;
	*position = heading_find(t->run->conversion.map, r->headings, r->heading_count, wanted);
	if (*position >= 0)
		return 0;
	struct place place = { t->name, r->header_line, { NULL, 0 } };
	if (*position == -3)
		return error_memory(t->e);
	if (*position == -2)
		return error_at(t->e, STATUS_INPUT, &place, "heading \"%s\" of --%s stands twice",
			SHOW(wanted), option);
	struct buffer list = { 0 };
	reader_list_headings(r, &list);
	error_at(t->e, STATUS_INPUT, &place, "no heading \"%s\" for --%s (got %.*s)", SHOW(wanted),
		option, (int)list.len, list.ptr);
	buffer_release(&list);
	return -1;
}

/* Only the fields that go into the stream have to be found. */
static int want_fields(struct sheet *t)
{
	const struct run *run = t->run;
	size_t count = 0;
	struct column *wanted = calloc(STREAM_COLUMNS + t->position_count + 1, sizeof *wanted);
	if (!wanted)
		return error_memory(t->e);
	for (size_t i = 0; i < run->stream.count; i++)
		if (run->conversion.bindings[i].rule)
			wanted[count++].index = run->conversion.bindings[i].position;
	for (size_t i = 0; i < t->position_count; i++)
		wanted[count++].index = t->positions[i];
	wanted[count++].index = t->latest;
	int result = reader_want(&t->reader, wanted, count, t->e);
	free(wanted);
	return result;
}

int sheet_open_stream(struct sheet *t)
{
	struct run *run = t->run;
	struct stage *s = &run->stage;
	const char *names[STREAM_COLUMNS];
	size_t count = 0;
	bool first = !run->names;
	for (size_t i = 0; i < run->stream.count; i++)
		if (run->conversion.bindings[i].rule && !run->stream.columns[i].input)
			names[count++] = run->stream.columns[i].name;
	if (settle_names(t, names, count) != 0)
		return -1;
	t->position_count = s->carry.count;
	for (size_t i = 0; i < s->carry.count; i++)
		if (find_heading(t, s->carry.items[i], "carry", &t->positions[i]) != 0)
			return -1;
	if (run->latest_by) {
		struct slice heading = slice_from(run->latest_by);
		if (find_heading(t, heading, "latest-by", &t->latest) != 0)
			return -1;
		/* The heading may be a column of its own, with a format in the map. */
		for (size_t i = 0; i < run->stream.count; i++) {
			const struct binding *bound = &run->conversion.bindings[i];
			if (bound->rule && bound->position == t->latest)
				t->latest_binding = bound;
		}
	}
	/* What a leaver is may be asked of any field. */
	if (run->as != AS_LEAVERS && want_fields(t) != 0)
		return -1;
	return first ? stage_header(s, names, count) : 0;
}

/* Where each of the first member's headings stands in this one; false: they are not the same. */
static bool find_positions_of_table(struct sheet *t)
{
	const struct run *run = t->run;
	const struct reader *r = &t->reader;
	for (size_t i = 0; i < run->name_count; i++) {
		size_t at = 0;
		while (at < r->heading_count &&
			!slice_equal(r->headings[at], slice_from(run->names[i])))
			at++;
		if (at == r->heading_count)
			return false;
		t->positions[i] = (int)at;
	}
	return run->name_count == r->heading_count;
}

int sheet_open_table(struct sheet *t)
{
	struct run *run = t->run;
	struct reader *r = &t->reader;
	/* Nothing is bound, but doubled and empty headings are found. */
	if (reader_bind(r, NULL, 0, t->e) != 0)
		return -1;
	t->position_count = r->heading_count;
	if (run->names && find_positions_of_table(t))
		return 0;
	const char **names = calloc(r->heading_count, sizeof *names);
	struct buffer text = { 0 };
	size_t count = 0;
	for (; names && count < r->heading_count; count++)
		if (buffer_append(&text, r->headings[count]) != 0 || buffer_put(&text, '\0') != 0)
			break;
	int result = -1;
	if (names && count == r->heading_count) {
		const char *name = text.ptr;
		for (size_t i = 0; i < count; i++, name += strlen(name) + 1) {
			names[i] = name;
			t->positions[i] = (int)i;
		}
		/* For a later member this is the error that tells both lists. */
		result = settle_names(t, names, count);
		if (result == 0)
			result = stage_header(&run->stage, names, count);
	} else {
		error_memory(t->e);
	}
	free(names);
	buffer_release(&text);
	return result;
}

void sheet_write_positions(const struct sheet *t, struct writer *w, const struct record *record)
{
	for (size_t i = 0; i < t->position_count; i++)
		writer_field(w, record_field(record, t->positions[i]));
}
