#include "maps.h"

#include "show.h"

#include <stdlib.h>

static int load(struct maps *m, const struct stream *stream, const struct maps_options *options,
	const char *path, struct error *e)
{
	struct heading_map *map = &m->items[m->count];
	if (heading_map_load_with(map, stream, path, options->schemas, options->config,
		    options->config_count, e) != 0)
		return -1;
	map->one_of_several = options->paths->count > 1;
	m->count++;
	return 0;
}

/* Takes out the maps that say nothing about the stream; the first stays where none does. */
static void drop_others(struct maps *m)
{
	size_t kept = 0;
	bool any = false;
	for (size_t i = 0; i < m->count; i++)
		any |= heading_map_says(&m->items[i], -1);
	for (size_t i = 0; i < m->count; i++) {
		if (any ? heading_map_says(&m->items[i], -1) : i == 0)
			m->items[kept++] = m->items[i];
		else
			heading_map_release(&m->items[i]);
	}
	m->count = kept;
}

int maps_open(struct maps *m, const struct stream *stream, const struct maps_options *options,
	struct error *e)
{
	size_t paths = options->paths->count;
	*m = (struct maps){ .items = calloc(paths + 1, sizeof *m->items) };
	if (!m->items)
		return error_memory(e);
	int result = paths ? 0 : load(m, stream, options, NULL, e);
	for (size_t i = 0; result == 0 && i < paths; i++)
		result = load(m, stream, options, options->paths->items[i].ptr, e);
	if (result != 0) {
		maps_release(m);
		return -1;
	}
	drop_others(m);
	for (size_t i = 0; m->count > 1 && i < m->count; i++)
		m->items[i].strict = true;
	return 0;
}

/*
 * A map's line whose heading no member has, while its column stays empty, is most likely
 * misspelled.
 */
static void tell_lines(const struct heading_map *m, struct messages *messages)
{
	for (size_t i = 0; i < m->count; i++) {
		const struct heading_rule *rule = m->rules[i];
		if (rule->level != LEVEL_MAP || rule->used || rule->folded.len == 0 ||
			m->bound[rule->column])
			continue;
		struct place place = { m->path, rule->line, { NULL, 0 } };
		message_at(messages, &place, NULL,
			"no input has the heading \"%s\", so there is no column \"%s\"",
			SHOW(buffer_slice(&rule->heading)), m->stream->columns[rule->column].name);
	}
}

bool maps_tell_unused(const struct maps *m, struct messages *messages)
{
	bool unused = false;
	for (size_t i = 0; i < m->count; i++) {
		const struct heading_map *map = &m->items[i];
		struct place place = { map->path, 0, { NULL, 0 } };
		if (map->fitted || m->count == 1) {
			tell_lines(map, messages);
			continue;
		}
		message_at(messages, &place, NULL, "no input fits this map");
		unused = true;
	}
	return unused;
}

static void note_used(struct heading_map *m, const struct heading_map *other)
{
	m->fitted |= other->fitted;
	for (size_t i = 0; i < m->stream->count; i++)
		m->bound[i] |= other->bound[i];
	for (size_t i = 0; i < m->count; i++)
		for (size_t j = 0; j < other->count; j++)
			if (m->rules[i]->level == LEVEL_MAP &&
				other->rules[j]->level == LEVEL_MAP &&
				m->rules[i]->line == other->rules[j]->line)
				m->rules[i]->used |= other->rules[j]->used;
}

void maps_note_used(struct maps *m, const struct maps *others)
{
	for (size_t i = 0; i < m->count && i < others->count; i++)
		note_used(&m->items[i], &others->items[i]);
}

void maps_release(struct maps *m)
{
	for (size_t i = 0; i < m->count; i++)
		heading_map_release(&m->items[i]);
	free(m->items);
	*m = (struct maps){ 0 };
}
