#include "certificate.h"

#include "canonical.h"
#include "name.h"

#include <limits.h>
#include <openssl/asn1.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

void certificates_start(void)
{
	OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
}

static struct slice string_of(const ASN1_STRING *s)
{
	return (struct slice){ (const char *)ASN1_STRING_get0_data(s),
		(size_t)ASN1_STRING_length(s) };
}

/* Takes over what an i2d function made, `length` below 0 where it had no memory. */
static int encoded_append(struct buffer *out, unsigned char *bytes, int length)
{
	int result = -1;
	if (length >= 0)
		result = name_append_hex(out, (struct slice){ (char *)bytes, (size_t)length });
	OPENSSL_free(bytes);
	return result;
}

/*
 * The type of an attribute: its short name, else its numbers, else, of more of them than libcrypto
 * writes (586 bytes), "#" and the hex of its encoding.
 */
static int type_append(struct buffer *out, const ASN1_OBJECT *type)
{
	int known = OBJ_obj2nid(type);
	if (known != NID_undef)
		return buffer_append(out, slice_from(OBJ_nid2sn(known)));
	int length = OBJ_obj2txt(NULL, 0, type, 1);
	if (length <= 0) {
		unsigned char *bytes = NULL;
		length = i2d_ASN1_OBJECT(type, &bytes);
		return encoded_append(out, bytes, length);
	}
	if (buffer_reserve(out, (size_t)length + 1) != 0)
		return -1;
	OBJ_obj2txt(out->ptr + out->len, length + 1, type, 1);
	out->len += (size_t)length;
	return 0;
}

/* The value of an attribute in the form that any has. */
static int encoding_append(struct buffer *out, const ASN1_STRING *value)
{
	ASN1_TYPE any = { .type = ASN1_STRING_type(value) };
	any.value.asn1_string = (ASN1_STRING *)(uintptr_t)value; /* only read */
	unsigned char *bytes = NULL;
	int length = i2d_ASN1_TYPE(&any, &bytes);
	return encoded_append(out, bytes, length);
}

static int attribute_append(struct buffer *out, const X509_NAME_ENTRY *entry)
{
	const ASN1_OBJECT *type = X509_NAME_ENTRY_get_object(entry);
	const ASN1_STRING *value = X509_NAME_ENTRY_get_data(entry);
	if (type_append(out, type) != 0 || buffer_put(out, '=') != 0)
		return -1;
	/* Whether an unknown attribute's value is text only its definition says. */
	int text = 0;
	if (OBJ_obj2nid(type) != NID_undef)
		text = name_append_text(out, ASN1_STRING_type(value), string_of(value));
	return text == 0 ? encoding_append(out, value) : text < 0 ? -1 : 0;
}

/* RFC 2253: the last part first. */
static int name_append(struct buffer *out, const X509_NAME *name)
{
	int set = -1;
	for (int i = X509_NAME_entry_count(name) - 1; i >= 0; i--) {
		const X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, i);
		bool same = set == X509_NAME_ENTRY_set(entry);
		if (set >= 0 && buffer_put(out, same ? '+' : ',') != 0)
			return -1;
		set = X509_NAME_ENTRY_set(entry);
		if (attribute_append(out, entry) != 0)
			return -1;
	}
	return 0;
}

static int serial_append(struct buffer *out, const ASN1_INTEGER *serial)
{
	struct slice bytes = string_of(serial);
	int failed = ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER ? buffer_put(out, '-') : 0;
	for (size_t i = 0; i < bytes.len; i++)
		failed |= buffer_printf(out, "%02X", (unsigned char)bytes.ptr[i]);
	return failed | (bytes.len ? 0 : buffer_append(out, SLICE("00")));
}

static int validity_read(struct validity *v, const ASN1_TIME *from)
{
	struct tm tm;
	buffer_clear(&v->text);
	v->moment = MOMENT_NONE;
	v->result = DATE_IMPOSSIBLE;
	if (buffer_append(&v->text, string_of(from)) != 0)
		return -1;
	if (ASN1_TIME_to_tm(from, &tm)) {
		const int parts[6] = { tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
			tm.tm_min, tm.tm_sec };
		v->result = moment_make(parts, &v->moment);
	}
	if (v->result != DATE_OK)
		v->moment = MOMENT_NONE;
	return 0;
}

