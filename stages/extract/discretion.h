/*
 * What may be shown of an input of which it is not yet known what it is: it may be a configuration
 * file, and no byte of a secret of that may be seen, whatever a probe takes it for.
 */
#ifndef DISCRETION_H
#define DISCRETION_H

#include "masking.h"
#include "reader.h"

struct discretion {
	struct config_keys keys;
	struct buffer file;  /* the name of the present member, by which config-keys.csv knows it */
	struct buffer shown; /* the key of the last line that could be shown */
};

/* `schemas`: the overlay, or NULL. -1 with the error set and nothing to release. */
int discretion_open(struct discretion *d, const char *schemas, struct error *e);

/* Goes on to the member with this path: 0, or -1 with the error set. */
int discretion_member(struct discretion *d, struct slice path, struct error *e);

/*
 * Is the front of the member that of a configuration file? Its first entry, comments passed over,
 * and most of the others have a "=" or ":" after a key without delimiters. No more than a
 * likelihood: a table that binds a needed heading is never asked.
 */
bool discretion_config(struct slice front);

/*
 * May the text be shown: a header with all that stands before it, or a single value? Not where the
 * rules for configuration files would mask any of it. 1, 0, or -1 with the error set.
 */
int discretion_shows(struct discretion *d, struct slice text, struct error *e);

/*
 * The same of a line that is taken for a record of a table: not where it reads as an entry of a
 * configuration file, in a comment or not, of which any would be masked. Where only a blank ends
 * the key, a key is what has a dot in it.
 */
int discretion_line(struct discretion *d, struct slice line, struct error *e);

/* The same of a heading in a table: only with "=" or ":" in it could it be a key and its value. */
int discretion_heading(struct discretion *d, struct slice heading, struct error *e);

/* Does a field of the record name a secret, so that another may be it? 1, 0, or -1. */
int discretion_names_secret(
	struct discretion *d, const struct slice *fields, size_t count, struct error *e);

void discretion_release(struct discretion *d);

#endif
