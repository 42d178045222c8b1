#include "decode.h"

#include "stand_in.h"
#include "test.h"
#include "utf8.h"

/* Hands out `step` bytes a read. */
struct slow_source {
	struct source source;
	struct slice rest;
	size_t step;
	bool fails; /* at the end */
};

static ssize_t slow_read(struct source *source, char *into, size_t room, struct error *e)
{
	struct slow_source *s = (struct slow_source *)source;
	size_t length = s->rest.len < s->step ? s->rest.len : s->step;
	if (length > room)
		length = room;
	if (length == 0)
		return s->fails ? error_set(e, STATUS_SYSTEM, "the disk is gone") : 0;
	memcpy(into, s->rest.ptr, length);
	s->rest = slice_skip(s->rest, length);
	return (ssize_t)length;
}

static struct slow_source slow(struct slice text, size_t step)
{
	return (struct slow_source){ .source.read = slow_read, .rest = text, .step = step };
}

static void decode_to_end(struct decoder *d, size_t room, struct buffer *out)
{
	struct error e = { 0 };
	char some[64];
	ssize_t got;
	while ((got = d->source.read(&d->source, some, room, &e)) > 0)
		buffer_append(out, (struct slice){ some, (size_t)got });
	CHECK_NUMBER(got, 0);
	CHECK_NUMBER(d->source.read(&d->source, some, room, &e), 0);
	error_release(&e);
}

static void check(
	const char *encoding, struct slice text, const char *found, bool bom, struct slice want)
{
	static const size_t steps[] = { 1, 2, 3, 5, 100000 };
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		for (size_t room = 1; room <= 64; room += 21) {
			struct error e = { 0 };
			struct buffer out = { 0 };
			struct slow_source from = slow(text, steps[i]);
			struct decoder d;
			CHECK_NUMBER(decoder_open(&d, &from.source, encoding, &e), 0);
			CHECK_TEXT(slice_from(d.encoding), found);
			CHECK(d.bom == bom);
			decode_to_end(&d, room, &out);
			CHECK_SLICE(buffer_slice(&out), want);
			decoder_release(&d);
			buffer_release(&out);
			error_release(&e);
		}
	}
}

/* As above, for text with bytes that are invalid: what comes out must be no UTF-8. */
static void check_bad(
	const char *encoding, struct slice text, struct slice want, struct slice invalid)
{
	check(encoding, text, encoding, false, want);
	CHECK(utf8_valid(want) < want.len);
	/* What was invalid can be told again; the first stand-in starts where the text differs. */
	struct buffer bytes = { 0 };
	for (struct slice rest = slice_skip(want, utf8_valid(want)); rest.len;) {
		unsigned char some[2];
		size_t length = utf8_length(rest);
		if (length == 0) {
			size_t count = stand_in_read(rest, encoding, some, &length);
			buffer_append(&bytes, (struct slice){ (const char *)some, count });
		}
		rest = slice_skip(rest, length);
	}
	CHECK_SLICE(buffer_slice(&bytes), invalid);
	buffer_release(&bytes);
}

static void check_refused(const char *encoding, struct slice text, enum status status)
{
	struct error e = { 0 };
	struct slow_source from = slow(text, 1);
	struct decoder d;
	CHECK_NUMBER(decoder_open(&d, &from.source, encoding, &e), -1);
	CHECK_NUMBER(e.status, status);
	CHECK(e.text.len > 0 && e.hint.len > 0);
	if (status == STATUS_USAGE)
		CHECK_NUMBER(from.rest.len, text.len);
	error_release(&e);
}

