#include "decode.h"

#include "show.h"
#include "stand_in.h"
#include "utf8.h"

#include <errno.h>
#include <strings.h>

#define NOT_CONVERTED ((iconv_t)-1)
#define DECODE_ROOM   ((size_t)65536)

/* The longest a character, or what stands for a bad unit, becomes. */
#define DECODE_SLACK ((size_t)32)

static const struct slice utf8_bom = { "\xEF\xBB\xBF", 3 };

static struct slice decoder_waiting(const struct decoder *d)
{
	return slice_skip(buffer_slice(&d->in), d->in_at);
}

/* Moves what waits to the front and reads once behind it. */
static int decoder_fill(struct decoder *d, struct error *e)
{
	struct slice waiting = decoder_waiting(d);
	if (d->in_at && waiting.len)
		memmove(d->in.ptr, waiting.ptr, waiting.len);
	d->in.len = waiting.len;
	d->in_at = 0;
	if (buffer_reserve(&d->in, DECODE_ROOM) != 0)
		return error_memory(e);
	ssize_t got = d->from->read(d->from, d->in.ptr + d->in.len, DECODE_ROOM, e);
	if (got < 0)
		return -1;
	d->ended = got == 0;
	d->in.len += (size_t)got;
	return 0;
}

static void put_byte(struct buffer *out, unsigned byte)
{
	out->ptr[out->len++] = (char)byte;
}

static void put_bad_byte(struct decoder *d, unsigned byte)
{
	if (byte < 0x80) {
		put_byte(&d->out, 0xC0 | byte >> 6);
		put_byte(&d->out, 0x80 | (byte & 0x3F));
	} else {
		if (d->last_was_bad && byte < 0xC0)
			put_byte(&d->out, 0xFF);
		put_byte(&d->out, byte);
	}
	d->last_was_bad = true;
}

/* Is the bad unit a surrogate? Then its code; else 0. */
static unsigned surrogate(const struct decoder *d, const unsigned char *at, size_t length)
{
	if (d->unit != 2 || length != 2)
		return 0;
	unsigned little = at[0] | (unsigned)at[1] << 8;
	unsigned big = at[1] | (unsigned)at[0] << 8;
	unsigned code = stand_in_big_endian(d->encoding) ? big : little;
	return code >= 0xD800 && code <= 0xDFFF ? code : 0;
}

/* Takes one unit that the converter refuses. */
static void pass_bad_unit(struct decoder *d)
{
	struct slice waiting = decoder_waiting(d);
	const unsigned char *at = (const unsigned char *)waiting.ptr;
	size_t length = waiting.len < d->unit ? waiting.len : d->unit;
	unsigned code = surrogate(d, at, length);
	if (code) {
		put_byte(&d->out, 0xE0 | code >> 12);
		put_byte(&d->out, 0x80 | (code >> 6 & 0x3F));
		put_byte(&d->out, 0x80 | (code & 0x3F));
		d->last_was_bad = true;
	} else {
		for (size_t i = 0; i < length; i++)
			put_bad_byte(d, at[i]);
	}
	d->in_at += length;
}

/* One step: fills `out` as far as the waiting bytes go. */
static int decoder_convert(struct decoder *d, struct error *e)
{
	if (decoder_waiting(d).len == 0 && !d->ended && decoder_fill(d, e) != 0)
		return -1;
	char *from = d->in.ptr + d->in_at;
	size_t from_left = d->in.len - d->in_at;
	char *into = d->out.ptr + d->out.len;
	size_t into_left = DECODE_ROOM - d->out.len;
	/* At the end, what a converter with a memory still holds. */
	bool flush = from_left == 0;
	size_t result = iconv(
		d->converter, flush ? NULL : &from, flush ? NULL : &from_left, &into, &into_left);
	int failure = result == (size_t)-1 ? errno : 0;
	if (into != d->out.ptr + d->out.len)
		d->last_was_bad = false;
	d->out.len = DECODE_ROOM - into_left;
	d->in_at = d->in.len - from_left;
	if (failure == EILSEQ || (failure == EINVAL && d->ended))
		pass_bad_unit(d);
	else if (failure == EINVAL)
		return decoder_fill(d, e);
	return 0;
}

/* Puts something into the empty `out`, unless the end is reached. */
static int decoder_refill(struct decoder *d, struct error *e)
{
	buffer_clear(&d->out);
	d->out_at = 0;
	if (buffer_reserve(&d->out, DECODE_ROOM + DECODE_SLACK) != 0)
		return error_memory(e);
	while (d->out.len == 0) {
		bool last = d->ended && decoder_waiting(d).len == 0;
		if (decoder_convert(d, e) != 0)
			return -1;
		if (last)
			break;
	}
	return 0;
}

static ssize_t decoder_read(struct source *source, char *into, size_t room, struct error *e)
{
	struct decoder *d = (struct decoder *)source;
	struct buffer *have = &d->in;
	size_t *at = &d->in_at;
	if (d->converter != NOT_CONVERTED) {
		have = &d->out;
		at = &d->out_at;
		if (*at == have->len && decoder_refill(d, e) != 0)
			return -1;
	} else if (*at == have->len) {
		if (d->ended)
			return 0;
		ssize_t got = d->from->read(d->from, into, room, e);
		d->ended = got == 0;
		return got;
	}
	size_t length = have->len - *at < room ? have->len - *at : room;
	if (length)
		memcpy(into, have->ptr + *at, length);
	*at += length;
	return (ssize_t)length;
}

