/*
 * The bytes of one configuration file, and what the config stream says of them: which entry has
 * which key and line, and which lines are secret.
 *
 * A natural line ends where java.util.Properties ends it, at LF, CR or CR LF. A patch knows lines
 * that end at LF alone; these are called rows here. A row is secret when a secret stands in it.
 */
#ifndef CONTENT_H
#define CONTENT_H

#include "keys.h"
#include "masking.h"

#define ENTRY_NONE SIZE_MAX

/* What the config stream has in place of the key of a secret's rest. */
#define REST_KEY SLICE("***")

/* A natural line: bytes from `start` to `end`, its line end included. */
struct content_line {
	size_t start;
	size_t end;
	enum property_line_kind kind;
	bool first; /* of its entry */
	enum mask mask;
};

struct content_row {
	size_t start;
	size_t end; /* after its LF, or the end of the file */
	bool secret;
};

struct content {
	struct properties properties; /* of borrowed bytes */
	enum mask *masks;             /* of the entries */
	struct content_line *lines;
	size_t line_count;
	struct content_row *rows;
	size_t row_count;
	struct keys last; /* the shown keys; the index of the last entry of each, a size_t */
};

/*
 * `member` is for messages, `file` the name of the file in the config stream. The bytes are
 * borrowed. -1 with the error set and nothing to release: status 3 for what is no properties file
 * in UTF-8.
 */
int content_read(struct content *c, const char *member, struct slice file, struct slice bytes,
	struct config_keys *keys, struct error *e);

/* The key of an entry as the config stream shows it. */
struct slice content_key(const struct content *c, size_t entry);

/* The entry that counts for a key, which is its last, or ENTRY_NONE. */
size_t content_find(const struct content *c, struct slice key);

/* The line that holds the byte at `at`, or starts there; the last one for the end of the file. */
size_t content_line_at(const struct content *c, size_t at);

/* The row of the byte at `at`, likewise. There must be one. */
size_t content_row_at(const struct content *c, size_t at);

/* The line end of the first natural line; empty where it has none. */
struct slice content_line_end(const struct content *c);

/* How many bytes a byte order mark takes at the front. */
size_t content_mark(const struct content *c);

void content_release(struct content *c);

#endif
