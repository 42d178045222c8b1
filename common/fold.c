#include "fold.h"

#include "utf8.h"

#include <wchar.h>
#include <wctype.h>

#define NO_BREAK_SPACE 0xA0

void folding_init(struct folding *f)
{
	f->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

void folding_release(struct folding *f)
{
	if (f->locale)
		freelocale(f->locale);
	f->locale = (locale_t)0;
}

/* The character of `length` valid bytes. */
static uint32_t character_read(const char *at, size_t length)
{
	static const unsigned char lead_bits[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	uint32_t character = (unsigned char)at[0] & lead_bits[length];
	for (size_t i = 1; i < length; i++)
		character = character << 6 | ((unsigned char)at[i] & 0x3F);
	return character;
}

static uint32_t lower(const struct folding *f, uint32_t character)
{
	if (character < 0x80)
		return character >= 'A' && character <= 'Z' ? character | 0x20 : character;
	return f->locale ? (uint32_t)towlower_l((wint_t)character, f->locale) : character;
}

static bool is_blank(uint32_t character)
{
	return character == ' ' || character == '\t' || character == '\r' || character == '\n' ||
	       character == NO_BREAK_SPACE;
}

enum blanks { BLANKS_KEPT, BLANKS_ONE, BLANKS_NONE };

static int fold(const struct folding *f, struct buffer *out, struct slice text, enum blanks blanks)
{
	size_t start = out->len;
	bool pending = false; /* a blank was met that is written only before something else */
	while (text.len) {
		size_t length = utf8_length(text);
		uint32_t character = length ? character_read(text.ptr, length) : 0;
		char bytes[4] = { text.ptr[0] };
		text = slice_skip(text, length ? length : 1);
		if (length && blanks != BLANKS_KEPT && is_blank(character)) {
			pending = out->len > start;
			continue;
		}
		if (blanks == BLANKS_NONE && length && character == '_')
			continue;
		if (pending && blanks == BLANKS_ONE && buffer_put(out, ' ') != 0)
			return -1;
		pending = false;
		size_t written = length ? utf8_write(bytes, lower(f, character)) : 1;
		if (buffer_append(out, (struct slice){ bytes, written }) != 0)
			return -1;
	}
	return 0;
}

int fold_case_append(const struct folding *f, struct buffer *out, struct slice text)
{
	return fold(f, out, text, BLANKS_KEPT);
}

int fold_append(const struct folding *f, struct buffer *out, struct slice text)
{
	return fold(f, out, text, BLANKS_ONE);
}

int fold_name_append(const struct folding *f, struct buffer *out, struct slice name)
{
	return fold(f, out, name, BLANKS_NONE);
}
