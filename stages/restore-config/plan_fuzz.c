/*
 * Two configuration files, restored: what the patch makes of the one is the result, its secrets are
 * where they were and in no row of the patch, every key reads as it is said to, and a second time
 * nothing is left to be done.
 *
 * Input: a byte that is odd for keys to be removed, too, the file of before, %%, the current one.
 */
#include "plan.h"

#include "patch.h"

#include "fuzz.h"

#include <string.h>

#define CHANGES 64

struct restoration {
	struct side_file before;
	struct side_file current;
	struct change changes[CHANGES];
	size_t count;
	struct plan plan;
	struct buffer patch;
};

static bool file_read(
	struct side_file *file, struct slice name, struct slice bytes, struct config_keys *keys)
{
	struct error e = { 0 };
	*file = (struct side_file){ .member = strndup(name.ptr, name.len),
		.path = strndup(name.ptr, name.len),
		.name = strndup(name.ptr, name.len) };
	REQUIRE(file->member && file->path && file->name);
	REQUIRE(buffer_append(&file->bytes, bytes) == 0);
	bool good = content_read(&file->content, file->member, name, buffer_slice(&file->bytes),
			    keys, &e) == 0;
	error_release(&e);
	return good;
}

static void file_release(struct side_file *file, bool good)
{
	free(file->member);
	free(file->path);
	free(file->name);
	if (good)
		content_release(&file->content);
	buffer_release(&file->bytes);
}

static struct slice value_of(const struct content *c, size_t entry)
{
	return property_value(&c->properties, &c->properties.entries[entry]);
}

static bool is_plain(const struct content *c, size_t entry)
{
	return entry == ENTRY_NONE || c->masks[entry] == MASK_NOTHING;
}

static void change_add(struct restoration *r, struct slice key, enum step step, size_t entry)
{
	if (r->count == CHANGES)
		return;
	struct change *change = &r->changes[r->count++];
	*change = (struct change){ .key = key, .step = step };
	if (entry != ENTRY_NONE)
		change->before.value = value_of(&r->before.content, entry);
	const struct fit fit = { .before_entry = entry };
	REQUIRE(plan_add(&r->plan, change, &fit) == 0);
}

/* What run.c would ask for, were every key to be put back. */
static void changes_make(struct restoration *r, bool removing)
{
	const struct content *before = &r->before.content;
	const struct content *current = &r->current.content;
	for (uint32_t i = 0; i < before->last.count; i++) {
		struct slice key = keys_at(&before->last, i);
		size_t was = content_find(before, key);
		size_t is = content_find(current, key);
		if (!is_plain(before, was) || !is_plain(current, is))
			continue;
		if (is == ENTRY_NONE)
			change_add(r, key, STEP_INSERT, was);
		else if (!slice_equal(value_of(before, was), value_of(current, is)))
			change_add(r, key, STEP_REPLACE, was);
	}
	for (uint32_t i = 0; removing && i < current->last.count; i++) {
		struct slice key = keys_at(&current->last, i);
		if (content_find(before, key) == ENTRY_NONE &&
			is_plain(current, content_find(current, key)))
			change_add(r, key, STEP_REMOVE, ENTRY_NONE);
	}
}

static size_t number_read(struct slice *text)
{
	size_t number = 0;
	REQUIRE(text->len && text->ptr[0] >= '0' && text->ptr[0] <= '9');
	while (text->len && text->ptr[0] >= '0' && text->ptr[0] <= '9')
		number = number * 10 + fuzz_byte(text) - '0';
	return number;
}

static void range_read(struct slice *text, char sign, size_t *start, size_t *count)
{
	REQUIRE(fuzz_byte(text) == (unsigned char)sign);
	*start = number_read(text);
	*count = 1;
	if (text->len && text->ptr[0] == ',') {
		fuzz_byte(text);
		*count = number_read(text);
	}
	/* The number of the first row, or of the one before where there is none. */
	if (*count)
		--*start;
}

/* Takes a row of the patch with its LF, or without one where the patch says so. */
static struct slice row_read(struct slice *text)
{
	const char *lf = memchr(text->ptr, '\n', text->len);
	REQUIRE(lf);
	struct slice row = { text->ptr, (size_t)(lf - text->ptr) + 1 };
	*text = slice_skip(*text, row.len);
	const struct slice bare = SLICE("\\ No newline at end of file\n");
	if (text->len && text->ptr[0] == '\\') {
		REQUIRE(text->len >= bare.len && memcmp(text->ptr, bare.ptr, bare.len) == 0);
		*text = slice_skip(*text, bare.len);
		row.len--;
	}
	return row;
}

static struct slice content_row(const struct content *c, size_t row)
{
	return (struct slice){ c->properties.bytes.ptr + c->rows[row].start,
		c->rows[row].end - c->rows[row].start };
}

static void rows_copy(struct buffer *out, const struct content *c, size_t *at, size_t to)
{
	REQUIRE(*at <= to && to <= c->row_count);
	for (; *at < to; ++*at)
		REQUIRE(buffer_append(out, content_row(c, *at)) == 0);
}

static void headers_read(struct slice *text)
{
	for (const char *want = "--- a/a.txt\t\n+++ b/a.txt\t\n"; *want; want++)
		REQUIRE(fuzz_byte(text) == (unsigned char)*want);
}

