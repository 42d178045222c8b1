#include "canonical.h"

#include <openssl/asn1.h>
#include <openssl/crypto.h>
#include <openssl/err.h>

#define TEXTS                                                                                      \
	(B_ASN1_UTF8STRING | B_ASN1_BMPSTRING | B_ASN1_UNIVERSALSTRING | B_ASN1_PRINTABLESTRING |  \
		B_ASN1_T61STRING | B_ASN1_IA5STRING | B_ASN1_VISIBLESTRING)

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static int folded_append(struct buffer *out, struct slice text)
{
	int failed = 0;
	while (text.len && is_blank(text.ptr[text.len - 1]))
		text.len--;
	while (text.len && is_blank(*text.ptr))
		text = slice_skip(text, 1);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (is_blank(c) && is_blank(text.ptr[i - 1]))
			continue;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		failed |= buffer_put(out, is_blank(c) ? ' ' : c);
	}
	return failed;
}

/* Appends a type and, behind its length, the value: no two values make the same bytes. */
static int value_append(struct buffer *out, const ASN1_STRING *value)
{
	struct buffer folded = { 0 };
	unsigned char *utf8 = NULL;
	int type = ASN1_STRING_type(value);
	bool text = ASN1_tag2bit(type) & TEXTS;
	int length = text ? ASN1_STRING_to_UTF8(&utf8, value) : -1;
	struct slice bytes = { (const char *)ASN1_STRING_get0_data(value),
		(size_t)ASN1_STRING_length(value) };
	int failed = 0;
	if (length >= 0) {
		type = 0;
		failed = folded_append(&folded, (struct slice){ (char *)utf8, (size_t)length });
		bytes = buffer_slice(&folded);
	}
	failed |= buffer_printf(out, "%d:%zu:", type, bytes.len) | buffer_append(out, bytes);
	OPENSSL_free(utf8);
	buffer_release(&folded);
	return failed;
}

int canonical_append(struct buffer *out, const X509_NAME *name)
{
	int failed = 0;
	for (int i = 0; i < X509_NAME_entry_count(name); i++) {
		const X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, i);
		const ASN1_OBJECT *type = X509_NAME_ENTRY_get_object(entry);
		struct slice numbers = { (const char *)OBJ_get0_data(type), OBJ_length(type) };
		failed |= buffer_printf(out, "%d:%zu:", X509_NAME_ENTRY_set(entry), numbers.len);
		failed |= buffer_append(out, numbers);
		failed |= value_append(out, X509_NAME_ENTRY_get_data(entry));
	}
	ERR_clear_error();
	return failed ? -1 : 0;
}
