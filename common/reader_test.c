#include "reader.h"

#include "transcript_test.h"

#include <stdlib.h>

struct row {
	int line; /* in this file */
	struct slice input;
	const char *want;
	char delimiter;
	size_t limit;
};

/* A slice for a table, which SLICE cannot start. */
#define BYTES(text)                                                                                \
	{                                                                                          \
		(text), sizeof(text) - 1                                                           \
	}

#define ROW(input, want)                                                                           \
	{                                                                                          \
		__LINE__, BYTES(input), want, 0, 0                                                 \
	}
#define ROW_WITH(c, input, want)                                                                   \
	{                                                                                          \
		__LINE__, BYTES(input), want, c, 0                                                 \
	}
#define ROW_WITHIN(limit, input, want)                                                             \
	{                                                                                          \
		__LINE__, BYTES(input), want, 0, limit                                             \
	}

#define OPEN_QUOTE ": a quote is opened in this record and never closed\n"
#define NO_HEADER  "3 x: there is no header: the input is empty\n"
#define FAILED     ": the stage before this one failed\n"

/* What is said of a header. */
#define LONE_CR ": the header cannot be read: a carriage return without a line feed\n"
#define BAD_QUOTING                                                                                \
	": the header cannot be read: a quote inside an unquoted field, or bytes after a "         \
	"closing quote\n"
#define NUL_BYTE     ": the header cannot be read: a NUL byte\n"
#define BAD_ENCODING ": the header cannot be read: bytes that are invalid in the encoding\n"
#define TOO_LONG     ": the header cannot be read: the record is too long\n"

