#include "pattern.h"

#include "test.h"

static void check(const char *text, unsigned flags, struct slice subject, int want, int line)
{
	struct error e = { 0 };
	struct pattern p;
	if (test_note(
		    pattern_compile(&p, slice_from(text), flags, &e) == 0, __FILE__, line, text)) {
		test_numbers(pattern_match(&p, subject, &e), want, __FILE__, line, text);
		CHECK((e.status == STATUS_INPUT) == (want < 0));
		pattern_release(&p);
	}
	error_release(&e);
}

#define MATCH(text, flags, subject, want) check(text, flags, SLICE(subject), want, __LINE__)

static void check_wrong(const char *text, const char *start)
{
	struct error e = { 0 };
	struct pattern p;
	CHECK_NUMBER(pattern_compile(&p, slice_from(text), 0, &e), -1);
	CHECK_NUMBER(e.status, STATUS_USAGE);
	e.text.len = e.text.len < strlen(start) ? e.text.len : strlen(start);
	CHECK_TEXT(buffer_slice(&e.text), start);
	error_release(&e);
}

/* What compiled code has no room for, its stack being small, the interpreter still answers. */
static void test_deep(void)
{
	static char text[50000];
	memset(text, 'a', sizeof text);
	text[sizeof text - 1] = 'b';
	struct slice subject = { text, sizeof text };
	check("(?:a|(a))*b", PATTERN_WHOLE, subject, 1, __LINE__);
}

int main(void)
{
	MATCH("b", 0, "abc", 1);
	MATCH("^b", 0, "abc", 0);
	MATCH("", 0, "abc", 1);
	MATCH("", 0, "", 1);
	MATCH("b", PATTERN_WHOLE, "abc", 0);
	MATCH("abc", PATTERN_WHOLE, "abc", 1);
	MATCH("a|abc", PATTERN_WHOLE, "abc", 1);
	MATCH("abc", PATTERN_WHOLE, "abc\n", 0);
	MATCH(".*password.*", PATTERN_WHOLE, "a\npassword\n", 1);
	MATCH("", PATTERN_WHOLE, "a", 0);
	MATCH("abc", 0, "xABCx", 0);
	MATCH("abc", PATTERN_CASELESS, "xABCx", 1);
	MATCH("\xC3\xA9", PATTERN_CASELESS | PATTERN_WHOLE, "\xC3\x89", 1);
	MATCH("^.$", 0, "\xE2\x82\xAC", 1);
	MATCH("\\d+(?=\\.csv)", 0, "users-12.csv", 1);
	MATCH("a", 0, "a\xFF", -1);
	MATCH("a\\x00b", PATTERN_WHOLE, "a\0b", 1);
	/* Work without end is refused. */
	MATCH("^(a+)+$", 0, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", -1);
	test_deep();
	check("x", 0, (struct slice){ NULL, 0 }, 0, __LINE__);
	check("", PATTERN_WHOLE, (struct slice){ NULL, 0 }, 1, __LINE__);

	check_wrong("(", "pattern \"(\": at offset 1: ");
	check_wrong("a[", "pattern \"a[\": at offset 2: ");
	check_wrong("\\C", "pattern \"\\C\": at offset 2: ");
	check_wrong("\xFF", "pattern \"\\xFF\": at offset 0: ");
	return test_report("pattern_test");
}
