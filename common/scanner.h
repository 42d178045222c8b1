/*
 * Plain records out of CSV, many bytes at a time.
 *
 * It takes the records that need no judgement: RFC 4180 to the letter, in UTF-8 without NUL bytes,
 * and as a whole among the bytes at hand. Whatever else there is, it leaves where it is, for libcsv
 * to say what it means.
 */
#ifndef SCANNER_H
#define SCANNER_H

#include "reader.h"

/* The ends of fields that are found before the first of them is used: a record's, at least. */
#define SCANNER_WINDOW 1024

/* Bytes are looked at in blocks: a bit each is a word. */
#define SCANNER_BLOCK 64

/* So many may be written or read at once, if only some of them count. */
#define SCANNER_STEP 16

/*
 * So many fields are set before the first of them is used, if as many are found: what is done with
 * a record has branches that nobody can foresee, and each would wait for the fields of its own.
 */
#define SCANNER_AHEAD 64

/*
 * Where a field ends: twice the number of bytes before that place, and one more if the field is in
 * quotes. The one before all others ends right before the bytes begin.
 */
#define SCANNER_MOST   ((INT32_MAX - 1) / 2)
#define END_BYTE       2
#define END_BEFORE_ALL (-END_BYTE)

static inline int32_t end_offset(int32_t end)
{
	return end >> 1;
}

static inline bool end_quoted(int32_t end)
{
	return end & 1;
}

/* What may be in a record; what is not flagged is not in it. */
#define ROW_DOUBLED (UINT32_C(1) << 31) /* a doubled quote */
#define ROW_LINES   (UINT32_C(1) << 30) /* an LF in a field */
#define ROW_ENDS    (ROW_LINES - 1)

/*
 * What is known of a byte when the next one is looked at: a bit each, but for the first and the
 * last.
 */
struct scanner_before {
	uint64_t quoted;          /* all bits: it is inside quotes */
	uint64_t closed;          /* it is a quote that closes, or half of a doubled one */
	uint64_t ended;           /* a field ends with it */
	uint64_t returned;        /* it is a CR outside of quotes */
	uint64_t closed_returned; /* likewise, behind a quote that closes */
	uint64_t begun; /* a bit for each byte behind it that ends a character begun before */
};

struct scanner {
	char delimiter;
	void (*look)(struct scanner *s); /* finds the next ends */
	/*
	 * Sets fields, without their quotes, all of them: to choose would cost more with most ways.
	 * `ends` begins with the end before their first.
	 */
	void (*set)(
		const struct scanner *s, struct slice *fields, const int32_t *ends, size_t count);
	const char *next;  /* where the next record starts; NULL once bytes were left to libcsv */
	const char *start; /* what `ends` count from */
	const char *end;   /* of the bytes at hand */
	size_t looked;     /* up to there, from `start` on, ends have been found */
	bool stopped;      /* at bytes that are not plain */

	struct scanner_before before; /* of that place */

	/* The fields whose ends were found and not used, in found[1 + at] to found[count]. */
	size_t at;
	size_t count;
	/* Those from set_from up to set_to are set, counted like `at`: reader.fields has them. */
	size_t set_from;
	size_t set_to;
	uint32_t flags; /* of the record behind the last one that is noted */
	size_t record;  /* rows[record]: the number of ends up to that of the next one, and flags */
	size_t record_count;
	/*
	 * Ends, and before them the one before; behind the last of each may be what counts for
	 * nothing.
	 */
	int32_t found[1 + SCANNER_WINDOW + SCANNER_STEP];
	uint32_t rows[SCANNER_WINDOW + 1];
};

void scanner_init(struct scanner *s, char delimiter, enum scan scan);

enum scanned {
	SCANNED_FAILED = -1, /* no memory */
	SCANNED_NOTHING,     /* it is left to libcsv; nothing was taken */
	SCANNED_RECORD,      /* reader.record is set, and its bytes are taken */
};

/*
 * Takes the record at reader.input_at. A field is a slice of the reader's bytes, or, where a quote
 * is doubled in it, of reader.cells.
 */
enum scanned scanner_record(struct scanner *s, struct reader *r);

#endif
