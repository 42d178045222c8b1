/*
 * The tasks of a refresh: schemas/refresh-tasks.csv, and what overlays it.
 */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include "due.h"
#include "proofs.h"
#include "rules.h"

/* Who does it. */
enum who { WHO_CUSTOMER, WHO_SAP, WHO_AUTOMATIC, WHO_COUNT };
#define WHO_WORDS "customer|SAP|automatic"

struct task {
	struct buffer bytes; /* of the slices */
	struct slice id;
	struct slice text;
	struct slice where;
	struct slice source;
	enum phase phase;
	enum who who;
	struct offset when;
	struct condition applies;
	enum proof proof;
	size_t order; /* of the rows of the catalogue, those that are new behind them */
	bool overlaid;
};

struct catalogue {
	struct keys ids; /* the place of each in `tasks`, until they are put in order */
	struct task *tasks;
	size_t count;
	size_t room;
	size_t compiled; /* rows of the compiled-in file so far */
};

void catalogue_init(struct catalogue *c);

/*
 * Reads the catalogue. A row of an overlay takes the place of the compiled-in one of its id; ids
 * that are new come at the end, in their order. A row that is not in form, and an id that stands
 * twice in one file, are status 3. 0, or -1 with the error set; to be released in any case.
 */
int catalogue_read(struct catalogue *c, const char *schemas, struct error *e);

/* Is there a task of this id? */
bool catalogue_has(const struct catalogue *c, struct slice id);

void catalogue_release(struct catalogue *c);

#endif
