#include "dialect.h"

#include "discretion.h"

#include "show.h"

#include <stdio.h>

/* What is tried, in this order; the feed only where its end mark is. */
static const struct dialect candidates[] = {
	{ FORMAT_FEED, '|', 0, NULL },
	{ FORMAT_CSV, ',', 0, NULL },
	{ FORMAT_CSV, ';', 0, NULL },
	{ FORMAT_CSV, '\t', 0, NULL },
	{ FORMAT_CSV, '|', 0, NULL },
};
#define CANDIDATES (sizeof candidates / sizeof *candidates)

/* What one dialect made of the header. */
struct trial {
	struct dialect dialect;
	bool readable;
	bool fits;
	size_t headings;
	struct buffer missing;
	struct buffer list; /* the headings, for a message */
};

static void trial_release(struct trial *t)
{
	buffer_release(&t->missing);
	buffer_release(&t->list);
}

static const char *dialect_name(const struct dialect *dialect, char text[8])
{
	if (dialect->format == FORMAT_FEED)
		return "|…!##!";
	if (dialect->delimiter == '\t')
		return "tab";
	snprintf(text, 8, "\"%c\"", dialect->delimiter);
	return text;
}

static enum dialect_result trial_make(struct trial *t, struct slice prefix, const char *file,
	struct heading_map *map, struct binding *bindings, struct error *e)
{
	struct memory_source memory;
	struct reader reader;
	const struct reader_options options = { .format = t->dialect.format,
		.delimiter = t->dialect.delimiter,
		.encoding = t->dialect.encoding };
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
			&place, bindings, &t->missing, &t->dialect.needed, e);
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
 * Appends the first line as it is, for a person to recognise. The file may be a configuration file
 * in the wrong place: what its rules would mask is not shown, nor what follows a "=" or ":".
 */
