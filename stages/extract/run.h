/*
 * A run of extract: its options, what it reads, its counts.
 */
#ifndef RUN_H
#define RUN_H

#include "config.h"
#include "convert.h"
#include "decode.h"
#include "dialect.h"
#include "discretion.h"
#include "input.h"
#include "latest.h"
#include "leavers.h"
#include "maps.h"
#include "stage.h"
#include "unique.h"

/* What --as may be; the streams that are made of tables, then the rest. */
#define AS_WORDS                                                                                   \
	"users|status-history|classes|holds|assignments|leavers|jobs|reports|admins|table|config"
enum as {
	AS_USERS,
	AS_STATUS_HISTORY,
	AS_CLASSES,
	AS_HOLDS,
	AS_ASSIGNMENTS,
	AS_LEAVERS,
	AS_JOBS,
	AS_REPORTS,
	AS_ADMINS,
	AS_TABLE,
	AS_CONFIG
};
/* Where nobody says what a table is: of those that it fits alike, the ones before this one. */
#define AS_ASKED_FOR AS_ASSIGNMENTS

struct run;
struct probe;

/* What a run does with its members: what comes before the first, each, and what comes after. */
struct task {
	int (*prepare)(struct run *run);
	int (*member)(struct run *run, const struct member *member);
	int (*finish)(struct run *run);
};

struct run {
	struct stage stage;

	/* The options. */
	int as; /* enum as; -1: not given */
	const char *member_text;
	struct option_list map_paths;
	const char *config_path;
	const char *encoding;
	const char *delimiter_text;
	const char *date_format_text;
	const char *latest_by;
	const char *fingerprint_key;
	struct option_list renames;
	bool probe_wanted, as_map, list;
	const char *describe;
	struct option_number max_members, max_unpacked, max_ratio, max_record;

	struct pattern member;
	struct date_format date_format;
	struct stream stream;
	struct maps maps;
	struct conversion conversion; /* its map is the one that the present member fits */
	struct leavers leavers;
	struct unique unique;
	struct latest latest;
	struct config config;
	struct discretion discretion; /* of --as table */
	struct inputs *inputs;
	struct probe *probe; /* NULL: neither probed nor listed */
	bool member_set, date_format_set, stream_set, maps_set, config_set, discretion_set;

	/* The columns that the first member has, and every other must have. */
	char **names; /* NULL: there was none yet */
	size_t name_count;
	size_t first;   /* that member, among `members` */
	char **members; /* the names of those that were read, in order */
	size_t member_count;

	uint64_t member_bytes; /* as they are read of the present member; or BYTES_UNKNOWN */
	uint64_t skipped;
	uint64_t blank_lines;
	struct buffer seen; /* what does not fit, for the message that nothing does */
};

/* The command line. False: run_close gives the status. */
bool run_start(struct run *run, int argc, char **argv);

/* Does what is asked with the inputs' members, one after the other, until something fails. */
void run_members(struct run *run);

/* The summary and the end of the outputs: the exit status. */
int run_close(struct run *run);

/* The word for an enum as. */
const char *run_as_name(int as);

/* The delimiter that was given, or 0. */
char run_delimiter(const struct run *run);

/* A member that is not read: it is named, counted, and something to look at. */
void run_skip(struct run *run, const char *name, const char *why, const char *hint);

/* The same for one that does not fit: the error says why and is used up. 0, or -1. */
int run_skip_unfit(struct run *run, const char *name);

/* No member was read: sets the error and returns -1. */
int run_nothing_fits(struct run *run);

/* Notes that a member is read, under a name of its own. 0, or -1. */
int run_note_member(struct run *run, const char *name);

/* Opens a decoder over the member's bytes: 0, or -1. */
int run_decode(struct run *run, const struct member *member, struct decoder *decoder);

/* A member that is one table: 1 read, 0 it does not fit (the error says why), -1 failed. */
int table_member(struct run *run, const struct member *member);

/* What only the end of the input decides: the rows of --latest-by. 0, or -1. */
int table_finish(struct run *run);

#endif
