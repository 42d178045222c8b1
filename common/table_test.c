/* Sources, the binding of columns, tables, schemas and the rule catalogue. */
#include "reader.h"
#include "rule.h"
#include "schema.h"
#include "show.h"
#include "table.h"

#include "test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void put(const char *path, struct slice bytes)
{
	FILE *file = fopen(path, "wb");
	CHECK(file && fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len);
	CHECK(file && fclose(file) == 0);
}

static void test_sources(void)
{
	struct error e = { 0 };
	struct buffer out = { 0 };
	struct file_source file;
	struct memory_source memory;
	put("bytes", SLICE("a\0bc"));
	CHECK_NUMBER(file_source_open(&file, "bytes", &e), 0);
	memory_source_init(&memory, SLICE("front:"), &file.source);
	CHECK_NUMBER(source_read_all(&memory.source, &out, SIZE_MAX, &e), 0);
	CHECK_SLICE(buffer_slice(&out), SLICE("front:a\0bc"));
	CHECK_NUMBER(file.read_bytes, 4);
	CHECK_NUMBER(source_read_all(&memory.source, &out, SIZE_MAX, &e), 0); /* the end stays */
	CHECK_NUMBER(out.len, 10);
	file_source_close(&file);
	/* Up to a limit, which counts what is there already. */
	for (size_t limit = 0; limit < 8; limit++) {
		buffer_clear(&out);
		buffer_append(&out, SLICE("x"));
		memory_source_init(&memory, SLICE("12345"), NULL);
		CHECK_NUMBER(source_read_all(&memory.source, &out, limit, &e), 0);
		CHECK_NUMBER(out.len, limit < 1 ? 1 : limit < 6 ? limit : 6);
	}
	CHECK_NUMBER(file_source_open(&file, "nothing", &e), -1);
	CHECK_NUMBER(e.status, STATUS_SYSTEM);
	CHECK_TEXT(buffer_slice(&e.text), "nothing: No such file or directory");
	CHECK_NUMBER(file_source_open(&file, ".", &e), -1);
	CHECK_TEXT(buffer_slice(&e.text), ".: Is a directory");
	CHECK_NUMBER(file_source_open(&file, "-", &e), 0);
	CHECK_NUMBER(file.fd, STDIN_FILENO);
	unlink("bytes");
	buffer_release(&out);
	error_release(&e);
}

/* The positions of a (needed), b and c (needed), or "STATUS: TEXT". */
static void check_bind(const char *header, const char *want, int line)
{
	struct error e = { 0 };
	struct memory_source memory;
	struct reader r;
	struct column columns[] = { { "a", true, 7 }, { "b", false, 7 }, { "c", true, 7 } };
	struct buffer got = { 0 };
	memory_source_init(&memory, slice_from(header), NULL);
	CHECK_NUMBER(reader_open(&r, &memory.source, "x", &(struct reader_options){ 0 }, &e), 0);
	if (reader_bind(&r, columns, 3, &e) == 0)
		buffer_printf(
			&got, "%d %d %d", columns[0].index, columns[1].index, columns[2].index);
	else
		buffer_printf(&got, "%d: %s", (int)e.status, buffer_text(&e.text));
	test_slices(buffer_slice(&got), slice_from(want), __FILE__, line, header);
	reader_release(&r);
	buffer_release(&got);
	error_release(&e);
}

#define BIND(header, want) check_bind(header, want, __LINE__)

static void test_bind(void)
{
	BIND("a,b,c", "0 1 2");
	BIND("c,x,a\n1,2,3\n", "2 -1 0");
	BIND("b,a", "3: x:1: needed columns are missing: \"c\" (got \"b\", \"a\")");
	BIND("\nA, c", "3: x:2: needed columns are missing: \"a\", \"c\" (got other headings: 2, "
		       "not shown)");
	BIND("a,c,a", "3: x:1: heading \"a\" stands twice (columns 1 and 3)");
	BIND("a,c,x,x", "3: x:1: heading \"x\" stands twice (columns 3 and 4)");
	BIND("a,,c", "3: x:1: heading 2 is empty (got \"a\", \"\", \"c\")");
	BIND("a,c,", "3: x:1: heading 3 is empty (got \"a\", \"c\", \"\")");
	CHECK_NUMBER(record_field(&(struct record){ 0 }, -1).len, 0);
}

