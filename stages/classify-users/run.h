/*
 * A run of classify-users: its options, its side inputs, its counts.
 */
#ifndef RUN_H
#define RUN_H

#include "decided.h"
#include "history.h"
#include "lists.h"
#include "stage.h"
#include "user.h"

#define DECISION_COLUMNS 11

/* What of a --limit is to be compared: a number of users, or thousandths of a percent. */
struct limit {
	bool given;
	bool percent;
	uint64_t value;
};

/*
 * Numbers of users by month, from January 1900 on; all months would be many pages to look through.
 */
#define FIRST_YEAR 1900
#define MONTHS     ((9999 - FIRST_YEAR + 1) * 12)
struct months {
	uint64_t *counts;
	uint64_t some[(MONTHS + 63) / 64]; /* bit i: counts[i] is not 0 */
};

struct run {
	struct stage stage;
	struct settings settings;

	/* The options. */
	int ias; /* 0 on, 1 off, -1 not given */
	const char *config_path;
	const char *history_path;
	const char *classes_path;
	const char *holds_path;
	const char *limit_text;
	struct option_number external_days;
	struct option_number internal_days;
	uint32_t fail_on;
	uint32_t only;
	struct limit limit;

	bool sides; /* at least one of the next three is given */
	struct history history;
	struct list classes;
	struct list holds;
	struct user_form form;

	struct rules rules;
	struct tally tally;
	uint64_t blank_lines;
	struct months eligible;
};

/* The command line. False: run_close gives the status. */
bool run_start(struct run *run, int argc, char **argv);

/* Reads the side inputs, then classifies users until they end or something fails. */
void run_classify(struct run *run);

/* The limits, the summary, the end of the outputs: the exit status. */
int run_close(struct run *run);

#endif
