/*
 * Does a row of config-changes still say what the raw files hold?
 */
#ifndef FIT_H
#define FIT_H

#include "change.h"
#include "side.h"

/* Where the row's key stands in the raw files. */
struct fit {
	struct side_file *before; /* NULL: there is no such file on that side */
	struct side_file *current;
	size_t before_entry; /* ENTRY_NONE: the key is not there */
	size_t current_entry;
	bool secret; /* on one side at least */
};

/*
 * Compares lines and values with those that `extract --as config` would give. `changes` names the
 * stream. -1 with the error set: status 3 for what differs. A value is never shown, since what is a
 * secret for the one need not have been one for the other.
 */
int fit_check(struct fit *fit, const struct change *change, struct side *before,
	struct side *current, const char *changes, struct error *e);

#endif
