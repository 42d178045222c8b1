/*
 * Which heading of an export is which column of a stream, and what its values mean.
 *
 * A rule is a line of a map: stream,column,heading,format,values. The lines of --map go before what
 * the tenant's configuration says, that before the lines of an overlay's headings.csv, those before
 * the compiled-in ones, and those before the canonical names themselves. Headings and raw values
 * compare without case and with blanks folded, but raw values of the configuration to the byte.
 *
 * `values` is RAW=canonical|…, with \| \= \\ for the bytes themselves. An empty heading with the
 * value =x gives every row that value. Several rules of one column and one heading in one place add
 * up. In a column of words the first place that names any values for the heading names all of them;
 * where none does, they are the canonical words. A line with an empty column is about a heading
 * that is not used, and is passed over.
 */
#ifndef HEADING_H
#define HEADING_H

#include "date.h"
#include "fold.h"
#include "keys.h"
#include "reader.h"
#include "stream.h"

/* Where a rule comes from; the lower goes first. */
enum heading_level { LEVEL_MAP, LEVEL_CONFIG, LEVEL_OVERLAY, LEVEL_COMPILED_IN };

struct heading_value {
	struct buffer raw; /* folded; of LEVEL_CONFIG as it is */
	struct buffer canonical;
};

struct heading_rule {
	int column; /* of the stream */
	enum heading_level level;
	struct buffer heading; /* as written; empty: a constant */
	struct buffer folded;
	struct date_format format;
	bool has_format;
	struct heading_value *values; /* a constant has one, its raw value empty */
	size_t value_count;
	struct buffer line_start; /* stream,column,heading, as CSV: the start of a line to add */
	const char *hint; /* LEVEL_CONFIG: what to do about a value it does not know; borrowed */
	uint64_t line;    /* in its file */
	bool used;        /* it was bound in some member */
	struct heading_rule *next; /* of the same column and heading, in order; NULL: no more */
};

struct heading_map {
	const struct stream *stream; /* borrowed */
	const char *path;            /* the --map, or NULL; borrowed */
	const char *schemas;         /* the overlay, or NULL; borrowed */
	bool one_of_several; /* there are other maps, so messages name this one by its path */
	/* A needed column that the map has lines for is bound by one of these or not at all. */
	bool strict;
	bool fitted;                 /* a member was read by it */
	struct heading_rule **rules; /* in order of precedence */
	size_t count;
	struct keys streams;        /* the names that there are */
	bool bound[STREAM_COLUMNS]; /* columns that a member that was read has */
	struct folding folding;
	struct buffer scratch;
};

/*
 * A rule of LEVEL_CONFIG, and where it stands. All is borrowed while it is loaded, `hint` for good.
 */
struct heading_config {
	const char *file;
	uint64_t line;
	const char *column;
	struct slice heading;
	struct slice values; /* as in a map */
	const char *hint; /* what to do about a value that is none of these; NULL: there are none */
};

/*
 * Reads the rules of one stream: `path` is the --map or NULL, `schemas` the overlay or NULL,
 * `config` what the configuration says (`count` rules). 0, or -1 with the error set and nothing to
 * release: a column that the stream does not have, a format or a value that is none, a "?" left in
 * the format or the values. The map is strict where it gives a needed column as a constant.
 */
int heading_map_load_with(struct heading_map *m, const struct stream *stream, const char *path,
	const char *schemas, const struct heading_config *config, size_t count, struct error *e);

/* The same without a configuration. */
int heading_map_load(struct heading_map *m, const struct stream *stream, const char *path,
	const char *schemas, struct error *e);

/* How a hint calls the map to which a line is to be added: its path, or "--map". Appends. */
int heading_map_name(const struct heading_map *m, struct buffer *out);

/* Has the map itself a line about the column (-1: about any)? */
bool heading_map_says(const struct heading_map *m, int column);

/* A column and where it comes from. */
struct binding {
	const struct heading_rule *rule; /* the first of its chain; NULL: the column is absent */
	int position;                    /* in the header; -1: a constant */
};

enum bind_result {
	BIND_FAILED =
		-1,   /* the error is set: a heading that counts is there twice, or two compete */
	BIND_MISSING, /* a needed column has no heading; see `missing` */
	BIND_DONE,
};

/*
 * Binds the stream's columns to the headings of one header. `place` is where that stands. `missing`
 * gets the names of the needed columns that have none; `bound` how many of those have one.
 */
enum bind_result heading_bind(struct heading_map *m, const struct slice *headings, size_t count,
	const struct place *place, struct binding bindings[STREAM_COLUMNS], struct buffer *missing,
	size_t *bound, struct error *e);

/* The position of a heading by its folded name: -1 none, -2 several. -3 no memory. */
int heading_find(
	struct heading_map *m, const struct slice *headings, size_t count, struct slice wanted);

/* Notes the bindings of a member that is read: rule.used, map.bound, map.fitted. */
void heading_note_bound(struct heading_map *m, const struct binding bindings[STREAM_COLUMNS]);

/*
 * The canonical value of a raw one by the rules of a chain: 1; 0 when none knows it; -1 without
 * memory. The slice is the rule's, the stream's or the raw one.
 */
int heading_value(const struct heading_map *m, const struct binding *b,
	const struct stream_column *c, struct slice raw, struct slice *canonical);

/*
 * The first rule of a chain that names values; in a column of words those of its level are all that
 * there are. NULL: none does.
 */
const struct heading_rule *heading_naming(const struct binding *b);

/* Appends a raw value as `values` has it, with its escapes: 0, or -1 without memory. */
int heading_escape(struct buffer *out, struct slice raw);

/* The first rule of a column and a folded heading, with its chain; NULL: none. */
const struct heading_rule *heading_rule_of(
	const struct heading_map *m, int column, struct slice folded);

/* The format of a chain; NULL: none. */
const struct date_format *heading_format(const struct binding *b);

void heading_map_release(struct heading_map *m);

#endif