static void append_first_line(
	struct buffer *text, struct slice prefix, const char *file, const struct heading_map *map)
{
	struct discretion discretion;
	struct error ignored = { 0 };
	struct slice line = slice_cut(&prefix, '\n');
	bool shows = false;
	if (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	if (discretion_open(&discretion, map->schemas, &ignored) == 0) {
		shows = discretion_member(&discretion, slice_from(file), &ignored) == 0 &&
			discretion_shows(&discretion, line, &ignored) > 0;
		discretion_release(&discretion);
	}
	error_release(&ignored);
	if (shows)
		buffer_printf(text, "the first line is %s", SHOW(show_name(line)));
	else
		buffer_printf(text, "the first line may be a secret and is not shown");
}

/* The trial under which most needed columns have a heading. */
static const struct trial *best_of(const struct trial *trials, size_t count)
{
	const struct trial *best = trials;
	for (size_t i = 1; i < count; i++)
		if (trials[i].dialect.needed > best->dialect.needed)
			best = &trials[i];
	return best;
}

static void tell_none(const struct trial *trials, size_t count, struct slice prefix,
	const char *file, const struct heading_map *map, struct error *e)
{
	char text[8];
	const struct trial *best = best_of(trials, count);
	struct buffer names = { 0 };
	struct place place = { file, 1, { NULL, 0 } };
	for (size_t i = 0; i < count; i++)
		buffer_printf(&names, "%s%s", i ? " " : "", dialect_name(&trials[i].dialect, text));
	struct buffer first = { 0 };
	append_first_line(&first, prefix, file, map);
	if (best->dialect.needed)
		error_at(e, STATUS_INPUT, &place,
			"no heading for %.*s (with the delimiter %s: %.*s)", (int)best->missing.len,
			best->missing.ptr, dialect_name(&best->dialect, text), (int)best->list.len,
			best->list.ptr);
	else
		error_at(e, STATUS_INPUT, &place,
			"no heading of the stream %s is found (tried the delimiters %.*s; %.*s)",
			map->stream->name, (int)names.len, names.ptr, (int)first.len,
			first.len ? first.ptr : "");
	error_hint(e, "--map FILE says which heading is which column: "
		      "stream,column,heading,format,values");
	buffer_release(&first);
	buffer_release(&names);
}

static enum dialect_result tell_several(
	const struct trial *trials, size_t count, const char *file, struct error *e)
{
	char text[8];
	struct buffer names = { 0 };
	struct place place = { file, 1, { NULL, 0 } };
	for (size_t i = 0; i < count; i++)
		if (trials[i].fits)
			buffer_printf(&names, "%s%s", names.len ? ", " : "",
				dialect_name(&trials[i].dialect, text));
	error_at(e, STATUS_INPUT, &place, "the header can be read with several delimiters (%.*s)",
		(int)names.len, names.ptr);
	error_hint(e, "--delimiter C says which it is");
	buffer_release(&names);
	return DIALECT_FAILED;
}

/* Binds once more under the dialect that was found, since another trial may have come after it. */
static enum dialect_result dialect_settle(struct slice prefix, const char *file,
	const struct dialect *dialect, struct heading_map *map, struct binding *bindings,
	struct dialect *found, struct error *e)
{
	struct trial trial = { .dialect = *dialect };
	enum dialect_result result = trial_make(&trial, prefix, file, map, bindings, e);
	*found = trial.dialect;
	trial_release(&trial);
	return result;
}

static enum dialect_result find_among(struct trial *trials, size_t count, struct slice prefix,
	const char *file, struct heading_map *map, struct binding *bindings, struct dialect *found,
	struct error *e)
{
	size_t fitting = 0;
	const struct trial *fit = &trials[0];
	bool readable = false;
	for (size_t i = 0; i < count; i++) {
		struct trial *t = &trials[i];
		if (trial_make(t, prefix, file, map, bindings, e) == DIALECT_FAILED)
			return DIALECT_FAILED;
		readable |= t->readable;
		/* Where no delimiter divides the header, one is as good as the other. */
		if (!t->fits || (fitting && t->headings == 1 && fit->headings == 1))
			continue;
		fit = t;
		/* A feed's header is also one of a CSV with |, and its records are not. */
		if (t->dialect.format == FORMAT_FEED) {
			fitting = 1;
			break;
		}
		fitting++;
	}
	/* No delimiter helps: the header itself is broken, and the first one says how. */
	if (!readable)
		return dialect_settle(prefix, file, &trials[0].dialect, map, bindings, found, e);
	if (fitting > 1)
		return tell_several(trials, count, file, e);
	if (fitting == 0 && map) {
		const struct dialect *best = &best_of(trials, count)->dialect;
		if (best->needed && dialect_settle(prefix, file, best, map, bindings, found, e) ==
					    DIALECT_FAILED)
			return DIALECT_FAILED;
		tell_none(trials, count, prefix, file, map, e);
		return DIALECT_NONE;
	}
	/* A table whose header nothing divides has one column. */
	return dialect_settle(prefix, file, &fit->dialect, map, bindings, found, e);
}

enum dialect_result dialect_find(struct slice prefix, const char *file, const char *encoding,
	enum format format, char given, struct heading_map *map, struct binding *bindings,
	struct dialect *found, struct error *e)
{
	struct trial trials[CANDIDATES] = { 0 };
	size_t count = 0;
	*found = (struct dialect){ .format = format };
	bool feed = prefix.len && memmem(prefix.ptr, prefix.len, FEED_END, strlen(FEED_END));
	if (format == FORMAT_TSV) {
		trials[count++].dialect = (struct dialect){ FORMAT_TSV, '\t', 0, NULL };
	} else if (given) {
		trials[count++].dialect = (struct dialect){ FORMAT_CSV, given, 0, NULL };
	} else {
		for (size_t i = feed ? 0 : 1; i < CANDIDATES; i++)
			trials[count++].dialect = candidates[i];
	}
	for (size_t i = 0; i < count; i++)
		trials[i].dialect.encoding = encoding;
	enum dialect_result result =
		find_among(trials, count, prefix, file, map, bindings, found, e);
	for (size_t i = 0; i < count; i++)
		trial_release(&trials[i]);
	return result;
}
