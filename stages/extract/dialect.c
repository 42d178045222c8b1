#include "dialect.h"

#include "discretion.h"

#include "show.h"

#include <stdio.h>
#include <stdlib.h>

/* What is tried, in this order; the feed only where its end mark is. */
static const struct dialect candidates[] = {
	{ .format = FORMAT_FEED, .delimiter = '|' },
	{ .format = FORMAT_CSV, .delimiter = ',' },
	{ .format = FORMAT_CSV, .delimiter = ';' },
	{ .format = FORMAT_CSV, .delimiter = '\t' },
	{ .format = FORMAT_CSV, .delimiter = '|' },
};
#define CANDIDATES (sizeof candidates / sizeof *candidates)

#define MARKED_HINT                                                                                \
	"a feed with another delimiter than | is not read: take the marks off the ends of its "    \
	"lines, or take it with |"

/* What one dialect made of the header. */
struct trial {
	struct dialect dialect;
	bool readable;
	bool fits;
	size_t headings;
	bool look_for_mark;        /* the end mark of a feed is in the text */
	uint64_t marked;           /* the line of the header or record that ends with it; 0: none */
	struct buffer marked_name; /* the heading that does, as it is shown; empty: a record */
	struct buffer missing;
	struct buffer list; /* the headings, for a message */
};

