#include "comparison.h"

#include <stdlib.h>

/* What stands before the key in the bytes of an entry. */
#define FILE_BYTES sizeof(uint32_t)

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
	keys_init(&c->entries, sizeof(struct entry));
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

static struct entry *entry_add(struct comparison *c, uint32_t file, struct slice key)
{
	buffer_clear(&c->scratch);
	if (buffer_append(&c->scratch, (struct slice){ (const char *)&file, FILE_BYTES }) != 0 ||
		buffer_append(&c->scratch, key) != 0)
		return NULL;
	uint32_t index = keys_add(&c->entries, buffer_slice(&c->scratch));
	if (index == KEY_NONE)
		return NULL;
	struct entry *entry = comparison_entry(c, index);
	entry->file = file;
	return entry;
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

struct slice comparison_key(const struct comparison *c, uint32_t index)
{
	return slice_skip(keys_at(&c->entries, index), FILE_BYTES);
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

bool comparison_rest_of_secret(const struct comparison *c, uint32_t index)
{
	return comparison_entry(c, index)->secret &&
	       slice_equal(comparison_key(c, index), SLICE(MASKED));
}

void comparison_release(struct comparison *c)
{
	keys_release(&c->files);
	keys_release(&c->entries);
	for (int side = 0; side < SIDES; side++)
		buffer_release(&c->values[side]);
	buffer_release(&c->scratch);
	*c = (struct comparison){ 0 };
}
