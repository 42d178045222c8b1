/*
 * A file of the java.util.Properties grammar, without loss.
 *
 * Keys and values are those that Properties.load(Reader) of JDK 17 would read, in file order and
 * with every occurrence of a key. Beside them the model knows which bytes each of them came from,
 * and what the remaining lines are, so that a file can be written again with some entries changed
 * and every other byte as it was: the natural lines, one after the other, are the file.
 *
 * A natural line ends at LF, CR, CR LF or the end of the file. A logical entry is one natural line
 * or several, joined by a backslash at their ends. Line numbers are 1 + the LFs before, so that a
 * lone CR, which ends a line for Java, does not count.
 */
#ifndef PROPERTIES_H
#define PROPERTIES_H

#include "error.h"

/* What the form of an entry tells a reader of its file. */
enum property_flag {
	PROPERTY_EQUALS = 1,          /* "=" stands between key and value */
	PROPERTY_COLON = 2,           /* ":" does */
	PROPERTY_BLANK = 4,           /* a blank ends the key, with "=" or ":" after it or not */
	PROPERTY_CONTINUED = 8,       /* a backslash at a line's end goes on with the next line */
	PROPERTY_UNKNOWN_ESCAPE = 16, /* a backslash that Java drops before what needs none */
};

/* All numbers but the line are in bytes. */
struct property {
	uint32_t start; /* in the file, the blanks before the key included */
	uint32_t end;   /* after its last line end */
	uint32_t line;
	uint32_t text; /* where the key lies in the model's text; the value follows it */
	uint32_t key_len;
	uint32_t value_len;
	uint32_t flags;
};

struct properties {
	struct slice bytes; /* the file; borrowed */
	struct property *entries;
	size_t count;
	size_t room;
	struct buffer text; /* keys and values as Java reads them, in UTF-8 */
};

/*
 * Reads a file of less than 4 GiB in UTF-8. A BOM belongs to the first natural line and to no key.
 * `file` is its name in messages. -1 with the error set, and nothing to release: status 3 for bytes
 * that are no UTF-8, a NUL byte or \u0000, a malformed \uXXXX and half a surrogate pair, each with
 * its line; no error shows a byte of the file, which may be a secret's.
 */
int properties_read(struct properties *p, const char *file, struct slice bytes, struct error *e);

/* Valid until the model is released. */
static inline struct slice property_key(const struct properties *p, const struct property *entry)
{
	return slice_skip(
		(struct slice){ p->text.ptr, (size_t)entry->text + entry->key_len }, entry->text);
}

static inline struct slice property_value(const struct properties *p, const struct property *entry)
{
	size_t start = (size_t)entry->text + entry->key_len;
	return slice_skip((struct slice){ p->text.ptr, start + entry->value_len }, start);
}

/*
 * Nothing stands between key and value, nor is there a value. A blank is a separator of the
 * grammar, but one at the end of a line separates nothing.
 */
static inline bool property_bare(const struct property *entry)
{
	return entry->value_len == 0 && !(entry->flags & (PROPERTY_EQUALS | PROPERTY_COLON));
}

enum property_line_kind {
	PROPERTY_LINE_BLANK, /* nothing that Java reads */
	PROPERTY_LINE_COMMENT,
	PROPERTY_LINE_ENTRY,
};

/* A natural line. */
struct property_line {
	size_t start; /* byte in the file */
	size_t end;   /* after its line end */
	uint32_t number;
	enum property_line_kind kind;
	size_t entry; /* the index of its entry; of the next one where the line has none */
	bool first;   /* the first line of its entry */
};

/* Moves on to the next natural line, from { 0 } to the first: false after the last. */
bool properties_line(const struct properties *p, struct property_line *line);

/*
 * What a comment would say without its marks: `comment` then has one entry, or none. Escapes that
 * Java would not read stay as they are. `comment` starts as { 0 }, may be used for one comment
 * after the other, and is valid as long as `line`, which it borrows. 0, or -1 with the error set.
 */
int properties_read_comment(struct properties *comment, struct slice line, struct error *e);

void properties_release(struct properties *p);

#endif
