/*
 * Which of the streams a member may be: each stream that is made of tables, tried on its front.
 */
#ifndef CANDIDATE_H
#define CANDIDATE_H

#include "convert.h"
#include "dialect.h"
#include "discretion.h"
#include "maps.h"

/* A stream by one of its maps, with what the present member has of it. */
struct candidate {
	const struct stream *stream;
	struct heading_map *map;
	struct conversion conversion; /* with the bindings */
	struct dialect dialect;
	bool fits;    /* all needed columns are found */
	size_t found; /* columns */
	bool chosen;
	bool asked_for; /* the stream gives way to others that fit alike */
};

/* What the member is, as far as its front shows. */
enum fit {
	FIT_FAILED = -1,
	FIT_STREAM,  /* the chosen candidates: all their needed columns are found */
	FIT_PARTLY,  /* the chosen ones: most needed columns of all are found, but not all */
	FIT_TABLE,   /* a table in which no needed column is found; chosen is a single candidate */
	FIT_CONFIG,  /* most likely a configuration file; nothing of it may be shown */
	FIT_NOTHING, /* `why` says what keeps it from being read as a table */
};

struct candidates {
	struct candidate *items;
	size_t count;
	struct stream *streams;
	struct maps *maps; /* of each stream */
	size_t stream_count;
	size_t maps_count; /* those that are open */
	struct discretion discretion;
	struct dialect dialect; /* FIT_STREAM, FIT_PARTLY, FIT_TABLE: the present member's */
	struct buffer why;      /* also where another stream than the chosen ones failed */
	bool marked;            /* FIT_NOTHING: its records end as those of a feed */
};

struct candidates_options {
	const char *const *streams; /* their names */
	size_t count;
	size_t asked_for; /* the ones from this place on give way to others that fit alike */
	const struct option_list *map_paths;
	const char *schemas;             /* or NULL */
	const struct date_format *dates; /* of the run, or NULL */
	enum format format;              /* of the inputs */
	char delimiter;                  /* 0: not given */
	const char *encoding;            /* what the present member was converted from, or NULL */
};

/* The options' texts are borrowed. -1 with the error set; candidates_release is still due. */
int candidates_open(
	struct candidates *c, const struct candidates_options *options, struct error *e);

/*
 * Tries the streams on the front of a member and chooses: of those that fit the ones with most
 * columns, or else the ones with most needed columns. The chosen have the same dialect. `path` is
 * the member's, `file` its name in messages; FIT_FAILED: the error is set.
 */
enum fit candidates_find(struct candidates *c, const struct candidates_options *options,
	struct slice front, const char *file, struct slice path, struct error *e);

/*
 * Appends an error about a member as evidence: `line 3: what is wrong; what to do`, after "; "
 * where there is something before it, and without what was got. 0, or -1 without memory.
 */
int why_append(struct buffer *why, const struct error *e, const char *file);

void candidates_release(struct candidates *c);

#endif
