/*
 * A run of apply-deactivation: its options, its side inputs, its counts.
 */
#ifndef RUN_H
#define RUN_H

#include "applied.h"
#include "assignment.h"
#include "leavers.h"
#include "stage.h"

struct run {
	struct stage stage;
	struct connector connector;
	enum way clean_way; /* what a connector does */

	/* The options. */
	const char *leavers_path;
	const char *users_path;
	const char *config_path;
	const char *totals_path;
	int method;         /* METHOD_UNKNOWN: not given */
	int connector_kind; /* 0 user, 1 user-sf, -1 not given */
	int clean_dev_plan; /* 0 Y, 1 N, -1 not given */
	bool what_if;

	struct leavers leavers;
	struct assignment_form form;
	struct output totals;
	bool bound; /* the columns are those of the assignments */
	uint64_t blank_lines;
	uint64_t no_status; /* effects that the status decides, and it is not known */
	uint64_t effects[WAY_COUNT][OBJECT_COUNT][ACTION_COUNT];
	uint64_t alerts[ALERT_COUNT];
	uint64_t losing; /* users who lose progress */
	struct keys
		classes; /* those that lose registrations, with how many; for the summary only */
	struct keys cohorts; /* those to clean by hand, likewise */
};

/* The command line. False: run_close gives the status. */
bool run_start(struct run *run, int argc, char **argv);

/* Reads the side inputs, then works through the assignments until they end or something fails. */
void run_apply(struct run *run);

/* The summary and the end of the outputs: the exit status. */
int run_close(struct run *run);

/* Writes the totals, a row for each leaver: 0, or -1. */
int report_totals(struct run *run);

/* Fills the summary and the line of the main counts. */
void report_summary(struct run *run);

#endif
