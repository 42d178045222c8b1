#include "change.h"

#include "utf8.h"
#include "word.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void changes_init(struct changes *c)
{
	*c = (struct changes){ 0 };
	keys_init(&c->seen, sizeof(uint64_t));
}

void change_columns(struct column columns[CHANGE_COLUMNS])
{
	static const char *const names[] = { "file", "key", "change", "before", "after", "verdict",
		"action", "before_line", "after_line", "alerts" };
	for (size_t i = 0; i < CHANGE_COLUMNS; i++)
		columns[i] = (struct column){ names[i], true, -1 };
}

/* A line number; 0 and nothing mean that there is none. */
static bool line_read(struct slice text, uint32_t *line)
{
	uint64_t value = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
		value = value * 10 + (uint64_t)(text.ptr[i] - '0');
		if (value > UINT32_MAX)
			return false;
	}
	*line = (uint32_t)value;
	return true;
}

static bool has_alert(struct slice alerts, struct slice alert)
{
	for (struct slice rest = alerts; rest.ptr;)
		if (slice_equal(slice_cut(&rest, ';'), alert))
			return true;
	return false;
}

static bool refuse(struct reject *reject, enum reason reason, const struct column *column,
	struct slice got, struct slice wanted)
{
	reject->reason = reason;
	reject->column = slice_from(column->name);
	reject->got = got;
	reject->wanted = wanted;
	return false;
}

/* Reads the fields that have to be words or numbers. */
static bool words_read(struct change *change, const struct column *columns,
	const struct record *record, struct reject *reject)
{
	const struct slice lines = SLICE("the number of a line, or nothing");
	struct slice fields[CHANGE_COLUMNS];
	for (size_t i = 0; i < CHANGE_COLUMNS; i++)
		fields[i] = record_field(record, columns[i].index);
	if (fields[CHANGE_COLUMN_FILE].len == 0)
		return refuse(reject, REASON_EMPTY_VALUE, &columns[CHANGE_COLUMN_FILE], SLICE(""),
			SLICE(""));
	int kind = word_place(CHANGE_WORDS, fields[CHANGE_COLUMN_CHANGE]);
	if (kind < 0)
		return refuse(reject, REASON_UNKNOWN_VALUE, &columns[CHANGE_COLUMN_CHANGE],
			fields[CHANGE_COLUMN_CHANGE], SLICE(CHANGE_WORDS));
	int action = word_place(ACTION_WORDS, fields[CHANGE_COLUMN_ACTION]);
	if (action < 0)
		return refuse(reject, REASON_UNKNOWN_VALUE, &columns[CHANGE_COLUMN_ACTION],
			fields[CHANGE_COLUMN_ACTION], SLICE(ACTION_WORDS));
	if (!line_read(fields[CHANGE_COLUMN_BEFORE_LINE], &change->before.line))
		return refuse(reject, REASON_UNKNOWN_VALUE, &columns[CHANGE_COLUMN_BEFORE_LINE],
			fields[CHANGE_COLUMN_BEFORE_LINE], lines);
	if (!line_read(fields[CHANGE_COLUMN_AFTER_LINE], &change->after.line))
		return refuse(reject, REASON_UNKNOWN_VALUE, &columns[CHANGE_COLUMN_AFTER_LINE],
			fields[CHANGE_COLUMN_AFTER_LINE], lines);
	change->kind = (enum change_kind)kind;
	change->action = (enum action)action;
	change->introduced_by_source =
		slice_equal(fields[CHANGE_COLUMN_VERDICT], SLICE("introduced-by-source"));
	change->file_missing = has_alert(fields[CHANGE_COLUMN_ALERTS], SLICE("file-missing"));
	return true;
}

/* Copies the texts, which the reader only lends. */
static int texts_copy(
	struct change *change, const struct column *columns, const struct record *record)
{
	static const int which[] = { CHANGE_COLUMN_FILE, CHANGE_COLUMN_KEY, CHANGE_COLUMN_BEFORE,
		CHANGE_COLUMN_AFTER };
	struct slice *const to[] = { &change->file, &change->key, &change->before.value,
		&change->after.value };
	size_t length = 0;
	for (size_t i = 0; i < 4; i++)
		length += record_field(record, columns[which[i]].index).len;
	change->text = malloc(length + 1);
	if (!change->text)
		return -1;
	char *at = change->text;
	for (size_t i = 0; i < 4; i++) {
		struct slice field = record_field(record, columns[which[i]].index);
		if (field.len)
			memcpy(at, field.ptr, field.len);
		*to[i] = (struct slice){ at, field.len };
		at += field.len;
	}
	return 0;
}