static int take_row(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	struct buffer *out = context;
	const struct slice field = row->fields[0];
	buffer_printf(out, "%s:%d:%.*s;", place->file, (int)place->line, (int)field.len, field.ptr);
	if (slice_equal(field, SLICE("stop")))
		return error_at(e, STATUS_INPUT, place, "stopped");
	return 0;
}

static void check_table(const char *content, const char *taken, const char *error)
{
	struct error e = { 0 };
	struct buffer out = { 0 };
	struct column columns[] = { { "a", true, -1 } };
	put("table", slice_from(content));
	CHECK_NUMBER(
		table_read("table", FORMAT_CSV, columns, 1, take_row, &out, &e), *error ? -1 : 0);
	CHECK_TEXT(buffer_slice(&out), taken);
	CHECK_TEXT(buffer_slice(&e.text), error);
	unlink("table");
	buffer_release(&out);
	error_release(&e);
}

static void check_written(const char *content, enum format format, const char *hint)
{
	struct error e = { 0 };
	struct buffer out = { 0 };
	struct column columns[] = { { "a", true, -1 } };
	put("table", slice_from(content));
	CHECK_NUMBER(table_read_written("table", format, "a,b; a row is for example 1,2", columns,
			     1, take_row, &out, &e),
		-1);
	CHECK_TEXT(buffer_slice(&e.hint), hint);
	unlink("table");
	buffer_release(&out);
	error_release(&e);
}

static void test_table(void)
{
	check_written(
		"b\n1\n", FORMAT_CSV, "the headings have to be a,b; a row is for example 1,2");
	check_written(
		"a,a\n1\n", FORMAT_CSV, "the headings have to be a,b; a row is for example 1,2");
	check_written("b\n1\n", FORMAT_TSV,
		"the headings have to be a,b; a row is for example 1,2, with tabs for the commas");
	check_written("a\nstop\n", FORMAT_CSV, "");

	check_table("a,b\n1,2\n\n3,4\n", "table:2:1;table:4:3;", "");
	check_table("a\n", "", "");
	check_table("b\n", "",
		"table:1: needed columns are missing: \"a\" (got other headings: 1, not shown)");
	check_table("a,b\n1,2\nstop,4\n5,6\n", "table:2:1;table:3:stop;", "table:3: stopped");
	check_table("a,b\n1,2\n3\n", "table:2:1;", "table:3: wrong number of fields (got \"1\")");
	check_table("a,b\n1,\xFF\n", "",
		"table:2: column \"b\": bytes that are invalid in the "
		"encoding (got \"\\xFF\")");
	check_table("a,b\n1,2\r3\n", "", "table:2: a carriage return without a line feed");
	check_table(
		"a,b\n1,\"2\n", "", "table:2: a quote is opened in this record and never closed");
	check_table("", "", "table: there is no header: the input is empty");
}

static int take_schema(void *context, const struct schema_row *row, struct error *e)
{
	struct buffer *out = context;
	(void)e;
	buffer_printf(out, "%s:%d %c %.*s|%.*s;", row->file, (int)row->line,
		row->compiled_in ? 'c' : 'o', (int)row->fields[0].len, row->fields[0].ptr,
		(int)row->fields[1].len, row->fields[1].ptr);
	return 0;
}

static const char *const schema_columns[] = { "stream", "column", NULL };

