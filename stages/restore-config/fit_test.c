#include "fit.h"

#include "hidden.h"
#include "test.h"

static void test_masked(void)
{
	static const struct {
		const char *value;
		bool masked;
	} rows[] = {
		{ "***", true },
		{ "hmac-sha256:0a1b:0123456789abcdef0123456789abcdef", true },
		{ "", false },
		{ "**", false },
		{ "****", false },
		{ "hmac-sha256:0a1b:0123456789abcdef0123456789abcde", false },
		{ "hmac-sha256:0a1b:0123456789abcdef0123456789abcdefa", false },
		{ "hmac-sha256:0a1b:0123456789ABCDEF0123456789abcdef", false },
		{ "hmac-sha256:0a1x:0123456789abcdef0123456789abcdef", false },
		{ "hmac-sha256:0a1b00123456789abcdef0123456789abcdef", false },
		{ "hmac-sha256:0a1:b0123456789abcdef0123456789abcdef", false },
		{ "hmac-sha512:0a1b:0123456789abcdef0123456789abcdef", false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		CHECK_NUMBER(hidden_value(slice_from(rows[i].value)), rows[i].masked);
}

/* Writes the files of a side and reads them. "" for a file without entries, NULL for none. */
static void side_make(struct side *side, struct config_keys *keys, const char *bytes)
{
	const char *const names[] = { "a.txt", "other.txt" };
	const char *const texts[] = { bytes, "other=1\n" };
	const struct input_limits limits = INPUT_LIMITS;
	struct messages messages = { .program = "fit_test", .stream = stderr };
	struct error e = { 0 };
	char folder[] = "/tmp/fit-test-XXXXXX";
	if (!CHECK(mkdtemp(folder)))
		exit(1);
	for (size_t i = 0; i < 2; i++) {
		char path[64];
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		FILE *file = texts[i] ? fopen(path, "w") : NULL;
		if (file)
			CHECK(fputs(texts[i], file) >= 0 && fclose(file) == 0);
	}
	side_init(side);
	CHECK_NUMBER(side_read(side, folder, &limits, keys, &messages, &e), 0);
	for (size_t i = 0; i < 2; i++) {
		char path[64];
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		remove(path);
	}
	remove(folder);
	error_release(&e);
}

#define WAS     "k=1\n# c\nk=2\nempty=\npassword=p\nQUJD\ndb.pwd=\ngone=1\n"
#define NOW     "new=1\nk=3\nempty=\npassword=q\nQUJD\ndb.pwd=\n"
#define ADDED   CHANGE_ADDED
#define REMOVED CHANGE_REMOVED
#define CHANGED CHANGE_CHANGED
#define UNKNOWN CHANGE_UNKNOWN
#define SAME    CHANGE_SAME

static void test_rows(struct config_keys *keys)
{
	static const struct {
		const char *before; /* bytes of a.txt; NULL: WAS or NOW */
		const char *current;
		const char *key;
		enum change_kind kind;
		enum action action;
		const char *values[2];
		uint32_t lines[2];
		const char *error; /* NULL: it fits */
		bool secret;
	} rows[] = {
		{ NULL, NULL, "k", CHANGED, ACTION_RESTORE, { "2", "3" }, { 3, 2 }, NULL, 0 },
		{ NULL, NULL, "k", UNKNOWN, ACTION_RESTORE, { "2", "3" }, { 3, 2 }, NULL, 0 },
		{ NULL, NULL, "empty", SAME, ACTION_NONE, { "", "" }, { 4, 3 }, NULL, 0 },
		{ NULL, NULL, "gone", REMOVED, ACTION_RESTORE, { "1", "" }, { 8, 0 }, NULL, 0 },
		{ NULL, NULL, "new", ADDED, ACTION_REVIEW, { "", "1" }, { 0, 1 }, NULL, 0 },
		/* Lines. */
		{ NULL, NULL, "k", CHANGED, ACTION_RESTORE, { "2", "3" }, { 1, 2 },
			"is in line 3 of", 0 },
		{ NULL, NULL, "k", CHANGED, ACTION_RESTORE, { "2", "3" }, { 3, 3 },
			"is in line 2 of", 0 },
		{ NULL, NULL, "k", REMOVED, ACTION_RESTORE, { "2", "" }, { 3, 0 },
			"is in line 2 of", 0 },
		{ NULL, NULL, "k", ADDED, ACTION_REVIEW, { "", "3" }, { 0, 2 }, "is in line 3 of",
			0 },
		{ NULL, NULL, "gone", CHANGED, ACTION_RESTORE, { "1", "1" }, { 8, 9 },
			"has no key \"gone\" (want it in line 9)", 0 },
		{ NULL, NULL, "new", CHANGED, ACTION_RESTORE, { "1", "1" }, { 1, 1 },
			"has no key \"new\" (want it in line 1)", 0 },
		/* Values. */
		{ NULL, NULL, "k", CHANGED, ACTION_RESTORE, { "1", "3" }, { 3, 2 },
			"has another value in line 3", 0 },
		{ NULL, NULL, "k", CHANGED, ACTION_RESTORE, { "2", "" }, { 3, 2 },
			"has another value in line 2", 0 },
		{ NULL, NULL, "k", CHANGED, ACTION_RESTORE, { "***", "3" }, { 3, 2 },
			"has another value in line 3", 0 },
		{ NULL, NULL, "k", CHANGED, ACTION_REVIEW, { "2", "***" }, { 3, 2 },
			"has another value in line 2", 0 },
		/* Hidden by the source, and nothing is restored from it. */
		{ NULL, NULL, "k", CHANGED, ACTION_RETYPE, { "***", "***" }, { 3, 2 }, NULL, 0 },
		{ NULL, NULL, "k", CHANGED, ACTION_REGENERATE, { "***", "3" }, { 3, 2 }, NULL, 0 },
		{ NULL, NULL, "k", CHANGED, ACTION_RETYPE, { "1", "3" }, { 3, 2 },
			"has another value in line 3", 0 },
		{ NULL, NULL, "empty", SAME, ACTION_RETYPE, { "***", "" }, { 4, 3 },
			"has another value in line 4", 0 },
		/* Secrets. */
		{ NULL, NULL, "password", UNKNOWN, ACTION_RETYPE, { "***", "***" }, { 5, 4 }, NULL,
			1 },
		{ NULL, NULL, "password", UNKNOWN, ACTION_RESTORE,
			{ "hmac-sha256:0a1b:0123456789abcdef0123456789abcdef", "***" }, { 5, 4 },
			NULL, 1 },
		{ NULL, NULL, "password", CHANGED, ACTION_RETYPE, { "p", "***" }, { 5, 4 },
			"has another value in line 5", 0 },
		{ NULL, NULL, "password", CHANGED, ACTION_RETYPE, { "***", "" }, { 5, 4 },
			"has another value in line 4", 0 },
		{ NULL, NULL, "db.pwd", SAME, ACTION_NONE, { "", "" }, { 7, 6 }, NULL, 1 },
		{ NULL, NULL, "db.pwd", SAME, ACTION_NONE, { "***", "" }, { 7, 6 },
			"has another value in line 7", 0 },
		{ NULL, NULL, "***", UNKNOWN, ACTION_RETYPE, { "***", "***" }, { 6, 5 }, NULL, 1 },
		{ NULL, NULL, "***", UNKNOWN, ACTION_RETYPE, { "***", "QUJD" }, { 6, 5 },
			"has another value in line 5", 0 },
		{ "url=http://u:p@h/\n", "url=http://h/\n", "url", CHANGED, ACTION_RESTORE,
			{ "***", "http://h/" }, { 1, 1 }, NULL, 1 },
		{ "url=http://h/\n", "url=http://u:p@h/\n", "url", CHANGED, ACTION_RESTORE,
			{ "***", "***" }, { 1, 1 }, NULL, 1 },
		/* The kind of change. */
		{ NULL, NULL, "k", ADDED, ACTION_REVIEW, { "2", "3" }, { 3, 2 },
			"is not on the sides where the row has it", 0 },
		{ NULL, NULL, "k", REMOVED, ACTION_RESTORE, { "2", "3" }, { 3, 2 },
			"is not on the sides where the row has it", 0 },
		{ NULL, NULL, "gone", CHANGED, ACTION_RESTORE, { "1", "" }, { 8, 0 },
			"is not on the sides where the row has it", 0 },
		{ NULL, NULL, "gone", ADDED, ACTION_REVIEW, { "1", "" }, { 8, 0 },
			"is not on the sides where the row has it", 0 },
		{ NULL, NULL, "new", UNKNOWN, ACTION_RESTORE, { "", "1" }, { 0, 1 },
			"is not on the sides where the row has it", 0 },
		{ NULL, NULL, "new", REMOVED, ACTION_RESTORE, { "", "1" }, { 0, 1 },
			"is not on the sides where the row has it", 0 },
		{ NULL, NULL, "none", ADDED, ACTION_REVIEW, { "", "" }, { 0, 0 },
			"key \"none\" is not on the sides where the row has it", 0 },
		{ NULL, NULL, "none", REMOVED, ACTION_RESTORE, { "", "" }, { 0, 0 },
			"key \"none\" is not on the sides where the row has it", 0 },
		/* A key of no bytes is one, and the row of a file as a whole has no lines. */
		{ "=1\n", "=2\n", "", CHANGED, ACTION_RESTORE, { "1", "2" }, { 1, 1 }, NULL, 0 },
		{ "=1\n", "", "", REMOVED, ACTION_RESTORE, { "1", "" }, { 1, 0 }, NULL, 0 },
		{ "", "=1\n", "", ADDED, ACTION_REVIEW, { "", "1" }, { 0, 1 }, NULL, 0 },
		{ "=1\n", "", "", REMOVED, ACTION_RESTORE, { "2", "" }, { 1, 0 },
			"has another value in line 1", 0 },
		{ "", "=1\n", "", ADDED, ACTION_REVIEW, { "", "2" }, { 0, 1 },
			"has another value in line 1", 0 },
		{ NULL, NULL, "", SAME, ACTION_NONE, { "", "" }, { 0, 0 }, NULL, 0 },
		{ NULL, NULL, "", ADDED, ACTION_REVIEW, { "", "" }, { 0, 0 },
			"the file \"a\" is not on the sides", 0 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct side before;
		struct side current;
		struct fit fit;
		struct error e = { 0 };
		side_make(&before, keys, rows[i].before ? rows[i].before : WAS);
		side_make(&current, keys, rows[i].current ? rows[i].current : NOW);
		const struct change change = { .file = SLICE("a"),
			.key = slice_from(rows[i].key),
			.kind = rows[i].kind,
			.action = rows[i].action,
			.before = { slice_from(rows[i].values[0]), rows[i].lines[0] },
			.after = { slice_from(rows[i].values[1]), rows[i].lines[1] },
			.line = 7 };
		int result = fit_check(&fit, &change, &before, &current, "changes.csv", &e);
		const char *text = e.text.len ? buffer_text(&e.text) : "";
		bool as_told = rows[i].error ? result == -1 && e.status == STATUS_INPUT &&
						       strstr(text, rows[i].error) &&
						       strstr(text, "changes.csv:7: ")
					     : result == 0 && fit.secret == rows[i].secret &&
						       fit.before && fit.current;
		if (!CHECK(as_told))
			fprintf(stderr, "\trow %zu, key %s: %d, %s\n", i, rows[i].key, result,
				text);
		error_release(&e);
		side_release(&before);
		side_release(&current);
	}
}

/* A file that is not on both sides. */
static void test_files(struct config_keys *keys)
{
	static const struct {
		bool before;
		bool current;
		enum change_kind kind;
		const char *key;
		uint32_t lines[2];
		bool fits;
	} rows[] = {
		{ true, false, REMOVED, "", { 0, 0 }, true },
		{ true, false, ADDED, "", { 0, 0 }, false },
		{ true, false, CHANGED, "", { 0, 0 }, false },
		{ false, true, ADDED, "", { 0, 0 }, true },
		{ false, true, REMOVED, "", { 0, 0 }, false },
		{ false, true, SAME, "", { 0, 0 }, false },
		{ false, false, ADDED, "", { 0, 0 }, false },
		{ true, false, REMOVED, "k", { 1, 0 }, true },
		{ true, false, CHANGED, "k", { 1, 1 }, false },
		{ false, true, ADDED, "k", { 0, 1 }, true },
		{ false, true, CHANGED, "k", { 1, 1 }, false },
		{ false, false, CHANGED, "k", { 1, 1 }, false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct side before;
		struct side current;
		struct fit fit;
		struct error e = { 0 };
		side_make(&before, keys, rows[i].before ? "k=1\n" : NULL);
		side_make(&current, keys, rows[i].current ? "k=1\n" : NULL);
		const struct change change = { .file = SLICE("a"),
			.key = slice_from(rows[i].key),
			.kind = rows[i].kind,
			.before = { slice_from(rows[i].lines[0] ? "1" : ""), rows[i].lines[0] },
			.after = { slice_from(rows[i].lines[1] ? "1" : ""), rows[i].lines[1] } };
		int result = fit_check(&fit, &change, &before, &current, "changes.csv", &e);
		CHECK_NUMBER(result, rows[i].fits ? 0 : -1);
		CHECK_NUMBER(e.status, rows[i].fits ? STATUS_DONE : STATUS_INPUT);
		bool absent = (rows[i].lines[0] && !rows[i].before) ||
			      (rows[i].lines[1] && !rows[i].current);
		const char *text = e.text.len ? buffer_text(&e.text) : "";
		CHECK(absent == (strstr(text, "no file there has the name \"a\"") != NULL));
		CHECK(result != 0 || ((fit.before != NULL) == rows[i].before &&
					     (fit.current != NULL) == rows[i].current));
		error_release(&e);
		side_release(&before);
		side_release(&current);
	}
}

int main(void)
{
	struct config_keys keys;
	struct error e = { 0 };
	if (!CHECK(config_keys_load(&keys, NULL, &e) == 0))
		return 1;
	test_masked();
	test_rows(&keys);
	test_files(&keys);
	config_keys_release(&keys);
	return test_report("fit_test");
}
