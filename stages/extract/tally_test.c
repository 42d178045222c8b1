#include "tally.h"

#include "test.h"

#include <stdlib.h>

/* A text that comes in pieces of `step` bytes. */
struct pieces {
	struct source source;
	struct slice rest;
	size_t step;
};

static ssize_t pieces_read(struct source *source, char *into, size_t room, struct error *e)
{
	struct pieces *p = (struct pieces *)source;
	size_t length = p->rest.len < p->step ? p->rest.len : p->step;
	(void)e;
	if (length > room)
		length = room;
	if (length)
		memcpy(into, p->rest.ptr, length);
	p->rest = slice_skip(p->rest, length);
	return (ssize_t)length;
}

/* "NEWLINE LF CRLF", and where a byte is no UTF-8 " bad BYTE in LINE". */
static void check(struct slice text, const char *want, int line)
{
	for (size_t step = 1; step <= text.len + 1; step++) {
		struct pieces pieces = { { pieces_read }, text, step };
		struct tally t;
		struct error e = { 0 };
		struct buffer got = { 0 };
		tally_init(&t, &pieces.source);
		CHECK_NUMBER(tally_drain(&t, &e), 0);
		buffer_printf(&got, "%s %d %d", tally_newline(&t), (int)t.lf, (int)t.crlf);
		if (t.bad)
			buffer_printf(&got, " bad %02X in %d", t.bad_byte, (int)t.bad_line);
		test_slices(buffer_slice(&got), slice_from(want), __FILE__, line, want);
		CHECK_NUMBER(t.bytes, text.len);
		CHECK(!t.failed);
		buffer_release(&got);
	}
}

#define TEXT(text, want) check(SLICE(text), want, __LINE__)

/* NOLINTNEXTLINE(readability-non-const-parameter): a source's read has this type */
static ssize_t failing_read(struct source *source, char *into, size_t room, struct error *e)
{
	(void)source;
	(void)into;
	(void)room;
	return error_set(e, STATUS_INPUT, "damaged");
}

static void forget(void)
{
	struct memory_source memory;
	struct tally t;
	struct error e = { 0 };
	memory_source_init(&memory, SLICE("a,\"x\ny\"\r\nb,\"x\r\ny\"\r\n"), NULL);
	tally_init(&t, &memory.source);
	CHECK_NUMBER(tally_drain(&t, &e), 0);
	CHECK_TEXT(slice_from(tally_newline(&t)), "mixed");
	tally_forget(&t, SLICE("a,\"x\ny\""));
	tally_forget(&t, SLICE("b,\"x\r\ny\""));
	CHECK_TEXT(slice_from(tally_newline(&t)), "crlf");
	CHECK_NUMBER(t.crlf, 2);
}

static void failure(void)
{
	struct source source = { failing_read };
	struct tally t;
	struct error e = { 0 };
	tally_init(&t, &source);
	CHECK_NUMBER(tally_drain(&t, &e), -1);
	CHECK(t.failed);
	error_release(&e);
}

int main(void)
{
	TEXT("", " 0 0");
	TEXT("a", " 0 0");
	TEXT("a\nb\n", "lf 2 0");
	TEXT("a\r\nb\r\nc", "crlf 0 2");
	TEXT("a\r\nb\n", "mixed 1 1");
	TEXT("\n\r\n\r\r\n", "mixed 1 2");
	TEXT("é€\xF0\x9F\x98\x80\n", "lf 1 0");
	TEXT("a\nM\xFCller\nb\xFF\n", "lf 3 0 bad FC in 2");
	TEXT("a\n\n\xE2\x82", "lf 2 0 bad E2 in 3");
	TEXT("a\n\xE2\x82\n\n", "lf 3 0 bad E2 in 2");
	TEXT("\n\xC0\x80", "lf 1 0 bad C0 in 2");
	TEXT("\n\n\xED\xA0\x80\n", "lf 3 0 bad ED in 3");
	TEXT("\xE2\xE2\x82\xAC\n", "lf 1 0 bad E2 in 1");
	forget();
	failure();
	return test_report("tally_test");
}