static void test_utf8(void)
{
	check(NULL, SLICE(""), "UTF-8", false, SLICE(""));
	check(NULL, SLICE("a"), "UTF-8", false, SLICE("a"));
	check(NULL, SLICE("id,\xC3\xA4\n"), "UTF-8", false, SLICE("id,\xC3\xA4\n"));
	check(NULL, SLICE("\xEF\xBB\xBF"), "UTF-8", true, SLICE(""));
	check(NULL, SLICE("\xEF\xBB\xBFid"), "UTF-8", true, SLICE("id"));
	check(NULL, SLICE("\xEF\xBBid"), "UTF-8", false, SLICE("\xEF\xBBid"));
	check("utf-8", SLICE("\xEF\xBB\xBF\xEF\xBB\xBFid"), "UTF-8", true, SLICE("\xEF\xBB\xBFid"));
	check("UTF8", SLICE("a\xFF\xE4\n"), "UTF-8", false, SLICE("a\xFF\xE4\n"));
}

static void test_utf16(void)
{
	check(NULL, SLICE("\xFF\xFE"), "UTF-16LE", true, SLICE(""));
	check(NULL, SLICE("\xFF\xFEi\0\xE4\0\n\0"), "UTF-16LE", true, SLICE("i\xC3\xA4\n"));
	check(NULL, SLICE("\xFE\xFF\0i\0\xE4\0\n"), "UTF-16BE", true, SLICE("i\xC3\xA4\n"));
	check(NULL, SLICE("\xFF\xFE\x3D\xD8\x00\xDE"), "UTF-16LE", true, SLICE("\xF0\x9F\x98\x80"));
	check(NULL, SLICE("\xFF\xFE\xFF\xFE"), "UTF-16LE", true, SLICE("\xEF\xBB\xBF"));
	check("UTF-16LE", SLICE("i\0d\0"), "UTF-16LE", false, SLICE("id"));
	check("utf-16be", SLICE("\0i\0\0\0d"), "utf-16be", false, SLICE("i\0d"));
	check("UTF-16LE", SLICE("\xFF\xFEi\0"), "UTF-16LE", true, SLICE("i"));
	check("UTF-16", SLICE("\xFE\xFF\0i"), "UTF-16BE", true, SLICE("i"));
	check("UTF-16", SLICE(""), "UTF-8", false, SLICE(""));
	check("UTF-32", SLICE("\xFF\xFE\0\0i\0\0\0"), "UTF-32LE", true, SLICE("i"));
	check_refused("UTF-16", SLICE("i\0d\0"), STATUS_INPUT);
	check_refused("utf32", SLICE("\xFF\xFEi\0"), STATUS_INPUT);
}

static void test_other(void)
{
	check("WINDOWS-1252", SLICE("M\xFCller;\x80\n"), "WINDOWS-1252", false,
		SLICE("M\xC3\xBCller;\xE2\x82\xAC\n"));
	check("latin1", SLICE("\xEF\xBB\xBF"), "latin1", false, SLICE("\xC3\xAF\xC2\xBB\xC2\xBF"));
	check("SHIFT_JIS", SLICE("\x83\x86,\x83\x86"), "SHIFT_JIS", false,
		SLICE("\xE3\x83\xA6,\xE3\x83\xA6"));
	/* A letter that this converter holds back, since a combining mark may follow. */
	check("TCVN5712-1", SLICE("a"), "TCVN5712-1", false, SLICE("a"));
	check_refused("no-such-encoding", SLICE("id"), STATUS_USAGE);
	check_refused("no-such-encoding", SLICE(""), STATUS_USAGE);
	check_refused("latin1//IGNORE", SLICE("id"), STATUS_USAGE);
	check_refused("UTF-16//", SLICE("id"), STATUS_USAGE);
	check_refused("", SLICE("id"), STATUS_USAGE);
}