static const struct row rows[] = {
	/* Line ends. */
	ROW("a,b\n1,2\n", "h1 a|b\n2 1|2\nend 0\n"),
	ROW("a,b\r\n1,2\r\n", "h1 a|b\n2 1|2\nend 0\n"),
	ROW("a,b\n1,2\r\n3,4\n", "h1 a|b\n2 1|2\n3 3|4\nend 0\n"),
	ROW("a,b\n1,2", "h1 a|b\n2 1|2\nend 0\n"),
	ROW("a,b", "h1 a|b\nend 0\n"),
	ROW("a,b\n", "h1 a|b\nend 0\n"),
	ROW("a,b\n1,\"2\"", "h1 a|b\n2 1|2\nend 0\n"),
	ROW("a,b\n1,", "h1 a|b\n2 1|\nend 0\n"),
	ROW("a,b\n1,\n", "h1 a|b\n2 1|\nend 0\n"),
	ROW("a,b\n1,\r\n", "h1 a|b\n2 1|\nend 0\n"),
	ROW("a,b\n,\n,", "h1 a|b\n2 |\n3 |\nend 0\n"),
	ROW("a,b\n1,\"\"", "h1 a|b\n2 1|\nend 0\n"),
	ROW("a,b\n\"\",\"\"\r\n", "h1 a|b\n2 |\nend 0\n"),

	/* Data is bytes. */
	ROW("a,b\n 1 ,\t2\t\n", "h1 a|b\n2  1 |\\x092\\x09\nend 0\n"),
	ROW("a,b\n\" 1 \",\"2,\"\n", "h1 a|b\n2  1 |2,\nend 0\n"),
	ROW("a,b\n000123,\xC3\xA9\n", "h1 a|b\n2 000123|\xC3\xA9\nend 0\n"),
	ROW("a,b\n\"\"\"\",\"1\"\"2\"\n", "h1 a|b\n2 \"|1\"2\nend 0\n"),
	ROW("a,b\n\"\"\"1\"\"\",\"\"\"\"\"\"\n", "h1 a|b\n2 \"1\"|\"\"\nend 0\n"),
	ROW("a,b\n1,'2'\n\\,/\n", "h1 a|b\n2 1|'2'\n3 \\|/\nend 0\n"),

	/* Lines inside quotes, and the lines after them. */
	ROW("a,b\n1,\"x\ny\"\n3,4\n", "h1 a|b\n2 1|x\\x0Ay\n4 3|4\nend 0\n"),
	ROW("a,b\r\n1,\"x\r\ny\"\r\n3,4", "h1 a|b\n2 1|x\\x0D\\x0Ay\n4 3|4\nend 0\n"),
	ROW("a,b\n\"\n\n\",\"\n\"\n3,4\n", "h1 a|b\n2 \\x0A\\x0A|\\x0A\n6 3|4\nend 0\n"),
	ROW("\"a\nA\",b\n1,2\n", "h1 a\\x0AA|b\n3 1|2\nend 0\n"),
	ROW("a,b\n\"\r\",\"x\ry\"\n3,4\n", "h1 a|b\n2 \\x0D|x\\x0Dy\n3 3|4\nend 0\n"),
	ROW("a,b\n\"\r\r\n\r\",1\n", "h1 a|b\n2 \\x0D\\x0D\\x0A\\x0D|1\nend 0\n"),

	/* Empty lines. */
	ROW("\n\r\na,b\n1,2\n", "h3 a|b\n4 1|2\nend 2\n"),
	ROW("a,b\n\n1,2\n\n\n3,4\n", "h1 a|b\n3 1|2\n6 3|4\nend 3\n"),
	ROW("a,b\r\n\r\n1,2\r\n\r\n", "h1 a|b\n3 1|2\nend 2\n"),
	ROW("a,b\n\n", "h1 a|b\nend 1\n"),
	ROW("a,b\n1,2\n\r\n", "h1 a|b\n2 1|2\nend 1\n"),
	ROW("a,b\n \n", "h1 a|b\n!2 wrong-field-count /1< >\nend 0\n"),

	/* One column. */
	ROW("a\n\n1\n\r\n", "h1 a\n2 \n3 1\n4 \nend 0\n"),
	ROW("a\n1\n\n", "h1 a\n2 1\n3 \nend 0\n"),
	ROW("a\n\"\"\n", "h1 a\n2 \nend 0\n"),
	ROW("a\n\"\"", "h1 a\n2 \nend 0\n"),
	ROW("\n\na\n1", "h3 a\n4 1\nend 2\n"),
	ROW("a\n1,2\n", "h1 a\n!2 wrong-field-count /2<1,2>\nend 0\n"),

	/* The number of fields. */
	ROW("a,b\n1\n1,2,3\n1,2\n",
		"h1 a|b\n!2 wrong-field-count /1<1>\n!3 wrong-field-count /3<1,2,3>\n4 1|2\n"
		"end 0\n"),
	ROW("a,b\n\"1\n2\"\r\n3,4\n",
		"h1 a|b\n!2 wrong-field-count /1<\"1\\x0A2\">\n4 3|4\nend 0\n"),
	ROW("a,b\n1,2,\n", "h1 a|b\n!2 wrong-field-count /3<1,2,>\nend 0\n"),
	ROW("a,a,\n1,2,3\n", "h1 a|a|\n2 1|2|3\nend 0\n"),

	/* A CR without LF. */
	ROW("a,b\n1\r,2\n3,4\n", "h1 a|b\n!2 lone-cr /<1\\x0D,2>\n3 3|4\nend 0\n"),
	ROW("a,b\n1,2\r3,4\n5,6\n", "h1 a|b\n!2 lone-cr /<1,2\\x0D3,4>\n3 5|6\nend 0\n"),
	ROW("a,b\n\r1,2\n3,4\n", "h1 a|b\n!2 lone-cr /<\\x0D1,2>\n3 3|4\nend 0\n"),
	ROW("a,b\n\r\r\n3,4\n", "h1 a|b\n!2 lone-cr /<\\x0D>\n3 3|4\nend 0\n"),
	ROW("a,b\n1,2\r\r\n3,4\n", "h1 a|b\n!2 lone-cr /<1,2\\x0D>\n3 3|4\nend 0\n"),
	ROW("a,b\n1,2\r", "h1 a|b\n!2 lone-cr /<1,2\\x0D>\nend 0\n"),
	ROW("a,b\n\r", "h1 a|b\n!2 lone-cr /<\\x0D>\nend 0\n"),
	ROW("a,b\n1,\"2\"\r,3\n", "h1 a|b\n!2 lone-cr /<1,\"2\"\\x0D,3>\nend 0\n"),
	ROW("a,b\n1,\"2\"\r\"\n3,4\n", "h1 a|b\n!2 lone-cr /<1,\"2\"\\x0D\">\n3 3|4\nend 0\n"),
	ROW("a,b\n1,\r2\n", "h1 a|b\n!2 lone-cr /<1,\\x0D2>\nend 0\n"),
	ROW("a,b\n1,2\r\"x\ny\"\n",
		"h1 a|b\n!2 lone-cr /<1,2\\x0D\"x>\n!3 bad-quoting /<y\">\nend 0\n"),
	ROW("a\n1\r", "h1 a\n!2 lone-cr /<1\\x0D>\nend 0\n"),
	ROW("a\rb\n1\n", "3 x:1" LONE_CR),

	/* Bad quoting. */
	ROW("a,b\n1,2\"\n3,4\n", "h1 a|b\n!2 bad-quoting /<1,2\">\n3 3|4\nend 0\n"),
	ROW("a,b\n1,x\"2\"\n3,4\n", "h1 a|b\n!2 bad-quoting /<1,x\"2\">\n3 3|4\nend 0\n"),
	ROW("a,b\n1, \"2\"\n", "h1 a|b\n!2 bad-quoting /<1, \"2\">\nend 0\n"),
	ROW("a,b\n1,\"2\" \n3,4", "h1 a|b\n!2 bad-quoting /<1,\"2\" >\n3 3|4\nend 0\n"),
	ROW("a,b\n\"1\"2,3\n", "h1 a|b\n!2 bad-quoting /<\"1\"2,3>\nend 0\n"),
	ROW("a,b\n\"1\n2\"3,\"4\n5,6\n",
		"h1 a|b\n!2 bad-quoting /<\"1\\x0A2\"3,\"4>\n4 5|6\nend 0\n"),
	ROW("a,b\n1\",\"x\ny\"\n3,4\n",
		"h1 a|b\n!2 bad-quoting /<1\",\"x>\n!3 bad-quoting /<y\">\n4 3|4\nend 0\n"),
	ROW("a,b\n1,2\"", "h1 a|b\n!2 bad-quoting /<1,2\">\nend 0\n"),
	ROW("a,b\n1,2\"\r\n\n3,4", "h1 a|b\n!2 bad-quoting /<1,2\">\n4 3|4\nend 1\n"),
	ROW("a\"\n1\n", "3 x:1" BAD_QUOTING),
	ROW("\n\"a\" \n1\n", "3 x:2" BAD_QUOTING),

	/* A quote that is never closed. */
	ROW("a,b\n1,2\n3,\"4\n5,6\n7,8\n", "h1 a|b\n2 1|2\n3 x:3" OPEN_QUOTE),
	ROW("a,b\n1,\"", "h1 a|b\n3 x:2" OPEN_QUOTE),
	ROW("a,b\n1,\"2\"\"", "h1 a|b\n3 x:2" OPEN_QUOTE),
	ROW("a,b\n\"x\ny\",2\n\"\r\n", "h1 a|b\n2 x\\x0Ay|2\n3 x:4" OPEN_QUOTE),
	ROW("a,b\n\"incomplet\n", "h1 a|b\n3 x:2" OPEN_QUOTE),
	ROW("a,b\n1,\"incomplete", "h1 a|b\n3 x:2" OPEN_QUOTE),
	ROW("a,\"b\n", "3 x:1" OPEN_QUOTE),

	/* The mark of a stage that failed. */
	ROW("a,b\n1,2\n\"incomplete", "h1 a|b\n2 1|2\n3 x:3" FAILED),
	ROW("a,b\n\"incomplete", "h1 a|b\n3 x:2" FAILED),
	ROW("a\n\"incomplete\"\n", "h1 a\n2 incomplete\nend 0\n"),
	ROW("\"incomplete", "3 x:1" FAILED),
	/* Of a stage that was told TSV. */
	ROW("a\n\\!", "h1 a\n3 x:2" FAILED),
	ROW("a\n\\!\n", "h1 a\n2 \\!\nend 0\n"),

	/* A byte order mark. */
	ROW("\xEF\xBB\xBF\"a\",b\n1,2\n", "h1 a|b\n2 1|2\nend 0\n"),
	ROW("\xEF\xBB\xBF"
	    "a,b\n1,2\n",
		"h1 a|b\n2 1|2\nend 0\n"),
	ROW("\xEF\xBB\xBF\r\na,b\n", "h2 a|b\nend 1\n"),
	ROW("a,b\n\xEF\xBB\xBF"
	    "1,2\n",
		"h1 a|b\n2 \xEF\xBB\xBF"
		"1|2\nend 0\n"),
	ROW("\xEF\xBB\xBF", NO_HEADER),
	ROW("\xEF\xBB", "3 x:1" BAD_ENCODING),

	/* No header. */
	ROW("", NO_HEADER),
	ROW("\n", NO_HEADER),
	ROW("\r\n\n", NO_HEADER),
	ROW("\r", "3 x:1" LONE_CR),

	/* NUL bytes and bytes that are no UTF-8. */
	ROW("a,b\n1,x\0y\n3,4\n", "h1 a|b\n!2 nul-byte b/x\\x00y<1,x\\x00y>\n3 3|4\nend 0\n"),
	ROW("a,b\n\"\0\n\",1,2\n", "h1 a|b\n!2 nul-byte a/\\x00\\x0A<\"\\x00\\x0A\",1,2>\nend 0\n"),
	ROW("a,b\n1,\xE9\n", "h1 a|b\n!2 bad-encoding b/\\xE9<1,\\xE9>\nend 0\n"),
	ROW("a,b\n\xC3,\xA9\n", "h1 a|b\n!2 bad-encoding a/\\xC3<\\xC3,\\xA9>\nend 0\n"),
	ROW("a,b\n1,2,\"\xED\xA0\x80\"\n",
		"h1 a|b\n!2 bad-encoding /\\xED\\xA0\\x80<1,2,\"\\xED\\xA0\\x80\">\nend 0\n"),
	ROW("a,b\n1,2\n\xF0\x9F\x98", "h1 a|b\n2 1|2\n!3 bad-encoding a/\\xF0\\x9F\\x98<"
				      "\\xF0\\x9F\\x98>\nend 0\n"),
	ROW("a\0,b\n", "3 x:1" NUL_BYTE),
	ROW("a,\xFF\n", "3 x:1" BAD_ENCODING),

	/* Other delimiters. */
	ROW_WITH(';', "a;b\n\"1;\";2,3\n", "h1 a|b\n2 1;|2,3\nend 0\n"),
	ROW_WITH('\t', "a\tb\n\"1\t\"\t 2\n\t\n", "h1 a|b\n2 1\\x09| 2\n3 |\nend 0\n"),
	ROW_WITH('\t', "a\tb\n\t \n\"\"\t\n", "h1 a|b\n2 | \n3 |\nend 0\n"),
	ROW_WITH('|', "a|b\n1|\"x\ny\"\n\"1\" |2\n",
		"h1 a|b\n2 1|x\\x0Ay\n!4 bad-quoting /<\"1\" |2>\nend 0\n"),
	ROW_WITH(';', "a;b\n1\"2;3\n", "h1 a|b\n!2 bad-quoting /<1\"2;3>\nend 0\n"),

	/* The limit of a record. */
	ROW_WITHIN(5, "a,b\n12,34\n56,78", "h1 a|b\n2 12|34\n3 56|78\nend 0\n"),
	ROW_WITHIN(5, "a,b\r\n12,34\r\n56,78\r\n", "h1 a|b\n2 12|34\n3 56|78\nend 0\n"),
	ROW_WITHIN(5, "a,b\n12,345\n5,6\n", "h1 a|b\n!2 record-too-long /<12,34>\n3 5|6\nend 0\n"),
	ROW_WITHIN(5, "a,b\n12,3456789", "h1 a|b\n!2 record-too-long /<12,34>\nend 0\n"),
	ROW_WITHIN(5, "a,b\n\"1\n2\n3\",4\n5,6\n",
		"h1 a|b\n!2 record-too-long /<\"1\\x0A2\\x0A>\n5 5|6\nend 0\n"),
	ROW_WITHIN(5, "a,b\n\"1\"\"\n\"\"\",\"\n\n\"\n5,6\n",
		"h1 a|b\n!2 record-too-long /<\"1\"\"\\x0A>\n6 5|6\nend 0\n"),
	ROW_WITHIN(5, "a,b\n12,3\"4,\"\n5,6\n",
		"h1 a|b\n!2 record-too-long /<12,3\">\n3 5|6\nend 0\n"),
	ROW_WITHIN(5, "a,b\n\"12\"3,\"4\n5,6\n",
		"h1 a|b\n!2 record-too-long /<\"12\"3>\n3 5|6\nend 0\n"),
	ROW_WITHIN(5, "a,b\n\"1\",\"2\"\r\"3\n5,6\n",
		"h1 a|b\n!2 record-too-long /<\"1\",\">\n3 5|6\nend 0\n"),
	ROW_WITHIN(5, "a,b\n5,6\n\"1\n2\n3,4\n5,6\n", "h1 a|b\n2 5|6\n3 x:3" OPEN_QUOTE),
	ROW_WITHIN(5, "a,b\n\"123456789", "h1 a|b\n3 x:2" OPEN_QUOTE),
	ROW_WITHIN(5, "a,b,cd\n1,2\n", "3 x:1" TOO_LONG),
	ROW_WITHIN(3, "a,b\n1,\xC3\xA9\n5,6\n",
		"h1 a|b\n!2 record-too-long /<1,\\xC3>\n3 5|6\nend 0\n"),
};

