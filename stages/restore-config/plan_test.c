#include "plan.h"

#include "patch.h"
#include "test.h"

#include <stdlib.h>

static struct config_keys keys;

/* The file in memory. */
static void file_make(struct side_file *file, struct slice bytes)
{
	struct error e = { 0 };
	*file = (struct side_file){
		.member = strdup("a.txt"), .path = strdup("a.txt"), .name = strdup("a")
	};
	CHECK(buffer_append(&file->bytes, bytes) == 0);
	CHECK_NUMBER(content_read(&file->content, "a.txt", SLICE("a"), buffer_slice(&file->bytes),
			     &keys, &e),
		0);
	error_release(&e);
}

static void file_free(struct side_file *file)
{
	free(file->member);
	free(file->path);
	free(file->name);
	buffer_release(&file->bytes);
	content_release(&file->content);
}

/* What is to be done with a key: "=key" replaces, "+key" inserts, "-key" removes. */
static void item_add(struct plan *p, struct change *change, const char *what)
{
	const struct content *before = &p->before->content;
	struct slice key = slice_from(what + 1);
	size_t entry = content_find(before, key);
	*change = (struct change){ .key = key,
		.step = *what == '='   ? STEP_REPLACE
			: *what == '+' ? STEP_INSERT
				       : STEP_REMOVE };
	CHECK((entry == ENTRY_NONE) == (*what == '-'));
	if (entry != ENTRY_NONE)
		change->before.value =
			property_value(&before->properties, &before->properties.entries[entry]);
	const struct fit fit = { .before_entry = entry };
	CHECK(plan_add(p, change, &fit) == 0);
}

/* A row of the table: `items` ended by NULL, `refused` the keys that are left as tasks. */
struct row {
	struct slice before;
	struct slice current;
	const char *items[5];
	struct slice result;
	const char *refused;
	const char *patch; /* without its headers; NULL: not looked at */
};

#define HEADERS "--- a/a.txt\t\n+++ b/a.txt\t\n"

static void row_test(const struct row *row)
{
	struct side_file before;
	struct side_file current;
	struct change changes[5];
	struct error e = { 0 };
	struct plan plan = { .before = &before, .current = &current };
	struct buffer refused = { 0 };
	struct buffer patch = { 0 };
	size_t count = 0;
	file_make(&before, row->before);
	file_make(&current, row->current);
	for (; row->items[count]; count++)
		item_add(&plan, &changes[count], row->items[count]);
	CHECK_NUMBER(plan_make(&plan, &keys, &e), 0);
	CHECK_SLICE(buffer_slice(&plan.result), row->result);
	for (size_t i = 0; i < count; i++)
		if (changes[i].refused)
			buffer_printf(&refused, "%s ", row->items[i] + 1);
	CHECK_TEXT(buffer_slice(&refused), row->refused);
	CHECK(patch_append(&patch, SLICE("a.txt"), &current.content, buffer_slice(&plan.result),
		      plan.regions, plan.region_count) == 0);
	if (row->patch && *row->patch) {
		CHECK(patch.len > strlen(HEADERS));
		CHECK_SLICE(((struct slice){ patch.ptr, strlen(HEADERS) }), SLICE(HEADERS));
		CHECK_TEXT(slice_skip(buffer_slice(&patch), strlen(HEADERS)), row->patch);
	} else if (row->patch) {
		CHECK_NUMBER(patch.len, 0);
	}
	buffer_release(&refused);
	buffer_release(&patch);
	plan_release(&plan);
	file_free(&before);
	file_free(&current);
	error_release(&e);
}

#define MARK "\xEF\xBB\xBF"

