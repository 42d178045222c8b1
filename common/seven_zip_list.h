/*
 * The numbers and streams of which a 7z archive's list of members consists.
 *
 * The format: 7zFormat.txt of the LZMA SDK.
 */
#ifndef SEVEN_ZIP_LIST_H
#define SEVEN_ZIP_LIST_H

#include "slice.h"

#include <stdint.h>

enum seven_zip_id {
	SEVEN_ZIP_END = 0x00,
	SEVEN_ZIP_HEADER = 0x01,
	SEVEN_ZIP_PROPERTIES = 0x02,
	SEVEN_ZIP_MAIN_STREAMS = 0x04,
	SEVEN_ZIP_FILES = 0x05,
	SEVEN_ZIP_PACK = 0x06,
	SEVEN_ZIP_UNPACK = 0x07,
	SEVEN_ZIP_SUBSTREAMS = 0x08,
	SEVEN_ZIP_SIZE = 0x09,
	SEVEN_ZIP_CRC = 0x0A,
	SEVEN_ZIP_FOLDER = 0x0B,
	SEVEN_ZIP_UNPACK_SIZE = 0x0C,
	SEVEN_ZIP_SUBSTREAM_COUNT = 0x0D,
	SEVEN_ZIP_ENCODED = 0x17,
};

/* The rest of a list; behind its end everything is 0, and `bad` is set. */
struct seven_zip_list {
	struct slice rest;
	bool bad;
};

/* What is wanted of the streams that a list describes. */
struct seven_zip_streams {
	uint64_t packed;    /* streams */
	uint64_t folders;   /* each is a chain of coders */
	uint64_t parts;     /* into which the folders are cut: a member's content each */
	uint64_t unpacked;  /* streams that come out of the coders */
	uint64_t at;        /* of the first packed stream, from behind the start */
	uint64_t size;      /* of that */
	uint64_t full;      /* the first size that is unpacked */
	uint64_t coders;    /* of the first folder */
	struct slice coder; /* the id of its first coder */
	struct slice properties;
	bool encrypted;       /* the first folder is */
	uint64_t dictionary;  /* bytes of the largest */
	unsigned char *known; /* for each folder, is there a sum? */
};

struct slice seven_zip_take(struct seven_zip_list *l, uint64_t length);
unsigned seven_zip_byte(struct seven_zip_list *l);
uint64_t seven_zip_number(struct seven_zip_list *l);

/* What has to hold, or the list is bad. */
void seven_zip_want(struct seven_zip_list *l, bool holds);

/*
 * Reads streams from behind their id, which start as zeros. Of parts more than `most` are not
 * counted: then there are most + 1, and the list is not read on. 0; -1 without memory. Whatever
 * else is wrong, the list says. `known` is to be freed.
 */
int seven_zip_streams(struct seven_zip_list *l, struct seven_zip_streams *s, uint64_t most);

#endif
