/*
 * One member of a zip, as the directory has it, and as the header before its bytes has it.
 */
#ifndef ZIP_ENTRY_H
#define ZIP_ENTRY_H

#include "slice.h"

#include <stdint.h>

/* Bytes of the header, without the name and what follows it. */
#define ZIP_DIRECTORY_SIZE ((size_t)46)
#define ZIP_LOCAL_SIZE     ((size_t)30)

#define ZIP_ENCRYPTED  0x0001u
#define ZIP_DESCRIPTOR 0x0008u /* sum and sizes stand behind the bytes */

struct zip_entry {
	struct slice name; /* as the bytes are; valid as long as the header's are */
	size_t size;       /* of the header with all that belongs to it */
	unsigned
		system; /* on which it was made; of the directory, as attributes, disk and offset */
	unsigned version; /* that unpacking needs, times ten */
	unsigned flags;
	unsigned method;
	uint32_t moment; /* of the last change, packed as the format has it */
	uint32_t sum;
	uint64_t packed;
	uint64_t unpacked;
	uint32_t attributes;
	uint32_t disk;
	uint64_t offset; /* of the member's own header */
	bool strong;     /* encrypted in a way that hides parts of the headers */
};

/* How long the header is that starts with these bytes, ZIP_…_SIZE of them; 0: it is none. */
size_t zip_entry_directory_size(struct slice start);
size_t zip_entry_local_size(struct slice start);

/*
 * Reads the header, of exactly that length. NULL, or what is wrong with it: "its extra fields are
 * damaged". The name is set in any case.
 */
const char *zip_entry_directory(struct zip_entry *entry, struct slice header);
const char *zip_entry_local(struct zip_entry *entry, struct slice header);

/* What is wrong with the member as the directory has it, or NULL. */
const char *zip_entry_fault(const struct zip_entry *directory);

struct zip_difference {
	const char *what; /* "name"; NULL: there is none */
	uint64_t directory;
	uint64_t local;
};

/* In what the two disagree. */
struct zip_difference zip_entry_compare(
	const struct zip_entry *directory, const struct zip_entry *local);

/*
 * Do these bytes behind the member's say the same as the directory? They may start with a mark, and
 * have sizes of 32 or 64 bits.
 */
bool zip_entry_described(const struct zip_entry *directory, struct slice descriptor);

#endif
