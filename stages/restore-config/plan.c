#include "plan.h"

#include <stdlib.h>

int plan_add(struct plan *p, struct change *change, const struct fit *fit)
{
	if (p->count == p->room) {
		size_t room = p->room ? 2 * p->room : 16;
		struct plan_item *items = reallocarray(p->items, room, sizeof *items);
		if (!items)
			return -1;
		p->items = items;
		p->room = room;
	}
	p->items[p->count++] =
		(struct plan_item){ .change = change, .before_entry = fit->before_entry };
	return 0;
}

/* The line end of what is put in: that of the current file's first line, else of BEFORE's. */
static struct slice line_end_of(const struct plan *p)
{
	struct slice end = content_line_end(&p->current->content);
	if (end.len == 0 && p->before)
		end = content_line_end(&p->before->content);
	return end.len ? end : SLICE("\n");
}

/* Does a new line begin at the byte? Also behind a byte order mark. */
static bool ends_line(const struct content *c, size_t at)
{
	struct slice bytes = c->properties.bytes;
	return at <= content_mark(c) || bytes.ptr[at - 1] == '\n' || bytes.ptr[at - 1] == '\r';
}

/* Ends a new line in front of byte `at`: a CR would become one line end with an LF there. */
static int end_append(struct edit *edit, struct slice bytes, size_t at, struct slice line_end)
{
	bool joined = slice_equal(line_end, SLICE("\r")) && at < bytes.len && bytes.ptr[at] == '\n';
	return buffer_append(&edit->bytes, joined ? SLICE("\r\n") : line_end);
}

static int edit_insert(struct plan *p, struct plan_item *item, struct slice line_end)
{
	const struct content *current = &p->current->content;
	struct slice bytes = current->properties.bytes;
	size_t at = place_find(&p->places, item->before_entry, &item->place);
	if (item->place == PLACE_NONE) {
		item->change->refused = true;
		return 0;
	}
	struct edit *edit = edits_add(&p->edits, at, at);
	if (!edit)
		return -1;
	edit->order = item->before_entry;
	/* Behind a last line without an end the new line comes without an end as well. */
	bool bare = at == bytes.len && !ends_line(current, at);
	int failed = bare ? buffer_append(&edit->bytes, line_end) : 0;
	failed |= entry_append(&edit->bytes, &p->before->content, item->before_entry, line_end);
	failed |= bare ? 0 : end_append(edit, bytes, at, line_end);
	return failed ? -1 : 0;
}

static int edit_replace(struct plan *p, const struct plan_item *item, struct slice line_end)
{
	const struct content *current = &p->current->content;
	size_t entry = content_find(current, item->change->key);
	const struct property *property = &current->properties.entries[entry];
	struct edit *edit = edits_add(&p->edits, property->start, property->end);
	if (!edit)
		return -1;
	int failed = entry_append(&edit->bytes, &p->before->content, item->before_entry, line_end);
	if (ends_line(current, property->end))
		failed |= end_append(edit, current->properties.bytes, property->end, line_end);
	return failed ? -1 : 0;
}

/* Takes out every entry whose key is to be removed. */
static int edits_remove(struct plan *p)
{
	const struct content *current = &p->current->content;
	struct keys removed; /* each with its item */
	int failed = 0;
	keys_init(&removed, sizeof(size_t));
	for (size_t i = 0; i < p->count && !failed; i++) {
		const struct change *change = p->items[i].change;
		if (change->step != STEP_REMOVE || change->refused)
			continue;
		uint32_t index = keys_add(&removed, change->key);
		failed = index == KEY_NONE;
		if (!failed)
			*(size_t *)keys_value(&removed, index) = i;
	}
	for (size_t i = 0; i < current->properties.count && removed.count && !failed; i++) {
		const struct property *property = &current->properties.entries[i];
		uint32_t index = keys_find(&removed, content_key(current, i));
		if (index == KEY_NONE)
			continue;
		struct edit *edit = edits_add(&p->edits, property->start, property->end);
		failed = !edit;
		if (edit)
			edit->item = *(size_t *)keys_value(&removed, index);
	}
	keys_release(&removed);
	return failed ? -1 : 0;
}

static int edits_make(struct plan *p)
{
	struct slice line_end = line_end_of(p);
	edits_clear(&p->edits);
	for (size_t i = 0; i < p->count; i++) {
		struct plan_item *item = &p->items[i];
		enum step step = item->change->step;
		size_t count = p->edits.count;
		int failed = 0;
		if (item->change->refused || step == STEP_REMOVE)
			continue;
		if (step == STEP_INSERT)
			failed = edit_insert(p, item, line_end);
		else
			failed = edit_replace(p, item, line_end);
		if (failed)
			return -1;
		if (p->edits.count > count)
			p->edits.items[count].item = i;
	}
	if (edits_remove(p) != 0)
		return -1;
	return edits_apply(&p->edits, p->current->content.properties.bytes, &p->result);
}

static bool rows_secret(const struct content *c, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (c->rows[i].secret)
			return true;
	return false;
}

