/*
 * A rejected row: a record that breaks its stream's contract, set aside with its reason.
 */
#ifndef REJECT_H
#define REJECT_H

#include "buffer.h"

#include <stdint.h>

enum reason {
	REASON_WRONG_FIELD_COUNT,
	REASON_NUL_BYTE,
	REASON_BAD_ENCODING,
	REASON_BAD_QUOTING,
	REASON_LONE_CR,
	REASON_RECORD_TOO_LONG,
	REASON_BAD_DATE,
	REASON_UNKNOWN_VALUE,
	REASON_EMPTY_VALUE,
	REASON_DUPLICATE_KEY,
	REASON_COUNT,
};

/* The reason's name in the rejects file: "wrong-field-count", …. */
const char *reason_name(enum reason reason);

/* The same in words, for a message. */
const char *reason_text(enum reason reason);

/*
 * Appends what to do about bytes that are invalid in the encoding that the text was converted from
 * (NULL: it was taken for UTF-8): 0, or -1 without memory.
 */
int reject_encoding_hint(struct buffer *out, const char *encoding);

/* All slices are borrowed from whoever rejects. */
struct reject {
	enum reason reason;
	uint64_t line;        /* where the record starts */
	struct slice column;  /* heading; empty: the record as a whole */
	struct slice got;     /* the value, the field count, the first line of a duplicate */
	const char *what;     /* for the message, in place of the reason's own text; NULL: that */
	struct slice wanted;  /* for the message only; of a duplicate, the file of the first line */
	struct slice hint;    /* for the message only; empty: none */
	struct slice raw;     /* the record's bytes, without its line end */
	const char *encoding; /* what these bytes were converted from (stand_in.h); NULL: nothing */
};

#endif
