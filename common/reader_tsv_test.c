#include "reader.h"

#include "transcript_test.h"

struct row {
	int line; /* in this file */
	struct slice input;
	const char *want;
	size_t limit;
};

/* A slice for a table, which SLICE cannot start. */
#define BYTES(text)                                                                                \
	{                                                                                          \
		(text), sizeof(text) - 1                                                           \
	}

#define ROW(input, want)                                                                           \
	{                                                                                          \
		__LINE__, BYTES(input), want, 0                                                    \
	}
#define ROW_WITHIN(limit, input, want)                                                             \
	{                                                                                          \
		__LINE__, BYTES(input), want, limit                                                \
	}

#define NO_HEADER "3 x: there is no header: the input is empty\n"
#define FAILED    ": the stage before this one failed\n"

/* What is said of a header. */
#define LONE_CR  ": the header cannot be read: a carriage return without a line feed\n"
#define NUL_BYTE ": the header cannot be read: a NUL byte\n"
#define TOO_LONG ": the header cannot be read: the record is too long\n"

static const struct row rows[] = {
	ROW("a\tb\n1\t2\n", "h1 a|b\n2 1|2\nend 0\n"),
	ROW("a\tb\r\n1\t2\r\n", "h1 a|b\n2 1|2\nend 0\n"),
	ROW("a\tb\n1\t2", "h1 a|b\n2 1|2\nend 0\n"),
	ROW("a\tb\n1\t", "h1 a|b\n2 1|\nend 0\n"),
	ROW("a\tb\n\t\n", "h1 a|b\n2 |\nend 0\n"),
	ROW("a\tb", "h1 a|b\nend 0\n"),

	/* Quotes and commas are bytes like any other. */
	ROW("a\tb\n\"1\t2\n,\t\"x\"\n", "h1 a|b\n2 \"1|2\n3 ,|\"x\"\nend 0\n"),
	ROW("a\tb\n 1 \t\xC3\xA9\n", "h1 a|b\n2  1 |\xC3\xA9\nend 0\n"),

	/* Escapes. */
	ROW("a\tb\n\\t\\n\t\\r\\\\\n", "h1 a|b\n2 \\x09\\x0A|\\x0D\\\nend 0\n"),
	ROW("a\tb\nx\\ty\t\\\\t\n", "h1 a|b\n2 x\\x09y|\\t\nend 0\n"),
	ROW("a\tb\n\\\\\\\\\t\\\\n\r\n", "h1 a|b\n2 \\\\|\\n\nend 0\n"),
	ROW("a\\tA\tb\n1\t2\n", "h1 a\\x09A|b\n2 1|2\nend 0\n"),
	ROW("a\tb\n1\t2\n3\t\\x\n5\t6\n", "h1 a|b\n2 1|2\n3 x:3: column \"b\": a backslash starts "
					  "no escape (got \"\\x\", want \\t, \\n, \\r or \\\\)\n"),
	ROW("a\tb\n1\\\t2\n", "h1 a|b\n3 x:2: column \"a\": a backslash starts no escape (got "
			      "\"\\\", want \\t, \\n, \\r or \\\\)\n"),
	ROW("a\tb\n1\t2\\", "h1 a|b\n3 x:2: column \"b\": a backslash starts no escape (got "
			    "\"\\\", want \\t, \\n, \\r or \\\\)\n"),
	ROW("a\tb\n1\t2\t\\T\n", "h1 a|b\n3 x:2: a backslash starts no escape (got \"\\T\", want "
				 "\\t, \\n, \\r or \\\\)\n"),
	ROW("a\\\n", "3 x:1: a backslash starts no escape (got \"\\\", want \\t, \\n, \\r or "
		     "\\\\)\n"),

	/* Empty lines. */
	ROW("\n\r\na\tb\n\n1\t2\n\r\n", "h3 a|b\n5 1|2\nend 4\n"),
	ROW("a\n\n1\n\r\n", "h1 a\n2 \n3 1\n4 \nend 0\n"),
	ROW("a\n\n", "h1 a\n2 \nend 0\n"),
	ROW("", NO_HEADER),
	ROW("\n\n", NO_HEADER),
	ROW("\xEF\xBB\xBF", NO_HEADER),
	ROW("\xEF\xBB\xBF"
	    "a\tb\n1\t2\n",
		"h1 a|b\n2 1|2\nend 0\n"),

	/* Rejects. */
	ROW("a\tb\n1\n1\t2\t3\n4\t5\n", "h1 a|b\n!2 wrong-field-count /1<1>\n!3 "
					"wrong-field-count /3<1\\x092\\x093>\n4 4|5\nend 0\n"),
	ROW("a\tb\n1\r\t2\n3\t4\n", "h1 a|b\n!2 lone-cr /<1\\x0D\\x092>\n3 3|4\nend 0\n"),
	ROW("a\tb\n1\t2\r\r\n", "h1 a|b\n!2 lone-cr /<1\\x092\\x0D>\nend 0\n"),
	ROW("a\tb\n1\t2\r", "h1 a|b\n!2 lone-cr /<1\\x092\\x0D>\nend 0\n"),
	ROW("a\tb\n\r\r\n3\t4", "h1 a|b\n!2 lone-cr /<\\x0D>\n3 3|4\nend 0\n"),
	ROW("a\tb\n1\t\0\n3\t4\n", "h1 a|b\n!2 nul-byte b/\\x00<1\\x09\\x00>\n3 3|4\nend 0\n"),
	ROW("a\tb\n\xFF\t2\n", "h1 a|b\n!2 bad-encoding a/\\xFF<\\xFF\\x092>\nend 0\n"),
	ROW("a\tb\n\\n\xE9\t2\n", "h1 a|b\n!2 bad-encoding a/\\x0A\\xE9<\\n\\xE9\\x092>\nend 0\n"),
	ROW("a\r\tb\n", "3 x:1" LONE_CR),
	ROW("a\0\n", "3 x:1" NUL_BYTE),

	/* The mark of a stage that failed. */
	ROW("a\tb\n1\t2\n\\!", "h1 a|b\n2 1|2\n3 x:3" FAILED),
	ROW("a\tb\n\\!\n", "h1 a|b\n3 x:2" FAILED),
	ROW("a\n\\\\!\n", "h1 a\n2 \\!\nend 0\n"),
	ROW("\\!", "3 x:1" FAILED),

	/* The limit of a record. */
	ROW_WITHIN(5, "a\tb\r\n12\t34\r\n56\t78", "h1 a|b\n2 12|34\n3 56|78\nend 0\n"),
	ROW_WITHIN(5, "a\tb\n12\t345\n5\t6\n",
		"h1 a|b\n!2 record-too-long /<12\\x0934>\n3 5|6\nend 0\n"),
	ROW_WITHIN(5, "a\tb\n12\t3456789", "h1 a|b\n!2 record-too-long /<12\\x0934>\nend 0\n"),
	ROW_WITHIN(5, "a\tb\n12\t3\\x\r\r\n5\t6\n",
		"h1 a|b\n!2 record-too-long /<12\\x093\\>\n3 5|6\nend 0\n"),
	ROW_WITHIN(5, "a\tbcdef\n", "3 x:1" TOO_LONG),
};

int main(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct reader_options options = { .format = FORMAT_TSV,
			.record_limit = rows[i].limit };
		transcript_check(
			rows[i].input, &options, slice_from(rows[i].want), __FILE__, rows[i].line);
	}
	return test_report("reader_tsv_test");
}
