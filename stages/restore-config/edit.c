#include "edit.h"

#include <stdlib.h>

struct edit *edits_add(struct edits *edits, size_t start, size_t end)
{
	if (edits->count == edits->room) {
		size_t room = edits->room ? 2 * edits->room : 16;
		struct edit *items = reallocarray(edits->items, room, sizeof *items);
		if (!items)
			return NULL;
		edits->items = items;
		edits->room = room;
	}
	struct edit *edit = &edits->items[edits->count++];
	*edit = (struct edit){ .start = start, .end = end };
	return edit;
}

void edits_clear(struct edits *edits)
{
	for (size_t i = 0; i < edits->count; i++)
		buffer_release(&edits->items[i].bytes);
	edits->count = 0;
}

void edits_release(struct edits *edits)
{
	edits_clear(edits);
	free(edits->items);
	*edits = (struct edits){ 0 };
}

int entry_append(struct buffer *out, const struct content *c, size_t entry, struct slice line_end)
{
	const struct property *property = &c->properties.entries[entry];
	size_t from = out->len;
	const char *bytes = c->properties.bytes.ptr;
	for (size_t at = property->start; at < property->end;) {
		size_t end = at;
		while (end < property->end && bytes[end] != '\n' && bytes[end] != '\r')
			end++;
		size_t next = end;
		if (next < property->end)
			next += bytes[next] == '\r' && next + 1 < property->end &&
						bytes[next + 1] == '\n'
					? 2
					: 1;
		if (at > property->start && buffer_append(out, line_end) != 0)
			return -1;
		if (buffer_append(out, (struct slice){ bytes + at, end - at }) != 0)
			return -1;
		at = next;
	}
	size_t backslashes = 0;
	while (backslashes < out->len - from && out->ptr[out->len - backslashes - 1] == '\\')
		backslashes++;
	out->len -= backslashes & 1;
	return 0;
}

static int edit_compare(const void *left, const void *right)
{
	const struct edit *a = left;
	const struct edit *b = right;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->end != b->end)
		return a->end < b->end ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

int edits_apply(struct edits *edits, struct slice bytes, struct buffer *result)
{
	size_t at = 0;
	if (edits->count)
		qsort(edits->items, edits->count, sizeof *edits->items, edit_compare);
	buffer_clear(result);
	/* So that a result without bytes has a place, too. */
	if (buffer_reserve(result, 1) != 0)
		return -1;
	for (size_t i = 0; i < edits->count; i++) {
		struct edit *edit = &edits->items[i];
		struct slice kept = slice_skip(bytes, at);
		kept.len = edit->start - at;
		if (buffer_append(result, kept) != 0)
			return -1;
		edit->at = result->len;
		if (buffer_append(result, buffer_slice(&edit->bytes)) != 0)
			return -1;
		at = edit->end;
	}
	return buffer_append(result, slice_skip(bytes, at));
}

void edit_rows(const struct content *current, const struct edit *edit, size_t *from, size_t *to)
{
	struct slice bytes = current->properties.bytes;
	bool at_end = edit->start == bytes.len;
	if (at_end && (bytes.len == 0 || bytes.ptr[bytes.len - 1] == '\n')) {
		*from = *to = current->row_count;
		return;
	}
	*from = content_row_at(current, edit->start);
	bool adds = edit->start == edit->end && edit->start == current->rows[*from].start;
	size_t last = edit->end > edit->start ? content_row_at(current, edit->end - 1) : *from;
	*to = adds ? *from : last + 1;
}

/* The byte at which a row starts; the end of the file behind the last one. */
static size_t row_start(const struct content *c, size_t row)
{
	return row < c->row_count ? c->rows[row].start : c->properties.bytes.len;
}

/* Where the byte of the current file behind edit `last` and all before it stands in the result. */
static size_t behind_edit(const struct edit *last, size_t byte)
{
	return last->at + last->bytes.len + (byte - last->end);
}

/* Takes in the edits that touch the region, from the one behind its last on. */
static void region_join(
	struct region *region, const struct content *current, const struct edits *edits)
{
	for (; region->last_edit + 1 < edits->count; region->last_edit++) {
		size_t from;
		size_t to;
		edit_rows(current, &edits->items[region->last_edit + 1], &from, &to);
		if (from > region->to)
			return;
		if (to > region->to)
			region->to = to;
	}
}

/* The region of an edit and of what touches it; it ends where a row of the result does. */
static struct region region_open(
	const struct content *current, const struct edits *edits, size_t first, struct slice result)
{
	const struct edit *edit = &edits->items[first];
	struct region region = { .first_edit = first, .last_edit = first };
	edit_rows(current, edit, &region.from, &region.to);
	region.start = edit->at - (edit->start - row_start(current, region.from));
	for (;; region.to++) {
		region_join(&region, current, edits);
		region.end =
			behind_edit(&edits->items[region.last_edit], row_start(current, region.to));
		bool whole = region.end == region.start || result.ptr[region.end - 1] == '\n';
		if (whole || region.to == current->row_count)
			return region;
	}
}

/* The length of the row at the front of `text`, its LF included. */
static size_t first_row(struct slice text)
{
	const char *lf = text.len ? memchr(text.ptr, '\n', text.len) : NULL;
	return lf ? (size_t)(lf - text.ptr) + 1 : text.len;
}

/* The length of the row at the end of `text`. */
static size_t last_row(struct slice text)
{
	const char *lf = text.len > 1 ? memrchr(text.ptr, '\n', text.len - 1) : NULL;
	return lf ? text.len - (size_t)(lf - text.ptr) - 1 : text.len;
}

/* Takes rows off both ends that are the same before and after. */
static void region_trim(struct region *region, const struct content *current, struct slice result)
{
	const char *bytes = current->properties.bytes.ptr;
	while (region->from < region->to) {
		const struct content_row *row = &current->rows[region->from];
		struct slice text = { result.ptr + region->start, region->end - region->start };
		text.len = first_row(text);
		if (!slice_equal(text, (struct slice){ bytes + row->start, row->end - row->start }))
			break;
		region->from++;
		region->start += text.len;
	}
	while (region->from < region->to) {
		const struct content_row *row = &current->rows[region->to - 1];
		struct slice text = { result.ptr + region->start, region->end - region->start };
		size_t length = last_row(text);
		if (!slice_equal(slice_skip(text, text.len - length),
			    (struct slice){ bytes + row->start, row->end - row->start }))
			break;
		region->to--;
		region->end -= length;
	}
}

int regions_find(const struct content *current, const struct edits *edits, struct slice result,
	struct region **regions, size_t *count)
{
	*count = 0;
	*regions = calloc(edits->count + 1, sizeof **regions);
	if (!*regions)
		return -1;
	for (size_t i = 0; i < edits->count; i = (*regions)[*count - 1].last_edit + 1) {
		(*regions)[*count] = region_open(current, edits, i, result);
		++*count;
	}
	size_t kept = 0;
	for (size_t i = 0; i < *count; i++) {
		struct region *region = &(*regions)[i];
		region_trim(region, current, result);
		if (region->from < region->to || region->start < region->end)
			(*regions)[kept++] = *region;
	}
	*count = kept;
	return 0;
}
