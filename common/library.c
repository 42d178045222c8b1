#include "library.h"

#include "show.h"

#include <dlfcn.h>

static int load_failed(const struct place *place, const char *hint, struct error *e)
{
	const char *why = dlerror();
	error_at(e, STATUS_SYSTEM, place, "%s", SHOW(slice_from(why ? why : "no reason is known")));
	return error_hint(e, "%s", hint);
}

int library_load(const char *file, const char *const *functions, size_t count, void *into,
	const struct place *place, const char *hint, struct error *e)
{
	void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	if (!library)
		return load_failed(place, hint, e);
	for (size_t i = 0; i < count; i++) {
		void *function = dlsym(library, functions[i]);
		if (!function)
			return load_failed(place, hint, e);
		/*
		 * A pointer to a function has the form of any other, as POSIX asks of a system with
		 * dlsym.
		 */
		memcpy((char *)into + i * sizeof function, &function, sizeof function);
	}
	return 0;
}
