#include "pem.h"

#include "bare.h"
#include "base64.h"
#include "begin.h"

#define BEGIN  "-----BEGIN "
#define END    "-----END "
#define DASHES "-----"
#define BOM    "\xEF\xBB\xBF"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

static struct slice trimmed(struct slice line)
{
	while (line.len && is_blank(line.ptr[line.len - 1]))
		line.len--;
	while (line.len && is_blank(*line.ptr))
		line = slice_skip(line, 1);
	return line;
}

static bool starts(struct slice line, struct slice start)
{
	return line.len >= start.len && memcmp(line.ptr, start.ptr, start.len) == 0;
}

/* Files that were joined have a byte order mark in the middle. */
static struct slice unmarked(struct slice line)
{
	while (starts(line, SLICE(BOM)))
		line = trimmed(slice_skip(line, strlen(BOM)));
	return line;
}

/* Takes a line off the front. */
static struct slice line_take(struct pem *p)
{
	p->line++;
	return unmarked(trimmed(slice_cut(&p->rest, '\n')));
}

/* The label of a BEGIN or END line, which is all of the line: false where it has another form. */
static bool label_of(struct slice line, struct slice start, struct slice *label)
{
	size_t around = start.len + strlen(DASHES);
	if (line.len <= around ||
		!slice_equal(slice_skip(line, line.len - strlen(DASHES)), SLICE(DASHES)))
		return false;
	*label = (struct slice){ line.ptr + start.len, line.len - around };
	return !memmem(label->ptr, label->len, DASHES, strlen(DASHES));
}

static int fault_set(struct pem_block *block, const char *fault, uint64_t line)
{
	block->fault = fault;
	block->fault_line = line;
	return -1;
}

/* Reads on to the END line: 1, or -1 with the fault. */
static int block_end(struct pem *p, struct pem_block *block)
{
	const char *from = p->rest.ptr;
	while (p->rest.ptr) {
		uint64_t number = p->line;
		const char *at = p->rest.ptr;
		struct slice line = line_take(p);
		struct slice label;
		if (starts(line, SLICE(BEGIN)))
			break;
		if (!starts(line, SLICE(END)))
			continue;
		if (!label_of(line, SLICE(END), &label))
			return fault_set(block,
				"the END line has another form than \"-----END LABEL-----\"",
				number);
		if (!slice_equal(label, block->label))
			return fault_set(
				block, "the END line names something else than BEGIN", number);
		block->body = (struct slice){ from, (size_t)(at - from) };
		return 1;
	}
	return fault_set(block, "the END line is missing: cut short", block->line);
}

/* A block, or what of it is at hand: 1, 0 where it is none, or -1 with the fault. */
static int whole_block(struct pem *p, struct pem_block *block)
{
	struct pem from = *p;
	if (block_end(p, block) > 0)
		return 1;
	if (begin_says(block->label) != BEGIN_OTHER)
		return -1;
	/* "BEGIN PGP SIGNED MESSAGE" has no end, and a heading has none. */
	*p = from;
	block->form = PEM_MENTION;
	return begin_below(p->rest) == BELOW_BASE64;
}

/* NUL bytes among others; alone they only fill a file up. */
static bool is_binary(struct slice line)
{
	bool nul = false;
	bool other = false;
	for (size_t i = 0; i < line.len; i++) {
		nul |= line.ptr[i] == '\0';
		other |= line.ptr[i] != '\0' && !is_blank(line.ptr[i]);
	}
	return nul && other;
}

/*
 * An object in base64 alone that begins in the line, which is taken off the text with the lines
 * below.
 */
static bool bare_take(struct pem *p, struct slice line, struct pem_block *block)
{
	struct slice text = { line.ptr, line.len };
	if (p->rest.ptr)
		text.len += (size_t)(p->rest.ptr + p->rest.len - (line.ptr + line.len));
	else
		text.len = (size_t)(p->end - line.ptr);
	struct bare bare;
	if (!bare_find(text, line.len, &bare))
		return false;
	block->form = bare.known ? PEM_BARE : PEM_BARE_UNKNOWN;
	block->body = bare.text;
	p->line = block->line;
	for (size_t i = 0; i < bare.text.len; i++)
		p->line += bare.text.ptr[i] == '\n';
	const char *behind = bare.text.ptr + bare.text.len;
	/* To look for it anew each time would take the square of a long line. */
	if (!p->line_end || behind > p->line_end) {
		const char *end = memchr(behind, '\n', (size_t)(p->end - behind));
		p->line_end = end ? end : p->end;
	}
	p->rest = (struct slice){ behind, (size_t)(p->end - behind) };
	return true;
}

