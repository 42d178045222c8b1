#include "comparison.h"

#include "test.h"

static const struct column columns[CONFIG_COLUMNS] = { { "file", true, 0 }, { "key", true, 1 },
	{ "value", true, 2 }, { "secret", true, 3 }, { "line", true, 4 } };

static int take(struct comparison *c, enum side side, const char *const texts[CONFIG_COLUMNS],
	struct error *e)
{
	struct slice fields[CONFIG_COLUMNS];
	for (size_t i = 0; i < CONFIG_COLUMNS; i++)
		fields[i] = slice_from(texts[i]);
	const struct record row = { .line = 7, .fields = fields, .count = CONFIG_COLUMNS };
	const struct place place = { "side.csv", 7, { NULL, 0 } };
	return comparison_take(c, side, &row, columns, &place, e);
}

static void add(struct comparison *c, enum side side, const char *file, const char *key,
	const char *value, const char *line)
{
	struct error e = { 0 };
	const char *const texts[] = { file, key, value, "N", line };
	CHECK_NUMBER(take(c, side, texts, &e), 0);
	error_release(&e);
}

static const struct entry *find(const struct comparison *c, const char *file, const char *key)
{
	for (uint32_t i = 0; i < c->entry_count; i++) {
		const struct entry *entry = &c->entries[i];
		if (slice_equal(keys_at(&c->files, entry->file), slice_from(file)) &&
			slice_equal(comparison_key(c, entry), slice_from(key)))
			return entry;
	}
	return NULL;
}

static void test_sides(void)
{
	struct comparison c;
	comparison_init(&c);
	c.source_given = true;
	add(&c, SIDE_BEFORE, "b", "k", "1", "1");
	add(&c, SIDE_BEFORE, "b", "k", "2", "5");
	add(&c, SIDE_BEFORE, "a", "k", "3", "1");
	add(&c, SIDE_BEFORE, "b", "", "of no key", "2");
	add(&c, SIDE_BEFORE, "empty", "", "", "0");
	add(&c, SIDE_AFTER, "b", "", "", "4294967295");
	add(&c, SIDE_AFTER, "b", "k", "2", "9");
	add(&c, SIDE_AFTER, "c", "k", "", "1");
	add(&c, SIDE_SOURCE, "b", "k", "4", "1");
	CHECK_NUMBER(c.entry_count, 4);
	CHECK_NUMBER(c.counts[SIDE_BEFORE].rows, 5);
	CHECK_NUMBER(c.counts[SIDE_BEFORE].keys, 3);
	CHECK_NUMBER(c.counts[SIDE_BEFORE].empty_files, 1);

	const struct entry *entry = find(&c, "b", "k");
	if (CHECK(entry != NULL)) {
		struct values v = comparison_values(&c, entry);
		CHECK_TEXT(v.before.bytes, "2");
		CHECK_TEXT(v.after.bytes, "2");
		CHECK_TEXT(v.source.bytes, "4");
		CHECK(v.source_given && v.before.present && v.after.present && v.source.present);
		CHECK_NUMBER(entry->on[SIDE_BEFORE].line, 5);
		CHECK_NUMBER(entry->on[SIDE_AFTER].line, 9);
	}
	entry = find(&c, "b", "");
	if (CHECK(entry != NULL)) {
		CHECK_TEXT(comparison_value(&c, entry, SIDE_BEFORE).bytes, "of no key");
		CHECK(comparison_value(&c, entry, SIDE_AFTER).present);
		CHECK(!comparison_value(&c, entry, SIDE_SOURCE).present);
		CHECK_NUMBER(entry->on[SIDE_AFTER].line, UINT32_MAX);
	}

	CHECK_NUMBER(comparison_rank(&c), 0);
	static const struct {
		const char *name;
		uint32_t rank;
		bool one_sided;
	} files[] = { { "a", 0, true }, { "b", 1, false }, { "c", 2, true }, { "empty", 3, true } };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		uint32_t index = keys_find(&c.files, slice_from(files[i].name));
		CHECK_NUMBER(comparison_file(&c, index)->rank, files[i].rank);
		CHECK_NUMBER(comparison_one_sided(&c, index), files[i].one_sided);
	}
	comparison_release(&c);
}

