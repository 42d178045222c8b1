/*
 * `--probe`: what is this? And `--probe --as-map`: a map to edit.
 */
#ifndef PROBE_H
#define PROBE_H

#include "hints.h"
#include "run.h"
#include "survey.h"
#include "tally.h"

struct probe {
	const char *streams[AS_TABLE]; /* those that are tried */
	struct candidates_options options;
	struct candidates candidates;
	struct surveys surveys;
	bool draft; /* a map is to be written, and the surveys of all members are merged */
	struct hints hints;
	bool hints_set;

	/* Of the present member. */
	const char *encoding; /* NULL: it was not opened */
	bool bom;
	struct tally tally;
	enum fit fit;
	struct buffer evidence;     /* about it as a whole */
	struct reject first_reject; /* its reason and line */
	uint64_t rejects;
	uint64_t records; /* of all members, for the progress line */
};

/* Opens what probing and listing need, by the options of the run: 0, or -1 with the error set. */
int probe_open(struct run *run);

/* The streams that the present member fits, with ";" between: 0, or -1 without memory. */
int probe_streams(const struct probe *p, struct buffer *out);

/* Writes the rows of a member that was looked at, or (source NULL) skipped: 0, or -1. */
int probe_rows(struct run *run, const struct member *member, const struct reader *reader);

/* Says what the new surveys of a map look at, and writes the map: 0, or -1. */
int draft_wants(struct probe *p, const struct reader *reader, size_t fresh, struct error *e);
int draft_write(struct run *run);

/* What a run does with its members. */
extern const struct task probe_task;

void probe_free(struct probe *p);

#endif
