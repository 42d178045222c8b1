#include "match.h"

#include "show.h"

#include <stdlib.h>

/* Of the maps that do not fit, the one under which most needed columns have a heading. */
struct closest {
	const struct heading_map *map;
	size_t needed;
	struct error why;
};

bool match_configured(const struct binding *b)
{
	for (const struct heading_rule *rule = b->rule; rule; rule = rule->next)
		if (rule->level == LEVEL_CONFIG)
			return true;
	return false;
}

enum leaver_source match_source(const struct stream *s, const struct binding *bindings)
{
	const struct binding *user = &bindings[stream_find(s, SLICE("user_id"))];
	if (bindings[stream_find(s, SLICE("status"))].rule)
		return LEAVER_SOURCE_STATUS;
	bool list = user->rule && user->position >= 0 &&
		    slice_equal(buffer_slice(&user->rule->folded), SLICE("user_id"));
	return list ? LEAVER_SOURCE_LIST : LEAVER_SOURCE_NONE;
}

/* Does the configuration name the same heading for the same column of the core file? */
static bool is_of_core(const struct heading_map *core, const struct heading_rule *wanted)
{
	for (size_t i = 0; i < core->count; i++) {
		const struct heading_rule *rule = core->rules[i];
		if (rule->level == LEVEL_CONFIG && rule->column == wanted->column &&
			slice_equal(buffer_slice(&rule->folded), buffer_slice(&wanted->folded)))
			return true;
	}
	return false;
}

/*
 * Does a heading that the configuration names for the extended file alone bind a date? By one that
 * the core file has as well, a core file with a damaged heading would pass for an extended one.
 */
static bool is_extended(
	const struct stream *s, const struct binding *bindings, const struct heading_map *core)
{
	static const char *const dates[] = { "effective_on", "hired_on" };
	bool found = false;
	for (size_t i = 0; i < 2; i++) {
		const struct binding *b = &bindings[stream_find(s, slice_from(dates[i]))];
		found |= match_configured(b) && !is_of_core(core, b->rule);
	}
	return found && bindings[stream_find(s, SLICE("user_id"))].rule;
}

/* Nobody can tell who leaves: sets the error, with the headings that there are. */
static int no_status(struct slice front, const char *file, const struct dialect *d, struct error *e)
{
	struct memory_source memory;
	struct reader reader;
	struct buffer list = { 0 };
	const struct reader_options options = {
		.format = d->format, .delimiter = d->delimiter, .encoding = d->encoding
	};
	memory_source_init(&memory, front, NULL);
	if (reader_open(&reader, &memory.source, file, &options, e) != 0)
		return -1;
	struct place place = { file, reader.header_line, { NULL, 0 } };
	reader_list_headings(&reader, &list);
	error_at(e, STATUS_INPUT, &place, "no heading tells who leaves and who stays (got %.*s)",
		(int)list.len, list.len ? list.ptr : "");
	buffer_release(&list);
	reader_release(&reader);
	return error_hint(e,
		"--config CONFIG tells which heading of a feed is the status, and so does a line "
		"of --map: leavers,status,HEADING,,; in a list of leavers all are: "
		"leavers,status,,,=inactive");
}

static enum dialect_result try_map(const struct match_options *o, struct heading_map *map,
	bool extended, struct slice front, const char *file, struct match *match, struct error *e)
{
	*match = (struct match){ .map = map };
	error_release(e);
	enum dialect_result result = dialect_find(front, file, o->encoding, o->format, o->delimiter,
		map, match->bindings, &match->dialect, e);
	if (result != DIALECT_FOUND || !o->leavers)
		return result;
	match->source = match_source(map->stream, match->bindings);
	/* A feed is made by a system, and tells of everybody. */
	if (match->source == LEAVER_SOURCE_LIST && match->dialect.format == FORMAT_FEED)
		match->source = LEAVER_SOURCE_NONE;
	if (extended && !is_extended(map->stream, match->bindings, &o->maps->items[0]))
		return DIALECT_NONE;
	if (extended)
		match->source = LEAVER_SOURCE_EXTENDED;
	if (match->source == LEAVER_SOURCE_NONE) {
		no_status(front, file, &match->dialect, e);
		return DIALECT_NONE;
	}
	return DIALECT_FOUND;
}

static enum dialect_result two_maps(
	const char *file, const struct match *one, const struct match *other, struct error *e)
{
	struct place place = { file, 1, { NULL, 0 } };
	error_at(e, STATUS_INPUT, &place, "two maps fit: %s and %s",
		SHOW(slice_from(one->map->path)), SHOW(slice_from(other->map->path)));
	error_hint(e, "read it in a run of its own, with one of the two, or let each map name a "
		      "heading that only its own report has");
	return DIALECT_FAILED;
}

