#include "dialect.h"

#include "show.h"

#include <stdio.h>

static const char delimiters[] = { ',', ';', '\t', '|' };
#define DELIMITERS (sizeof delimiters)

static const char *delimiter_name(char delimiter, char text[8])
{
	if (delimiter == '\t')
		return "tab";
	snprintf(text, 8, "\"%c\"", delimiter);
	return text;
}

/* What one delimiter made of the header. */
struct trial {
	bool readable;
	size_t headings;
	size_t bound; /* needed columns that have a heading */
	bool fits;
	struct buffer missing;
	struct buffer list; /* the headings, for a message */
};

static enum dialect_result trial_make(struct trial *t, struct slice prefix, const char *file,
	const struct dialect *dialect, struct heading_map *map, struct binding *bindings,
	struct error *e)
{
	struct memory_source memory;
	struct reader reader;
	const struct reader_options options = { .format = dialect->format,
		.delimiter = dialect->delimiter };
	memory_source_init(&memory, prefix, NULL);
	if (reader_open(&reader, &memory.source, file, &options, e) != 0)
		return e->status == STATUS_SYSTEM ? DIALECT_FAILED : DIALECT_NONE;
	struct place place = { file, reader.header_line, { NULL, 0 } };
	enum dialect_result result = DIALECT_FOUND;
	t->readable = true;
	reader_list_headings(&reader, &t->list);
	t->headings = reader.heading_count;
	if (map) {
		enum bind_result bound = heading_bind(map, reader.headings, reader.heading_count,
			&place, bindings, &t->missing, &t->bound, e);
		t->fits = bound == BIND_DONE;
		if (bound == BIND_FAILED)
			result = DIALECT_FAILED;
	} else {
		t->fits = reader.heading_count > 1;
	}
	reader_release(&reader);
	return result;
}

/*
 * The first line as it is, for a person to recognise. What follows a "=" or ":" stays out of it: the
 * file may be a configuration file in the wrong place, and that a secret.
 */
static struct slice first_line(struct slice prefix)
{
	struct slice line = slice_cut(&prefix, '\n');
	if (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] == '=' || line.ptr[i] == ':')
			line.len = i + 1;
	return line;
}

static enum dialect_result tell_none(const struct trial *trials, const char *tried, size_t count,
	struct slice prefix, const char *file, const struct heading_map *map, struct error *e)
{
	char text[8];
	size_t best = 0;
	struct buffer names = { 0 };
	struct place place = { file, 1, { NULL, 0 } };
	for (size_t i = 0; i < count; i++) {
		if (trials[i].bound > trials[best].bound)
			best = i;
		buffer_printf(&names, "%s%s", i ? " " : "", delimiter_name(tried[i], text));
	}
	if (trials[best].bound)
		error_at(e, STATUS_INPUT, &place,
			"no heading for %.*s (with the delimiter %s: %.*s)",
			(int)trials[best].missing.len, trials[best].missing.ptr,
			delimiter_name(tried[best], text), (int)trials[best].list.len,
			trials[best].list.ptr);
	else
		error_at(e, STATUS_INPUT, &place,
			"no heading of the stream %s is found (tried the delimiters %.*s; the "
			"first line is %s)",
			map->stream->name, (int)names.len, names.ptr, SHOW(first_line(prefix)));
	error_hint(e, "--map FILE says which heading is which column: "
		      "stream,column,heading,format,values");
	buffer_release(&names);
	return DIALECT_NONE;
}

static enum dialect_result tell_several(const char *tried, const struct trial *trials, size_t count,
	const char *file, struct error *e)
{
	char text[8];
	struct buffer names = { 0 };
	struct place place = { file, 1, { NULL, 0 } };
	for (size_t i = 0; i < count; i++)
		if (trials[i].fits)
			buffer_printf(&names, "%s%s", names.len ? ", " : "",
				delimiter_name(tried[i], text));
	error_at(e, STATUS_INPUT, &place, "the header can be read with several delimiters (%.*s)",
		(int)names.len, names.ptr);
	error_hint(e, "--delimiter C says which it is");
	buffer_release(&names);
	return DIALECT_FAILED;
}

/* Binds once more under the delimiter that was found, since another trial may have come after it. */
static enum dialect_result dialect_settle(struct slice prefix, const char *file, char delimiter,
	struct heading_map *map, struct binding *bindings, struct dialect *found, struct error *e)
{
	struct trial trial = { 0 };
	*found = (struct dialect){ FORMAT_CSV, delimiter };
	enum dialect_result result = trial_make(&trial, prefix, file, found, map, bindings, e);
	buffer_release(&trial.missing);
	buffer_release(&trial.list);
	return result;
}

static enum dialect_result find_among(struct slice prefix, const char *file, const char *tried,
	size_t count, struct heading_map *map, struct binding *bindings, struct dialect *found,
	struct trial *trials, struct error *e)
{
	size_t fitting = 0;
	size_t fit = 0;
	bool readable = false;
	bool divided = false;
	for (size_t i = 0; i < count; i++) {
		const struct dialect dialect = { FORMAT_CSV, tried[i] };
		if (trial_make(&trials[i], prefix, file, &dialect, map, bindings, e) ==
			DIALECT_FAILED)
			return DIALECT_FAILED;
		readable |= trials[i].readable;
		divided |= trials[i].headings > 1;
		if (trials[i].fits) {
			fitting++;
			fit = i;
		}
	}
	/* No delimiter helps: the header itself is broken, and the first one says how. */
	if (!readable)
		return dialect_settle(prefix, file, tried[0], map, bindings, found, e);
	/* One heading that nothing divides is the same under every delimiter. */
	if (fitting > 1 && !divided)
		fit = 0;
	else if (fitting > 1)
		return tell_several(tried, trials, count, file, e);
	if (fitting == 0 && map)
		return tell_none(trials, tried, count, prefix, file, map, e);
	/* A table whose header nothing divides has one column. */
	return dialect_settle(prefix, file, tried[fit], map, bindings, found, e);
}

enum dialect_result dialect_find(struct slice prefix, const char *file, enum format format,
	char given, struct heading_map *map, struct binding *bindings, struct dialect *found,
	struct error *e)
{
	struct trial trials[DELIMITERS] = { 0 };
	enum dialect_result result;
	if (format == FORMAT_TSV) {
		*found = (struct dialect){ FORMAT_TSV, '\t' };
		result = trial_make(&trials[0], prefix, file, found, map, bindings, e);
		if (result == DIALECT_FOUND && map && !trials[0].fits)
			result = tell_none(trials, "\t", 1, prefix, file, map, e);
	} else {
		result = find_among(prefix, file, given ? &given : delimiters,
			given ? 1 : DELIMITERS, map, bindings, found, trials, e);
	}
	for (size_t i = 0; i < DELIMITERS; i++) {
		buffer_release(&trials[i].missing);
		buffer_release(&trials[i].list);
	}
	return result;
}
