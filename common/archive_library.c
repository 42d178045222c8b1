#include "archive_library.h"

#include "library.h"

#include <pthread.h>

struct archive_library la;

static const char *const functions[] = {
#define ARCHIVE_FUNCTION(name) "archive_" #name,
	ARCHIVE_FUNCTIONS(ARCHIVE_FUNCTION)
#undef ARCHIVE_FUNCTION
};

int archive_library_load(const char *file, struct error *e)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static bool loaded;
	const struct place place = { .file = file };
	pthread_mutex_lock(&lock);
	if (!loaded)
		loaded =
			library_load("libarchive.so.13", functions,
				sizeof functions / sizeof *functions, &la, &place,
				"reading it takes libarchive 3, on Debian the package libarchive13",
				e) == 0;
	const bool there = loaded;
	pthread_mutex_unlock(&lock);
	return there ? 0 : -1;
}
