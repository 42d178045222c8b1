/*
 * What a stream may hold, for programs of others: its Frictionless Table Schema.
 *
 * Every column that is written is a field. Those that are not always present have to be taken out
 * for a stream that does not have them. A flag is a string of two words: Y and N are no booleans of
 * that standard.
 */
#ifndef DESCRIBE_H
#define DESCRIBE_H

#include "error.h"

/*
 * Appends the schema of a stream as JSON. -1 with the error set: status 2, with the names, for a
 * stream that there is not.
 */
int describe_stream(struct buffer *out, const char *name, struct error *e);

#endif
