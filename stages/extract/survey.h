/*
 * What stands under the headings of a member: the few values of a column of words, the form of
 * dates. Memory is constant for a heading.
 */
#ifndef SURVEY_H
#define SURVEY_H

#include "candidate.h"
#include "date_survey.h"
#include "keys.h"

/* So many different values are kept; a heading with more is no column of words. */
#define SURVEY_VALUES 12

/* Different as maps compare them, as they were met first; none is empty. */
struct survey_values {
	struct buffer raw[SURVEY_VALUES];
	struct buffer folded[SURVEY_VALUES];
	size_t count;
	uint64_t filled; /* how often there is any */
	bool more;       /* there are others; no more are counted then */
	bool hidden;     /* one may be a secret, so none is shown */
};

struct survey {
	struct buffer heading;             /* as the member has it */
	const struct candidate *candidate; /* the stream that it is looked at for; borrowed */
	struct binding binding;            /* rule NULL: unbound */
	uint32_t columns;                  /* those it is bound to, a bit each by its place */
	int suggested;                     /* the column that it is usually the label of; -1 */
	struct survey_values *values;      /* NULL: not wanted */
	struct date_survey *dates;         /* NULL: not wanted */
};

struct surveys {
	struct survey *items;
	size_t count;
	size_t *places; /* the survey of each heading of the present member */
	size_t place_count;
	struct folding folding;
	struct keys known;             /* the headings, folded; where members are merged */
	struct discretion *discretion; /* borrowed */
	int secret_row; /* a field of the present record names a secret; -1: not asked yet */
	struct buffer scratch;
};

void surveys_init(struct surveys *s, struct discretion *discretion);

/*
 * Starts with the headings of a member. Without `merge` the surveys of the members before are
 * dropped; with it, headings that compare alike share one. Surveys from `*fresh` on are new. 0, or
 * -1 with the error set.
 */
int surveys_member(struct surveys *s, const struct slice *headings, size_t count, bool merge,
	size_t *fresh, struct error *e);

/*
 * Says what a new survey looks at, for a candidate; its binding is set. Values under a heading that
 * names a secret are hidden. 0, or -1 with the error set.
 */
int survey_want(struct surveys *s, struct survey *one, const struct candidate *candidate,
	bool values, bool dates, struct error *e);

/* Looks at one record: 0, or -1 with the error set. */
int surveys_add(struct surveys *s, const struct record *record, struct error *e);

void surveys_release(struct surveys *s);

#endif
