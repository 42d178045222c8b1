/*
 * Shared libraries that are loaded when something of them is first needed.
 *
 * What only some inputs ask for does not make every run wait: libarchive alone brings along
 * libxml2, ICU and the C++ runtime, which take longer to load than most files take to read.
 */
#ifndef LIBRARY_H
#define LIBRARY_H

#include "error.h"

/*
 * Loads the library `file`, a name without a path, and finds its functions: `into` points to as
 * many pointers to functions, one after the other. It stays loaded. -1: the error is set (status
 * 4), with the place of what needs the library and the hint.
 */
int library_load(const char *file, const char *const *functions, size_t count, void *into,
	const struct place *place, const char *hint, struct error *e);

#endif