static void test_schema(void)
{
	struct error e = { 0 };
	struct buffer plain = { 0 };
	struct buffer overlaid = { 0 };
	CHECK_NUMBER(mkdir("over", 0700), 0);
	CHECK_NUMBER(schema_read("headings.csv", NULL, schema_columns, take_schema, &plain, &e), 0);
	CHECK(plain.len > 100);
	CHECK(memmem(plain.ptr, plain.len, "headings.csv:2 c users|user_id;", 31) == plain.ptr);
	/* A folder without the file is fine, and leaves no error behind. */
	CHECK_NUMBER(schema_check_directory("over", &e), 0);
	CHECK_NUMBER(
		schema_read("headings.csv", "over", schema_columns, take_schema, &overlaid, &e), 0);
	CHECK_SLICE(buffer_slice(&overlaid), buffer_slice(&plain));
	CHECK_NUMBER(e.status, STATUS_DONE);
	/* Its rows go first. */
	buffer_clear(&overlaid);
	put("over/headings.csv", SLICE("column,stream\nx,users\n"));
	CHECK_NUMBER(schema_check_directory("over", &e), 0);
	CHECK_NUMBER(
		schema_read("headings.csv", "over", schema_columns, take_schema, &overlaid, &e), 0);
	CHECK_TEXT(((struct slice){ overlaid.ptr, 33 }), "over/headings.csv:2 o users|x;hea");
	CHECK_SLICE(slice_skip(buffer_slice(&overlaid), 30), buffer_slice(&plain));
	put("over/headings.csv", SLICE("column\nx\n"));
	CHECK_NUMBER(
		schema_read("headings.csv", "over", schema_columns, take_schema, &overlaid, &e),
		-1);
	CHECK_NUMBER(e.status, STATUS_INPUT);
	error_release(&e);
	/* A file that overlays nothing is most likely misspelt; others are no concern. */
	put("over/README", SLICE("x"));
	CHECK_NUMBER(schema_check_directory("over", &e), 0);
	put("over/heading.csv", SLICE("x"));
	CHECK_NUMBER(schema_check_directory("over", &e), -1);
	CHECK_NUMBER(e.status, STATUS_INPUT);
	CHECK_TEXT(buffer_slice(&e.text), "over: \"heading.csv\" overlays no schema");
	CHECK_NUMBER(schema_check_directory("nowhere", &e), -1);
	CHECK_NUMBER(e.status, STATUS_SYSTEM);
	CHECK_NUMBER(schema_read("none.csv", NULL, schema_columns, take_schema, &plain, &e), -1);
	unlink("over/README");
	unlink("over/heading.csv");
	unlink("over/headings.csv");
	CHECK_NUMBER(rmdir("over"), 0);
	buffer_release(&plain);
	buffer_release(&overlaid);
	error_release(&e);
}

static void test_rules(void)
{
	struct error e = { 0 };
	struct buffer all = { 0 };
	struct buffer one = { 0 };
	CHECK_NUMBER(rules_explain(&all, "classify-users", SLICE(""), NULL, &e), 0);
	CHECK_NUMBER(rules_explain(&one, "classify-users", SLICE("NUD-02"), NULL, &e), 0);
	CHECK(one.len > 0 && memmem(all.ptr, all.len, one.ptr, one.len) != NULL);
	CHECK(memcmp(one.ptr, "NUD-02  inferred; KBA 2515540", 29) == 0);
	CHECK(memmem(one.ptr, one.len, "remedy: ", 8) != NULL);
	for (struct slice rest = buffer_slice(&all); rest.len;) {
		struct slice line = slice_cut(&rest, '\n');
		CHECK(line.len <= 80 || line.ptr[0] != ' ');
	}
	buffer_clear(&one);
	CHECK_NUMBER(rules_explain(&one, "classify-users", SLICE("NUD-99\n"), NULL, &e), -1);
	CHECK_NUMBER(e.status, STATUS_USAGE);
	CHECK_TEXT(buffer_slice(&e.text), "no rule has this id (got \"NUD-99\\x0A\")");
	CHECK(memmem(e.hint.ptr, e.hint.len, "NUD-01, NUD-02", 14) != NULL);
	/* The overlay's rule stands for the compiled-in one of its id. */
	CHECK_NUMBER(mkdir("over", 0700), 0);
	put("over/rules.csv", SLICE("id,stage,basis,article,wording,statement,remedy\n"
				    "NUD-02,classify-users,documented,KBA 1,,Of our own.,\n"));
	CHECK_NUMBER(rules_explain(&one, "classify-users", SLICE("NUD-02"), "over", &e), 0);
	CHECK_TEXT(buffer_slice(&one), "NUD-02  documented; KBA 1\n  Of our own.\n");
	unlink("over/rules.csv");
	CHECK_NUMBER(rmdir("over"), 0);
	buffer_release(&all);
	buffer_release(&one);
	error_release(&e);
}

int main(void)
{
	char folder[] = "/tmp/table-test-XXXXXX";
	if (!CHECK(mkdtemp(folder) && chdir(folder) == 0))
		return test_report("table_test");
	test_sources();
	test_bind();
	test_table();
	test_schema();
	test_rules();
	CHECK_NUMBER(rmdir(folder), 0);
	return test_report("table_test");
}
