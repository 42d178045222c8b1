#include "place.h"

#include <stdlib.h>

/* The current file's entry for that of BEFORE, or ENTRY_NONE. A secret's rest has no key. */
static size_t anchor_of(const struct content *before, const struct content *current, size_t entry)
{
	struct slice key = content_key(before, entry);
	if (slice_equal(key, REST_KEY))
		return ENTRY_NONE;
	return content_find(current, key);
}

/* Behind the entry, and where it is a secret, behind all that may belong to it. */
static size_t behind(const struct content *c, size_t entry)
{
	size_t end = c->properties.entries[entry].end;
	if (c->masks[entry] == MASK_NOTHING)
		return end;
	for (size_t i = content_line_at(c, end); i < c->line_count && c->lines[i].start >= end;
		i++) {
		const struct content_line *line = &c->lines[i];
		if (line->kind == PROPERTY_LINE_ENTRY && line->mask != MASK_WHOLE)
			break;
		if (line->mask == MASK_WHOLE)
			end = line->end;
	}
	return end;
}

int places_open(struct places *p, const struct content *before, const struct content *current)
{
	size_t count = before->properties.count;
	*p = (struct places){ .before = before, .current = current };
	p->preceding = calloc(count + 1, 2 * sizeof *p->preceding);
	if (!p->preceding)
		return -1;
	p->following = p->preceding + count + 1;
	size_t nearest = ENTRY_NONE;
	for (size_t i = 0; i < count; i++) {
		size_t anchor = anchor_of(before, current, i);
		p->preceding[i] = nearest;
		if (anchor != ENTRY_NONE)
			nearest = anchor;
	}
	nearest = ENTRY_NONE;
	for (size_t i = count; i-- > 0;) {
		size_t anchor = anchor_of(before, current, i);
		p->following[i] = nearest;
		if (anchor != ENTRY_NONE)
			nearest = anchor;
	}
	return 0;
}

void places_release(struct places *p)
{
	free(p->preceding);
	*p = (struct places){ 0 };
}

/* Tries one kind of place: true with the byte. */
static bool place_try(const struct places *p, size_t entry, enum place_kind kind, size_t *at)
{
	const struct content *current = p->current;
	size_t anchor;
	switch (kind) {
	case PLACE_AFTER:
		anchor = p->preceding[entry];
		if (anchor != ENTRY_NONE)
			*at = behind(current, anchor);
		return anchor != ENTRY_NONE;
	case PLACE_BEFORE:
		anchor = p->following[entry];
		if (anchor != ENTRY_NONE)
			*at = current->properties.entries[anchor].start;
		return anchor != ENTRY_NONE;
	case PLACE_END:
		*at = current->properties.bytes.len;
		return true;
	case PLACE_START:
		*at = content_mark(current);
		return true;
	case PLACE_NONE:
		break;
	}
	return false;
}

size_t place_find(const struct places *p, size_t entry, enum place_kind *kind)
{
	size_t at = 0;
	while (*kind != PLACE_NONE && !place_try(p, entry, *kind, &at))
		++*kind;
	return at;
}
