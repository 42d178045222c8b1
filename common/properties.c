#include "properties.h"

#include "utf8.h"

#include <stdlib.h>

#define BOM "\xEF\xBB\xBF"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\f';
}

/* A natural line: its bytes from `start` to `content`, then its line end up to `end`. */
struct extent {
	size_t start;
	size_t content;
	size_t end;
};

static struct extent extent_at(struct slice bytes, size_t start)
{
	size_t at = start;
	while (at < bytes.len && bytes.ptr[at] != '\n' && bytes.ptr[at] != '\r')
		at++;
	size_t end = at;
	if (end < bytes.len)
		end++;
	if (end < bytes.len && bytes.ptr[at] == '\r' && bytes.ptr[end] == '\n')
		end++;
	return (struct extent){ start, at, end };
}

static size_t past_blanks(struct slice bytes, size_t at, size_t end)
{
	while (at < end && is_blank(bytes.ptr[at]))
		at++;
	return at;
}

static size_t bom_length(struct slice bytes)
{
	size_t length = strlen(BOM);
	return bytes.len >= length && memcmp(bytes.ptr, BOM, length) == 0 ? length : 0;
}

enum escape_result { ESCAPE_FINE, ESCAPE_MALFORMED, ESCAPE_SURROGATE, ESCAPE_NUL };

/* The four hex digits at the front; -1 when there are none. */
static int32_t hex_read(struct slice text)
{
	int32_t value = 0;
	if (text.len < 4)
		return -1;
	for (size_t i = 0; i < 4; i++) {
		char c = text.ptr[i];
		if (c >= '0' && c <= '9')
			value = value << 4 | (c - '0');
		else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
			value = value << 4 | ((c | 0x20) - 'a' + 10);
		else
			return -1;
	}
	return value;
}

/*
 * Reads \uXXXX, and the second half of a surrogate pair after the first, at the front of `text`,
 * and takes it off; `*character` is the code point.
 */
