/*
 * What is wrong with a zip. Both return -1, with the error set: status 3.
 */
#ifndef ZIP_ERROR_H
#define ZIP_ERROR_H

#include "error.h"

/* "ARCHIVE: damaged or truncated (why)" */
int zip_damaged(const char *archive, const char *why, struct error *e);

/*
 * "ARCHIVE!MEMBER: what", with the hint that programs read such a zip differently. An empty member
 * is none.
 */
int zip_refuse(const char *archive, struct slice member, struct error *e, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
