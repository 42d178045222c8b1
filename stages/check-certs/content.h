/*
 * What a file's bytes hold: certificates, private keys, other things of that kind. The form is
 * found by the bytes: PEM in any text, DER, PKCS #7 and CMS in either, base64 without its PEM
 * lines.
 */
#ifndef CONTENT_H
#define CONTENT_H

#include "certificate.h"

/* Longer files are not read: a bundle of all public authorities has less than 1 MiB. */
#define CONTENT_LIMIT ((size_t)16 << 20)

enum found {
	FOUND_CERTIFICATE,
	FOUND_PRIVATE_KEY,
	FOUND_OTHER,    /* a request, a revocation list, a public key, ...: passed over */
	FOUND_MISNAMED, /* a certificate follows, which its label calls something else */
	FOUND_CLOSED,   /* what cannot be read, and may hold a certificate: encrypted CMS */
};

struct finding {
	enum found found;
	const char *what; /* "a private key" */
	uint64_t line;    /* of the PEM block; 0: it is no PEM */
	uint64_t number; /* of a certificate, in the block or in a file without blocks: 1, 2, ... */
	const struct certificate *certificate; /* valid during the call */
};

/* Takes a finding: 0, or -1 with the error set, which ends the reading. */
typedef int content_take(void *context, const struct finding *finding, struct error *e);

/*
 * Hands out what the bytes hold, in their order; they are changed on the way. `file` is for
 * messages. 0, also where nothing was found; -1 with the error set: damaged, cut short, PKCS #12
 * and other key stores (status 3).
 *
 * What may be a private key is wiped wherever it was copied to; `bytes` are the caller's to wipe.
 */
int content_read(char *bytes, size_t len, const char *file, content_take *take, void *context,
	struct error *e);

#endif