/* Many keys, on the second side in another order, so that the table is asked for each. */
static void test_many(void)
{
	enum { MANY = 20000 };
	struct comparison c;
	char key[32];
	char line[32];
	comparison_init(&c);
	for (int i = 0; i < MANY; i++) {
		snprintf(key, sizeof key, "key.%d", i);
		snprintf(line, sizeof line, "%d", i + 1);
		add(&c, SIDE_BEFORE, i % 3 ? "one" : "two", key, line, line);
	}
	for (int i = MANY - 1; i >= 0; i--) {
		snprintf(key, sizeof key, "key.%d", i);
		snprintf(line, sizeof line, "%d", MANY + i);
		add(&c, SIDE_AFTER, i % 3 ? "one" : "two", key, line, line);
	}
	CHECK_NUMBER(c.entry_count, MANY);
	bool all = true;
	for (uint32_t i = 0; i < MANY; i++) {
		snprintf(key, sizeof key, "key.%u", i);
		all &= slice_equal(comparison_key(&c, &c.entries[i]), slice_from(key));
		all &= c.entries[i].on[SIDE_BEFORE].line == i + 1;
		all &= c.entries[i].on[SIDE_AFTER].line == MANY + i;
	}
	CHECK(all);
	comparison_release(&c);
}

static void test_secrets(void)
{
	struct comparison c;
	struct error e = { 0 };
	comparison_init(&c);
	const char *const rows[][CONFIG_COLUMNS] = { { "f", "a", "x", "N", "1" },
		{ "f", "a", "y", "Y", "2" }, { "f", "a", "z", "N", "3" },
		{ "f", "***", "***", "Y", "4" }, { "f", "b", "***", "N", "5" },
		{ "g", "***", "x", "N", "1" } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		CHECK_NUMBER(take(&c, SIDE_AFTER, rows[i], &e), 0);
	CHECK(find(&c, "f", "a")->secret);
	CHECK(!find(&c, "f", "b")->secret);
	CHECK(comparison_rest_of_secret(&c, find(&c, "f", "***")));
	CHECK(!comparison_rest_of_secret(&c, find(&c, "f", "a")));
	/* A key may be called so. */
	CHECK(!comparison_rest_of_secret(&c, find(&c, "g", "***")));
	comparison_release(&c);
}

static void test_bad_rows(void)
{
	static const struct {
		const char *row[CONFIG_COLUMNS];
		const char *column;
	} cases[] = {
		{ { "", "k", "v", "N", "1" }, "file" },
		{ { "f", "k", "v", "", "1" }, "secret" },
		{ { "f", "k", "v", "y", "1" }, "secret" },
		{ { "f", "k", "v", "YY", "1" }, "secret" },
		{ { "f", "k", "v", "N", "" }, "line" },
		{ { "f", "k", "v", "N", "1x" }, "line" },
		{ { "f", "k", "v", "N", " 1" }, "line" },
		{ { "f", "k", "v", "N", "4294967296" }, "line" },
		{ { "f", "k", "v", "N", "18446744073709551617" }, "line" },
		{ { "f", "", "v", "N", "0" }, "value" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct comparison c;
		struct error e = { 0 };
		char start[64];
		comparison_init(&c);
		CHECK_NUMBER(take(&c, SIDE_BEFORE, cases[i].row, &e), -1);
		CHECK_NUMBER(e.status, STATUS_INPUT);
		snprintf(start, sizeof start, "side.csv:7: column \"%s\": wrong value (got ",
			cases[i].column);
		e.text.len = e.text.len < strlen(start) ? e.text.len : strlen(start);
		CHECK_TEXT(buffer_slice(&e.text), start);
		error_release(&e);
		comparison_release(&c);
	}
}

int main(void)
{
	test_sides();
	test_many();
	test_secrets();
	test_bad_rows();
	return test_report("comparison_test");
}
