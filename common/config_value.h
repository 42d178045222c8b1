/*
 * The values of some keys of one configuration file, out of a config stream.
 */
#ifndef CONFIG_VALUE_H
#define CONFIG_VALUE_H

#include "reader.h"

struct config_value {
	const char *key; /* set by the caller */
	struct buffer value;
	uint64_t line; /* of the stream, where the key stands last; 0: the file has no such key */
	uint64_t near_line; /* of a key that differs from it only in case; 0: none */
};

/*
 * Fills `values` from the file that `file` names; its name compares without case, blanks and "_",
 * for documents spell these names differently. A key is exact; of several the last counts, as in
 * java.util.Properties. 0, with *found false where the stream has no such file; -1 with the error
 * set: the stream cannot be read, or has the file under two names (status 3). The caller releases
 * the values in any case.
 */
int config_values_read(const char *path, enum format format, const char *file,
	struct config_value *values, size_t count, bool *found, struct error *e);

void config_values_release(struct config_value *values, size_t count);

#endif
