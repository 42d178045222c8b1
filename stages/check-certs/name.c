#include "name.h"

#include "utf8.h"

/* The universal tags of the string types that a name may have. */
enum {
	UTF8_STRING = 12,
	NUMERIC_STRING = 18,
	PRINTABLE_STRING = 19,
	T61_STRING = 20,
	IA5_STRING = 22,
	VISIBLE_STRING = 26,
	UNIVERSAL_STRING = 28,
	BMP_STRING = 30,
};

static uint32_t number_at(struct slice bytes, size_t count)
{
	uint32_t number = 0;
	for (size_t i = 0; i < count; i++)
		number = number << 8 | (unsigned char)bytes.ptr[i];
	return number;
}

static bool is_surrogate(uint32_t c)
{
	return c >= 0xD800 && c <= 0xDFFF;
}

static int append_code(struct buffer *out, uint32_t c)
{
	char utf8[4] = { 0 };
	return buffer_append(out, (struct slice){ utf8, utf8_write(utf8, c) });
}

/* UTF-16, the greater byte first: 1, 0 where it is none, -1. */
static int utf16_append(struct buffer *out, struct slice bytes)
{
	if (bytes.len % 2)
		return 0;
	for (; bytes.len; bytes = slice_skip(bytes, 2)) {
		uint32_t c = number_at(bytes, 2);
		if (is_surrogate(c)) {
			uint32_t low = bytes.len >= 4 ? number_at(slice_skip(bytes, 2), 2) : 0;
			if (c >= 0xDC00 || low < 0xDC00 || low > 0xDFFF)
				return 0;
			c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
			bytes = slice_skip(bytes, 2);
		}
		if (append_code(out, c) != 0)
			return -1;
	}
	return 1;
}

static int utf32_append(struct buffer *out, struct slice bytes)
{
	if (bytes.len % 4)
		return 0;
	for (; bytes.len; bytes = slice_skip(bytes, 4)) {
		uint32_t c = number_at(bytes, 4);
		if (c > 0x10FFFF || is_surrogate(c))
			return 0;
		if (append_code(out, c) != 0)
			return -1;
	}
	return 1;
}

/* ISO 8859-1; with `ascii` nothing past it. */
static int bytes_append(struct buffer *out, struct slice bytes, bool ascii)
{
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char c = (unsigned char)bytes.ptr[i];
		if (ascii && c >= 0x80)
			return 0;
		if (append_code(out, c) != 0)
			return -1;
	}
	return 1;
}

static int decode(struct buffer *out, int tag, struct slice bytes)
{
	switch (tag) {
	case UTF8_STRING:
		if (utf8_valid(bytes) != bytes.len)
			return 0;
		return buffer_append(out, bytes) == 0 ? 1 : -1;
	case NUMERIC_STRING:
	case PRINTABLE_STRING:
	case IA5_STRING:
	case VISIBLE_STRING:
		return bytes_append(out, bytes, true);
	case T61_STRING:
		return bytes_append(out, bytes, false);
	case BMP_STRING:
		return utf16_append(out, bytes);
	case UNIVERSAL_STRING:
		return utf32_append(out, bytes);
	default:
		return 0;
	}
}

static int append_escaped(struct buffer *out, struct slice text)
{
	int failed = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool first = i == 0 && (c == '#' || c == ' ');
		bool last = i + 1 == text.len && c == ' ';
		if (c < 0x20 || c == 0x7F) {
			failed |= buffer_printf(out, "\\%02X", c);
			continue;
		}
		if (first || last || strchr(",+\"\\<>;", c))
			failed |= buffer_put(out, '\\');
		failed |= buffer_put(out, text.ptr[i]);
	}
	return failed ? -1 : 1;
}

int name_append_text(struct buffer *out, int tag, struct slice bytes)
{
	struct buffer text = { 0 };
	int result = decode(&text, tag, bytes);
	if (result > 0)
		result = append_escaped(out, buffer_slice(&text));
	buffer_release(&text);
	return result;
}

int name_append_hex(struct buffer *out, struct slice encoding)
{
	int failed = buffer_put(out, '#');
	for (size_t i = 0; i < encoding.len; i++)
		failed |= buffer_printf(out, "%02X", (unsigned char)encoding.ptr[i]);
	return failed;
}
