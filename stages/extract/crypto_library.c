#include "crypto_library.h"

#include "library.h"

struct crypto_library crypto;

static const char *const functions[] = {
#define CRYPTO_FUNCTION(name) #name,
	CRYPTO_FUNCTIONS(CRYPTO_FUNCTION)
#undef CRYPTO_FUNCTION
};

int crypto_library_load(struct error *e)
{
	return library_load("libcrypto.so.3", functions, sizeof functions / sizeof *functions,
		&crypto, NULL,
		"fingerprints are made with OpenSSL 3, on Debian the package libssl3", e);
}
