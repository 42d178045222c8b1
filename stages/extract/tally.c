#include "tally.h"

#include "utf8.h"

struct line_ends {
	uint64_t lf;
	uint64_t crlf;
};

static struct line_ends count_ends(struct slice text, bool after_cr)
{
	struct line_ends ends = { 0, 0 };
	const char *start = text.ptr;
	for (const char *at; text.len && (at = memchr(text.ptr, '\n', text.len));) {
		bool crlf = at > start ? at[-1] == '\r' : after_cr;
		ends.crlf += crlf;
		ends.lf += !crlf;
		text = slice_skip(text, (size_t)(at - text.ptr) + 1);
	}
	return ends;
}

/* May these bytes, which are no character, become one with those that follow? */
static bool is_start(struct slice text)
{
	unsigned char lead = (unsigned char)text.ptr[0];
	size_t length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
	if (text.len >= length)
		return false;
	for (size_t i = 1; i < text.len; i++)
		if (((unsigned char)text.ptr[i] & 0xC0) != 0x80)
			return false;
	return true;
}

/* `before` is what precedes the byte in these bytes, whose line ends are not counted yet. */
static void note_bad(struct tally *t, char byte, struct slice before)
{
	struct line_ends ends = count_ends(before, t->after_cr);
	t->bad = true;
	t->bad_byte = (unsigned char)byte;
	t->bad_line = 1 + t->lf + t->crlf + ends.lf + ends.crlf;
}

/* Ends the character that was begun, as far as the bytes go; returns how many it took. */
static size_t end_begun(struct tally *t, struct slice text)
{
	size_t taken = 0;
	while (t->begun_length && taken < text.len && !t->bad) {
		t->begun[t->begun_length++] = text.ptr[taken++];
		struct slice begun = { t->begun, t->begun_length };
		if (utf8_length(begun))
			t->begun_length = 0;
		else if (!is_start(begun))
			note_bad(t, t->begun[0], SLICE(""));
	}
	return taken;
}

static void check_utf8(struct tally *t, struct slice text)
{
	struct slice rest = slice_skip(text, end_begun(t, text));
	size_t valid = utf8_valid(rest);
	if (t->bad || valid == rest.len)
		return;
	struct slice left = slice_skip(rest, valid);
	if (is_start(left)) {
		memcpy(t->begun, left.ptr, left.len);
		t->begun_length = left.len;
	} else {
		note_bad(t, *left.ptr, (struct slice){ text.ptr, text.len - left.len });
	}
}

static ssize_t tally_read(struct source *source, char *into, size_t room, struct error *e)
{
	struct tally *t = (struct tally *)source;
	ssize_t got = t->from->read(t->from, into, room, e);
	t->failed |= got < 0;
	if (got == 0 && t->begun_length && !t->bad)
		note_bad(t, t->begun[0], SLICE(""));
	if (got <= 0)
		return got;
	struct slice text = { into, (size_t)got };
	t->bytes += text.len;
	if (!t->bad)
		check_utf8(t, text);
	struct line_ends ends = count_ends(text, t->after_cr);
	t->lf += ends.lf;
	t->crlf += ends.crlf;
	t->after_cr = text.ptr[text.len - 1] == '\r';
	return got;
}

void tally_init(struct tally *t, struct source *from)
{
	*t = (struct tally){ .source.read = tally_read, .from = from };
}

int tally_drain(struct tally *t, struct error *e)
{
	char block[16384];
	ssize_t got;
	do
		got = t->source.read(&t->source, block, sizeof block, e);
	while (got > 0);
	return (int)got;
}

void tally_forget(struct tally *t, struct slice record)
{
	struct line_ends ends = count_ends(record, false);
	t->lf -= ends.lf;
	t->crlf -= ends.crlf;
}

const char *tally_newline(const struct tally *t)
{
	if (t->lf && t->crlf)
		return "mixed";
	return t->lf ? "lf" : t->crlf ? "crlf" : "";
}
