#include "utf8.h"

size_t utf8_length(struct slice text)
{
	const unsigned char *s = (const unsigned char *)text.ptr;
	if (text.len == 0)
		return 0;
	if (s[0] < 0x80)
		return 1;
	/* The first continuation byte has a narrower range after the leads that could start an
	 * overlong form, a surrogate or a value past U+10FFFF. */
	unsigned low = 0x80;
	unsigned high = 0xBF;
	size_t length;
	if (s[0] >= 0xC2 && s[0] <= 0xDF) {
		length = 2;
	} else if (s[0] >= 0xE0 && s[0] <= 0xEF) {
		length = 3;
		if (s[0] == 0xE0)
			low = 0xA0;
		if (s[0] == 0xED)
			high = 0x9F;
	} else if (s[0] >= 0xF0 && s[0] <= 0xF4) {
		length = 4;
		if (s[0] == 0xF0)
			low = 0x90;
		if (s[0] == 0xF4)
			high = 0x8F;
	} else {
		return 0;
	}
	if (text.len < length || s[1] < low || s[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if ((s[i] & 0xC0) != 0x80)
			return 0;
	return length;
}

size_t utf8_valid(struct slice text)
{
	size_t at = 0;
	while (at < text.len) {
		/* Most text is ASCII: eight bytes at a time while it is. */
		uint64_t eight;
		while (text.len - at >= sizeof eight) {
			memcpy(&eight, text.ptr + at, sizeof eight);
			if (eight & UINT64_C(0x8080808080808080))
				break;
			at += sizeof eight;
		}
		while (at < text.len && (unsigned char)text.ptr[at] < 0x80)
			at++;
		if (at == text.len)
			break;
		size_t length = utf8_length(slice_skip(text, at));
		if (length == 0)
			return at;
		at += length;
	}
	return at;
}

size_t utf8_write(char into[4], uint32_t c)
{
	if (c < 0x80) {
		into[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		into[0] = (char)(0xC0 | c >> 6);
		into[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		into[0] = (char)(0xE0 | c >> 12);
		into[1] = (char)(0x80 | (c >> 6 & 0x3F));
		into[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	into[0] = (char)(0xF0 | c >> 18);
	into[1] = (char)(0x80 | (c >> 12 & 0x3F));
	into[2] = (char)(0x80 | (c >> 6 & 0x3F));
	into[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}
