#include "stand_in.h"

bool stand_in_big_endian(const char *encoding)
{
	size_t length = strlen(encoding);
	return length >= 2 && (encoding[length - 2] == 'B' || encoding[length - 2] == 'b');
}

static bool continues(struct slice text, size_t at)
{
	return at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80;
}

size_t stand_in_read(
	struct slice text, const char *encoding, unsigned char bytes[2], size_t *length)
{
	unsigned first = (unsigned char)text.ptr[0];
	unsigned second = text.len > 1 ? (unsigned char)text.ptr[1] : 0;
	bool two = continues(text, 1);
	*length = 1;
	bytes[0] = (unsigned char)first;
	if (first == 0xED && second >= 0xA0 && two && continues(text, 2)) {
		unsigned third = (unsigned char)text.ptr[2];
		unsigned code = 0xD000 | (second & 0x3F) << 6 | (third & 0x3F);
		bool big = stand_in_big_endian(encoding);
		*length = 3;
		bytes[big ? 0 : 1] = (unsigned char)(code >> 8);
		bytes[big ? 1 : 0] = (unsigned char)(code & 0xFF);
		return 2;
	}
	if (two && (first == 0xC0 || first == 0xC1)) {
		*length = 2;
		bytes[0] = (unsigned char)((first & 3) << 6 | (second & 0x3F));
	} else if (two && first == 0xFF) {
		*length = 2;
		bytes[0] = (unsigned char)second;
	}
	return 1;
}