/* Does a key or a certificate begin here in another form than PEM: 1, 0, or -1 with the fault. */
static int like_block(struct pem *p, struct slice line, struct pem_block *block)
{
	struct begin begin;
	if (!begin_read(line, &begin))
		return 0;
	enum below below = begin_below(p->rest);
	bool body = begin.body || below == BELOW_BASE64;
	if (below == BELOW_OBJECT)
		return 0;
	bool key = begin.says == BEGIN_KEY && (body || begin.alone);
	block->form = key ? PEM_KEY : PEM_MENTION;
	if (begin.says == BEGIN_OTHER)
		return body && begin.framed;
	if (begin.says == BEGIN_CERTIFICATE && body)
		return fault_set(block, "a block of another form than PEM", block->line);
	return key || begin.framed;
}

/* What begins in a line: 1, 0, or -1 with the fault. */
static int line_read(struct pem *p, struct slice line, struct pem_block *block)
{
	if (p->nul_line == 0 && is_binary(line))
		p->nul_line = block->line;
	if (starts(line, SLICE(BEGIN)) && label_of(line, SLICE(BEGIN), &block->label))
		return whole_block(p, block);
	if (bare_take(p, line, block))
		return 1;
	return like_block(p, line, block);
}

/* Goes on in a line in which an object in base64 ended: any number may stand in one. */
static int line_resume(struct pem *p, struct pem_block *block)
{
	struct slice line = { p->rest.ptr, (size_t)(p->line_end - p->rest.ptr) };
	bool more = p->line_end < p->end;
	p->rest = more ? (struct slice){ p->line_end + 1, (size_t)(p->end - p->line_end) - 1 }
		       : (struct slice){ NULL, 0 };
	p->line++;
	return bare_take(p, line, block) ? 1 : like_block(p, line, block);
}

int pem_next(struct pem *p, struct pem_block *block)
{
	p->end = p->rest.ptr ? p->rest.ptr + p->rest.len : p->end;
	while (p->rest.ptr) {
		bool inside = p->line_end && p->rest.ptr <= p->line_end;
		*block = (struct pem_block){ .line = p->line };
		int result = inside ? line_resume(p, block) : line_read(p, line_take(p), block);
		if (result != 0)
			return result;
	}
	return 0;
}

/* Passes over the headers of RFC 1421, up to the empty line. */
static void headers_pass(struct pem *p)
{
	struct pem first = *p;
	struct slice line = line_take(&first);
	if (!line.len || !memchr(line.ptr, ':', line.len))
		return;
	do
		line = line_take(p);
	while (line.len && p->rest.ptr);
}

int pem_decode(struct pem_block *block, struct buffer *out)
{
	struct pem text = { .rest = block->body, .line = block->line + 1 };
	struct base64 base64 = { 0 };
	headers_pass(&text);
	while (text.rest.ptr) {
		uint64_t number = text.line;
		struct slice line = line_take(&text);
		for (size_t i = 0; i < line.len; i++) {
			int result =
				is_blank(line.ptr[i]) ? 0 : base64_take(&base64, line.ptr[i], out);
			if (result > 0)
				fault_set(block, "a byte that is no base64", number);
			if (result != 0)
				return result;
		}
	}
	int result = base64_end(&base64, out);
	if (result > 0)
		fault_set(block, "the base64 ends in the middle of a byte", block->line);
	return result;
}

enum { ASCII, LITTLE, BIG };

/* UTF-16 by its mark, or, as ASCII in UTF-16 has a NUL at every other place, by these. */
static int order_of(const char *bytes, size_t len, size_t *mark)
{
	static const size_t looked_at = 64;
	size_t nuls[2] = { 0 };
	struct slice all = { bytes, len };
	*mark = 2;
	if (starts(all, SLICE("\xFF\xFE")))
		return LITTLE;
	if (starts(all, SLICE("\xFE\xFF")))
		return BIG;
	*mark = 0;
	size_t count = len < looked_at ? len / 2 * 2 : looked_at;
	for (size_t i = 0; i < count; i++)
		nuls[i % 2] += bytes[i] == '\0';
	if (count < 8 || nuls[0] + nuls[1] != count / 2)
		return ASCII;
	return nuls[1] == count / 2 ? LITTLE : nuls[0] == count / 2 ? BIG : ASCII;
}

struct slice pem_narrow(char *bytes, size_t len)
{
	size_t mark;
	int order = order_of(bytes, len, &mark);
	if (order == ASCII)
		return (struct slice){ bytes, len };
	size_t count = (len - mark) / 2;
	for (size_t i = 0; i < count; i++) {
		const char *two = bytes + mark + 2 * i;
		char low = two[order == LITTLE ? 0 : 1];
		char high = two[order == LITTLE ? 1 : 0];
		bytes[i] = high == 0 && !((unsigned char)low & 0x80) ? low : '?';
	}
	return (struct slice){ bytes, count };
}
