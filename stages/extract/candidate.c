#include "candidate.h"

#include "match.h"
#include "show.h"

#include <stdlib.h>

/* Opens a stream and its maps. */
static int open_stream(struct candidates *c, size_t place, const struct candidates_options *options,
	struct error *e)
{
	const struct maps_options of_maps = { options->map_paths, options->schemas, NULL, 0 };
	struct stream *stream = &c->streams[place];
	if (stream_load(stream, options->streams[place], e) != 0)
		return -1;
	c->stream_count++;
	if (maps_open(&c->maps[place], stream, &of_maps, e) != 0)
		return -1;
	c->maps_count++;
	return 0;
}

/* A candidate for each map of each stream. */
static int open_items(
	struct candidates *c, const struct candidates_options *options, struct error *e)
{
	size_t total = 0;
	for (size_t i = 0; i < options->count; i++) {
		if (open_stream(c, i, options, e) != 0)
			return -1;
		total += c->maps[i].count;
	}
	c->items = calloc(total, sizeof *c->items);
	if (!c->items)
		return error_memory(e);
	for (size_t i = 0; i < options->count; i++)
		for (size_t j = 0; j < c->maps[i].count; j++) {
			struct candidate *one = &c->items[c->count++];
			one->stream = &c->streams[i];
			one->map = &c->maps[i].items[j];
			one->asked_for = i >= options->asked_for;
			if (convert_init(&one->conversion, one->map, options->dates, e) != 0)
				return -1;
		}
	return 0;
}

int candidates_open(struct candidates *c, const struct candidates_options *options, struct error *e)
{
	*c = (struct candidates){ 0 };
	if (discretion_open(&c->discretion, options->schemas, e) != 0)
		return -1;
	c->streams = calloc(options->count, sizeof *c->streams);
	c->maps = calloc(options->count, sizeof *c->maps);
	return c->streams && c->maps ? open_items(c, options, e) : error_memory(e);
}

int why_append(struct buffer *why, const struct error *e, const char *file)
{
	struct buffer shown = { 0 };
	struct slice place = { e->text.ptr, e->what };
	int failed = why->len ? buffer_append(why, SLICE("; ")) : 0;
	failed |= show_append(&shown, slice_from(file));
	if (!failed && place.len > shown.len && memcmp(place.ptr, shown.ptr, shown.len) == 0) {
		place = slice_skip(place, shown.len + 1);
		struct slice line = slice_cut(&place, ':');
		if (line.len && line.ptr[0] >= '0' && line.ptr[0] <= '9')
			failed |= buffer_printf(why, "line %.*s: ", (int)line.len, line.ptr);
	}
	struct slice what = slice_skip(buffer_slice(&e->text), e->what);
	/* What was got may be a secret: it is not known yet what the text is. */
	const char *got = what.len ? memmem(what.ptr, what.len, " (got ", 6) : NULL;
	if (got)
		what.len = (size_t)(got - what.ptr);
	failed |= buffer_append(why, what);
	if (e->hint.len)
		failed |= buffer_append(why, SLICE("; ")) |
			  buffer_append(why, buffer_slice(&e->hint));
	buffer_release(&shown);
	return failed ? -1 : 0;
}

/* Keeps the first reason for which the member cannot be told, and uses the error up. */
static int keep_why(
	struct candidates *c, const struct candidate *one, const char *file, struct error *e)
{
	struct buffer why = { 0 };
	int failed = 0;
	if (c->why.len == 0) {
		failed |= why_append(&why, e, file);
		failed |= one ? buffer_printf(&c->why, "as %s: ", one->stream->name) : 0;
		failed |= buffer_append(&c->why, buffer_slice(&why));
	}
	buffer_release(&why);
	error_release(e);
	return failed ? error_memory(e) : 0;
}

static int candidate_try(struct candidates *c, struct candidate *one,
	const struct candidates_options *options, struct slice front, const char *file,
	struct error *e)
{
	one->fits = one->chosen = false;
	one->found = 0;
	enum dialect_result result = dialect_find(front, file, options->encoding, options->format,
		options->delimiter, one->map, one->conversion.bindings, &one->dialect, e);
	if (e->status == STATUS_SYSTEM)
		return -1;
	c->marked |= one->dialect.marked;
	if (result == DIALECT_FAILED)
		return keep_why(c, one, file, e);
	error_release(e);
	one->fits = result == DIALECT_FOUND;
	one->conversion.feed = one->dialect.format == FORMAT_FEED;
	if (one->fits && strcmp(one->stream->name, "leavers") == 0)
		one->fits =
			match_source(one->stream, one->conversion.bindings) != LEAVER_SOURCE_NONE;
	for (size_t i = 0; (one->fits || one->dialect.needed) && i < one->stream->count; i++)
		one->found += one->conversion.bindings[i].rule && !one->stream->columns[i].input;
	return 0;
}

/* By how much a candidate is the better one: by its columns, then by what gives way. */
static size_t rank(const struct candidate *one, bool fits)
{
	size_t columns = fits ? (one->fits ? one->found : 0) : one->dialect.needed;
	return columns ? 2 * columns + !one->asked_for : 0;
}