/* A patch holds whole rows, and none with a secret. */
static void check_rows(const struct plan *p, bool *blamed)
{
	const struct content *current = &p->current->content;
	for (size_t i = 0; i < p->edits.count; i++) {
		size_t from;
		size_t to;
		edit_rows(current, &p->edits.items[i], &from, &to);
		if (rows_secret(current, from, to))
			blamed[p->edits.items[i].item] = true;
	}
	/* Rows that only come in because what is left of another one has to be joined to them. */
	for (size_t i = 0; i < p->region_count; i++) {
		const struct region *region = &p->regions[i];
		bool known = false;
		for (size_t j = region->first_edit; j <= region->last_edit; j++)
			known |= blamed[p->edits.items[j].item];
		if (!known && rows_secret(current, region->from, region->to))
			blamed[p->edits.items[region->last_edit].item] = true;
	}
}

/* How a line of an edit has to be read: as the entry that it is, with nothing hidden. */
static bool edit_line_fits(
	const struct content_line *line, const struct edit *edit, struct slice result)
{
	size_t start = edit->at;
	while (start < line->start && (result.ptr[start] == '\n' || result.ptr[start] == '\r'))
		start++;
	return line->kind == PROPERTY_LINE_ENTRY && line->mask == MASK_NOTHING &&
	       line->first == (line->start <= start);
}

/* Is every line of the result read as it was where it came from? */
static void check_lines(const struct plan *p, const struct content *result, bool *blamed)
{
	const struct content *current = &p->current->content;
	size_t passed = 0; /* edits that start at or before the present line */
	/* What stood at the front of a later line would be a byte order mark now. */
	if (p->edits.count && content_mark(result) != content_mark(current))
		blamed[p->edits.items[0].item] = true;
	for (size_t i = 0; i < result->line_count && p->edits.count; i++) {
		const struct content_line *line = &result->lines[i];
		/* A byte order mark is in the first line, but no edit takes it. */
		size_t start = line->start ? line->start : content_mark(result);
		while (passed < p->edits.count && p->edits.items[passed].at <= start)
			passed++;
		const struct edit *edit = &p->edits.items[passed ? passed - 1 : 0];
		bool fits;
		if (passed && start < edit->at + edit->bytes.len) {
			fits = edit_line_fits(line, edit, buffer_slice(&p->result));
		} else {
			size_t at = passed ? start - edit->at - edit->bytes.len + edit->end : start;
			const struct content_line *was =
				&current->lines[content_line_at(current, at)];
			fits = line->kind == was->kind && line->first == was->first &&
			       line->mask == was->mask;
		}
		if (!fits)
			blamed[edit->item] = true;
	}
}

/* Does every key read as it is meant to? */
static void check_values(const struct plan *p, const struct content *result, bool *blamed)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct plan_item *item = &p->items[i];
		size_t entry = content_find(result, item->change->key);
		bool fits = entry == ENTRY_NONE;
		if (item->change->refused)
			continue;
		if (item->change->step != STEP_REMOVE)
			fits = entry != ENTRY_NONE && result->masks[entry] == MASK_NOTHING &&
			       slice_equal(property_value(&result->properties,
						   &result->properties.entries[entry]),
				       item->change->before.value);
		if (!fits)
			blamed[i] = true;
	}
}

/* Makes the edits once and notes whose cannot be so: 0, or -1 with the error set. */
static int plan_try(struct plan *p, struct config_keys *keys, bool *blamed, struct error *e)
{
	struct content result;
	free(p->regions);
	p->regions = NULL;
	if (edits_make(p) != 0 ||
		regions_find(&p->current->content, &p->edits, buffer_slice(&p->result), &p->regions,
			&p->region_count) != 0)
		return error_memory(e);
	check_rows(p, blamed);
	if (content_read(&result, p->current->member, slice_from(p->current->name),
		    buffer_slice(&p->result), keys, e) != 0)
		return -1;
	check_lines(p, &result, blamed);
	check_values(p, &result, blamed);
	content_release(&result);
	return 0;
}

int plan_make(struct plan *p, struct config_keys *keys, struct error *e)
{
	bool *blamed = calloc(p->count + 1, sizeof *blamed);
	int result = blamed ? 0 : error_memory(e);
	if (result == 0 && p->before &&
		places_open(&p->places, &p->before->content, &p->current->content) != 0)
		result = error_memory(e);
	for (bool again = true; result == 0 && again;) {
		again = false;
		memset(blamed, 0, p->count * sizeof *blamed);
		result = plan_try(p, keys, blamed, e);
		for (size_t i = 0; i < p->count; i++) {
			struct plan_item *item = &p->items[i];
			if (!blamed[i] || item->change->refused)
				continue;
			again = true;
			if (item->change->step == STEP_INSERT && item->place != PLACE_NONE)
				item->place++;
			else
				item->change->refused = true;
		}
	}
	free(blamed);
	return result;
}

void plan_release(struct plan *p)
{
	places_release(&p->places);
	edits_release(&p->edits);
	buffer_release(&p->result);
	free(p->regions);
	free(p->items);
	*p = (struct plan){ 0 };
}