/* Is this the first row of its file and key? 1, 0, or -1 without memory. */
static int seen_note(struct changes *c, const struct change *change, uint64_t *first)
{
	buffer_clear(&c->scratch);
	if (buffer_append(&c->scratch, change->file) != 0 || buffer_put(&c->scratch, '\0') != 0 ||
		buffer_append(&c->scratch, change->key) != 0)
		return -1;
	uint32_t known = c->seen.count;
	uint32_t index = keys_add(&c->seen, buffer_slice(&c->scratch));
	if (index == KEY_NONE)
		return -1;
	uint64_t *line = keys_value(&c->seen, index);
	if (index == known)
		*line = change->line;
	*first = *line;
	return index == known;
}

int changes_add(struct changes *c, const struct column columns[CHANGE_COLUMNS],
	const struct record *record, struct reject *reject, struct error *e)
{
	struct change change = { .line = record->line };
	uint64_t first;
	*reject = (struct reject){ .line = record->line, .raw = record->raw };
	if (!words_read(&change, columns, record, reject))
		return 0;
	if (c->count == c->room) {
		size_t room = c->room ? 2 * c->room : 64;
		struct change *items = reallocarray(c->items, room, sizeof *items);
		if (!items)
			return error_memory(e);
		c->items = items;
		c->room = room;
	}
	if (texts_copy(&change, columns, record) != 0)
		return error_memory(e);
	int fresh = seen_note(c, &change, &first);
	if (fresh > 0) {
		c->items[c->count++] = change;
		return 1;
	}
	free(change.text);
	if (fresh < 0)
		return error_memory(e);
	snprintf(c->first, sizeof c->first, "%" PRIu64, first);
	refuse(reject, REASON_DUPLICATE_KEY, &columns[CHANGE_COLUMN_KEY], slice_from(c->first),
		SLICE(""));
	return 0;
}

/* A field of a record that may be broken, without quotes: what is between commas or tabs. */
static struct slice piece_next(struct slice *rest)
{
	size_t length = 0;
	while (length < rest->len && !memchr(",\t\r\n", rest->ptr[length], 4))
		length++;
	struct slice piece = { rest->ptr, length };
	*rest = length < rest->len ? slice_skip(*rest, length + 1) : (struct slice){ NULL, 0 };
	while (piece.len && piece.ptr[0] == '"')
		piece = slice_skip(piece, 1);
	while (piece.len && piece.ptr[piece.len - 1] == '"')
		piece.len--;
	return piece;
}

static bool names_secret(struct config_keys *keys, struct slice file, struct slice key)
{
	char text[CONFIG_KEY_LIMIT];
	struct key_rule rule;
	struct error e = { 0 };
	/* A long value is no key. */
	if (key.len > sizeof text)
		return false;
	/* Patterns are for UTF-8, and broken bytes make a name no less of one. */
	bool broken = utf8_valid(key) < key.len;
	for (size_t i = 0; i < key.len; i++)
		text[i] = broken && (unsigned char)key.ptr[i] >= 0x80 ? '?' : key.ptr[i];
	bool secret = config_keys_find(keys, file, (struct slice){ text, key.len }, &rule, &e) != 0;
	error_release(&e);
	/* What cannot be matched cannot be known to be none. */
	return secret || rule.class == KEY_SECRET;
}

bool change_hides(struct config_keys *keys, struct slice record)
{
	struct slice rest = record;
	struct slice file = piece_next(&rest);
	bool hides = names_secret(keys, SLICE(""), file);
	if (utf8_valid(file) < file.len)
		file = SLICE("");
	while (rest.ptr && !hides) {
		struct slice piece = piece_next(&rest);
		hides = slice_equal(piece, SLICE("***")) || names_secret(keys, file, piece);
	}
	return hides;
}

void changes_release(struct changes *c)
{
	for (size_t i = 0; i < c->count; i++)
		free(c->items[i].text);
	free(c->items);
	keys_release(&c->seen);
	buffer_release(&c->scratch);
	*c = (struct changes){ 0 };
}
