/*
 * The keys of up to three config streams side by side: the target before, the target after, the
 * source.
 *
 * All of it is in memory: each value once for each time it stands in a stream, each key once, and
 * some 120 bytes for a key beside its bytes. A key is a file and a key of it, both compared by
 * bytes.
 */
#ifndef COMPARISON_H
#define COMPARISON_H

#include "index.h"
#include "keys.h"
#include "reader.h"
#include "rules.h"

enum side { SIDE_BEFORE, SIDE_AFTER, SIDE_SOURCE, SIDES };

/* A key's value on one side: its last occurrence, as in java.util.Properties. */
struct occurrence {
	uint64_t at; /* in the side's values */
	uint32_t len;
	uint32_t line;
	bool present;
};

struct entry {
	struct occurrence on[SIDES];
	uint64_t key_at; /* in the keys */
	uint32_t key_len;
	uint32_t file;
	bool secret;   /* an occurrence of it on some side is a secret */
	uint8_t class; /* enum key_class and enum key_policy, once run_key_rule was asked */
	uint8_t policy;
	bool ruled;
};

struct config_file {
	bool on[SIDES];
	uint32_t rank; /* by the bytes of the names, from comparison_rank on */
};

/* The rows of one side, and what they were. */
struct row_counts {
	uint64_t rows;
	uint64_t keys;
	uint64_t empty_files; /* rows that stand for a file without entries */
};

struct comparison {
	struct keys files; /* struct config_file */
	struct entry *entries;
	uint32_t entry_count;
	uint32_t entry_room;
	struct index index;
	struct buffer keys;
	struct buffer values[SIDES];
	struct row_counts counts[SIDES];
	uint32_t last_file;  /* that a row went to */
	uint32_t next_entry; /* after the one that the last row went to */
	bool source_given;
};

enum { COLUMN_FILE, COLUMN_KEY, COLUMN_VALUE, COLUMN_SECRET, COLUMN_LINE, CONFIG_COLUMNS };

/* The columns of a config stream, for reader_bind. */
void config_columns(struct column columns[CONFIG_COLUMNS]);

void comparison_init(struct comparison *c);

/*
 * Takes a row of a side. -1 with the error set: a row that no config stream has is status 3. The
 * error shows no value.
 */
int comparison_take(struct comparison *c, enum side side, const struct record *row,
	const struct column columns[CONFIG_COLUMNS], const struct place *place, struct error *e);

/* Ranks the files, once all rows are taken: 0, or -1 without memory. */
int comparison_rank(struct comparison *c);

static inline struct config_file *comparison_file(const struct comparison *c, uint32_t index)
{
	return keys_value(&c->files, index);
}

/* Is the file in only one of before and after, whatever the source has? */
static inline bool comparison_one_sided(const struct comparison *c, uint32_t index)
{
	const struct config_file *file = comparison_file(c, index);
	return file->on[SIDE_BEFORE] != file->on[SIDE_AFTER];
}

/* The key of an entry, without its file. */
static inline struct slice comparison_key(const struct comparison *c, const struct entry *entry)
{
	return (struct slice){ c->keys.ptr + entry->key_at, entry->key_len };
}

/* The value of an entry on a side; not present where the side has none. */
struct value comparison_value(
	const struct comparison *c, const struct entry *entry, enum side side);

struct values comparison_values(const struct comparison *c, const struct entry *entry);

/* Is it the rest of secrets that were wrapped, which no key is known of? */
bool comparison_rest_of_secret(const struct comparison *c, const struct entry *entry);

void comparison_release(struct comparison *c);

#endif
