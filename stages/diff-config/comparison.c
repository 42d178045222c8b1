#include "comparison.h"

#include "hash.h"

#include <stdlib.h>

void config_columns(struct column columns[CONFIG_COLUMNS])
{
	static const char *const names[] = { "file", "key", "value", "secret", "line" };
	for (size_t i = 0; i < CONFIG_COLUMNS; i++)
		columns[i] = (struct column){ names[i], true, -1 };
}

void comparison_init(struct comparison *c)
{
	*c = (struct comparison){ 0 };
	keys_init(&c->files, sizeof(struct config_file));
}

/* Without what stands there: where columns were mixed up it may be a secret. */
static int wrong(const struct place *place, const char *column, struct slice got, const char *want,
	struct error *e)
{
	struct place where = *place;
	where.column = slice_from(column);
	error_at(e, STATUS_INPUT, &where, "wrong value (got %zu bytes, want %s)", got.len, want);
	return error_hint(e, "`extract --as config` makes this stream");
}

/* Digits up to the greatest line that a file can have. */
static bool line_read(struct slice text, uint32_t *line)
{
	uint64_t value = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9' || value > UINT32_MAX)
			return false;
		value = value * 10 + (uint64_t)(text.ptr[i] - '0');
	}
	*line = (uint32_t)value;
	return text.len > 0 && value <= UINT32_MAX;
}

/* Rows of one file mostly stand together. */
static uint32_t file_add(struct comparison *c, struct slice name)
{
	if (c->files.count && slice_equal(keys_at(&c->files, c->last_file), name))
		return c->last_file;
	c->last_file = keys_add(&c->files, name);
	return c->last_file;
}

static bool entry_is(
	const struct comparison *c, const struct entry *entry, uint32_t file, struct slice key)
{
	return entry->file == file && slice_equal(comparison_key(c, entry), key);
}

static uint32_t entry_new(struct comparison *c, uint32_t file, struct slice key)
{
	if (c->entry_count == c->entry_room) {
		uint32_t room = c->entry_room ? c->entry_room * 2 : 256;
		struct entry *entries = NULL;
		if (room > c->entry_room)
			entries = reallocarray(c->entries, room, sizeof *entries);
		if (!entries)
			return KEY_NONE;
		c->entries = entries;
		c->entry_room = room;
	}
	uint64_t at = c->keys.len;
	/* So that a key of no bytes has a place as well. */
	if (buffer_reserve(&c->keys, key.len + 1) != 0 || buffer_append(&c->keys, key) != 0)
		return KEY_NONE;
	c->entries[c->entry_count] =
		(struct entry){ .key_at = at, .key_len = (uint32_t)key.len, .file = file };
	return c->entry_count++;
}

/* The entry of a key, new or not; NULL without memory. */
static struct entry *entry_add(struct comparison *c, uint32_t file, struct slice key)
{
	uint32_t found = c->next_entry;
	/* The sides mostly have their keys in one order. */
	if (found >= c->entry_count || !entry_is(c, &c->entries[found], file, key)) {
		if (index_reserve(&c->index) != 0)
			return NULL;
		uint64_t hash =
			hash_bytes(c->files.seed, key) ^ file * UINT64_C(0x9E3779B97F4A7C15);
		struct index_probe probe = index_start(&c->index, hash);
		bool known = false;
		while (!known && index_next(&c->index, &probe, &found))
			known = entry_is(c, &c->entries[found], file, key);
		if (!known) {
			found = entry_new(c, file, key);
			if (found == KEY_NONE)
				return NULL;
			index_add(&c->index, &probe, found);
		}
	}
	c->next_entry = found + 1;
	return &c->entries[found];
}

static int entry_take(struct comparison *c, enum side side, uint32_t file, const struct record *row,
	const struct column columns[CONFIG_COLUMNS], uint32_t line, struct error *e)
{
	struct slice value = record_field(row, columns[COLUMN_VALUE].index);
	struct entry *entry = entry_add(c, file, record_field(row, columns[COLUMN_KEY].index));
	uint64_t at = c->values[side].len;
	if (!entry || buffer_append(&c->values[side], value) != 0)
		return error_memory(e);
	c->counts[side].keys += !entry->on[side].present;
	entry->on[side] = (struct occurrence){ at, (uint32_t)value.len, line, true };
	entry->secret |= slice_equal(record_field(row, columns[COLUMN_SECRET].index), SLICE("Y"));
	return 0;
}

int comparison_take(struct comparison *c, enum side side, const struct record *row,
	const struct column columns[CONFIG_COLUMNS], const struct place *place, struct error *e)
{
	struct slice name = record_field(row, columns[COLUMN_FILE].index);
	struct slice key = record_field(row, columns[COLUMN_KEY].index);
	struct slice value = record_field(row, columns[COLUMN_VALUE].index);
	struct slice secret = record_field(row, columns[COLUMN_SECRET].index);
	struct slice line_text = record_field(row, columns[COLUMN_LINE].index);
	uint32_t line;
	if (name.len == 0)
		return wrong(place, "file", name, "the name of a configuration file", e);
	if (!slice_equal(secret, SLICE("Y")) && !slice_equal(secret, SLICE("N")))
		return wrong(place, "secret", secret, "Y or N", e);
	if (!line_read(line_text, &line))
		return wrong(place, "line", line_text, "the number of a line", e);
	uint32_t file = file_add(c, name);
	if (file == KEY_NONE)
		return error_memory(e);
	comparison_file(c, file)->on[side] = true;
	c->counts[side].rows++;
	if (line > 0 || key.len)
		return entry_take(c, side, file, row, columns, line, e);
	/* The one row of a file without entries. */
	c->counts[side].empty_files++;
	return value.len ? wrong(place, "value", value, "none in line 0, which is no entry", e) : 0;
}

struct ranked {
	struct slice name;
	uint32_t file;
};

static int ranked_compare(const void *a, const void *b)
{
	return slice_compare(((const struct ranked *)a)->name, ((const struct ranked *)b)->name);
}

int comparison_rank(struct comparison *c)
{
	struct ranked *files = calloc((size_t)c->files.count + 1, sizeof *files);
	if (!files)
		return -1;
	for (uint32_t i = 0; i < c->files.count; i++)
		files[i] = (struct ranked){ keys_at(&c->files, i), i };
	qsort(files, c->files.count, sizeof *files, ranked_compare);
	for (uint32_t i = 0; i < c->files.count; i++)
		comparison_file(c, files[i].file)->rank = i;
	free(files);
	return 0;
}

struct value comparison_value(const struct comparison *c, const struct entry *entry, enum side side)
{
	const struct occurrence *on = &entry->on[side];
	if (!on->present || on->len == 0)
		return (struct value){ on->present, { NULL, 0 } };
	return (struct value){ true, { c->values[side].ptr + on->at, on->len } };
}

struct values comparison_values(const struct comparison *c, const struct entry *entry)
{
	return (struct values){ .before = comparison_value(c, entry, SIDE_BEFORE),
		.after = comparison_value(c, entry, SIDE_AFTER),
		.source = comparison_value(c, entry, SIDE_SOURCE),
		.source_given = c->source_given };
}

bool comparison_rest_of_secret(const struct comparison *c, const struct entry *entry)
{
	return entry->secret && slice_equal(comparison_key(c, entry), SLICE(MASKED));
}

void comparison_release(struct comparison *c)
{
	keys_release(&c->files);
	index_release(&c->index);
	free(c->entries);
	buffer_release(&c->keys);
	for (int side = 0; side < SIDES; side++)
		buffer_release(&c->values[side]);
	*c = (struct comparison){ 0 };
}
