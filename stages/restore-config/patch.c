#include "patch.h"

#include <stdio.h>

#define CONTEXT 3

int path_append(struct buffer *out, const char *prefix, struct slice path)
{
	/* Without quotes patch takes blanks before the tab for the end of the name. */
	bool plain = path.len == 0 || path.ptr[path.len - 1] != ' ';
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];
		plain &= c >= ' ' && c < 0x7F && c != '"' && c != '\\';
	}
	if (plain)
		return buffer_append(out, slice_from(prefix)) | buffer_append(out, path);
	int failed = buffer_printf(out, "\"%s", prefix);
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];
		if (c == '"' || c == '\\')
			failed |= buffer_printf(out, "\\%c", c);
		else if (c < ' ' || c >= 0x7F)
			failed |= buffer_printf(out, "\\%03o", c);
		else
			failed |= buffer_put(out, (char)c);
	}
	return failed | buffer_put(out, '"');
}

/* What the hunks of a file are made of. */
struct hunks {
	struct buffer *out;
	const struct content *current;
	struct slice result;
	const struct region *regions;
	size_t count;
	size_t ahead; /* rows that the hunks before the present one add, and that they take out */
	size_t behind;
};

/* The rows in bytes of the result. */
static size_t rows_in(struct slice text)
{
	size_t count = 0;
	while (text.len) {
		const char *lf = memchr(text.ptr, '\n', text.len);
		text = slice_skip(text, lf ? (size_t)(lf - text.ptr) + 1 : text.len);
		count++;
	}
	return count;
}

static struct slice region_text(const struct hunks *h, const struct region *region)
{
	return (struct slice){ h->result.len ? h->result.ptr + region->start : NULL,
		region->end - region->start };
}

/* Rows of one kind: ' ', '-' or '+'. */
static int rows_append(struct buffer *out, char kind, struct slice text)
{
	int failed = 0;
	while (text.len) {
		const char *lf = memchr(text.ptr, '\n', text.len);
		size_t length = lf ? (size_t)(lf - text.ptr) + 1 : text.len;
		failed |= buffer_put(out, kind);
		failed |= buffer_append(out, (struct slice){ text.ptr, length });
		if (!lf)
			failed |= buffer_append(out, SLICE("\n\\ No newline at end of file\n"));
		text = slice_skip(text, length);
	}
	return failed;
}

/* Rows `from` up to `to` of the current file. */
static int current_append(const struct hunks *h, char kind, size_t from, size_t to)
{
	const struct content *c = h->current;
	if (from == to)
		return 0;
	size_t start = c->rows[from].start;
	return rows_append(h->out, kind,
		(struct slice){ c->properties.bytes.ptr + start, c->rows[to - 1].end - start });
}

/* Can both regions be in one hunk: do their contexts touch, and is no secret between them? */
static bool regions_join(const struct content *c, const struct region *a, const struct region *b)
{
	if (b->from - a->to > 2 * CONTEXT)
		return false;
	for (size_t i = a->to; i < b->from; i++)
		if (c->rows[i].secret)
			return false;
	return true;
}

/* The context of a hunk whose regions are rows `from` up to `to`. */
static void context_of(
	const struct content *c, size_t from, size_t to, size_t *before, size_t *after)
{
	*before = *after = 0;
	while (*before < CONTEXT && *before < from && !c->rows[from - *before - 1].secret)
		++*before;
	while (*after < CONTEXT && to + *after < c->row_count && !c->rows[to + *after].secret)
		++*after;
	bool before_cut = *before < CONTEXT && *before < from;
	bool after_cut = *after < CONTEXT && to + *after < c->row_count;
	if (before_cut && *after > *before)
		*after = *before;
	else if (after_cut && *before > *after)
		*before = *after;
}

static int range_append(struct buffer *out, char sign, size_t from, size_t count)
{
	/* A range without rows is named by the row before it. */
	size_t start = count ? from + 1 : from;
	if (count == 1)
		return buffer_printf(out, "%c%zu", sign, start);
	return buffer_printf(out, "%c%zu,%zu", sign, start, count);
}

/* One hunk of regions `first` up to `end`: 0, or -1 without memory. */
static int hunk_append(struct hunks *h, size_t first, size_t end)
{
	const struct region *regions = h->regions;
	size_t before;
	size_t after;
	context_of(h->current, regions[first].from, regions[end - 1].to, &before, &after);
	size_t from = regions[first].from - before;
	size_t to = regions[end - 1].to + after;
	size_t gone = 0;
	size_t come = 0;
	for (size_t i = first; i < end; i++) {
		gone += regions[i].to - regions[i].from;
		come += rows_in(region_text(h, &regions[i]));
	}
	int failed = buffer_append(h->out, SLICE("@@ "));
	failed |= range_append(h->out, '-', from, to - from);
	failed |= buffer_put(h->out, ' ');
	failed |= range_append(h->out, '+', from + h->ahead - h->behind, to - from + come - gone);
	failed |= buffer_append(h->out, SLICE(" @@\n"));
	size_t at = from;
	for (size_t i = first; i < end; i++) {
		failed |= current_append(h, ' ', at, regions[i].from);
		failed |= current_append(h, '-', regions[i].from, regions[i].to);
		failed |= rows_append(h->out, '+', region_text(h, &regions[i]));
		at = regions[i].to;
	}
	failed |= current_append(h, ' ', at, to);
	h->ahead += come;
	h->behind += gone;
	return failed ? -1 : 0;
}

int patch_append(struct buffer *out, struct slice path, const struct content *current,
	struct slice result, const struct region *regions, size_t count)
{
	struct hunks hunks = {
		.out = out, .current = current, .result = result, .regions = regions, .count = count
	};
	if (count == 0)
		return 0;
	int failed = buffer_append(out, SLICE("--- ")) | path_append(out, "a/", path) |
		     buffer_append(out, SLICE("\t\n+++ ")) | path_append(out, "b/", path) |
		     buffer_append(out, SLICE("\t\n"));
	for (size_t first = 0; failed == 0 && first < count;) {
		size_t end = first + 1;
		while (end < count && regions_join(current, &regions[end - 1], &regions[end]))
			end++;
		failed = hunk_append(&hunks, first, end);
		first = end;
	}
	return failed ? -1 : 0;
}
