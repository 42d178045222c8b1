#include "der.h"

/* Tags, as they stand in the first byte. */
enum {
	INTEGER = 0x02,
	BIT_STRING = 0x03,
	OCTET_STRING = 0x04,
	OBJECT = 0x06,
	UTC_TIME = 0x17,
	GENERALIZED_TIME = 0x18,
	SEQUENCE = 0x30,
	TAGGED_0 = 0xA0, /* [0], of a certificate after version 1 */
};

/*
 * The arcs 1.2.840.113549.1.7 (PKCS #7) and .1.9.16.1 (what CMS added to it), .1.5 and .1.12.1
 * (encryption by a password).
 */
#define PKCS7_ARC     SLICE("\x2A\x86\x48\x86\xF7\x0D\x01\x07")
#define CMS_ARC       SLICE("\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01")
#define PKCS5_ARC     SLICE("\x2A\x86\x48\x86\xF7\x0D\x01\x05")
#define PKCS12_PB_ARC SLICE("\x2A\x86\x48\x86\xF7\x0D\x01\x0C\x01")

struct header {
	unsigned tag; /* its first byte */
	bool stated;  /* it states a length */
	size_t size;  /* of the header, in bytes */
	uint64_t length;
};

struct object {
	unsigned tag;                 /* 0: there is none */
	bool bounded;                 /* its end is known: it is stated, or was found */
	uint64_t header, length, end; /* of header, body and end marker, in bytes */
	struct slice body;            /* as much of it as is there */
	struct slice rest;            /* behind it; empty where it is cut short */
};

/* False where the bytes begin with none. */
static bool header_at(struct header *h, struct slice from)
{
	const unsigned char *bytes = (const unsigned char *)from.ptr;
	size_t at = 1;
	if (from.len < 2)
		return false;
	/* A tag above 30 goes on up to a byte without the high bit. */
	if ((bytes[0] & 0x1F) == 0x1F)
		while (at < from.len && bytes[at++] & 0x80)
			;
	if (at >= from.len)
		return false;
	unsigned first = bytes[at++];
	size_t digits = first & 0x80 ? first & 0x7F : 0;
	if (digits > 7 || from.len - at < digits)
		return false;
	*h = (struct header){ bytes[0], first != 0x80, at + digits, first & 0x80 ? 0 : first };
	for (; digits; digits--)
		h->length = h->length << 8 | bytes[at++];
	return true;
}

/*
 * The length of a body that states none, up to the end marker of two zero bytes: false without one.
 */
static bool body_measure(struct slice from, uint64_t *length)
{
	struct slice rest = from;
	struct header h;
	size_t open = 1;
	while (header_at(&h, rest)) {
		bool end = h.tag == 0 && h.stated && h.length == 0;
		if (end && --open == 0) {
			*length = from.len - rest.len;
			return true;
		}
		open += !h.stated;
		rest = slice_skip(rest, h.size);
		if (h.length > rest.len)
			return false;
		rest = slice_skip(rest, (size_t)h.length);
	}
	return false;
}

static struct object object_at(struct slice from)
{
	struct object o = { 0 };
	struct header h;
	if (!header_at(&h, from))
		return o;
	o.tag = h.tag;
	o.header = h.size;
	o.length = h.length;
	o.body = slice_skip(from, h.size);
	o.bounded = h.stated || body_measure(o.body, &o.length);
	o.end = h.stated ? 0 : 2;
	if (o.bounded && o.length <= o.body.len) {
		o.rest = slice_skip(o.body, (size_t)(o.length + o.end));
		o.body.len = (size_t)o.length;
	}
	return o;
}

static struct object first_of(struct object o)
{
	return object_at(o.body);
}

static struct object next_of(struct object o)
{
	return object_at(o.rest);
}

static bool is_below(struct object o, struct slice arc)
{
	return o.tag == OBJECT && o.body.len >= arc.len &&
	       memcmp(o.body.ptr, arc.ptr, arc.len) == 0;
}

static bool is_time(struct object o)
{
	return o.tag == UTC_TIME || o.tag == GENERALIZED_TIME;
}

/* Key formats that start with their version. */
static enum der_kind kind_of_versioned(struct object version)
{
	struct object second = next_of(version);
	struct object third = next_of(second);
	bool small = version.length == 1;
	if (second.tag == SEQUENCE && is_below(first_of(second), PKCS7_ARC))
		return DER_PKCS12;
	if (second.tag == SEQUENCE && first_of(second).tag == OBJECT && small)
		return DER_PRIVATE_KEY;
	if (second.tag == OCTET_STRING && small)
		return DER_PRIVATE_KEY;
	/* Of an RSA or a DSA key; two numbers alone are a public one. */
	if (second.tag == INTEGER && small && second.length >= 32)
		return DER_PRIVATE_KEY;
	if (second.tag == INTEGER && third.tag == 0 && version.length >= 64 && second.rest.len == 0)
		return DER_PUBLIC_KEY;
	return DER_NONE;
}

/* What is signed, in a certificate, a request or a revocation list, from its first part on. */
static enum der_kind kind_of_signed(struct object first)
{
	struct object algorithm = first;
	if (first.tag == TAGGED_0) {
		bool numbers = first_of(first).tag == INTEGER;
		return numbers && next_of(first).tag == INTEGER ? DER_CERTIFICATE : DER_NONE;
	}
	if (first.tag == INTEGER)
		algorithm = next_of(first);
	if (algorithm.tag != SEQUENCE)
		return DER_NONE;
	if (first_of(algorithm).tag != OBJECT) /* it is a name already */
		return first.tag == INTEGER ? DER_REQUEST : DER_NONE;
	struct object issuer = next_of(algorithm);
	struct object after = next_of(issuer);
	if (issuer.tag == SEQUENCE && is_time(after))
		return DER_CRL;
	if (first.tag == INTEGER && issuer.tag == SEQUENCE && after.tag == SEQUENCE)
		return DER_CERTIFICATE;
	return DER_NONE;
}

static enum der_kind kind_of_parts(struct object part)
{
	struct object first = first_of(part);
	if (first.tag != OBJECT)
		return kind_of_signed(first);
	struct object second = next_of(part);
	bool password = is_below(first, PKCS5_ARC) || is_below(first, PKCS12_PB_ARC);
	if (second.tag == OCTET_STRING && password)
		return DER_ENCRYPTED_KEY;
	return second.tag == BIT_STRING ? DER_PUBLIC_KEY : DER_NONE;
}

enum der_kind der_kind(struct slice bytes)
{
	struct object whole = object_at(bytes);
	struct object first = first_of(whole);
	if (whole.tag != SEQUENCE)
		return DER_NONE;
	switch (first.tag) {
	case OBJECT:
		return is_below(first, PKCS7_ARC) || is_below(first, CMS_ARC) ? DER_PKCS7
									      : DER_NONE;
	case INTEGER:
		return kind_of_versioned(first);
	case SEQUENCE:
		return kind_of_parts(first);
	default:
		return DER_NONE;
	}
}

uint64_t der_length(struct slice bytes)
{
	struct object o = object_at(bytes);
	return o.tag && o.bounded ? o.header + o.length + o.end : 0;
}