static void note_closest(
	struct closest *c, const struct heading_map *map, size_t needed, struct error *e)
{
	if (!c->map || needed > c->needed) {
		error_release(&c->why);
		*c = (struct closest){ map, needed, *e };
		*e = (struct error){ 0 };
	}
	error_release(e);
}

/* Is every column that the map has lines for bound by one of these? */
static bool is_whole(const struct match *match)
{
	const struct heading_map *m = match->map;
	for (size_t i = 0; i < m->stream->count; i++) {
		const struct heading_rule *rule = match->bindings[i].rule;
		if (heading_map_says(m, (int)i) && !(rule && rule->level == LEVEL_MAP))
			return false;
	}
	return true;
}

/* How many columns are bound by headings of the map's own. */
static size_t own_headings(const struct match *match)
{
	size_t count = 0;
	for (size_t i = 0; i < match->map->stream->count; i++) {
		const struct binding *b = &match->bindings[i];
		count += b->rule && b->rule->level == LEVEL_MAP && b->position >= 0;
	}
	return count;
}

/* Is the one without doubt the closer: all of it is of use, not all of the other, and more headings
 * speak for it? */
static bool goes_before(const struct match *one, const struct match *other)
{
	return is_whole(one) && !is_whole(other) && own_headings(one) > own_headings(other);
}

/*
 * Tries all of them: DIALECT_FOUND with the only one that fits, or with one that goes before each
 * other that does.
 */
static enum dialect_result try_maps(const struct match_options *o, const struct maps *maps,
	bool extended, struct slice front, const char *file, struct match *found,
	struct closest *closest, struct error *e)
{
	struct match *fitting = calloc(maps->count + 1, sizeof *fitting);
	enum dialect_result result = DIALECT_NONE;
	size_t count = 0;
	size_t best = 0;
	*found = (struct match){ 0 };
	if (!fitting) {
		error_memory(e);
		return DIALECT_FAILED;
	}
	for (size_t i = 0; result != DIALECT_FAILED && i < maps->count; i++) {
		struct match *match = &fitting[count];
		result = try_map(o, &maps->items[i], extended, front, file, match, e);
		if (e->status == STATUS_SYSTEM)
			result = DIALECT_FAILED;
		if (result == DIALECT_NONE && !extended)
			note_closest(closest, match->map, match->dialect.needed, e);
		if (result != DIALECT_FOUND)
			continue;
		if (goes_before(match, &fitting[best]))
			best = count;
		count++;
	}
	for (size_t i = 0; result != DIALECT_FAILED && i < count; i++)
		if (i != best && !goes_before(&fitting[best], &fitting[i]))
			result = two_maps(file, &fitting[best], &fitting[i], e);
	if (result != DIALECT_FAILED) {
		result = count ? DIALECT_FOUND : DIALECT_NONE;
		*found = fitting[best];
	}
	free(fitting);
	return result;
}

/* Moves the closest map's reason into the error; of several maps that one is named. */
static void tell_closest(
	const struct maps *maps, const char *file, struct closest *c, struct error *e)
{
	error_release(e);
	if (maps->count == 1) {
		*e = c->why;
		c->why = (struct error){ 0 };
		return;
	}
	struct place place = { file, 1, { NULL, 0 } };
	struct slice what = slice_skip(buffer_slice(&c->why.text), c->why.what);
	if (c->needed == 0)
		error_at(e, STATUS_INPUT, &place, "none of the %zu maps fits: %.*s", maps->count,
			(int)what.len, what.ptr);
	else
		error_at(e, STATUS_INPUT, &place,
			"none of the %zu maps fits; the closest is %s: %.*s", maps->count,
			SHOW(slice_from(c->map->path)), (int)what.len, what.ptr);
	error_hint(e, "%.*s", (int)c->why.hint.len, c->why.hint.len ? c->why.hint.ptr : "");
}

enum dialect_result match_find(const struct match_options *o, struct slice front, const char *file,
	struct match *found, struct error *e)
{
	struct closest closest = { 0 };
	enum dialect_result result = try_maps(o, o->maps, false, front, file, found, &closest, e);
	/*
	 * A list is known by what it lacks, so a file that the configuration knows goes before it.
	 */
	bool open = result == DIALECT_NONE ||
		    (result == DIALECT_FOUND && found->source == LEAVER_SOURCE_LIST);
	if (open && o->extended->count) {
		struct match extended;
		enum dialect_result other =
			try_maps(o, o->extended, true, front, file, &extended, &closest, e);
		if (other == DIALECT_FOUND)
			*found = extended;
		if (other != DIALECT_NONE)
			result = other;
	}
	if (result == DIALECT_NONE)
		tell_closest(o->maps, file, &closest, e);
	else if (result == DIALECT_FOUND)
		error_release(e);
	error_release(&closest.why);
	return result;
}
