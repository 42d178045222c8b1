#include "bare.h"

#include "base64.h"
#include "der.h"

#include <openssl/crypto.h>

/* Each object has more digits in its first line. */
#define DIGITS_FIRST 16

/* What is no known object may still be a damaged one, if its first line has so many. */
#define DIGITS_UNKNOWN 40

/* As many bytes tell nearly every object; of the others it is said that they are not known. */
#define BYTES_LOOKED_AT 1536

#define OPENSSH SLICE("openssh-key-v1")

/* Goes through the digits of a run. */
struct run {
	struct slice rest;
	bool fresh;  /* at the start of a line, where a quotation's mark may be */
	bool padded; /* "=" was met, which ends it */
};

/* A line end in JSON and the like: a backslash and a letter. */
static bool is_escape(struct slice text)
{
	return text.len >= 2 && text.ptr[0] == '\\' && (text.ptr[1] == 'n' || text.ptr[1] == 'r');
}

/* The next digit, or "=": false at the end of the run. */
static bool run_next(struct run *r, char *digit)
{
	while (r->rest.len) {
		char c = *r->rest.ptr;
		if (base64_is_digit(c) && r->padded)
			return false;
		if (base64_is_digit(c) || c == '=') {
			*digit = c;
			r->padded |= c == '=';
			r->fresh = false;
			r->rest = slice_skip(r->rest, 1);
			return true;
		}
		bool escape = is_escape(r->rest);
		bool slash = c == '\\' && r->rest.len > 1 && r->rest.ptr[1] == '/';
		bool mark = r->fresh && (c == '>' || c == '|');
		if (!escape && !slash && !mark && c != ' ' && c != '\t' && c != '\r' && c != '\n')
			return false;
		r->fresh |= c == '\n' || escape;
		r->rest = slice_skip(r->rest, escape ? 2 : 1);
	}
	return false;
}

/* Decodes up to `most` bytes, and returns their count. */
static size_t run_start(struct slice text, char *bytes, size_t most)
{
	struct run run = { text, false, false };
	uint32_t bits = 0;
	size_t digits = 0;
	size_t count = 0;
	char c;
	while (count < most && run_next(&run, &c) && c != '=') {
		bits = bits << 6 | base64_value(c);
		if (++digits % 4 == 1)
			continue;
		bytes[count++] = (char)(bits >> (6 - 2 * ((digits - 1) % 4)));
	}
	return count;
}

bool bare_is_openssh(struct slice bytes)
{
	return bytes.len >= OPENSSH.len && memcmp(bytes.ptr, OPENSSH.ptr, OPENSSH.len) == 0;
}

/*
 * Passes over the padding behind an object's last digit, and over what is joined to it: more than a
 * word in the next line.
 */
static void joined_pass(struct run behind, struct slice *end)
{
	uint64_t more = 0;
	char c;
	*end = behind.rest;
	bool adjacent = end->len && base64_is_digit(*end->ptr);
	while (run_next(&behind, &c)) {
		more += c != '=';
		if (more == 0)
			*end = behind.rest; /* padding */
	}
	if (adjacent || more >= DIGITS_UNKNOWN)
		*end = behind.rest;
}

/*
 * Up to the end of the object, or of the run where it is cut short or others are joined to it in
 * one base64. An object that ends with a digit's last bit may be followed by one in base64 of its
 * own.
 */
static struct slice extent(struct slice text, uint64_t length)
{
	struct run run = { text, false, false };
	uint64_t digits = 0;
	uint64_t needed = length ? (length * 4 + 2) / 3 : UINT64_MAX;
	char c;
	while (digits < needed && run_next(&run, &c))
		digits += c != '=';
	struct slice end = run.rest;
	bool whole = length % 3 == 0;
	if (digits == needed && (!whole || (end.len && base64_is_digit(*end.ptr))))
		joined_pass(run, &end);
	return (struct slice){ text.ptr, text.len - end.len };
}

static bool starts_as_der(struct slice bytes)
{
	const unsigned char *at = (const unsigned char *)bytes.ptr;
	return bytes.len >= DIGITS_UNKNOWN / 2 && at[0] == 0x30 &&
	       ((at[1] == 0x81 && at[2] >= 0x80) || (at[1] == 0x82 && at[2] > 0));
}

/*
 * What any known object starts with: a sequence, of a sequence, a number or an object identifier.
 */
static bool may_be_known(struct slice text)
{
	char bytes[8] = { 0 };
	size_t count = run_start(text, bytes, sizeof bytes);
	const unsigned char *at = (const unsigned char *)bytes;
	size_t size = at[1] > 0x80 ? 2U + (at[1] & 0x7FU) : 2;
	return count == sizeof bytes && at[0] == 0x30 && size < sizeof bytes &&
	       (at[size] == 0x30 || at[size] == 0x02 || at[size] == 0x06);
}

static size_t digits_at(struct slice text)
{
	size_t digits = 0;
	while (digits < text.len && digits < DIGITS_UNKNOWN && base64_is_digit(text.ptr[digits]))
		digits++;
	return digits;
}

/* Does one begin at the front? */
static bool at_front(struct slice text, struct bare *bare)
{
	char bytes[BYTES_LOOKED_AT];
	size_t digits = digits_at(text);
	if (digits < DIGITS_FIRST || (*text.ptr != 'M' && *text.ptr != 'b'))
		return false;
	/* First what takes little. */
	if (digits < DIGITS_UNKNOWN && *text.ptr == 'M' && !may_be_known(text))
		return false;
	struct slice start = { bytes, run_start(text, bytes, sizeof bytes) };
	bool openssh = bare_is_openssh(start);
	bool unknown = digits == DIGITS_UNKNOWN && starts_as_der(start);
	uint64_t length = openssh ? 0 : der_length(start);
	bare->known = openssh || der_kind(start) != DER_NONE;
	/* It may be a key's. */
	OPENSSL_cleanse(bytes, sizeof bytes);
	if (!bare->known && !unknown)
		return false;
	bare->text = extent(text, bare->known ? length : 0);
	return true;
}

bool bare_find(struct slice text, size_t within, struct bare *bare)
{
	for (size_t i = 0; i < within && i < text.len; i++) {
		bool inside = i && base64_is_digit(text.ptr[i - 1]);
		bool escaped = i >= 2 && is_escape(slice_skip(text, i - 2));
		if ((!inside || escaped) && at_front(slice_skip(text, i), bare))
			return true;
	}
	return false;
}

int bare_decode(struct slice text, struct buffer *out)
{
	struct run run = { text, false, false };
	struct base64 base64 = { 0 };
	int result = 0;
	char c;
	while (result == 0 && run_next(&run, &c))
		result = base64_take(&base64, c, out);
	/* Missing padding is no matter, nor are a few digits too many. */
	while (result == 0 && base64.digits >= 2 && base64.digits + base64.padding < 4)
		result = base64_take(&base64, '=', out);
	return result < 0 || base64_end(&base64, out) < 0 ? -1 : 0;
}