const char *decoder_converted(const struct decoder *d)
{
	return d->converter == NOT_CONVERTED ? NULL : d->encoding;
}

/* How many bytes the encoding takes for a plain letter, once it has written its BOM. */
static size_t unit_of(const char *encoding)
{
	iconv_t back = iconv_open(encoding, "UTF-8");
	if (back == NOT_CONVERTED)
		return 1;
	size_t lengths[2] = { 1, 1 };
	for (size_t i = 0; i < 2; i++) {
		char letter[] = "a";
		char *from = letter;
		size_t from_left = 1;
		char room[16];
		char *into = room;
		size_t into_left = sizeof room;
		iconv(back, &from, &from_left, &into, &into_left);
		lengths[i] = sizeof room - into_left;
	}
	iconv_close(back);
	return lengths[1] == 2 || lengths[1] == 4 ? lengths[1] : 1;
}

static bool starts_with(struct slice text, struct slice start)
{
	return text.len >= start.len && memcmp(text.ptr, start.ptr, start.len) == 0;
}

static const char *utf16_by_bom(struct slice start)
{
	if (starts_with(start, SLICE("\xFF\xFE")))
		return "UTF-16LE";
	return starts_with(start, SLICE("\xFE\xFF")) ? "UTF-16BE" : NULL;
}

static const char *utf32_by_bom(struct slice start)
{
	if (starts_with(start, SLICE("\xFF\xFE\0\0")))
		return "UTF-32LE";
	return starts_with(start, SLICE("\0\0\xFE\xFF")) ? "UTF-32BE" : NULL;
}

static bool named(const char *encoding, const char *name, const char *other)
{
	return strcasecmp(encoding, name) == 0 || strcasecmp(encoding, other) == 0;
}

/* Settles which encoding it is, from the name and the first bytes; "UTF-8" needs no converter. */
static int decoder_choose(struct decoder *d, const char *encoding, struct error *e)
{
	struct slice start = buffer_slice(&d->in);
	bool utf32 = encoding && named(encoding, "UTF-32", "UTF32");
	bool utf16 = encoding && named(encoding, "UTF-16", "UTF16");
	d->encoding = encoding;
	if (utf32)
		d->encoding = utf32_by_bom(start);
	else if (!encoding || utf16)
		d->encoding = utf16_by_bom(start);
	if ((utf16 || utf32) && !d->encoding && start.len) {
		error_set(e, STATUS_INPUT, "%s without a byte order mark", encoding);
		return error_hint(e, "name the byte order: --encoding UTF-%sLE or UTF-%sBE",
			utf32 ? "32" : "16", utf32 ? "32" : "16");
	}
	if (!d->encoding || named(d->encoding, "UTF-8", "UTF8"))
		d->encoding = "UTF-8";
	return 0;
}

static int decoder_start(struct decoder *d, const char *encoding, struct error *e)
{
	/* As many first bytes as the longest BOM has. */
	while (d->in.len < 4 && !d->ended)
		if (decoder_fill(d, e) != 0)
			return -1;
	if (decoder_choose(d, encoding, e) != 0)
		return -1;
	if (strcmp(d->encoding, "UTF-8") == 0) {
		d->bom = starts_with(buffer_slice(&d->in), utf8_bom);
		d->in_at = d->bom ? utf8_bom.len : 0;
		return 0;
	}
	d->converter = iconv_open("UTF-8", d->encoding);
	if (d->converter == NOT_CONVERTED)
		return error_system(e, d->encoding);
	d->unit = unit_of(d->encoding);
	if (decoder_refill(d, e) != 0)
		return -1;
	d->bom = starts_with(buffer_slice(&d->out), utf8_bom);
	d->out_at = d->bom ? utf8_bom.len : 0;
	return 0;
}

/*
 * Before anything is read. An empty name would be that of the user's locale; a suffix such as
 * //IGNORE would lose text.
 */
static int name_check(const char *encoding, struct error *e)
{
	if (!encoding)
		return 0;
	iconv_t converter = NOT_CONVERTED;
	if (*encoding && !strchr(encoding, '/'))
		converter = iconv_open("UTF-8", encoding);
	if (converter == NOT_CONVERTED) {
		error_set(e, STATUS_USAGE, "unknown encoding \"%s\"", SHOW(slice_from(encoding)));
		return error_hint(e, "iconv --list shows the names");
	}
	iconv_close(converter);
	return 0;
}

int decoder_open(struct decoder *d, struct source *from, const char *encoding, struct error *e)
{
	*d = (struct decoder){
		.source.read = decoder_read,
		.from = from,
		.converter = NOT_CONVERTED,
		.unit = 1,
	};
	if (name_check(encoding, e) == 0 && decoder_start(d, encoding, e) == 0)
		return 0;
	decoder_release(d);
	return -1;
}

void decoder_release(struct decoder *d)
{
	if (d->converter != NOT_CONVERTED)
		iconv_close(d->converter);
	d->converter = NOT_CONVERTED;
	buffer_release(&d->in);
	buffer_release(&d->out);
}
