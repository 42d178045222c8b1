#include "content.h"

#include "utf8.h"

#include <stdlib.h>

/* Room for one more item in an array that doubles: the array, or NULL without memory. */
static void *grown(void *items, size_t count, size_t size)
{
	if (count & (count - 1) || (count && count < 16))
		return items;
	return reallocarray(items, count < 16 ? 16 : 2 * count, size);
}

static int line_add(struct content *c, const struct property_line *line, enum mask mask)
{
	struct content_line *lines = grown(c->lines, c->line_count, sizeof *lines);
	if (!lines)
		return -1;
	c->lines = lines;
	lines[c->line_count++] =
		(struct content_line){ line->start, line->end, line->kind, line->first, mask };
	return 0;
}

/* Adds a natural line to the row that is not yet at its end, or begins the next. */
static int row_add(struct content *c, const struct property_line *line, bool secret)
{
	const char *bytes = c->properties.bytes.ptr;
	struct content_row *row = c->row_count ? &c->rows[c->row_count - 1] : NULL;
	if (!row || bytes[row->end - 1] == '\n') {
		struct content_row *rows = grown(c->rows, c->row_count, sizeof *rows);
		if (!rows)
			return -1;
		c->rows = rows;
		row = &rows[c->row_count++];
		*row = (struct content_row){ .start = line->start };
	}
	row->end = line->end;
	row->secret |= secret;
	return 0;
}

static int entry_note(struct content *c, size_t entry, enum mask mask)
{
	c->masks[entry] = mask;
	uint32_t index = keys_add(&c->last, content_key(c, entry));
	if (index == KEY_NONE)
		return -1;
	*(size_t *)keys_value(&c->last, index) = entry;
	return 0;
}

static int lines_read(
	struct content *c, struct slice file, struct config_keys *keys, struct error *e)
{
	struct masking masking;
	int result = 0;
	c->masks = calloc(c->properties.count + 1, sizeof *c->masks);
	if (!c->masks)
		return error_memory(e);
	masking_init(&masking, keys, &c->properties, file, SLICE(""));
	for (struct property_line line = { 0 };
		result == 0 && properties_line(&c->properties, &line);) {
		int mask = masking_line(&masking, &line, e);
		if (mask < 0)
			result = -1;
		else if (line_add(c, &line, (enum mask)mask) != 0 ||
			 row_add(c, &line, mask != MASK_NOTHING) != 0 ||
			 (line.first && entry_note(c, line.entry, (enum mask)mask) != 0))
			result = error_memory(e);
	}
	masking_release(&masking);
	return result;
}

int content_read(struct content *c, const char *member, struct slice file, struct slice bytes,
	struct config_keys *keys, struct error *e)
{
	*c = (struct content){ 0 };
	keys_init(&c->last, sizeof(size_t));
	if (properties_read(&c->properties, member, bytes, e) != 0) {
		/* A line is restored byte for byte, so there is no encoding to be named here. */
		if (utf8_valid(bytes) < bytes.len)
			error_hint(e, "convert the files of both sides to UTF-8 first");
		return -1;
	}
	if (lines_read(c, file, keys, e) == 0)
		return 0;
	content_release(c);
	return -1;
}

struct slice content_key(const struct content *c, size_t entry)
{
	if (c->masks[entry] == MASK_WHOLE)
		return REST_KEY;
	return property_key(&c->properties, &c->properties.entries[entry]);
}

size_t content_find(const struct content *c, struct slice key)
{
	uint32_t index = keys_find(&c->last, key);
	return index == KEY_NONE ? ENTRY_NONE : *(size_t *)keys_value(&c->last, index);
}

size_t content_line_at(const struct content *c, size_t at)
{
	size_t from = 0;
	size_t to = c->line_count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (c->lines[middle].end <= at)
			from = middle + 1;
		else
			to = middle;
	}
	return from < c->line_count || from == 0 ? from : from - 1;
}

size_t content_row_at(const struct content *c, size_t at)
{
	size_t from = 0;
	size_t to = c->row_count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (c->rows[middle].end <= at)
			from = middle + 1;
		else
			to = middle;
	}
	return from < c->row_count || from == 0 ? from : from - 1;
}

struct slice content_line_end(const struct content *c)
{
	if (c->line_count == 0)
		return SLICE("");
	struct slice line = { c->properties.bytes.ptr, c->lines[0].end };
	if (line.len > 1 && line.ptr[line.len - 2] == '\r' && line.ptr[line.len - 1] == '\n')
		return SLICE("\r\n");
	if (line.len && line.ptr[line.len - 1] == '\n')
		return SLICE("\n");
	return line.len && line.ptr[line.len - 1] == '\r' ? SLICE("\r") : SLICE("");
}

size_t content_mark(const struct content *c)
{
	struct slice bytes = c->properties.bytes;
	return bytes.len >= 3 && memcmp(bytes.ptr, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

void content_release(struct content *c)
{
	free(c->masks);
	free(c->lines);
	free(c->rows);
	keys_release(&c->last);
	properties_release(&c->properties);
	*c = (struct content){ 0 };
}