static void test_places(void)
{
	const struct row rows[] = {
		/* Behind the nearest entry before it that is still there, in BEFORE's order. */
		{ SLICE("a=1\nx=1\ny=2\nb=1\n"), SLICE("a=1\nb=1\n"), { "+y", "+x" },
			SLICE("a=1\nx=1\ny=2\nb=1\n"), "",
			"@@ -1,2 +1,4 @@\n a=1\n+x=1\n+y=2\n b=1\n" },
		{ SLICE("a=1\nb=1\nx=1\nc=1\n"), SLICE("c=1\na=1\n# c\nd=1\n"), { "+x" },
			SLICE("c=1\na=1\nx=1\n# c\nd=1\n"), "", NULL },
		/* Behind the last one of several. */
		{ SLICE("a=1\nx=1\n"), SLICE("a=1\na=2\nb=1\n"), { "+x" },
			SLICE("a=1\na=2\nx=1\nb=1\n"), "", NULL },
		/* Nothing before it is there: in front of what follows. */
		{ SLICE("a=1\nx=1\nb=1\n"), SLICE("c=1\nb=1\n"), { "+x" }, SLICE("c=1\nx=1\nb=1\n"),
			"", NULL },
		/* Nothing at all is there: at the end. */
		{ SLICE("a=1\nx=1\n"), SLICE("c=1\n# end\n"), { "+x" }, SLICE("c=1\n# end\nx=1\n"),
			"", NULL },
		{ SLICE("x=1\n"), SLICE(""), { "+x" }, SLICE("x=1\n"), "",
			"@@ -0,0 +1 @@\n+x=1\n" },
		{ SLICE("x=1\r\ny=2"), SLICE(""), { "+x", "+y" }, SLICE("x=1\r\ny=2\r\n"), "",
			NULL },
		/* A secret and what may be its rest stay together. */
		{ SLICE("password=1\nx=1\n"), SLICE("password=1\nQUJD\n# c\nREVG=\nb=1\n"),
			{ "+x" }, SLICE("password=1\nQUJD\n# c\nREVG=\nx=1\nb=1\n"), "", NULL },
		{ SLICE("password=1\nx=1\n"), SLICE("password=1\nQUJD\nb=1\ntoken=1\nREVG\n"),
			{ "+x" }, SLICE("password=1\nQUJD\nx=1\nb=1\ntoken=1\nREVG\n"), "", NULL },
		{ SLICE("password=1\nx=1\n"), SLICE("password=\n\n# c\nQUJD\nb=1\n"), { "+x" },
			SLICE("password=\n\n# c\nQUJD\nx=1\nb=1\n"), "", NULL },
		/*
		 * A key with the name of such a rest is no neighbour: which line it is nobody
		 * knows.
		 */
		{ SLICE("***=1\nx=1\nb=1\n"), SLICE("b=1\n***=2\nc=1\n"), { "+x" },
			SLICE("x=1\nb=1\n***=2\nc=1\n"), "", NULL },
		/* Behind a secret's row, of which the patch needs nothing. */
		{ SLICE("x=1\n"), SLICE("b=1\npassword=1\n"), { "+x" },
			SLICE("b=1\npassword=1\nx=1\n"), "", "@@ -2,0 +3 @@\n+x=1\n" },
		/* Where it would be taken for the rest of one, it goes elsewhere. */
		{ SLICE("password=\na.b=\nb=1\n"), SLICE("password=1\nb=1\n"), { "+a.b" },
			SLICE("password=1\nb=1\na.b=\n"), "", NULL },
		{ SLICE("x y\n"), SLICE("# c\npassword=1\n"), { "+x" },
			SLICE("x y\n# c\npassword=1\n"), "", "@@ -1 +1,2 @@\n+x y\n # c\n" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		row_test(&rows[i]);
}

static void test_bytes(void)
{
	const struct row rows[] = {
		/* The current file's line ends, the form of BEFORE. */
		{ SLICE("a : 1\nb=2\n"), SLICE("a=9\r\nb=2\r\n"), { "=a" },
			SLICE("a : 1\r\nb=2\r\n"), "",
			"@@ -1,2 +1,2 @@\n-a=9\r\n+a : 1\r\n b=2\r\n" },
		{ SLICE("a=1,\\\r\n  2\r\n"), SLICE("a=1\nb=2\n"), { "=a" },
			SLICE("a=1,\\\n  2\nb=2\n"), "", NULL },
		{ SLICE("a=1\\\n\nb=1\n"), SLICE("a=2\nb=1\n"), { "=a" }, SLICE("a=1\\\n\nb=1\n"),
			"", NULL },
		{ SLICE("a=1\\\r2\\\n3\n"), SLICE("a=2\nb=1\n"), { "=a" },
			SLICE("a=1\\\n2\\\n3\nb=1\n"), "", NULL },
		/* The last of doubled keys, on both sides. */
		{ SLICE("a=1\na=2\n"), SLICE("a=3\nb=1\na=4\n"), { "=a" }, SLICE("a=3\nb=1\na=2\n"),
			"", NULL },
		/* Keys that differ in case are two. */
		{ SLICE("a=1\nA=2\n"), SLICE("a=3\nA=4\n"), { "=A" }, SLICE("a=3\nA=2\n"), "",
			NULL },
		/* The end of the file stays as it is. */
		{ SLICE("a=1\n"), SLICE("b=1\na=2"), { "=a" }, SLICE("b=1\na=1"), "",
			"@@ -1,2 +1,2 @@\n b=1\n-a=2\n\\ No newline at end of file\n+a=1\n"
			"\\ No newline at end of file\n" },
		{ SLICE("a=1\nx=1"), SLICE("a=1\n"), { "+x" }, SLICE("a=1\nx=1\n"), "", NULL },
		{ SLICE("a=1\nx=1\ny=2\n"), SLICE("a=1"), { "+x", "+y" }, SLICE("a=1\nx=1\ny=2"),
			"",
			"@@ -1 +1,3 @@\n-a=1\n\\ No newline at end of file\n+a=1\n+x=1\n+y=2\n"
			"\\ No newline at end of file\n" },
		/* A backslash at the end of BEFORE joins nothing, and must not begin to. */
		{ SLICE("a=1\\"), SLICE("a=2\nb=1\n"), { "=a" }, SLICE("a=1\nb=1\n"), "", NULL },
		{ SLICE("a=1\\\\"), SLICE("a=2\nb=1\n"), { "=a" }, SLICE("a=1\\\\\nb=1\n"), "",
			NULL },
		/* Nor is anything put behind one at the end of the current file. */
		{ SLICE("a=1\nx=1\n"), SLICE("b=1\na=1\\"), { "+x" }, SLICE("x=1\nb=1\na=1\\"), "",
			NULL },
		/* A byte order mark stays in front. */
		{ SLICE("a=1\n"), SLICE(MARK "a=2\n"), { "=a" }, SLICE(MARK "a=1\n"), "", NULL },
		{ SLICE(MARK "a=1\n"), SLICE("a=2\n"), { "=a" }, SLICE("a=1\n"), "", NULL },
		{ SLICE("x=1\na=1\n"), SLICE(MARK "a=1\n"), { "+x" }, SLICE(MARK "x=1\na=1\n"), "",
			NULL },
		{ SLICE("x=1\n"), SLICE(MARK), { "+x" }, SLICE(MARK "x=1\n"), "", NULL },
		/* What is to be removed goes wherever it stands. */
		{ SLICE("b=1\n"), SLICE("a=1\nb=1\na=2"), { "-a" }, SLICE("b=1\n"), "",
			"@@ -1,3 +1 @@\n-a=1\n b=1\n-a=2\n\\ No newline at end of file\n" },
		{ SLICE(""), SLICE("a=1\\\n 2\n"), { "-a" }, SLICE(""), "",
			"@@ -1,2 +0,0 @@\n-a=1\\\n- 2\n" },
		{ SLICE("c=1\n"), SLICE(MARK "a=1\n# c\nc=1\n"), { "-a" }, SLICE(MARK "# c\nc=1\n"),
			"", NULL },
		/* Both at one place. */
		{ SLICE(MARK "x=1\na=1\\\n  2\n"), SLICE(MARK "b 3\n # c\nnew=1"),
			{ "+a", "-new", "-b", "+x" }, SLICE(MARK "x=1\na=1\\\n  2\n # c\n"), "",
			NULL },
		/* A CR does not join the LF of an empty line. */
		{ SLICE("a=1\nx=1\n"), SLICE("b=1\ra=2\n\nc=1\n"), { "=a", "+x" },
			SLICE("b=1\ra=1\r\nx=1\r\n\nc=1\n"), "", NULL },
		/* Nor does another line end become one of two bytes. */
		{ SLICE("a=1\nx=1\n"), SLICE("a=1\n\nb=1\n"), { "+x" }, SLICE("a=1\nx=1\n\nb=1\n"),
			"", NULL },
		{ SLICE("a=1\nx=1\n"), SLICE("a=1\rb=1\r"), { "+x" }, SLICE("a=1\rx=1\rb=1\r"), "",
			NULL },
		{ SLICE("a=2\nx=1\n"), SLICE("a=1\r"), { "=a", "+x" }, SLICE("a=2\rx=1\r"), "",
			NULL },
		/* The same bytes are no change. */
		{ SLICE("a=***\n"), SLICE("a=***\n"), { "=a" }, SLICE("a=***\n"), "", "" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		row_test(&rows[i]);
}

static void test_refusals(void)
{
	const struct row rows[] = {
		/* A lone CR ends a line for Java, but a patch would hold the secret beside it. */
		{ SLICE("a=1\n"), SLICE("a=2\rpassword=1\nb=1\n"), { "=a" },
			SLICE("a=2\rpassword=1\nb=1\n"), "a ", "" },
		{ SLICE("a=1\nb=2\n"), SLICE("a=2\rpassword=1\nb=1\n"), { "=a", "=b" },
			SLICE("a=2\rpassword=1\nb=2\r"), "a ", NULL },
		{ SLICE("x=1\n"), SLICE("password=1"), { "+x" }, SLICE("x=1\npassword=1"), "",
			"@@ -0,0 +1 @@\n+x=1\n" },
		{ SLICE("x y\n"), SLICE(MARK "password=1"), { "+x" }, SLICE(MARK "password=1"),
			"x ", "" },
		/* Restored where it stands it would be hidden. */
		{ SLICE("b=1\na y\n"), SLICE("password=1\na=2\n"), { "=a" },
			SLICE("password=1\na=2\n"), "a ", "" },
		/* Without it, what follows would be hidden. */
		{ SLICE(""), SLICE("password=1\na=2\nx y\n"), { "-a" },
			SLICE("password=1\na=2\nx y\n"), "a ", "" },
		/* A line that begins as a byte order mark does, which would be one at the front. */
		{ SLICE("c=1\n"), SLICE("a=1\nb=1\n" MARK "c=1\n"), { "-b", "-a" },
			SLICE("a=1\n" MARK "c=1\n"), "a ", NULL },
		/* A line of a lone backslash has no key that could be put back. */
		{ SLICE("b=1\n\\"), SLICE("b=1\n"), { "+" }, SLICE("b=1\n"), " ", "" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		row_test(&rows[i]);
}

#define TEN "1=\n2=\n3=\n4=\n5=\n6=\n7=\n8=\n9=\n"

static void test_hunks(void)
{
	const struct row rows[] = {
		/* Six rows between are context of both, seven divide. */
		{ SLICE("1=x\n8=x\n"), SLICE(TEN), { "=1", "=8" },
			SLICE("1=x\n2=\n3=\n4=\n5=\n6=\n7=\n8=x\n9=\n"), "",
			"@@ -1,9 +1,9 @@\n-1=\n+1=x\n 2=\n 3=\n 4=\n 5=\n 6=\n 7=\n-8=\n+8=x\n "
			"9=\n" },
		{ SLICE("1=x\n9=x\n"), SLICE(TEN), { "=1", "=9" },
			SLICE("1=x\n2=\n3=\n4=\n5=\n6=\n7=\n8=\n9=x\n"), "",
			"@@ -1,4 +1,4 @@\n-1=\n+1=x\n 2=\n 3=\n 4=\n"
			"@@ -6,4 +6,4 @@\n 6=\n 7=\n 8=\n-9=\n+9=x\n" },
		/* Whatever order they come in. */
		{ SLICE("1=x\n9=x\nx=\ny=\n"), SLICE(TEN), { "+y", "=9", "+x", "=1" },
			SLICE("1=x\n2=\n3=\n4=\n5=\n6=\n7=\n8=\n9=x\nx=\ny=\n"), "",
			"@@ -1,4 +1,4 @@\n-1=\n+1=x\n 2=\n 3=\n 4=\n"
			"@@ -6,4 +6,6 @@\n 6=\n 7=\n 8=\n-9=\n+9=x\n+x=\n+y=\n" },
		/* Neighbours are one change. */
		{ SLICE("1=x\n2=x\n"), SLICE("1=\n2=\n3=\n"), { "=2", "=1" },
			SLICE("1=x\n2=x\n3=\n"), "",
			"@@ -1,3 +1,3 @@\n-1=\n-2=\n+1=x\n+2=x\n 3=\n" },
		/*
		 * A secret's row is in no hunk, and the other side has no more rows than this one.
		 */
		{ SLICE("3=x\n"), SLICE("1=\npassword=p\n2=0\n3=\n4=\n5=\n6=\n"), { "=3" },
			SLICE("1=\npassword=p\n2=0\n3=x\n4=\n5=\n6=\n"), "",
			"@@ -3,3 +3,3 @@\n 2=0\n-3=\n+3=x\n 4=\n" },
		{ SLICE("1=x\n2=x\n"), SLICE("1=\n# password=p\n2=0\n"), { "=1", "=2" },
			SLICE("1=x\n# password=p\n2=x\n"), "",
			"@@ -1 +1 @@\n-1=\n+1=x\n@@ -3 +3 @@\n-2=0\n+2=x\n" },
		/* At an end of the file there are fewer rows by nature. */
		{ SLICE("2=x\n"), SLICE("1=\n2=\n3=\n4=\n5=\n6=\n"), { "=2" },
			SLICE("1=\n2=x\n3=\n4=\n5=\n6=\n"), "",
			"@@ -1,5 +1,5 @@\n 1=\n-2=\n+2=x\n 3=\n 4=\n 5=\n" },
		/* Numbers go on behind what came and went. */
		{ SLICE("1=\nx=\ny=\n9=x\n"), SLICE(TEN), { "+x", "+y", "=9" },
			SLICE("1=\nx=\ny=\n2=\n3=\n4=\n5=\n6=\n7=\n8=\n9=x\n"), "",
			"@@ -1,4 +1,6 @@\n 1=\n+x=\n+y=\n 2=\n 3=\n 4=\n"
			"@@ -6,4 +8,4 @@\n 6=\n 7=\n 8=\n-9=\n+9=x\n" },
		/* Only the rows that differ are changed. */
		{ SLICE("a=1,\\\n2,\\\n3\n"), SLICE("a=1,\\\n9,\\\n3\n"), { "=a" },
			SLICE("a=1,\\\n2,\\\n3\n"), "",
			"@@ -1,3 +1,3 @@\n a=1,\\\n-9,\\\n+2,\\\n 3\n" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		row_test(&rows[i]);
}

static void test_paths(void)
{
	static const struct {
		const char *path;
		const char *want;
	} rows[] = {
		{ "LMS_ADMIN.txt", "a/LMS_ADMIN.txt" },
		{ "OPEN CONTENT NETWORK.txt", "a/OPEN CONTENT NETWORK.txt" },
		{ " OPEN  CONTENT", "a/ OPEN  CONTENT" },
		{ "CONNECTORS ", "\"a/CONNECTORS \"" },
		{ "a/b'c$(x)", "a/a/b'c$(x)" },
		{ "say \"so\"", "\"a/say \\\"so\\\"\"" },
		{ "back\\slash", "\"a/back\\\\slash\"" },
		{ "Übersicht", "\"a/\\303\\234bersicht\"" },
		{ "\x7f", "\"a/\\177\"" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = { 0 };
		CHECK(path_append(&out, "a/", slice_from(rows[i].path)) == 0);
		CHECK_TEXT(buffer_slice(&out), rows[i].want);
		buffer_release(&out);
	}
}

int main(void)
{
	struct error e = { 0 };
	if (!CHECK(config_keys_load(&keys, NULL, &e) == 0))
		return 1;
	test_places();
	test_bytes();
	test_refusals();
	test_hunks();
	test_paths();
	config_keys_release(&keys);
	return test_report("plan_test");
}