static enum escape_result unicode_read(struct slice *text, uint32_t *character)
{
	int32_t unit = hex_read(slice_skip(*text, 2));
	if (unit < 0)
		return ESCAPE_MALFORMED;
	if (unit == 0)
		return ESCAPE_NUL;
	size_t length = 6;
	*character = (uint32_t)unit;
	if (unit >= 0xD800 && unit <= 0xDFFF) {
		struct slice rest = slice_skip(*text, length);
		int32_t low = -1;
		if (rest.len >= 2 && rest.ptr[0] == '\\' && rest.ptr[1] == 'u')
			low = hex_read(slice_skip(rest, 2));
		if (unit >= 0xDC00 || low < 0xDC00 || low > 0xDFFF)
			return ESCAPE_SURROGATE;
		*character = 0x10000 + ((uint32_t)(unit - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
		length += 6;
	}
	*text = slice_skip(*text, length);
	return ESCAPE_FINE;
}

/*
 * Replaces the escapes of `text` and writes the result to `into`, which may be the same memory or
 * lie before it: no escape is shorter than what it stands for. A backslash always has a byte after
 * it, since an odd one at the end of a line has been cut before. Lenient: what is malformed stays.
 */
static enum escape_result unescape(
	struct slice text, char *into, bool lenient, uint32_t *length, uint32_t *flags)
{
	static const char letters[] = "tnrf";
	static const char meanings[] = "\t\n\r\f";
	char *out = into;
	while (text.len) {
		const char *backslash = memchr(text.ptr, '\\', text.len);
		size_t plain = backslash ? (size_t)(backslash - text.ptr) : text.len;
		memmove(out, text.ptr, plain);
		out += plain;
		text = slice_skip(text, plain);
		if (!backslash)
			break;
		char c = text.ptr[1];
		const char *letter = memchr(letters, c, strlen(letters));
		if (c != 'u') {
			if (!letter && !memchr(" \t\f\\:=#!", c, 8))
				*flags |= PROPERTY_UNKNOWN_ESCAPE;
			*out++ = letter ? meanings[letter - letters] : c;
			text = slice_skip(text, 2);
			continue;
		}
		uint32_t character;
		enum escape_result result = unicode_read(&text, &character);
		if (result == ESCAPE_FINE) {
			out += utf8_write(out, character);
		} else if (lenient) {
			*out++ = '\\';
			text = slice_skip(text, 1);
		} else {
			return result;
		}
	}
	*length = (uint32_t)(out - into);
	return ESCAPE_FINE;
}

/*
 * Divides the joined lines of an entry, which are the model's text from entry->text on, into key
 * and value and leaves both there as Java reads them.
 */
static enum escape_result entry_divide(struct properties *p, struct property *entry, bool lenient)
{
	char *text = p->text.ptr + entry->text;
	size_t length = p->text.len - entry->text;
	size_t key = 0;
	while (key < length && text[key] != '=' && text[key] != ':' && !is_blank(text[key]))
		key += text[key] == '\\' ? 2 : 1;
	size_t value = key;
	bool separated = false;
	for (; value < length; value++) {
		char c = text[value];
		if (is_blank(c)) {
			if (!separated)
				entry->flags |= PROPERTY_BLANK;
		} else if (!separated && (c == '=' || c == ':')) {
			entry->flags |= c == '=' ? PROPERTY_EQUALS : PROPERTY_COLON;
			separated = true;
		} else {
			break;
		}
	}
	enum escape_result result = unescape(
		(struct slice){ text, key }, text, lenient, &entry->key_len, &entry->flags);
	if (result == ESCAPE_FINE)
		result = unescape((struct slice){ text + value, length - value },
			text + entry->key_len, lenient, &entry->value_len, &entry->flags);
	p->text.len = entry->text + entry->key_len + entry->value_len;
	return result;
}

static int entry_add(struct properties *p, const struct property *entry)
{
	if (p->count == p->room) {
		size_t room = p->room ? 2 * p->room : 16;
		struct property *entries = reallocarray(p->entries, room, sizeof *entries);
		if (!entries)
			return -1;
		p->entries = entries;
		p->room = room;
	}
	p->entries[p->count++] = *entry;
	return 0;
}

/* The joined entry is complete at byte `end`. */
static int entry_end(struct properties *p, struct property *entry, size_t end, const char *file,
	bool lenient, struct error *e)
{
	entry->end = (uint32_t)end;
	struct place place = { file, entry->line, { NULL, 0 } };
	switch (p->text.len > entry->text ? entry_divide(p, entry, lenient) : ESCAPE_FINE) {
	case ESCAPE_FINE:
		return entry_add(p, entry) == 0 ? 0 : error_memory(e);
	case ESCAPE_MALFORMED:
		error_at(e, STATUS_INPUT, &place, "malformed \\u escape (want four hex digits)");
		return error_hint(e, "a backslash that is meant as such is written twice");
	case ESCAPE_SURROGATE:
		return error_at(e, STATUS_INPUT, &place,
			"a \\u escape is half of a surrogate pair (want both halves)");
	case ESCAPE_NUL:
		return error_at(e, STATUS_INPUT, &place, "a \\u escape stands for a NUL character");
	}
	return 0;
}

static int entries_read(struct properties *p, const char *file, bool lenient, struct error *e)
{
	struct slice bytes = p->bytes;
	struct property entry = { 0 };
	bool joining = false; /* the line before ended with an odd backslash */
	uint32_t number = 1;
	struct extent line;
	for (size_t at = bom_length(bytes); at < bytes.len; at = line.end) {
		line = extent_at(bytes, at);
		uint32_t here = number;
		number += bytes.ptr[line.end - 1] == '\n';
		size_t start = past_blanks(bytes, line.start, line.content);
		bool nothing_yet = !joining || p->text.len == entry.text;
		/*
		 * Java forgets a line of a lone backslash when a blank line or comment follows it.
		 */
		if (nothing_yet && (start == line.content || bytes.ptr[start] == '#' ||
					   bytes.ptr[start] == '!')) {
			joining = false;
			continue;
		}
		if (!joining)
			entry = (struct property){ .start = (uint32_t)line.start,
				.line = here,
				.text = (uint32_t)p->text.len };
		size_t content = line.content;
		while (content > start && bytes.ptr[content - 1] == '\\')
			content--;
		joining = (line.content - content) & 1;
		content = line.content - joining;
		if (joining)
			entry.flags |= PROPERTY_CONTINUED;
		struct slice part = { bytes.ptr + start, content - start };
		if (buffer_append(&p->text, part) != 0)
			return error_memory(e);
		if (joining && line.end < bytes.len)
			continue;
		/*
		 * Where the file ends after a lone backslash, Java finds an entry of no text, but
		 * not where a CR LF comes between: it has then begun a new line.
		 */
		bool crlf = line.end - line.content == 2;
		if (joining && crlf && p->text.len == entry.text)
			break;
		joining = false;
		if (entry_end(p, &entry, line.end, file, lenient, e) != 0)
			return -1;
	}
	return 0;
}

/* The line of the byte at `at`. */
static uint64_t line_of(struct slice bytes, size_t at)
{
	uint64_t line = 1;
	for (size_t i = 0; i < at; i++)
		line += bytes.ptr[i] == '\n';
	return line;
}

int properties_read(struct properties *p, const char *file, struct slice bytes, struct error *e)
{
	*p = (struct properties){ .bytes = bytes };
	struct place place = { file, 0, { NULL, 0 } };
	if (bytes.len >= UINT32_MAX)
		return error_at(e, STATUS_INPUT, &place,
			"too long for a properties file (want under 4 GiB)");
	size_t valid = utf8_valid(bytes);
	const char *nul = valid ? memchr(bytes.ptr, '\0', valid) : NULL;
	if (nul) {
		place.line = line_of(bytes, (size_t)(nul - bytes.ptr));
		return error_at(e, STATUS_INPUT, &place, "a NUL byte (want text)");
	}
	if (valid < bytes.len) {
		place.line = line_of(bytes, valid);
		error_at(e, STATUS_INPUT, &place, "bytes that are not UTF-8");
		return error_hint(e, "name the encoding with --encoding");
	}
	if (entries_read(p, file, false, e) == 0)
		return 0;
	properties_release(p);
	return -1;
}

bool properties_line(const struct properties *p, struct property_line *line)
{
	struct slice bytes = p->bytes;
	if (line->end >= bytes.len)
		return false;
	bool within = line->end && line->kind == PROPERTY_LINE_ENTRY;
	if (within && line->end >= p->entries[line->entry].end)
		line->entry++;
	line->number = line->end ? line->number + (bytes.ptr[line->end - 1] == '\n') : 1;
	line->start = line->end;
	struct extent extent = extent_at(bytes, line->start);
	/* The first entry starts behind the BOM. */
	size_t start = line->start ? line->start : bom_length(bytes);
	line->end = extent.end;
	line->first = false;
	if (line->entry < p->count && start >= p->entries[line->entry].start) {
		line->kind = PROPERTY_LINE_ENTRY;
		line->first = start == p->entries[line->entry].start;
		return true;
	}
	start = past_blanks(bytes, start, extent.content);
	bool comment =
		start < extent.content && (bytes.ptr[start] == '#' || bytes.ptr[start] == '!');
	line->kind = comment ? PROPERTY_LINE_COMMENT : PROPERTY_LINE_BLANK;
	return true;
}

int properties_read_comment(struct properties *comment, struct slice line, struct error *e)
{
	line = slice_skip(line, bom_length(line));
	while (line.len && (is_blank(line.ptr[0]) || line.ptr[0] == '#' || line.ptr[0] == '!'))
		line = slice_skip(line, 1);
	comment->bytes = line;
	comment->count = 0;
	buffer_clear(&comment->text);
	return entries_read(comment, NULL, true, e);
}

void properties_release(struct properties *p)
{
	free(p->entries);
	buffer_release(&p->text);
	*p = (struct properties){ 0 };
}
