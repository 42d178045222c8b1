/*
 * A run of check-certs: its options, what it found, its counts.
 */
#ifndef RUN_H
#define RUN_H

#include "collection.h"
#include "content.h"
#include "input.h"
#include "issuers.h"
#include "notes.h"
#include "rules.h"
#include "stage.h"
#include "steps.h"
#include "tenants.h"

struct run {
	struct stage stage;

	/* The options. */
	day_t as_of;
	struct option_number warn_days;
	const char *tenants_path;
	const char *todo_path;
	const char *member_text;
	struct option_number max_members, max_unpacked, max_ratio;

	struct pattern member;
	bool member_set;
	struct tenants tenants;
	struct steps steps;
	struct inputs *inputs;
	struct buffer bytes;    /* of the present member */
	struct buffer names[2]; /* its input and its path, as they are shown */
	const char *file;       /* the same for messages */
	struct buffer where;    /* the same, with the place in it, of the present certificate */
	struct collection collection;
	struct notes notes;
	struct output todo;

	/* Of the present input. */
	size_t operand;
	uint64_t here;         /* its certificates */
	uint64_t members_here; /* members of it */
	uint64_t without_here; /* those without one */
	struct buffer seen;    /* the first of them, for a message */
	const char *what;      /* what the present member has instead of one; NULL: nothing known */

	/* The counts. */
	uint64_t states[STATE_COUNT];
	uint64_t open_ended;
	uint64_t same;
	uint64_t issuers[ISSUER_COUNT];
	uint64_t private_keys;
	uint64_t passed_over;
	uint64_t closed;
	uint64_t members;
	uint64_t without;
	uint64_t skipped;
	uint64_t statuses[STEP_STATUS_COUNT];
};

/* The command line. False: run_close gives the status. */
bool run_start(struct run *run, int argc, char **argv);

/* Reads the inputs, writes the rows, tells of what they mean together, writes the tasks. */
void run_check(struct run *run);

/* Writes the header of the rows, unless it is written: 0, or -1. */
int run_header(struct run *run);

/* Takes a finding of the present member, the content_take of a run: 0, or -1. */
int run_take(void *context, const struct finding *finding, struct error *e);

/* Reads one member, which may be skipped: 0, or -1. */
int run_member(struct run *run, const struct member *member);

/* Ends the present input, which has to have held a certificate: 0, or -1. */
int run_input_end(struct run *run);

/* Writes the import steps of the tenants: 0, or -1. */
int run_write_todo(struct run *run);

/* The summary and the end of the outputs: the exit status. */
int run_close(struct run *run);

#endif
