/*
 * What kind of file it is, told by its first bytes.
 *
 * Not among the kinds: ar, which does not show when it has been cut short; xar, lha, ISO images
 * and the like, in which nobody exports reports.
 */
#ifndef MAGIC_H
#define MAGIC_H

#include "slice.h"

/* So many first bytes tell every kind apart; a shorter file is judged by what it has. */
#define MAGIC_HEAD 512

enum magic {
	MAGIC_NONE, /* none of these: text, as far as we know */
	MAGIC_ZIP,
	MAGIC_7Z,
	MAGIC_RAR,
	MAGIC_CAB,
	MAGIC_TAR,
	MAGIC_CPIO,
	MAGIC_GZIP, /* from here on: one compressed file, which may be a tar or cpio archive */
	MAGIC_BZIP2,
	MAGIC_XZ,
	MAGIC_LZMA,
	MAGIC_ZSTD,
	MAGIC_LZ4,
	MAGIC_LZIP,
	MAGIC_COMPRESS,
	MAGIC_PGP,
};

/*
 * `name` helps with PGP alone: many a first byte of an OpenPGP packet is also a letter with an
 * accent, so that without the name only packets with more to show for themselves are recognised.
 */
enum magic magic_of(struct slice start, struct slice name);

/* One compressed file? */
static inline bool magic_is_filter(enum magic magic)
{
	return magic >= MAGIC_GZIP && magic <= MAGIC_COMPRESS;
}

/* Something to open? */
static inline bool magic_is_archive(enum magic magic)
{
	return magic >= MAGIC_ZIP && magic <= MAGIC_COMPRESS;
}

#endif
