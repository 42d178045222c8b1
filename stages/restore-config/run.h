/*
 * A run of restore-config: its options, both sides, the changes, what is made of them.
 */
#ifndef RUN_H
#define RUN_H

#include "pack.h"
#include "patch.h"
#include "plan.h"
#include "stage.h"
#include "tree.h"

struct run {
	struct stage stage;

	/* The options. */
	const char *before_path;
	const char *current_path;
	const char *output_dir;
	const char *archive_path;
	const char *todo_path;
	bool remove_introduced;
	struct option_number max_members, max_unpacked, max_ratio;

	struct config_keys keys;
	struct side before;
	struct side current;
	struct changes changes;
	struct plan *plans; /* one for each current file; NULL: not yet */
	struct restored *restored;
	struct buffer patch;
	struct output todo;
	struct output archive;
	struct tree tree;

	/* The counts. */
	uint64_t blank_lines;
	uint64_t steps[STEP_REVIEW + 1];
	uint64_t refused;
	uint64_t files_changed;
};

/* The command line. False: run_close gives the status. */
bool run_start(struct run *run, int argc, char **argv);

/* Reads both sides and the changes, and writes what is asked for. */
void run_restore(struct run *run);

/* Writes patch, tasks, files and archive, each to its temporary place: 0, or -1. */
int run_write(struct run *run);

/* The summary and the end of the outputs: the exit status. */
int run_close(struct run *run);

#endif
