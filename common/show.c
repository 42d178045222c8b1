#include "show.h"

#include "utf8.h"

/*
 * The next character of `rest`, as shown: its bytes, or \xHH for one byte that is a control byte or
 * no UTF-8. The C1 controls (U+0080 to U+009F) are valid UTF-8 and terminals obey them all the
 * same.
 */
static size_t shown_character(char into[5], struct slice *rest)
{
	static const char hex[] = "0123456789ABCDEF";
	unsigned char first = (unsigned char)rest->ptr[0];
	size_t length = utf8_length(*rest);
	bool control = first < 0x20 || first == 0x7F ||
		       (first == 0xC2 && length == 2 && (unsigned char)rest->ptr[1] < 0xA0);
	if (length == 0 || control) {
		memcpy(into, (char[]){ '\\', 'x', hex[first >> 4], hex[first & 15] }, 4);
		*rest = slice_skip(*rest, 1);
		return 4;
	}
	memcpy(into, rest->ptr, length);
	*rest = slice_skip(*rest, length);
	return length;
}

const char *show_into(char into[SHOW_SIZE], struct slice value)
{
	struct slice rest = value;
	size_t at = 0;
	bool cut = rest.len > SHOW_LIMIT;
	if (cut) {
		rest.len = SHOW_LIMIT;
		/* Not in the middle of a character, which would then show as invalid. */
		while (rest.len > SHOW_LIMIT - 4 &&
			((unsigned char)value.ptr[rest.len] & 0xC0) == 0x80)
			rest.len--;
	}
	while (rest.len)
		at += shown_character(into + at, &rest);
	memcpy(into + at, cut ? "…" : "", cut ? sizeof "…" : 1);
	return into;
}

struct slice show_name(struct slice name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] == '=' || name.ptr[i] == ':')
			name.len = i + 1;
	return name;
}

int show_append(struct buffer *out, struct slice value)
{
	char character[5];
	for (struct slice rest = value; rest.len;) {
		size_t length = shown_character(character, &rest);
		if (buffer_append(out, (struct slice){ character, length }) != 0)
			return -1;
	}
	return 0;
}
