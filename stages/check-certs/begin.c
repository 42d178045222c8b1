#include "begin.h"

#include "bare.h"
#include "base64.h"

#include <strings.h>

/* Dashes that have to stand before BEGIN, and behind the label. */
#define DASHES 3

/* A line of base64 has no fewer digits, unless it is the last. */
#define DIGITS 24

/* More than any word, name or path has. */
#define DIGITS_IN_LINE 40

/* Headers of RFC 1421 or a comment may stand before the base64. */
#define LINES_LOOKED_AT 4

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

/* Marks that a mail or a comment puts before each line. */
static bool is_mark(char c)
{
	return is_blank(c) || (c && strchr(">|#*/\"'", c));
}

static bool holds(struct slice line, struct slice text)
{
	for (size_t i = 0; i + text.len <= line.len; i++)
		if (strncasecmp(line.ptr + i, text.ptr, text.len) == 0)
			return true;
	return false;
}

enum begin_says begin_says(struct slice words)
{
	static const char *const certificates[] = { "CERT", "X509", "X.509", "PKCS", "CMS" };
	if (holds(words, SLICE("PRIVATE KEY")))
		return BEGIN_KEY;
	for (size_t i = 0; i < sizeof certificates / sizeof *certificates; i++)
		if (holds(words, slice_from(certificates[i])))
			return BEGIN_CERTIFICATE;
	return BEGIN_OTHER;
}

/* Is it U+2010 to U+2015, of three bytes, each of which stands for some dashes? */
static bool is_wide_dash(const char *at)
{
	return memcmp(at, "\xE2\x80", 2) == 0 && (unsigned char)at[2] - 0x90U < 6;
}

/* How many dashes end the text, and in how many bytes. */
static size_t dashes_before(struct slice text, size_t *bytes)
{
	size_t dashes = 0;
	const size_t whole = text.len;
	for (;;) {
		if (text.len && text.ptr[text.len - 1] == '-') {
			dashes++;
			text.len--;
		} else if (text.len >= 3 && is_wide_dash(text.ptr + text.len - 3)) {
			dashes += DASHES;
			text.len -= 3;
		} else {
			*bytes = whole - text.len;
			return dashes;
		}
	}
}

static bool has_dashes(struct slice text)
{
	size_t dashes = 0;
	for (size_t i = 0; i < text.len && dashes < DASHES; i++) {
		bool wide = text.len - i >= 3 && is_wide_dash(text.ptr + i);
		dashes = wide ? DASHES : text.ptr[i] == '-' ? dashes + 1 : 0;
	}
	return dashes >= DASHES;
}

/* The longest run of base64 digits. */
static size_t digits_in(struct slice text)
{
	size_t longest = 0;
	size_t digits = 0;
	for (size_t i = 0; i < text.len; i++) {
		digits = base64_is_digit(text.ptr[i]) ? digits + 1 : 0;
		longest = digits > longest ? digits : longest;
	}
	return longest;
}

static bool is_all_marks(struct slice text)
{
	while (text.len && is_mark(*text.ptr))
		text = slice_skip(text, 1);
	return text.len == 0;
}

bool begin_read(struct slice line, struct begin *begin)
{
	static const char word[] = "BEGIN";
	static const char putty[] = "PuTTY-User-Key-File";
	if (line.len >= strlen(putty) && memcmp(line.ptr, putty, strlen(putty)) == 0) {
		*begin = (struct begin){ BEGIN_KEY, true, false, true };
		return true;
	}
	for (size_t i = DASHES; i + strlen(word) <= line.len; i++) {
		struct slice before = { line.ptr, i };
		size_t bytes;
		if (strncasecmp(line.ptr + i, word, strlen(word)) != 0)
			continue;
		while (before.len && is_blank(before.ptr[before.len - 1]))
			before.len--;
		if (dashes_before(before, &bytes) < DASHES)
			continue;
		before.len -= bytes;
		struct slice after = slice_skip(line, i + strlen(word));
		*begin = (struct begin){ begin_says(after), is_all_marks(before), has_dashes(after),
			digits_in(after) >= DIGITS_IN_LINE };
		return true;
	}
	return false;
}

enum below begin_below(struct slice rest)
{
	int looked_at = 0;
	while (rest.ptr && looked_at < LINES_LOOKED_AT) {
		struct slice text = rest;
		struct slice line = slice_cut(&rest, '\n');
		while (line.len && is_mark(line.ptr[line.len - 1]))
			line.len--;
		while (line.len && is_mark(*line.ptr))
			line = slice_skip(line, 1);
		if (line.len == 0)
			continue;
		looked_at++;
		struct bare bare;
		text = slice_skip(text, (size_t)(line.ptr - text.ptr));
		if (bare_find(text, 1, &bare) && bare.known)
			return BELOW_OBJECT;
		while (line.len && line.ptr[line.len - 1] == '=')
			line.len--;
		if (line.len >= DIGITS && digits_in(line) == line.len)
			return BELOW_BASE64;
	}
	return BELOW_OTHER;
}