static bool same_dialect(const struct dialect *a, const struct dialect *b)
{
	return a->format == b->format && a->delimiter == b->delimiter;
}

/* Chooses the best: how many columns they have, 0 for none. */
static size_t choose(struct candidates *c, bool fits)
{
	size_t best = 0;
	const struct candidate *first = NULL;
	for (size_t i = 0; i < c->count; i++)
		if (rank(&c->items[i], fits) > best)
			best = rank(&c->items[i], fits);
	for (size_t i = 0; best && i < c->count; i++) {
		struct candidate *one = &c->items[i];
		one->chosen = rank(one, fits) == best &&
			      (!first || same_dialect(&first->dialect, &one->dialect));
		if (one->chosen)
			heading_note_bound(one->map, one->conversion.bindings);
		if (one->chosen && !first)
			first = one;
	}
	if (first)
		c->dialect = first->dialect;
	return best;
}

/* How much of the front the header takes, with all that stands before it. */
static size_t header_length(const struct reader *reader, struct slice front)
{
	struct slice rest = front;
	uint64_t lines = reader->header_line;
	for (size_t i = 0; i < reader->record.raw.len; i++)
		lines += reader->record.raw.ptr[i] == '\n';
	for (uint64_t i = 0; i < lines && rest.ptr; i++)
		slice_cut(&rest, '\n');
	return front.len - rest.len;
}

/* Binds what there is of the one stream that was asked for. */
static enum fit bind_other(
	struct candidates *c, const struct reader *reader, const char *file, struct error *e)
{
	struct candidate *one = &c->items[0];
	struct place place = { file, reader->header_line, { NULL, 0 } };
	struct buffer missing = { 0 };
	size_t needed;
	one->chosen = true;
	one->conversion.feed = c->dialect.format == FORMAT_FEED;
	enum bind_result bound = heading_bind(one->map, reader->headings, reader->heading_count,
		&place, one->conversion.bindings, &missing, &needed, e);
	buffer_release(&missing);
	if (bound != BIND_FAILED) {
		heading_note_bound(one->map, one->conversion.bindings);
		return FIT_TABLE;
	}
	return e->status != STATUS_SYSTEM && keep_why(c, one, file, e) == 0 ? FIT_NOTHING
									    : FIT_FAILED;
}

/* A table in which no needed column is found, under the dialect that divides its header. */
static enum fit find_table(
	struct candidates *c, struct slice front, const char *file, struct error *e)
{
	struct memory_source memory;
	struct reader reader;
	const struct reader_options options = { .format = c->dialect.format,
		.delimiter = c->dialect.delimiter,
		.encoding = c->dialect.encoding };
	memory_source_init(&memory, front, NULL);
	if (reader_open(&reader, &memory.source, file, &options, e) != 0)
		return FIT_FAILED;
	front.len = header_length(&reader, front);
	int shown = discretion_shows(&c->discretion, front, e);
	enum fit fit = shown < 0 ? FIT_FAILED : shown ? FIT_TABLE : FIT_CONFIG;
	if (fit == FIT_TABLE && c->count == 1)
		fit = bind_other(c, &reader, file, e);
	reader_release(&reader);
	return fit;
}

/* No needed column is found: any table, or none. */
static enum fit find_other(struct candidates *c, const struct candidates_options *options,
	struct slice front, const char *file, struct error *e)
{
	if (discretion_config(front))
		return FIT_CONFIG;
	if (c->why.len)
		return FIT_NOTHING;
	enum dialect_result result = dialect_find(front, file, options->encoding, options->format,
		options->delimiter, NULL, NULL, &c->dialect, e);
	if (e->status == STATUS_SYSTEM)
		return FIT_FAILED;
	c->marked |= c->dialect.marked;
	if (result != DIALECT_FOUND)
		return keep_why(c, NULL, file, e) == 0 ? FIT_NOTHING : FIT_FAILED;
	error_release(e);
	return find_table(c, front, file, e);
}

enum fit candidates_find(struct candidates *c, const struct candidates_options *options,
	struct slice front, const char *file, struct slice path, struct error *e)
{
	buffer_clear(&c->why);
	c->marked = false;
	for (size_t i = 0; i < c->count; i++)
		if (candidate_try(c, &c->items[i], options, front, file, e) != 0)
			return FIT_FAILED;
	if (discretion_member(&c->discretion, path, e) != 0)
		return FIT_FAILED;
	if (choose(c, true))
		return FIT_STREAM;
	return choose(c, false) ? FIT_PARTLY : find_other(c, options, front, file, e);
}

void candidates_release(struct candidates *c)
{
	for (size_t i = 0; i < c->count; i++)
		convert_release(&c->items[i].conversion);
	for (size_t i = 0; i < c->maps_count; i++)
		maps_release(&c->maps[i]);
	for (size_t i = 0; i < c->stream_count; i++)
		stream_release(&c->streams[i]);
	free(c->items);
	free(c->maps);
	free(c->streams);
	c->items = NULL;
	c->count = 0;
	discretion_release(&c->discretion);
	buffer_release(&c->why);
}