/* Applies the patch as strictly as it can be, and looks for secrets in its rows. */
static void patch_check(const struct restoration *r, const struct content *result)
{
	const struct content *current = &r->current.content;
	struct slice text = buffer_slice(&r->patch);
	struct buffer made = { 0 };
	size_t at = 0;
	size_t at_new = 0;
	if (text.len)
		headers_read(&text);
	while (text.len) {
		size_t old_start;
		size_t old_count;
		size_t new_start;
		size_t new_count;
		for (const char *want = "@@ "; *want; want++)
			REQUIRE(fuzz_byte(&text) == (unsigned char)*want);
		range_read(&text, '-', &old_start, &old_count);
		REQUIRE(fuzz_byte(&text) == ' ');
		range_read(&text, '+', &new_start, &new_count);
		for (const char *want = " @@\n"; *want; want++)
			REQUIRE(fuzz_byte(&text) == (unsigned char)*want);
		at_new += old_start - at;
		rows_copy(&made, current, &at, old_start);
		REQUIRE(at_new == new_start);
		while (old_count || new_count) {
			struct slice row = row_read(&text);
			unsigned kind = fuzz_byte(&row);
			REQUIRE(kind == ' ' || kind == '-' || kind == '+');
			if (kind != '+') {
				REQUIRE(old_count-- && at < current->row_count);
				REQUIRE(!current->rows[at].secret);
				REQUIRE(slice_equal(row, content_row(current, at++)));
			}
			if (kind != '-') {
				REQUIRE(new_count-- && at_new < result->row_count);
				REQUIRE(!result->rows[at_new++].secret);
				REQUIRE(buffer_append(&made, row) == 0);
			}
		}
	}
	rows_copy(&made, current, &at, current->row_count);
	REQUIRE(slice_equal(buffer_slice(&made), result->properties.bytes));
	buffer_release(&made);
}

/* The next line with a secret in it, or the end. */
static size_t secret_next(const struct content *c, size_t line)
{
	while (line < c->line_count && c->lines[line].mask == MASK_NOTHING)
		line++;
	return line;
}

static struct slice line_bytes(const struct content *c, size_t line)
{
	struct slice bytes = { c->properties.bytes.ptr + c->lines[line].start,
		c->lines[line].end - c->lines[line].start };
	/* Whether the last one has an end, a line that follows it decides. */
	return bytes;
}

static void secrets_check(const struct content *current, const struct content *result)
{
	size_t was = secret_next(current, 0);
	size_t is = secret_next(result, 0);
	while (was < current->line_count && is < result->line_count) {
		REQUIRE(slice_equal(line_bytes(current, was), line_bytes(result, is)));
		was = secret_next(current, was + 1);
		is = secret_next(result, is + 1);
	}
	REQUIRE(was == current->line_count && is == result->line_count);
}

static const struct change *change_of(const struct restoration *r, struct slice key)
{
	for (size_t i = 0; i < r->count; i++)
		if (slice_equal(r->changes[i].key, key) && !r->changes[i].refused)
			return &r->changes[i];
	return NULL;
}

/* Every key of the current file and every change, in the result. */
static void values_check(const struct restoration *r, const struct content *result)
{
	const struct content *current = &r->current.content;
	for (size_t i = 0; i < r->count; i++) {
		const struct change *change = &r->changes[i];
		size_t entry = content_find(result, change->key);
		if (change->refused)
			continue;
		REQUIRE((entry == ENTRY_NONE) == (change->step == STEP_REMOVE));
		REQUIRE(entry == ENTRY_NONE ||
			slice_equal(value_of(result, entry), change->before.value));
	}
	for (uint32_t i = 0; i < current->last.count; i++) {
		struct slice key = keys_at(&current->last, i);
		size_t was = content_find(current, key);
		size_t is = content_find(result, key);
		if (change_of(r, key))
			continue;
		REQUIRE(is != ENTRY_NONE && current->masks[was] == result->masks[is]);
		REQUIRE(slice_equal(value_of(current, was), value_of(result, is)));
	}
	for (uint32_t i = 0; i < result->last.count; i++) {
		struct slice key = keys_at(&result->last, i);
		REQUIRE(content_find(current, key) != ENTRY_NONE || change_of(r, key));
	}
}

static void restore(struct restoration *r, bool removing, struct config_keys *keys)
{
	struct error e = { 0 };
	r->plan.before = &r->before;
	r->plan.current = &r->current;
	changes_make(r, removing);
	if (r->count == 0)
		return;
	REQUIRE(plan_make(&r->plan, keys, &e) == 0);
	REQUIRE(patch_append(&r->patch, SLICE("a.txt"), &r->current.content,
			buffer_slice(&r->plan.result), r->plan.regions, r->plan.region_count) == 0);
	struct side_file result;
	REQUIRE(file_read(&result, SLICE("a.txt"), buffer_slice(&r->plan.result), keys));
	patch_check(r, &result.content);
	secrets_check(&r->current.content, &result.content);
	values_check(r, &result.content);
	file_release(&result, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct config_keys keys;
	struct slice input = { (const char *)data, size };
	struct error e = { 0 };
	if (keys.count == 0)
		REQUIRE(config_keys_load(&keys, NULL, &e) == 0);
	bool removing = fuzz_byte(&input) & 1;
	struct restoration r = { 0 };
	bool before = file_read(&r.before, SLICE("a.txt"), fuzz_part(&input), &keys);
	bool current = file_read(&r.current, SLICE("a.txt"), input, &keys);
	if (before && current)
		restore(&r, removing, &keys);
	plan_release(&r.plan);
	buffer_release(&r.patch);
	file_release(&r.before, before);
	file_release(&r.current, current);
	return 0;
}
