/*
 * A run of check-refresh: its options, its inputs, its counts.
 */
#ifndef RUN_H
#define RUN_H

#include "catalogue.h"
#include "stage.h"
#include "told.h"

struct run {
	struct stage stage;

	/* The options. */
	const char *facts_path;
	const char *changes_path;
	const char *config_path;
	const char *jobs_before_path;
	const char *jobs_after_path;
	const char *reports_path;
	const char *admins_path;
	const char *users_path;
	const char *holidays_path;
	const char *done_path;
	day_t as_of;
	int phase; /* in PHASE_WORDS; -1: both */

	struct facts facts;
	struct catalogue catalogue;
	struct holidays holidays;
	struct seen seen;
	struct told told;
	struct finding finding; /* of the present task */
	struct buffer text;     /* its evidence */

	/* Of the rows that are written. */
	uint64_t statuses[2][TASK_STATUS_COUNT]; /* by phase */
	uint64_t left[WHO_COUNT];                /* to do, blocked or unknown, by who has to */
	uint64_t overdue;
	day_t next_due; /* the earliest of those still to do; DAY_NONE: none */
};

/* The command line. False: run_close gives the status. */
bool run_start(struct run *run, int argc, char **argv);

/* Reads the inputs and writes the tasks. */
void run_check(struct run *run);

/* The summary and the end of the outputs: the exit status. */
int run_close(struct run *run);

#endif
