/*
 * How much room does a 7z archive's list of members take?
 *
 * The list stands in one place, mostly packed, and libarchive makes room for all that it states at
 * once: half a kilobyte can state millions of members. What it states is counted here first.
 */
#ifndef SEVEN_ZIP_H
#define SEVEN_ZIP_H

#include "input_limits.h"
#include "stored.h"

/*
 * `from` is readable at any place. 0, or -1 with the error set: status 3, the archive named. An
 * encrypted list is let pass: libarchive refuses it. Memory: the list, unpacked, of which 64 KiB
 * and 256 bytes for each member that the limits allow are taken at most.
 */
int seven_zip_check(struct stored *from, const struct input_limits *limits, struct error *e);

#endif
