/*
 * Records worked on side by side, their results taken in order.
 *
 * The input is cut into batches of whole records, each of which one of the workers reads, who have
 * turns at cutting and at taking; the caller's thread is one of them. A batch that
 * holds anything but records, or whose result is not taken, is read once more by the caller's own
 * reader, record after record: so what is said of a record, and where it ends, is the same with any
 * number of workers, and with none.
 *
 * A batch waits for a block of the reader's; what comes by drops is not judged before there is one,
 * or the end. One that has to be read once more may wait for the next block, which another worker
 * reads.
 *
 * Memory: for each worker two batches, each of a block of the reader's and at most 16 of them where
 * records are as long, with their results. A record that is longer still is the reader's alone.
 */
#ifndef CREW_H
#define CREW_H

#include "reader.h"

/* What is known of a batch besides the result. */
struct batch_counts {
	uint64_t records;
	uint64_t end; /* bytes up to their end, from where the workers began */
	uint64_t lines;
	uint64_t blank_lines;
	uint64_t first_line; /* of the first record */
	uint64_t read_bytes; /* of the input, when the batch had been cut off it */
};

/*
 * Memory for a result, zeroed, beside which no other stands; free gives it back. NULL: there is
 * none.
 */
void *crew_memory(size_t size);

/* What the caller does; `context` is his own. */
struct crew_work {
	void *context;

	/* A result (crew_memory), to be used for one batch after the other; NULL: no memory. */
	void *(*result_new)(void *context);
	void (*result_free)(void *result);

	/*
	 * Side by side: makes the result of a record; `first` is said of the first one of a batch,
	 * when what the result held goes. False: the batch has to be read record after record; an
	 * error that is set is not told. The context is not to be changed.
	 */
	bool (*work)(const void *context, void *result, const struct record *record, bool first,
		struct error *unsaid);

	/* How much of the input has been read, for the counts of a batch; may be NULL. */
	uint64_t (*read_bytes)(const void *context);

	/*
	 * In order: takes a result over. 1; 0: the batch has to be read record after record; -1:
	 * failed.
	 */
	int (*take)(void *context, void *result, const struct batch_counts *counts);

	/*
	 * Reads a record by the reader and does all that there is to do. 1; 0 at the end; -1:
	 * failed. The error that it gives the reader is that of crew_run.
	 */
	int (*next)(void *context);
};

/*
 * Reads to the end what the reader has not yet read, of CSV or TSV, with `jobs` workers, or by
 * itself where that is 1. 0, or -1 with the error set here or by a function of the caller's.
 */
int crew_run(const struct crew_work *work, struct reader *r, size_t jobs, struct error *e);

#endif
