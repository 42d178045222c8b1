/* Slices, buffers, what is shown of bytes, and UTF-8. */
#include "buffer.h"
#include "show.h"
#include "utf8.h"

#include "test.h"

#include <stdlib.h>

/* A pack and a block have the bytes and zeros, whatever stands behind them. */
static void test_pack(void)
{
	char bytes[SLICE_PACKED + SLICE_SLACK];
	srandom(5);
	for (int round = 0; round < 2000; round++) {
		uint64_t want[2] = { 0, 0 };
		uint64_t packed[2] = { 1, 1 };
		for (size_t i = 0; i < sizeof bytes; i++)
			bytes[i] = (char)random();
		struct slice s = { bytes, (size_t)round % (SLICE_PACKED + 1) };
		memcpy(want, bytes, s.len);
		slice_pack(s, packed);
		slice_halves block = (slice_halves)slice_block_of(slice_start(s), s.len);
		CHECK(packed[0] == want[0] && packed[1] == want[1]);
		CHECK(block[0] == want[0] && block[1] == want[1]);
	}
	slice_halves nothing =
		(slice_halves)slice_block_of(slice_start((struct slice){ NULL, 0 }), 0);
	CHECK(nothing[0] == 0 && nothing[1] == 0);
}

static void test_slice(void)
{
	const struct slice none = { NULL, 0 };
	CHECK(slice_equal(none, SLICE("")));
	CHECK(slice_equal(SLICE("a\0b"), SLICE("a\0b")));
	CHECK(!slice_equal(SLICE("a\0b"), SLICE("a\0c")));
	CHECK(!slice_equal(SLICE("ab"), SLICE("abc")));
	CHECK(!slice_equal(SLICE("a"), SLICE("A")));
	CHECK_NUMBER(slice_from(NULL).len, 0);
	CHECK_NUMBER(slice_from("abc").len, 3);
	CHECK_NUMBER(slice_compare(none, none), 0);
	CHECK(slice_compare(none, SLICE("a")) < 0);
	CHECK(slice_compare(SLICE("a"), SLICE("ab")) < 0);
	CHECK(slice_compare(SLICE("b"), SLICE("ab")) > 0);
	CHECK(slice_compare(SLICE("ab"), SLICE("a")) > 0);
	CHECK(slice_compare(SLICE("\x7F"), SLICE("\x80")) < 0);
	CHECK_NUMBER(slice_compare(SLICE("ab"), SLICE("ab")), 0);
	CHECK_TEXT(slice_skip(SLICE("abc"), 0), "abc");
	CHECK_TEXT(slice_skip(SLICE("abc"), 3), "");
	CHECK(slice_skip(none, 0).ptr == NULL);

	static const struct {
		const char *list, *parts;
	} cuts[] = { { "", "[]" }, { "a", "[a]" }, { ",", "[][]" }, { "a,,b", "[a][][b]" },
		{ "a,", "[a][]" } };
	for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
		struct buffer got = { 0 };
		for (struct slice rest = slice_from(cuts[i].list); rest.ptr;) {
			struct slice part = slice_cut(&rest, ',');
			buffer_printf(&got, "[%.*s]", (int)part.len, part.ptr);
		}
		CHECK_TEXT(buffer_slice(&got), cuts[i].parts);
		buffer_release(&got);
	}
	struct slice rest = none;
	CHECK(slice_cut(&rest, ',').len == 0 && rest.ptr == NULL);
}

/* Of every length and start, and more than a counter of one byte holds. */
static void test_count(void)
{
	enum { SIZE = 70000 };
	char *bytes = malloc(SIZE);
	CHECK(bytes != NULL);
	if (!bytes)
		return;
	memset(bytes, '"', SIZE);
	CHECK_NUMBER(slice_count((struct slice){ bytes, SIZE }, '"'), SIZE);
	CHECK_NUMBER(slice_count((struct slice){ bytes + 1, SIZE - 1 }, '"'), SIZE - 1);
	CHECK_NUMBER(slice_count((struct slice){ bytes, SIZE }, '!'), 0);
	CHECK_NUMBER(slice_count((struct slice){ NULL, 0 }, '"'), 0);
	for (size_t i = 0; i < 300; i++)
		bytes[i] = (char)(i * i % 7 ? i : '\n');
	for (size_t start = 0; start < 70; start++)
		for (size_t length = 0; length + start < 300; length++) {
			size_t count = 0;
			for (size_t i = 0; i < length; i++)
				count += bytes[start + i] == '\n';
			CHECK_NUMBER(
				slice_count((struct slice){ bytes + start, length }, '\n'), count);
		}
	free(bytes);
}

