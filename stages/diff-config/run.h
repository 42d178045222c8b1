/*
 * A run of diff-config: its options, what it compares, its counts.
 */
#ifndef RUN_H
#define RUN_H

#include "alerts.h"
#include "comparison.h"
#include "stage.h"

/* What a row of the output is about: a key, or a file that is on one side only. */
struct row {
	uint32_t index; /* of the entry, or of the file */
	bool whole_file;
	bool searched; /* its value is to be searched for the source's; of arrivals_find */
	bool arrived;  /* it holds a value of the source's own that was not there before */
};

/* What the rows of one file have in common. */
struct file_facts {
	enum known_file known;
	struct ips ips;
};

struct run {
	struct stage stage;

	/* The options. */
	const char *source_path;
	const char *policy_path;
	bool all;

	const char *paths[SIDES]; /* NULL: not given */
	struct comparison comparison;
	struct config_keys keys;
	struct file_facts *files;
	struct row *rows; /* of the output */
	size_t row_count;
	struct buffer alert_text;

	uint64_t blank_lines;
	uint64_t rows_read;
	uint64_t bytes_read;
	uint64_t changes[CHANGE_COUNT];
	uint64_t verdicts[VERDICT_COUNT];
	uint64_t actions[ACTION_COUNT]; /* of the rows that are written, as are the alerts */
	uint64_t alerts[ALERT_COUNT];
};

/* The command line. False: run_close gives the status. */
bool run_start(struct run *run, int argc, char **argv);

/* Reads the streams, compares them and writes the rows. */
void run_compare(struct run *run);

/* The summary and the end of the outputs: the exit status. */
int run_close(struct run *run);

/*
 * Reads one stream into the comparison. The output begins with the last, the one after the
 * refresh, once its header is known to be good. 0, or -1 with the error set.
 */
int streams_read(struct run *run, enum side side);

/*
 * Finds what the rows of a file have in common, and tells of two files, each on one side only,
 * whose names are one but for case, blanks and "_". 0, or -1 without memory.
 */
int files_survey(struct run *run);

/* Which rows are to be written: 0, or -1 with the error set. */
int rows_choose(struct run *run);

/* Which of them hold a value that is the source's own: 0, or -1 with the error set. */
int arrivals_find(struct run *run);

/* Writes them by file and key: 0, or -1 with the error set. */
int rows_write(struct run *run);

/* What is known of the key of an entry, which is asked about once: 0, or -1 with the error set. */
int run_key_rule(struct run *run, uint32_t index, struct key_rule *rule);

extern const char *const change_columns[];
#define CHANGE_COLUMNS 12

#endif
