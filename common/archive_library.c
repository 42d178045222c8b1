#include "archive_library.h"

#include "library.h"

#include <pthread.h>

struct archive_library la;

static const char *const functions[] = {
#define ARCHIVE_FUNCTION(name) "archive_" #name,
	ARCHIVE_FUNCTIONS(ARCHIVE_FUNCTION)
#undef ARCHIVE_FUNCTION
};

int archive_library_load(struct error *e)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static bool loaded;
	pthread_mutex_lock(&lock);
	int result = loaded ? 0
			    : library_load("libarchive.so.13", functions,
				      sizeof functions / sizeof *functions, &la,
				      "archives are read with libarchive 3; on Debian it is in the "
				      "package libarchive13",
				      e);
	loaded = result == 0;
	pthread_mutex_unlock(&lock);
	return result;
}