static void test_buffer(void)
{
	struct buffer b = { 0 };
	struct buffer want = { 0 };
	CHECK_NUMBER(buffer_append(&b, (struct slice){ NULL, 0 }), 0);
	CHECK(b.ptr == NULL);
	CHECK_TEXT(slice_from(buffer_text(&b)), "");
	CHECK_NUMBER(b.len, 0);
	for (int i = 0; i < 2000; i++) {
		char text[16];
		size_t length = (size_t)snprintf(text, sizeof text, "%d", i);
		CHECK_NUMBER(buffer_append(&b, (struct slice){ text, length }), 0);
		CHECK_NUMBER(buffer_put(&b, '\0'), 0);
		CHECK_NUMBER(buffer_printf(&want, "%d%c", i, 0), 0);
		CHECK(b.len <= b.cap);
	}
	CHECK_SLICE(buffer_slice(&b), buffer_slice(&want));
	CHECK_NUMBER(buffer_text(&b)[b.len], 0);
	size_t cap = b.cap;
	char *ptr = b.ptr;
	buffer_clear(&b);
	CHECK(b.len == 0 && b.cap == cap && b.ptr == ptr);
	CHECK_NUMBER(buffer_append(&b, SLICE("again")), 0);
	CHECK_TEXT(buffer_slice(&b), "again");
	/* No memory: the content is as it was. */
	CHECK_NUMBER(buffer_reserve(&b, SIZE_MAX), -1);
	CHECK_NUMBER(buffer_reserve(&b, SIZE_MAX - b.len), -1);
	CHECK_TEXT(buffer_slice(&b), "again");
	CHECK_NUMBER(buffer_reserve(&b, 100000), 0);
	CHECK(b.cap - b.len >= 100000);
	CHECK_TEXT(buffer_slice(&b), "again");
	buffer_release(&b);
	CHECK(b.ptr == NULL && b.len == 0 && b.cap == 0);
	buffer_release(&b);
	buffer_release(&want);
}

/* A code point from its bytes, straight from the table of the standard; -1: not well formed. */
static int32_t decode(const unsigned char *s, size_t length)
{
	static const int32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	int32_t c = length == 1 ? s[0] : s[0] & (0x7F >> length);
	unsigned lead = length == 1 ? 0 : (0xF00u >> length) & 0xFF;
	unsigned mask = length == 1 ? 0x80 : (0xFF80u >> length) & 0xFF;
	if ((s[0] & mask) != lead)
		return -1;
	for (size_t i = 1; i < length; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return -1;
		c = c << 6 | (s[i] & 0x3F);
	}
	return c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ? -1 : c;
}

/* All sequences of one to three bytes, and of four where any could be valid. */
static void test_utf8_all(void)
{
	uint32_t wrong = 0;
	for (uint32_t lead = 0; lead < 0x1000000; lead++) {
		unsigned char s[4] = { lead >> 16 & 0xFF, lead >> 8 & 0xFF, lead & 0xFF, 0 };
		bool four = s[0] >= 0xE0;
		for (unsigned last = 0; last < (four ? 3u : 1u); last++) {
			s[3] = (unsigned char[]){ 0x80, 0xBF, 0xC0 }[last];
			size_t room = four ? 4 : 3;
			size_t want = 0;
			for (size_t length = 1; length <= room && !want; length++)
				want = decode(s, length) >= 0 ? length : 0;
			wrong += utf8_length((struct slice){ (const char *)s, room }) != want;
		}
	}
	CHECK_NUMBER(wrong, 0);
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		char bytes[4];
		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		size_t length = utf8_write(bytes, c);
		wrong += decode((const unsigned char *)bytes, length) != (int32_t)c;
		wrong += utf8_length((struct slice){ bytes, length }) != length;
		for (size_t cut = 1; cut < length; cut++)
			wrong += utf8_length((struct slice){ bytes, cut }) != 0;
	}
	CHECK_NUMBER(wrong, 0);
}

