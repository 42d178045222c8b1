/*
 * By which of the maps a member is read, if by any.
 */
#ifndef MATCH_H
#define MATCH_H

#include "dialect.h"
#include "maps.h"

/* What makes somebody in a member a leaver. */
enum leaver_source {
	LEAVER_SOURCE_NONE,     /* nothing does: nobody can tell who leaves */
	LEAVER_SOURCE_STATUS,   /* a column, or a constant, says it of each */
	LEAVER_SOURCE_LIST,     /* it is a stream or a list made by hand: user_id, and no status */
	LEAVER_SOURCE_EXTENDED, /* nobody; the member has dates for those in other members */
};

struct match {
	struct heading_map *map; /* NULL: any table */
	struct dialect dialect;
	struct binding bindings[STREAM_COLUMNS];
	enum leaver_source source; /* of the stream leavers */
};

struct match_options {
	const struct maps *maps;
	const struct maps *extended; /* of extended files, count 0: none; leavers only */
	bool leavers;
	const char *encoding; /* what the text was converted from, or NULL; borrowed */
	enum format format;
	char delimiter; /* 0: not given */
};

/* What the bindings of the stream leavers make of a member; never LEAVER_SOURCE_EXTENDED. */
enum leaver_source match_source(const struct stream *s, const struct binding *bindings);

/* Has a rule of this binding's heading been made by the configuration? */
bool match_configured(const struct binding *b);

/*
 * Tries each map on the front of a member. Where several fit, one of which every line is of use,
 * and for which more headings speak, goes before those that name columns which the member does not
 * have. DIALECT_NONE: none fits, and the error says what is wanting in the one that comes closest.
 * DIALECT_FAILED: two fit alike (status 3), or the header cannot be read for sure.
 */
enum dialect_result match_find(const struct match_options *o, struct slice front, const char *file,
	struct match *found, struct error *e);

#endif