/* X509_check_ca says 0 of what it could not read, too. */
static enum role role_of(X509 *x)
{
	bool authority = X509_check_ca(x) != 0;
	if (X509_get_extension_flags(x) & EXFLAG_INVALID)
		return ROLE_UNCLEAR;
	return authority ? ROLE_AUTHORITY : ROLE_END_ENTITY;
}

/* The fields of `c`: 0, or -1 out of memory. */
static int fields_fill(struct certificate *c, X509 *x)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned length = 0;
	unsigned char *der = NULL;
	if (name_append(&c->subject, X509_get_subject_name(x)) != 0 ||
		name_append(&c->issuer, X509_get_issuer_name(x)) != 0 ||
		canonical_append(&c->subject_name, X509_get_subject_name(x)) != 0 ||
		canonical_append(&c->issuer_name, X509_get_issuer_name(x)) != 0 ||
		serial_append(&c->serial, X509_get0_serialNumber(x)) != 0 ||
		validity_read(&c->not_before, X509_get0_notBefore(x)) != 0 ||
		validity_read(&c->not_after, X509_get0_notAfter(x)) != 0 ||
		!X509_digest(x, EVP_sha256(), digest, &length))
		return -1;
	for (unsigned i = 0; i < length && i < (SHA256_TEXT - 1) / 2; i++)
		snprintf(c->sha256 + (size_t)2 * i, 3, "%02x", digest[i]);
	c->role = role_of(x);
	int size = i2d_X509(x, &der);
	int failed =
		size < 0 ? -1 : buffer_append(&c->der, (struct slice){ (char *)der, (size_t)size });
	OPENSSL_free(der);
	return failed;
}

static X509 *x509_read(struct slice bytes, size_t *taken)
{
	const unsigned char *at = (const unsigned char *)bytes.ptr;
	X509 *x = bytes.len <= LONG_MAX ? d2i_X509(NULL, &at, (long)bytes.len) : NULL;
	*taken = x ? (size_t)(at - (const unsigned char *)bytes.ptr) : 0;
	ERR_clear_error();
	return x;
}

int64_t certificate_read(struct certificate *c, struct slice bytes, struct error *e)
{
	size_t taken;
	X509 *x = x509_read(bytes, &taken);
	if (!x)
		return 0;
	buffer_clear(&c->subject);
	buffer_clear(&c->issuer);
	buffer_clear(&c->subject_name);
	buffer_clear(&c->issuer_name);
	buffer_clear(&c->serial);
	buffer_clear(&c->der);
	int result = fields_fill(c, x);
	X509_free(x);
	ERR_clear_error();
	return result == 0 ? (int64_t)taken : error_memory(e);
}

int certificate_base64(const struct certificate *c, struct buffer *out)
{
	size_t length = (c->der.len + 2) / 3 * 4;
	if (length > INT_MAX || buffer_reserve(out, length + 1) != 0)
		return -1;
	EVP_EncodeBlock((unsigned char *)out->ptr + out->len, (const unsigned char *)c->der.ptr,
		(int)c->der.len);
	out->len += length;
	return 0;
}

void certificate_release(struct certificate *c)
{
	buffer_release(&c->subject);
	buffer_release(&c->issuer);
	buffer_release(&c->subject_name);
	buffer_release(&c->issuer_name);
	buffer_release(&c->serial);
	buffer_release(&c->not_before.text);
	buffer_release(&c->not_after.text);
	buffer_release(&c->der);
}

size_t certificate_trust(struct slice bytes, size_t certificate)
{
	const unsigned char *at = (const unsigned char *)bytes.ptr;
	X509 *x = bytes.len <= LONG_MAX ? d2i_X509_AUX(NULL, &at, (long)bytes.len) : NULL;
	size_t taken = x ? (size_t)(at - (const unsigned char *)bytes.ptr) : certificate;
	X509_free(x);
	ERR_clear_error();
	return taken - certificate;
}
