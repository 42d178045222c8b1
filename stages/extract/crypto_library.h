/*
 * The functions of libcrypto by which fingerprints are made. The library is loaded when there are
 * any to be made.
 */
#ifndef CRYPTO_LIBRARY_H
#define CRYPTO_LIBRARY_H

#include "error.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

/* clang-format off */
#define CRYPTO_FUNCTIONS(each) \
	each(EVP_Digest) each(EVP_MAC_CTX_dup) each(EVP_MAC_CTX_free) \
	each(EVP_MAC_CTX_new) each(EVP_MAC_fetch) each(EVP_MAC_final) \
	each(EVP_MAC_free) each(EVP_MAC_init) each(EVP_MAC_update) each(EVP_sha256) \
	each(OPENSSL_cleanse) each(OPENSSL_init_crypto) \
	each(OSSL_PARAM_construct_end) each(OSSL_PARAM_construct_utf8_string)
/* clang-format on */

struct crypto_library {
#define CRYPTO_FUNCTION(name) __typeof__(name) *(name);
	CRYPTO_FUNCTIONS(CRYPTO_FUNCTION)
#undef CRYPTO_FUNCTION
};

extern struct crypto_library crypto;

/* To be called before any of them: 0, or -1 with the error set. */
int crypto_library_load(struct error *e);

#endif
