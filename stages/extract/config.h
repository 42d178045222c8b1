/*
 * `--as config`: configuration files into the rows file,key,value,secret,line.
 *
 * A file's name is the base name of its member without .txt or .properties. Secrets are hidden by
 * the rules of secret.h and masking.h: a secret's value is `***` or a fingerprint, what seems to be
 * the rest of a wrapped secret is a row of `***`, comments are not shown, and no message shows a
 * value or the text of a line without a separator.
 */
#ifndef CONFIG_H
#define CONFIG_H

#include "config_rows.h"

struct config_options {
	const char *schemas;         /* the overlay; NULL: none */
	const char *fingerprint_key; /* a path; NULL: secrets are *** */
	const char *const *renames;  /* OLD=NEW each; OLD is a name, or a member's path */
	size_t rename_count;
};

struct config_rename {
	struct slice from;
	struct slice to;
	bool used;
};

/* A configuration file that was read. */
struct config_file {
	char *member; /* as messages name it */
	char *name;
};

struct config {
	struct config_counts counts;

	/* The rest is the extraction's own. */
	struct config_keys keys;
	struct fingerprint fingerprint;
	bool fingerprints; /* it is open */
	struct folding folding;
	struct config_rename *renames;
	size_t rename_count;
	struct keys names; /* folded; a struct config_file each */
	struct buffer scratch;
};

/*
 * The options' texts are borrowed until release. -1 with the error set and nothing to release:
 * status 2 for a rename that is none and for a key file that is unfit.
 */
int config_open(struct config *c, const struct config_options *options, struct error *e);

/*
 * Writes the rows of one member; the header is the caller's. `name` is the member's for
 * messages, INPUT!MEMBER in an archive; `path` is the one its file's name is made of; `bytes` are
 * its text in UTF-8. 0, or -1 with the error set: status 3 for a file that is no properties file,
 * before any row of it is written, and for a name that another file has.
 */
int config_member(struct config *c, const char *name, struct slice path, struct slice bytes,
	struct writer *w, struct messages *m, struct error *e);

/* After the last member: -1 (status 3) when a rename met no file of its name. */
int config_finish(const struct config *c, struct error *e);

void config_release(struct config *c);

#endif
