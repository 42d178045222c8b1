/*
 * The rule catalogue, schemas/rules.csv: what --explain tells.
 */
#ifndef RULE_H
#define RULE_H

#include "error.h"

/*
 * Appends the rules of a stage as text, or the one rule `id` (empty: all). An unknown id is status
 * 2 with the list of the ids. `schemas` is the overlay's folder, or NULL. 0, or -1 with the error
 * set.
 */
int rules_explain(struct buffer *out, const char *stage, struct slice id, const char *schemas,
	struct error *e);

#endif
