/*
 * What every stage does: the shared options, the messages, the outputs and how a run ends.
 *
 *	int main(int argc, char **argv)
 *	{
 *		struct stage stage;
 *		if (stage_start(&stage, &about, rows, count, argc, argv)) → validate, run
 *		return stage_close(&stage);
 *	}
 *
 * A function that fails leaves the error in stage.error and returns -1; stage_close prints it and
 * gives the exit status.
 */
#ifndef STAGE_H
#define STAGE_H

#include "identity.h"
#include "message.h"
#include "option.h"
#include "progress.h"
#include "rejects.h"
#include "summary.h"

struct stage_about {
	const char *name;     /* as in the rule catalogue and the man page */
	const char *synopsis; /* after the name, for --help */
	const char *purpose;  /* one sentence */
};

struct stage {
	const struct stage_about *about;
	struct messages messages;
	struct error error;

	/* The shared options. */
	const char *output_path; /* NULL: standard output */
	const char *rejects_path;
	const char *summary_path;
	const char *schemas;
	struct option_list carry;
	struct column *carried; /* its columns in the input, after stage_bind */
	int input_format;       /* enum format */
	int output_format;      /* enum format */
	bool both_tsv;
	struct option_number max_rejects;
	bool strict;
	bool quiet;
	struct option_number jobs;
	int progress_when; /* enum progress_when */
	bool explain, help, version;

	/* Set before stage_open: what is written besides; NULL for what was not given. */
	const char *also_paths[2];
	const char *also_folder;

	/*
	 * Set by the stage, or NULL: may a rejected record hold a secret, so that none of it shows?
	 */
	bool (*hides)(void *context, struct slice record);
	void *hides_context;

	char **operands; /* ended by NULL */
	size_t operand_count;

	struct identities identities;
	struct output output;
	struct output *also[2]; /* further outputs, put in their places with it; NULL: none */
	struct writer writer;
	struct rejects rejects;
	struct summary summary;
	struct progress progress;
	struct buffer line; /* the main counts, for the line at the end */

	/* Records of the main input: read = written + rejected + filtered. */
	uint64_t read;
	uint64_t written;
	uint64_t filtered;
	bool decoded; /* the input's encoding was named, so that naming it is no advice any more */
	bool look;    /* there is something to look at: status 1 */
	bool opened;
};

/*
 * Reads the command line. True: go on. False: stage_close gives the status; --help, --version and
 * --explain were answered, or the usage is wrong.
 */
bool stage_start(struct stage *s, const struct stage_about *about, const struct option_row *rows,
	size_t count, int argc, char **argv);

/* Wrong usage: sets the error with a hint at --help and returns -1. */
int stage_usage(struct stage *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Checks `inputs` (`count` of them, NULL for one that was not given) and all outputs against each
 * other, and then opens the rejects: 0, or -1. The output itself is opened by stage_header, once
 * the input's header is known to be good.
 */
int stage_open(struct stage *s, const char *const *inputs, size_t count);

/*
 * The same for the operands as inputs, none being standard input, and `sides` (`count` of them,
 * NULL for one that was not given).
 */
int stage_open_operands(struct stage *s, const char *const *sides, size_t count);

/* Opens the output and writes its header, the carried columns after `names`: 0, or -1. */
int stage_header(struct stage *s, const char *const *names, size_t count);

/*
 * Binds `columns` to the header of the main input, and the carried columns, which all have to be
 * there: 0, or -1.
 */
int stage_bind(struct stage *s, struct reader *r, struct column *columns, size_t count);

/* Adds the carried columns' fields of an input record to the output's. */
void stage_carry(const struct stage *s, struct writer *w, const struct record *record);

/* Is a column of the output also to be carried? Then -1: status 2. Doubled names likewise. */
int stage_check_carry(struct stage *s, const char *const *names, size_t count);

/*
 * The next record of the main input: READ_RECORD, READ_END or READ_FAILED. Rejects are counted and
 * set aside under the reader's file name.
 */
enum read_result stage_next(struct stage *s, struct reader *r, uint64_t bytes_read);

/* Counts records that were read otherwise, for the summary and the progress line. */
void stage_count_read(struct stage *s, uint64_t records, uint64_t bytes_read);

/* How many workers there are to be: --jobs, or else the cores, 8 at most. */
size_t stage_jobs(const struct stage *s);

/* What a stage makes of the records of its main input, and what it does with that. */
struct stage_work {
	void *run;                      /* the stage's own */
	void *(*result_new)(void *run); /* for some records; NULL: no memory */
	void (*result_free)(void *result);
	void (*clear)(void *result); /* of no record any more */

	/* Adds a record to a result: 1; 0 with `*reject`; -1 with the error set. Changes no run. */
	int (*make)(const void *run, void *result, const struct record *record,
		struct reject *reject, struct error *e);

	/* In order: counts and writes a result: 0, or -1 with the error of the stage set. */
	int (*take)(void *run, void *result);
};

/* Works on all records by --jobs workers; `*bytes_read` is for the progress line. 0, or -1. */
int stage_work_on(struct stage *s, const struct stage_work *work, struct reader *r,
	const uint64_t *bytes_read);

/* Sets the present record of `r` aside for a reason of the stage's own: 0, or -1. */
int stage_reject(struct stage *s, const struct reader *r, const struct reject *reject);

/* Ends a record of the output: 0, or -1. */
int stage_written(struct stage *s);

/*
 * Adds read, written, rejected and filtered to the summary. After a failure the record that stopped
 * the run, and what waited for the end of the input, count as not read: the sum holds in every
 * summary.
 */
void stage_count(struct stage *s);

/*
 * Ends the run: prints the error, if any, puts the outputs in their place or takes them away,
 * writes rejects and summary, and returns the exit status. Releases everything.
 */
int stage_close(struct stage *s);

#endif
