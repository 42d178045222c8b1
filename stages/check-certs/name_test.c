#include "name.h"

#include "test.h"

#define BYTES(text)                                                                                \
	{                                                                                          \
		(text), sizeof(text) - 1                                                           \
	}

static void test_text(void)
{
	static const struct {
		int tag;
		struct slice bytes;
		const char *want; /* NULL: no text */
	} rows[] = {
		{ 12, BYTES(""), "" },
		{ 12, BYTES("J\xC3\xBCrgen"), "J\xC3\xBCrgen" },
		{ 12, BYTES("\xC3"), NULL },
		{ 12, BYTES("\xED\xA0\x80"), NULL },
		{ 19, BYTES("a, b + c"), "a\\, b \\+ c" },
		{ 19, BYTES("\"<>;\\=#"), "\\\"\\<\\>\\;\\\\=#" },
		{ 19, BYTES("#a"), "\\#a" },
		{ 19, BYTES("#"), "\\#" },
		{ 19, BYTES(" "), "\\ " },
		{ 19, BYTES("  "), "\\ \\ " },
		{ 19, BYTES(" a b "), "\\ a b\\ " },
		{ 22, BYTES("a\nb\0c\x7F\x1B"), "a\\0Ab\\00c\\7F\\1B" },
		{ 22, BYTES("\xE9"), NULL },
		{ 18, BYTES("12"), "12" },
		{ 26, BYTES("x"), "x" },
		{ 20, BYTES("\xE9,"), "\xC3\xA9\\," },
		{ 30, BYTES("\0a\xD8\x3D\xDE\x00"), "a\xF0\x9F\x98\x80" },
		{ 30, BYTES("\0#"), "\\#" },
		{ 30, BYTES("\0"), NULL },
		{ 30, BYTES("\xD8\x00\0a"), NULL },
		{ 30, BYTES("\xDC\x00\xDC\x00"), NULL },
		{ 30, BYTES("\xD8\x00"), NULL },
		{ 28, BYTES("\0\x01\xF6\x00"), "\xF0\x9F\x98\x80" },
		{ 28, BYTES("\0\x11\0\0"), NULL },
		{ 28, BYTES("\0\0\xD8\0"), NULL },
		{ 28, BYTES("\0\0\0"), NULL },
		{ 4, BYTES("x"), NULL },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = { 0 };
		buffer_append(&out, SLICE("CN="));
		int result = name_append_text(&out, rows[i].tag, rows[i].bytes);
		CHECK_NUMBER(result, rows[i].want != NULL);
		CHECK_TEXT(slice_skip(buffer_slice(&out), 3), rows[i].want ? rows[i].want : "");
		buffer_release(&out);
	}
}

static void test_hex(void)
{
	struct buffer out = { 0 };
	CHECK(name_append_hex(&out, SLICE("\x04\x02\xAB\x0F")) == 0);
	CHECK_TEXT(buffer_slice(&out), "#0402AB0F");
	buffer_release(&out);
}

int main(void)
{
	test_text();
	test_hex();
	return test_report("name");
}