static void test_bad(void)
{
	/* 0x81 means nothing in Windows-1252. */
	check_bad("WINDOWS-1252", SLICE("a\x81\n"), SLICE("a\x81\n"), SLICE("\x81"));
	check_bad("WINDOWS-1252", SLICE("\x81\x8D!\x81"), SLICE("\x81\xFF\x8D!\x81"),
		SLICE("\x81\x8D\x81"));
	/* Both are invalid, and together they would be a valid U+00C2 or U+00C0. */
	check_bad("US-ASCII", SLICE("a\xC3\x82z"), SLICE("a\xC3\xFF\x82z"), SLICE("\xC3\x82"));
	check_bad("US-ASCII", SLICE("\xC3z\x82"), SLICE("\xC3z\x82"), SLICE("\xC3\x82"));
	check_bad("US-ASCII", SLICE("\xF0\x9F\x98\x80"), SLICE("\xF0\xFF\x9F\xFF\x98\xFF\x80"),
		SLICE("\xF0\x9F\x98\x80"));
	/* Halves of pairs: alone, at the end, in the wrong order. */
	check_bad("UTF-16LE", SLICE("\x3D\xD8z\0"), SLICE("\xED\xA0\xBDz"), SLICE("\x3D\xD8"));
	check_bad("UTF-16LE", SLICE("z\0\x3D\xD8"), SLICE("z\xED\xA0\xBD"), SLICE("\x3D\xD8"));
	check_bad("UTF-16BE", SLICE("\xDE\x00\xD8\x3D\0\n"), SLICE("\xED\xB8\x80\xED\xA0\xBD\n"),
		SLICE("\xDE\x00\xD8\x3D"));
	check_bad("utf-16be", SLICE("\xDE\x00\0\n"), SLICE("\xED\xB8\x80\n"), SLICE("\xDE\x00"));
	/* Half a unit at the end, which must not end a line or close a quote. */
	check_bad("UTF-16LE", SLICE("z\0\n"), SLICE("z\xC0\x8A"), SLICE("\n"));
	check_bad("UTF-16LE", SLICE("\x3D\xD8\""), SLICE("\xED\xA0\xBD\xC0\xA2"),
		SLICE("\x3D\xD8\""));
	check_bad("UTF-32LE", SLICE("\0\0\x11\0z\0\0\0"),
		SLICE("\xC0\x80\xC0\x80\xC0\x91\xC0\x80z"), SLICE("\0\0\x11\0"));
	/* Half a character at the end. */
	check_bad("SHIFT_JIS", SLICE("z\x83"), SLICE("z\x83"), SLICE("\x83"));
	check_bad("BIG5", SLICE("z\xA4"), SLICE("z\xA4"), SLICE("\xA4"));
}

/* More than a buffer, with characters across its end. */
static void test_long(void)
{
	struct buffer text = { 0 };
	struct buffer want = { 0 };
	buffer_append(&text, SLICE("\xFF\xFE-\0"));
	buffer_put(&want, '-');
	for (int i = 0; i < 70000; i++) {
		bool bad = i % 21845 == 0;
		buffer_append(&text, bad ? SLICE("\x00\xDE") : SLICE("\x3D\xD8\x00\xDE"));
		buffer_append(&want, bad ? SLICE("\xED\xB8\x80") : SLICE("\xF0\x9F\x98\x80"));
	}
	check(NULL, buffer_slice(&text), "UTF-16LE", true, buffer_slice(&want));
	buffer_release(&text);
	buffer_release(&want);
}

static void test_failing_source(void)
{
	struct error e = { 0 };
	struct slow_source from = slow(SLICE("abcdef"), 2);
	struct decoder d;
	from.fails = true;
	CHECK_NUMBER(decoder_open(&d, &from.source, NULL, &e), 0);
	char some[16];
	CHECK_NUMBER(d.source.read(&d.source, some, sizeof some, &e), 4);
	CHECK_NUMBER(d.source.read(&d.source, some, sizeof some, &e), 2);
	CHECK_NUMBER(d.source.read(&d.source, some, sizeof some, &e), -1);
	CHECK_NUMBER(e.status, STATUS_SYSTEM);
	decoder_release(&d);
	from = slow(SLICE("ab"), 1);
	from.fails = true;
	CHECK_NUMBER(decoder_open(&d, &from.source, "latin1", &e), -1);
	CHECK_NUMBER(e.status, STATUS_SYSTEM);
	error_release(&e);
}

int main(void)
{
	test_utf8();
	test_utf16();
	test_other();
	test_bad();
	test_long();
	test_failing_source();
	return test_report("decode_test");
}
