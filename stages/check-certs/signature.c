#include "signature.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

struct opened {
	X509 *x;
	EVP_PKEY *key; /* NULL: of no kind that libcrypto knows, or damaged */
};

struct opened *opened_read(struct slice der)
{
	const unsigned char *at = (const unsigned char *)der.ptr;
	struct opened *o = calloc(1, sizeof *o);
	if (o && der.len <= LONG_MAX)
		o->x = d2i_X509(NULL, &at, (long)der.len);
	if (o && !o->x) {
		free(o);
		o = NULL;
	}
	if (o)
		o->key = X509_get0_pubkey(o->x);
	ERR_clear_error();
	return o;
}

void opened_free(struct opened *o)
{
	if (o)
		X509_free(o->x);
	free(o);
}

bool opened_may_issue(struct opened *issuer, struct opened *o)
{
	bool may = X509_check_issued(issuer->x, o->x) == X509_V_OK;
	ERR_clear_error();
	return may;
}

bool opened_signed(struct opened *issuer, struct opened *o)
{
	bool is = issuer->key && X509_verify(o->x, issuer->key) == 1;
	ERR_clear_error();
	return is;
}

/* A check takes about the square of the key's length, and with RSA a small part of that. */
uint64_t opened_cost(const struct opened *issuer)
{
	int bits = issuer->key ? EVP_PKEY_get_bits(issuer->key) : 0;
	bool rsa = issuer->key &&
		   (EVP_PKEY_is_a(issuer->key, "RSA") || EVP_PKEY_is_a(issuer->key, "RSA-PSS"));
	uint64_t usual = rsa ? 4096 : 1024;
	uint64_t times = bits > 0 ? (uint64_t)bits / usual : 0;
	return 1 + times * times;
}
