/*
 * What the tests of proofs give and expect: facts, what was seen in inputs, and how a task stands.
 */
#ifndef GIVEN_TEST_H
#define GIVEN_TEST_H

#include "proofs.h"

#include "test.h"

#define AS_OF 20777 /* 2026-11-20 */

static struct facts facts;
static struct seen seen;
static struct finding finding;

static inline void start(void)
{
	facts_release(&facts);
	seen_release(&seen);
	facts = (struct facts){ .path = "facts.csv" };
	seen_init(&seen);
}

static inline void give(const char *name, const char *value)
{
	enum fact fact = fact_find(slice_from(name));
	buffer_clear(&facts.of[fact].text);
	CHECK_NUMBER(fact_read(fact, slice_from(value), &facts.of[fact]), 0);
	CHECK_NUMBER(buffer_append(&facts.of[fact].text, slice_from(value)), 0);
}

static inline void add(struct id_list *list, const char *id)
{
	CHECK_NUMBER(id_list_add(list, slice_from(id)), 0);
}

static inline void count(struct file_counts *counts, const char *file, int rows)
{
	for (int i = 0; i < rows; i++)
		CHECK_NUMBER(file_counts_add(counts, slice_from(file)), 0);
}

/* Is what the last proof saw certain, so that nobody can tell it to be done? */
#define CHECK_REFUTED(want) CHECK(finding.refuted == (want))

static inline void expect(const char *proof, const char *status, const char *evidence)
{
	const struct known known = { &facts, &seen, AS_OF };
	prove(proof_find(slice_from(proof)), &known, &finding);
	CHECK(!finding.memory_failed);
	CHECK_TEXT(slice_from(task_status_name(finding.status)), status);
	CHECK_TEXT(buffer_slice(&finding.evidence), evidence);
}

#endif
