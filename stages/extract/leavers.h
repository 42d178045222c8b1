/*
 * `--as leavers`: who leaves, out of connector feeds and lists, and the dates that an extended file
 * has for them.
 *
 * The extended file may come after the core file. Where the configuration names headings of one,
 * core files wait, as they are in UTF-8, in an unlinked file in TMPDIR until all inputs were looked
 * at. Memory: 38 bytes and the id for each user, and 46 and the id for each in an extended file.
 */
#ifndef LEAVERS_H
#define LEAVERS_H

#include "connector.h"
#include "leaver.h"
#include "match.h"
#include "summary.h"

/* So many of one kind are told of in a message of their own. */
#define NAMED_MOST 10

struct run;
struct sheet;

struct leavers {
	day_t as_of;
	int future; /* enum leaver_future */
	struct connector connector;
	struct maps extended_maps;
	struct heading_value by_connector_value; /* what `method` is in a connector's file */
	struct heading_value nothing_value;
	struct heading_rule by_connector; /* a constant each */
	struct heading_rule nothing;
	bool connector_set, maps_set;

	int user, status, method, effective, hired; /* the places of the columns */
	struct keys users;       /* of the members that tell who leaves: a struct seen each */
	struct keys dated;       /* of the extended files: a struct dates each */
	struct waiting *waiting; /* the core files that wait */
	size_t waiting_count;
	bool extended_read;
	bool extended_ends; /* one that has termination dates was */
	bool core_read;

	/* Of the present member. */
	enum leaver_source source;
	bool waited; /* it tells who leaves, and extended files may have their dates */
	struct leaver_record kind; /* what all of its records have */
	char effective_text[DAY_TEXT + SLICE_SLACK];

	uint64_t header_rows;
	uint64_t active;
	uint64_t no_change;
	uint64_t future_dates;
	uint64_t core_only;
	uint64_t extended_only;
};

/* What is empty and unopened, so that it can be released. */
void leavers_init(struct leavers *l);

/* Reads the configuration and opens the maps: 0, or -1 with the error set. */
int leavers_open(struct run *run);

/* Is the member to wait? 1 it does, its text taken; 0 it does not; -1 failed. */
int leavers_wait(
	struct run *run, const char *name, const struct match *match, struct source *source);

/*
 * What becomes of a member whose header is open: 1 it is read; 0 it does not fit, the error says
 * why; -1 failed. Columns that the kind of member gives are bound.
 */
int leavers_member(struct sheet *t, const struct match *match);

/*
 * Passes over the header rows that the configuration tells of; `*said` whether it does. 0, or -1.
 */
int leavers_skip(struct sheet *t, bool *said);

/* Takes the record that was converted: 1 it is to be written, 0 that is all, -1 failed. */
int leavers_row(struct sheet *t);

/* Reads the members that wait, and tells of users in one of the two files only. 0, or -1. */
int leavers_finish(struct run *run);

void leavers_count(const struct leavers *l, struct summary *s);

void leavers_release(struct leavers *l);

#endif
