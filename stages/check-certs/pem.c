#include "pem.h"

#include <strings.h>

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

/* Does the text stand in the line, in any case? */
static bool holds(struct slice line, struct slice text)
{
	for (size_t i = 0; i + text.len <= line.len; i++)
		if (strncasecmp(line.ptr + i, text.ptr, text.len) == 0)
			return true;
	return false;
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

/* Is it "BEGIN" behind a dash or an editor's rendering of some, with any blanks between? */
static bool is_dashed(struct slice line)
{
	static const char word[] = "BEGIN";
	for (size_t i = 1; i + strlen(word) <= line.len; i++) {
		size_t at = i;
		if (strncasecmp(line.ptr + i, word, strlen(word)) != 0)
			continue;
		while (at && is_blank(line.ptr[at - 1]))
			at--;
		struct slice before = { line.ptr, at };
		if (at >= 3)
			before = slice_skip(before, at - 3);
		/* U+2010 to U+2015, which have three bytes, or the plain one. */
		if ((at && line.ptr[at - 1] == '-') ||
			(starts(before, SLICE("\xE2\x80")) && before.len == 3 &&
				(unsigned char)before.ptr[2] - 0x90U < 6))
			return true;
	}
	return false;
}

/* A BEGIN line of a certificate or a key to a person's eye, whatever its dashes and blanks are. */
static bool is_like_begin(struct slice line)
{
	static const char *const words[] = { "CERT", "X509", "X.509", "PKCS", "CMS",
		"PRIVATE KEY" };
	if (!is_dashed(line))
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (holds(line, slice_from(words[i])))
			return true;
	return false;
}

/* The keys of SSH2 and of PuTTY are no PEM, and are as private. */
static bool is_other_key(struct slice line)
{
	return starts(line, SLICE("PuTTY-User-Key-File")) ||
	       (is_dashed(line) && !starts(line, SLICE(BEGIN)) &&
		       holds(line, SLICE("PRIVATE KEY")));
}

int pem_next(struct pem *p, struct pem_block *block)
{
	while (p->rest.ptr) {
		*block = (struct pem_block){ .line = p->line };
		struct slice line = line_take(p);
		if (p->nul_line == 0 && is_binary(line))
			p->nul_line = block->line;
		if (is_other_key(line)) {
			block->label = SLICE("PRIVATE KEY");
			return fault_set(block, "a private key of another form", block->line);
		}
		if (!starts(line, SLICE(BEGIN)) && holds(line, SLICE("---- BEGIN")))
			return fault_set(block, "a block of another form than PEM", block->line);
		if (!starts(line, SLICE(BEGIN)) && holds(line, SLICE(BEGIN)))
			return fault_set(block,
				"a BEGIN that is not at the start of its line, or not in capitals",
				block->line);
		if (!starts(line, SLICE(BEGIN)) && is_like_begin(line))
			return fault_set(block, "a block of another form than PEM", block->line);
		if (!starts(line, SLICE(BEGIN)))
			continue;
		if (!label_of(line, SLICE(BEGIN), &block->label))
			return fault_set(block,
				"the BEGIN line has another form than \"-----BEGIN LABEL-----\"",
				block->line);
		return block_end(p, block);
	}
	return 0;
}

static int digit_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

struct base64 {
	uint32_t bits;
	unsigned digits; /* in `bits`, 0 to 3 */
	unsigned padding;
};

/* Takes one byte: 0, 1 for one that cannot be here, -1 without memory. */
static int base64_take(struct base64 *b, char c, struct buffer *out)
{
	int digit = digit_of(c);
	if (is_blank(c))
		return 0;
	if (c == '=' && b->digits + b->padding >= 2 && b->digits + b->padding < 4) {
		b->padding++;
		return 0;
	}
	if (digit < 0 || b->padding)
		return 1;
	b->bits = b->bits << 6 | (uint32_t)digit;
	if (++b->digits < 4)
		return 0;
	const char bytes[] = { (char)(b->bits >> 16), (char)(b->bits >> 8), (char)b->bits };
	*b = (struct base64){ 0 };
	return buffer_append(out, (struct slice){ bytes, sizeof bytes });
}

/* The last bytes: 0, 1 where digits are missing, -1 without memory. */
static int base64_end(const struct base64 *b, struct buffer *out)
{
	if (b->digits == 0 && b->padding == 0)
		return 0;
	if (b->digits + b->padding != 4)
		return 1;
	const char bytes[] = { (char)(b->bits >> (b->digits == 3 ? 10 : 4)), (char)(b->bits >> 2) };
	return buffer_append(out, (struct slice){ bytes, b->digits - 1 });
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
	struct pem text = { block->body, block->line + 1, 0 };
	struct base64 base64 = { 0 };
	headers_pass(&text);
	while (text.rest.ptr) {
		uint64_t number = text.line;
		struct slice line = line_take(&text);
		for (size_t i = 0; i < line.len; i++) {
			int result = base64_take(&base64, line.ptr[i], out);
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

struct slice pem_narrow(char *bytes, size_t len)
{
	bool little = len >= 2 && bytes[0] == '\xFF';
	size_t count = len / 2;
	for (size_t i = 1; i < count; i++) {
		char low = bytes[2 * i + (little ? 0 : 1)];
		char high = bytes[2 * i + (little ? 1 : 0)];
		bytes[i - 1] = high == 0 && !((unsigned char)low & 0x80) ? low : '?';
	}
	return (struct slice){ bytes, count ? count - 1 : 0 };
}
