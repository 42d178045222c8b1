/*
 * Plain records out of CSV, many bytes at a time.
 *
 * It takes the records that need no judgement: RFC 4180 to the letter, and as a whole among the bytes
 * at hand. Whatever else there is, it leaves where it is, for libcsv to say what it means.
 */
#ifndef SCANNER_H
#define SCANNER_H

#include "reader.h"

/* The bytes of a block that a record is made of: delimiters, quotes, CR and LF, a bit each. */
typedef uint64_t scanner_mask(const char *block, char delimiter);

struct scanner {
	char delimiter;
	scanner_mask *mask_of;
	const char *block; /* that `mask` is of */
	uint64_t mask;     /* what has not been looked at in it */
	const char *end;   /* of the bytes at hand */
	const char *next;  /* where the next record starts; NULL once bytes were left to libcsv */
};

void scanner_init(struct scanner *s, char delimiter, enum scan scan);

enum scanned {
	SCANNED_FAILED = -1, /* no memory */
	SCANNED_NOTHING,     /* it is left to libcsv; nothing was taken */
	SCANNED_RECORD,      /* reader.record is set, and its bytes are taken */
};

/*
 * Takes the record at reader.input_at. A field is a slice of the reader's bytes, or, where a quote is
 * doubled in it, of reader.cells.
 */
enum scanned scanner_record(struct scanner *s, struct reader *r);

#endif