static void trial_release(struct trial *t)
{
	buffer_release(&t->marked_name);
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

/* Takes the end mark of a feed, and blanks around it, off the end of a text; false: it has none. */
static bool cut_mark(struct slice *text)
{
	static const struct slice mark = { FEED_END, sizeof FEED_END - 1 };
	struct slice rest = *text;
	while (rest.len && strchr(" \t\r", rest.ptr[rest.len - 1]))
		rest.len--;
	if (rest.len < mark.len || memcmp(rest.ptr + rest.len - mark.len, mark.ptr, mark.len) != 0)
		return false;
	*text = (struct slice){ rest.ptr, rest.len - mark.len };
	return true;
}

/* Notes where the header, or else the first record, ends as that of a feed; `last` is a heading. */
static int trial_note_mark(
	struct trial *t, struct reader *reader, struct slice *last, struct error *e)
{
	struct slice whole = *last;
	struct error ignored = { 0 };
	if (cut_mark(last)) {
		t->marked = reader->header_line;
		int failed = buffer_append(&t->marked_name, show_name(whole));
		return failed ? error_memory(e) : 0;
	}
	/* In TSV that is a value as any other. */
	if (t->dialect.format == FORMAT_TSV)
		return 0;
	enum read_result got = reader_next(reader, &ignored);
	struct slice raw = got == READ_REJECT ? reader->reject.raw : reader->record.raw;
	if (got > READ_END && cut_mark(&raw))
		t->marked = got == READ_REJECT ? reader->reject.line : reader->record.line;
	error_release(&ignored);
	return 0;
}

/* What the map binds, with the last heading as it is without an end mark. */
static enum dialect_result trial_bind(struct trial *t, struct reader *reader,
	struct heading_map *map, struct binding *bindings, struct error *e)
{
	size_t count = reader->heading_count;
	struct place place = { reader->file, reader->header_line, { NULL, 0 } };
	struct slice *headings = calloc(count, sizeof *headings);
	if (!headings)
		return (enum dialect_result)error_memory(e);
	memcpy(headings, reader->headings, count * sizeof *headings);
	enum bind_result bound = BIND_FAILED;
	if (!t->look_for_mark || trial_note_mark(t, reader, &headings[count - 1], e) == 0)
		bound = map ? heading_bind(map, headings, count, &place, bindings, &t->missing,
				      &t->dialect.needed, e)
			    : BIND_DONE;
	t->fits = map ? bound == BIND_DONE : count > 1;
	free(headings);
	return bound == BIND_FAILED ? DIALECT_FAILED : DIALECT_FOUND;
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
	t->readable = true;
	reader_list_headings(&reader, &t->list);
	t->headings = reader.heading_count;
	enum dialect_result result = trial_bind(t, &reader, map, bindings, e);
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
	struct slice line = slice_cut(&prefix, '\n');
	if (cut_mark(&line) && !(line.len && memchr(line.ptr, '|', line.len)))
		error_hint(e, MARKED_HINT);
	else
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

/* The records end as those of a feed, and what is between their fields is not what a feed has. */
static int tell_marked(const struct trial *t, const char *file, struct error *e)
{
	struct place place = { file, t->marked, buffer_slice(&t->marked_name) };
	if (t->marked_name.len)
		error_at(e, STATUS_INPUT, &place,
			"the heading ends with the end mark of a connector feed (" FEED_END ")");
	else
		error_at(e, STATUS_INPUT, &place,
			"the record ends with the end mark of a connector feed (" FEED_END
			"), the header does not");
	return error_hint(e, MARKED_HINT);
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

/* What fits is refused, for the end marks of a feed that stand in it; the error is set. */
static void refuse_marked(const struct trial *trials, const struct trial *fit, struct slice prefix,
	const char *file, struct heading_map *map, struct binding *bindings, struct dialect *found,
	struct error *e)
{
	const struct trial *feed = &trials[0];
	bool header_lost = feed->dialect.format == FORMAT_FEED && !feed->readable &&
			   fit->dialect.delimiter == '|' && fit->marked_name.len == 0;
	/* With | between the fields it is a feed, and its own reader says what is wrong with it. */
	if (!header_lost || dialect_settle(prefix, file, &feed->dialect, map, bindings, found, e) ==
				    DIALECT_FOUND)
		tell_marked(fit, file, e);
	*found = (struct dialect){ .format = fit->dialect.format, .marked = true };
}

/* Nothing fits the map: what comes closest, and the error. */
static enum dialect_result find_none(const struct trial *trials, size_t count, struct slice prefix,
	const char *file, struct heading_map *map, struct binding *bindings, struct dialect *found,
	struct error *e)
{
	const struct trial *best = best_of(trials, count);
	if (best->dialect.needed && best->marked) {
		refuse_marked(trials, best, prefix, file, map, bindings, found, e);
		return e->status == STATUS_SYSTEM ? DIALECT_FAILED : DIALECT_NONE;
	}
	if (best->dialect.needed && dialect_settle(prefix, file, &best->dialect, map, bindings,
					    found, e) == DIALECT_FAILED)
		return DIALECT_FAILED;
	tell_none(trials, count, prefix, file, map, e);
	return DIALECT_NONE;
}

static enum dialect_result find_among(struct trial *trials, size_t count, struct slice prefix,
	const char *file, struct heading_map *map, struct binding *bindings, struct dialect *found,
	struct error *e)
{
	size_t fitting = 0;
	const struct trial *fit = NULL;
	const struct trial *readable = NULL;
	for (size_t i = 0; i < count; i++) {
		struct trial *t = &trials[i];
		if (trial_make(t, prefix, file, map, bindings, e) == DIALECT_FAILED)
			return DIALECT_FAILED;
		if (t->readable && !readable)
			readable = t;
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
	/* No delimiter helps: the header itself is broken, and the first of a CSV says how. */
	if (!readable) {
		bool feed = count > 1 && trials[0].dialect.format == FORMAT_FEED;
		return dialect_settle(prefix, file, &trials[feed].dialect, map, bindings, found, e);
	}
	if (fitting > 1)
		return tell_several(trials, count, file, e);
	if (fitting == 0 && map)
		return find_none(trials, count, prefix, file, map, bindings, found, e);
	/* A table whose header nothing divides has one column. */
	if (fitting == 0)
		fit = readable;
	if (fit->marked) {
		refuse_marked(trials, fit, prefix, file, map, bindings, found, e);
		return DIALECT_FAILED;
	}
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
	if (format == FORMAT_TSV)
		trials[count++].dialect =
			(struct dialect){ .format = FORMAT_TSV, .delimiter = '\t' };
	/* A | that was named is also what a feed has between its fields. */
	for (size_t i = feed ? 0 : 1; format != FORMAT_TSV && i < CANDIDATES; i++)
		if (!given || given == candidates[i].delimiter)
			trials[count++].dialect = candidates[i];
	if (count == 0)
		trials[count++].dialect =
			(struct dialect){ .format = FORMAT_CSV, .delimiter = given };
	for (size_t i = 0; feed && i < count; i++)
		trials[i].look_for_mark = trials[i].dialect.format != FORMAT_FEED;
	for (size_t i = 0; i < count; i++)
		trials[i].dialect.encoding = encoding;
	enum dialect_result result =
		find_among(trials, count, prefix, file, map, bindings, found, e);
	for (size_t i = 0; i < count; i++)
		trial_release(&trials[i]);
	return result;
}
