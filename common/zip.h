/*
 * Is there one way to read this zip?
 *
 * A zip says everything twice, in its directory and in a header before each member, and programs
 * differ in which of the two they believe, where they look for the directory, and what they do
 * about the bytes between. What is checked here leaves them no choice: one end; a directory that
 * lists each member once; headers that say the same as the directory; and all of the file's bytes
 * belong to a member, the directory or the end, in that order, none to two of them.
 *
 * The format: PKWARE's APPNOTE 6.3.10.
 */
#ifndef ZIP_H
#define ZIP_H

#include "input_limits.h"
#include "stored.h"

/*
 * `from` is readable at any place. 0, or -1 with the error set: status 3, the archive named, and
 * the member. `members` is how many there are, folders counted; what they hold is not looked at.
 * Memory: 24 bytes a member.
 */
int zip_check(
	struct stored *from, const struct input_limits *limits, uint64_t *members, struct error *e);

#endif
