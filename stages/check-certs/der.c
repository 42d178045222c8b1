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

/* The arcs 1.2.840.113549.1.7 (PKCS #7), .1.5 and .1.12.1 (encryption by a password). */
#define PKCS7_ARC     SLICE("\x2A\x86\x48\x86\xF7\x0D\x01\x07")
#define PKCS5_ARC     SLICE("\x2A\x86\x48\x86\xF7\x0D\x01\x05")
#define PKCS12_PB_ARC SLICE("\x2A\x86\x48\x86\xF7\x0D\x01\x0C\x01")

struct object {
	unsigned tag; /* 0: there is none */
	bool stated;  /* the header states a length */
	uint64_t header;
	uint64_t length;
	struct slice body; /* as much of it as is there */
	struct slice rest; /* behind it; empty where it is cut short or states no length */
};

static struct object object_at(struct slice from)
{
	struct object o = { 0 };
	const unsigned char *bytes = (const unsigned char *)from.ptr;
	if (from.len < 2 || (bytes[0] & 0x1F) == 0x1F)
		return o;
	size_t digits = bytes[1] & 0x80 ? bytes[1] & 0x7F : 0;
	if (digits > 7 || from.len < 2 + digits)
		return o;
	o.length = bytes[1] & 0x80 ? 0 : bytes[1];
	for (size_t i = 0; i < digits; i++)
		o.length = o.length << 8 | bytes[2 + i];
	o.tag = bytes[0];
	o.stated = bytes[1] != 0x80;
	o.header = 2 + digits;
	o.body = slice_skip(from, 2 + digits);
	if (o.stated && o.length <= o.body.len) {
		o.rest = slice_skip(o.body, (size_t)o.length);
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
		return is_below(first, PKCS7_ARC) ? DER_PKCS7 : DER_NONE;
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
	return o.tag && o.stated ? o.header + o.length : 0;
}