/* A fault at every place of texts of many lengths, for the eight bytes at a time. */
static void test_utf8_valid(void)
{
	static const char text[] =
		"0123456789abcdef\xC3\xA9ghijklmnop\xF0\x9F\x98\x80qrstuvwxyz01234";
	size_t whole = sizeof text - 1;
	CHECK_NUMBER(utf8_valid((struct slice){ NULL, 0 }), 0);
	CHECK_NUMBER(utf8_valid((struct slice){ text, whole }), whole);
	for (size_t from = 0; from < whole; from++) {
		for (size_t length = 0; from + length <= whole; length++) {
			char copy[sizeof text];
			memcpy(copy, text + from, length);
			size_t want = 0;
			while (want < length) {
				size_t one =
					utf8_length((struct slice){ copy + want, length - want });
				if (one == 0)
					break;
				want += one;
			}
			CHECK_NUMBER(utf8_valid((struct slice){ copy, length }), want);
			if (want < 3)
				continue;
			copy[want / 2] = '\xFF';
			CHECK(utf8_valid((struct slice){ copy, length }) <= want / 2);
			CHECK(utf8_valid((struct slice){ copy, length }) + 3 >= want / 2);
		}
	}
}

static void check_show(struct slice value, const char *want)
{
	struct buffer out = { 0 };
	CHECK_TEXT(slice_from(SHOW(value)), want);
	CHECK_NUMBER(show_append(&out, value), 0);
	CHECK_TEXT(buffer_slice(&out), want);
	buffer_release(&out);
}

static void test_show(void)
{
	check_show((struct slice){ NULL, 0 }, "");
	check_show(SLICE("a \"b\" \\ ~"), "a \"b\" \\ ~");
	check_show(SLICE("\0\t\n\r\x1B[31m\x7F"), "\\x00\\x09\\x0A\\x0D\\x1B[31m\\x7F");
	check_show(SLICE("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"),
		"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
	check_show(SLICE("\xC3(\xA9\xFF"), "\\xC3(\\xA9\\xFF");
	/* The control characters past ASCII, and the first one that is none. */
	check_show(SLICE("\xC2\x80\xC2\x9B\xC2\x9F\xC2\xA0"),
		"\\xC2\\x80\\xC2\\x9B\\xC2\\x9F\xC2\xA0");
	check_show(SLICE("\xED\xA0\x80"), "\\xED\\xA0\\x80");
}

/* A value of more bytes than are shown, with a character of `width` bytes at each place. */
static void test_show_cut(void)
{
	static const char *const characters[] = { "a", "\xC3\xA9", "\xE2\x82\xAC",
		"\xF0\x9F\x98\x80" };
	for (size_t width = 1; width <= 4; width++) {
		for (size_t before = 190; before <= 204; before++) {
			char value[220];
			memset(value, 'x', sizeof value);
			memcpy(value + before, characters[width - 1], width);
			struct slice shown = slice_from(SHOW(((struct slice){ value, 210 })));
			size_t kept = before < 200 && before + width > 200 ? before : 200;
			CHECK_NUMBER(shown.len, kept + 3);
			CHECK(memcmp(shown.ptr, value, kept) == 0);
			CHECK_TEXT(slice_skip(shown, kept), "…");
			/* All of it. */
			struct slice exact = { value, before + width };
			if (exact.len <= 200)
				CHECK_SLICE(slice_from(SHOW(exact)), exact);
		}
	}
	char worst[1000];
	memset(worst, '\x80', sizeof worst);
	struct slice shown = slice_from(SHOW(((struct slice){ worst, sizeof worst })));
	CHECK(shown.len <= SHOW_SIZE - 1 && shown.len >= 4 * 196);
	memset(worst, '\x01', sizeof worst);
	CHECK_NUMBER(strlen(SHOW(((struct slice){ worst, sizeof worst }))), SHOW_SIZE - 1);
}

int main(void)
{
	test_pack();
	test_slice();
	test_count();
	test_buffer();
	test_utf8_all();
	test_utf8_valid();
	test_show();
	test_show_cut();
	return test_report("text_test");
}