/* Records that no block holds whole, one of them over the limit. */
static void test_large(void)
{
	struct buffer input = { 0 };
	struct buffer want = { 0 };
	buffer_append(&input, SLICE("a,b\n"));
	buffer_append(&want, SLICE("h1 a|b\n"));
	for (int record = 0; record < 3; record++) {
		size_t length = record == 1 ? 9001 : 8000;
		buffer_printf(
			&want, record == 1 ? "!%d record-too-long /<\"" : "%d ", 2 + 2 * record);
		buffer_append(&input, SLICE("\""));
		for (size_t i = 0; i < length; i++) {
			buffer_put(&input, i == 10 ? '\n' : 'x');
			if (record != 1 || i < 8999)
				buffer_append(&want, i == 10 ? SLICE("\\x0A") : SLICE("x"));
		}
		buffer_append(&input, SLICE("\",2\n"));
		buffer_append(&want, record == 1 ? SLICE(">\n") : SLICE("|2\n"));
	}
	buffer_append(&want, SLICE("end 0\n"));
	const struct reader_options options = { .record_limit = 9000 };
	transcript_check(buffer_slice(&input), &options, buffer_slice(&want), __FILE__, __LINE__);
	buffer_release(&input);
	buffer_release(&want);
}

/* Many fields, so that every array of the reader has to grow. */
static void test_wide(void)
{
	struct buffer input = { 0 };
	struct buffer want = { 0 };
	for (int line = 1; line <= 2; line++) {
		buffer_printf(&want, line == 1 ? "h1" : "2");
		for (int i = 0; i < 1000; i++) {
			buffer_printf(&input, "%s%d", i ? "," : "", line * i);
			buffer_printf(&want, "%c%d", i ? '|' : ' ', line * i);
		}
		buffer_put(&input, '\n');
		buffer_put(&want, '\n');
	}
	buffer_append(&want, SLICE("end 0\n"));
	transcript_check(buffer_slice(&input), &(struct reader_options){ 0 }, buffer_slice(&want),
		__FILE__, __LINE__);
	buffer_release(&input);
	buffer_release(&want);
}

int main(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct reader_options options = { .delimiter = rows[i].delimiter,
			.record_limit = rows[i].limit };
		transcript_check(
			rows[i].input, &options, slice_from(rows[i].want), __FILE__, rows[i].line);
	}
	test_large();
	test_wide();
	return test_report("reader_test");
}
