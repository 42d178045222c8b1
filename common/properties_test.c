#include "properties.h"

#include "test.h"

#include <stdlib.h>

/* The entries as `key>value;`, so that a case fits on a line. */
static void check_entries(const char *name, struct slice bytes, const char *want)
{
	struct error e = { 0 };
	struct properties p;
	struct buffer got = { 0 };
	if (!CHECK(properties_read(&p, name, bytes, &e) == 0)) {
		fprintf(stderr, "\t%s: %.*s\n", name, (int)e.text.len, e.text.ptr);
		error_release(&e);
		return;
	}
	for (size_t i = 0; i < p.count; i++) {
		buffer_append(&got, property_key(&p, &p.entries[i]));
		buffer_put(&got, '>');
		buffer_append(&got, property_value(&p, &p.entries[i]));
		buffer_put(&got, ';');
	}
	CHECK_TEXT(buffer_slice(&got), want);
	buffer_release(&got);
	properties_release(&p);
}

static void test_grammar(void)
{
	static const struct {
		const char *bytes;
		const char *want;
	} cases[] = {
		{ "", "" },
		{ "\xEF\xBB\xBF", "" },
		{ "\xEF\xBB\xBF\\\n =1", ">1;" },
		{ "\xEF\xBB\xBFkey=1", "key>1;" },
		{ "# a=1\n!b=2\r\n \t\f\n", "" },
		{ "a=1\nb:2\rc 3\r\nd\t=\f4", "a>1;b>2;c>3;d>4;" },
		{ "a", "a>;" },
		{ "a ", "a>;" },
		{ "=1", ">1;" },
		{ "a==1", "a>=1;" },
		{ "a = = 1", "a>= 1;" },
		{ "a=1 ", "a>1 ;" },
		{ "a\\=b\\:c\\ d=1", "a=b:c d>1;" },
		{ "a=1\na=2", "a>1;a>2;" },
		{ "a=1,\\\n   2", "a>1,2;" },
		{ "a=1\\\\\nb=2", "a>1\\;b>2;" },
		{ "a=1\\\\\\\nb", "a>1\\b;" },
		{ "a=1\\\r\n\t2\\\r3", "a>123;" },
		{ "a=1\\\n\nb=2", "a>1;b>2;" },
		{ "a=1\\\n# no comment", "a>1# no comment;" },
		{ "a=1\\", "a>1;" },
		{ "a=1\\\n", "a>1;" },
		{ "\\\na=1", "a>1;" },
		{ "\\\n# a comment\nb=2", "b>2;" },
		{ "\\", ">;" },
		{ "\\\n", ">;" },
		{ "\\\r\n", "" },
		{ "\\\n ", "" },
		{ "a=\\t\\n\\r\\f\\q\\\"", "a>\t\n\r\fq\";" },
		{ "\\u0061\\u00e4=\\u6F22\\uD83D\\uDE00",
			"a\xC3\xA4>\xE6\xBC\xA2\xF0\x9F\x98\x80;" },
		{ "a=\\uD83D\\\n \\uDE00", "a>\xF0\x9F\x98\x80;" },
		{ "a=\\u00\\\n61", "a>a;" },
		{ "a\\u003d1=2", "a=1>2;" },
		{ "k\xC2\xA0v=1", "k\xC2\xA0v>1;" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		check_entries(cases[i].bytes, slice_from(cases[i].bytes), cases[i].want);
}

static void test_places_and_flags(void)
{
	static const char text[] =
		"\xEF\xBB\xBF# a\r\n\r\rb = 1\\\r\n  2\n\nc\\q\n d:1\r e 1\n\\\n!\n f=";
	static const struct {
		const char *bytes;
		uint32_t line;
		uint32_t flags;
	} want[] = {
		{ "b = 1\\\r\n  2\n", 2, PROPERTY_BLANK | PROPERTY_EQUALS | PROPERTY_CONTINUED },
		{ "c\\q\n", 5, PROPERTY_UNKNOWN_ESCAPE },
		{ " d:1\r", 6, PROPERTY_COLON },
		{ " e 1\n", 6, PROPERTY_BLANK },
		{ " f=", 9, PROPERTY_EQUALS },
	};
	struct error e = { 0 };
	struct properties p;
	CHECK_NUMBER(properties_read(&p, "BIZX", slice_from(text), &e), 0);
	CHECK_NUMBER(p.count, 5);
	for (size_t i = 0; i < p.count && i < 5; i++) {
		const struct property *entry = &p.entries[i];
		CHECK_TEXT(((struct slice){ text + entry->start, entry->end - entry->start }),
			want[i].bytes);
		CHECK_NUMBER(entry->line, want[i].line);
		CHECK_NUMBER(entry->flags, want[i].flags);
	}
	CHECK(property_bare(&p.entries[1]));
	CHECK(!property_bare(&p.entries[3]) && !property_bare(&p.entries[4]));
	static const struct {
		const char *bytes;
		enum property_line_kind kind;
		size_t entry;
		bool first;
	} lines[] = {
		{ "\xEF\xBB\xBF# a\r\n", PROPERTY_LINE_COMMENT, 0, false },
		{ "\r", PROPERTY_LINE_BLANK, 0, false },
		{ "\r", PROPERTY_LINE_BLANK, 0, false },
		{ "b = 1\\\r\n", PROPERTY_LINE_ENTRY, 0, true },
		{ "  2\n", PROPERTY_LINE_ENTRY, 0, false },
		{ "\n", PROPERTY_LINE_BLANK, 1, false },
		{ "c\\q\n", PROPERTY_LINE_ENTRY, 1, true },
		{ " d:1\r", PROPERTY_LINE_ENTRY, 2, true },
		{ " e 1\n", PROPERTY_LINE_ENTRY, 3, true },
		{ "\\\n", PROPERTY_LINE_BLANK, 4, false },
		{ "!\n", PROPERTY_LINE_COMMENT, 4, false },
		{ " f=", PROPERTY_LINE_ENTRY, 4, true },
	};
	size_t count = 0;
	for (struct property_line line = { 0 }; properties_line(&p, &line); count++) {
		if (!CHECK(count < sizeof lines / sizeof lines[0]))
			break;
		CHECK_TEXT(((struct slice){ text + line.start, line.end - line.start }),
			lines[count].bytes);
		CHECK_NUMBER(line.kind, lines[count].kind);
		CHECK_NUMBER(line.entry, lines[count].entry);
		CHECK(line.first == lines[count].first);
	}
	CHECK_NUMBER(count, sizeof lines / sizeof lines[0]);
	properties_release(&p);
}

static void test_errors(void)
{
	static const struct {
		struct slice bytes;
		const char *want;
	} cases[] = {
		{ { "a=1\nb=\\u12", 10 }, "X:2: malformed \\u escape (want four hex digits)" },
		{ { "b=\\u12g4", 8 }, "X:1: malformed \\u escape (want four hex digits)" },
		{ { "\\u00=61", 7 }, "X:1: malformed \\u escape (want four hex digits)" },
		{ { "\r\n\nb\\uD800", 10 }, "X:3: a \\u escape is half of a surrogate pair "
					    "(want both halves)" },
		{ { "b=\\uDC00\\uD800", 14 }, "X:1: a \\u escape is half of a surrogate pair "
					      "(want both halves)" },
		{ { "b=\\uD800\\u0041", 14 }, "X:1: a \\u escape is half of a surrogate pair "
					      "(want both halves)" },
		{ { "b=\\u0000", 8 }, "X:1: a \\u escape stands for a NUL character" },
		{ { "a\n#\0", 4 }, "X:2: a NUL byte (want text)" },
		{ { "a\n\nb=\xE4", 6 }, "X:3: bytes that are not UTF-8" },
		{ { "a=\xED\xA0\x80", 5 }, "X:1: bytes that are not UTF-8" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct error e = { 0 };
		struct properties p;
		CHECK_NUMBER(properties_read(&p, "X", cases[i].bytes, &e), -1);
		CHECK_NUMBER(e.status, STATUS_INPUT);
		CHECK_TEXT(buffer_slice(&e.text), cases[i].want);
		error_release(&e);
	}
	/* Neither is looked at in a comment, where Java does not read them. */
	check_entries("comment", SLICE("# C:\\users \\uD800\na=1"), "a>1;");
}

static void test_comments(void)
{
	struct error e = { 0 };
	struct properties comment = { 0 };
	CHECK_NUMBER(properties_read_comment(&comment, SLICE(" #! a.b = 1\\\r\n"), &e), 0);
	CHECK_NUMBER(comment.count, 1);
	CHECK_TEXT(property_key(&comment, comment.entries), "a.b");
	CHECK_TEXT(property_value(&comment, comment.entries), "1");
	CHECK_NUMBER(
		comment.entries[0].flags, PROPERTY_BLANK | PROPERTY_EQUALS | PROPERTY_CONTINUED);
	CHECK_NUMBER(properties_read_comment(&comment, SLICE("##\n"), &e), 0);
	CHECK_NUMBER(comment.count, 0);
	CHECK_NUMBER(properties_read_comment(&comment, SLICE("#\\u0061\\uxyz=\\u12"), &e), 0);
	CHECK_TEXT(property_key(&comment, comment.entries), "a\\uxyz");
	CHECK_TEXT(property_value(&comment, comment.entries), "\\u12");
	properties_release(&comment);
}

/* A long value in one line, and one in a million lines: both in linear time. */
static void test_long_values(void)
{
	enum { LENGTH = 10 << 20 };
	struct error e = { 0 };
	struct buffer bytes = { 0 };
	struct properties p;
	CHECK_NUMBER(buffer_reserve(&bytes, LENGTH), 0);
	bytes.len = LENGTH;
	memset(bytes.ptr, 'x', LENGTH);
	bytes.ptr[1] = '=';
	CHECK_NUMBER(properties_read(&p, "X", buffer_slice(&bytes), &e), 0);
	CHECK_NUMBER(p.count, 1);
	CHECK_NUMBER(p.entries[0].value_len, LENGTH - 2);
	properties_release(&p);
	for (size_t at = 8; at + 1 < bytes.len; at += 10)
		memcpy(bytes.ptr + at, "\\\n", 2);
	CHECK_NUMBER(properties_read(&p, "X", buffer_slice(&bytes), &e), 0);
	CHECK_NUMBER(p.count, 1);
	CHECK_NUMBER(p.entries[0].value_len, LENGTH - 2 - 2 * (LENGTH / 10));
	properties_release(&p);
	memset(bytes.ptr, '\\', LENGTH);
	CHECK_NUMBER(properties_read(&p, "X", buffer_slice(&bytes), &e), 0);
	CHECK_NUMBER(p.entries[0].key_len, LENGTH / 2);
	properties_release(&p);
	buffer_release(&bytes);
}

int main(void)
{
	test_grammar();
	test_places_and_flags();
	test_errors();
	test_comments();
	test_long_values();
	return test_report("properties");
}
