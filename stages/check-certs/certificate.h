/*
 * An X.509 certificate, as far as the stage tells of it. Nothing of libcrypto's is seen outside.
 */
#ifndef CERTIFICATE_H
#define CERTIFICATE_H

#include "rules.h"

#define SHA256_TEXT 65 /* 64 digits and a NUL byte */

/* A moment of the certificate, in UTC. */
struct validity {
	enum date_result
		result;     /* DATE_OPEN_ENDED: 9999-12-31, no end; DATE_IMPOSSIBLE: see text */
	moment_t moment;    /* MOMENT_NONE unless DATE_OK */
	struct buffer text; /* as it stands in the certificate */
};

struct certificate {
	struct buffer subject; /* RFC 2253, UTF-8 */
	struct buffer issuer;
	struct buffer subject_name; /* as they are compared: canonical.h */
	struct buffer issuer_name;
	struct buffer serial;     /* upper-case hex, "-" before a negative one */
	char sha256[SHA256_TEXT]; /* of the certificate's DER */
	struct validity not_before;
	struct validity not_after;
	enum role role;
	struct buffer der;
};

/* To be called before anything else here: libcrypto reads no configuration of the machine's. */
void certificates_start(void);

/*
 * Reads the certificate at the front of the bytes into `c`, which may have held another: how many
 * bytes it takes; 0 where it is damaged; -1 with the error set, out of memory.
 */
int64_t certificate_read(struct certificate *c, struct slice bytes, struct error *e);

/* Appends its DER as base64, in one line: 0, or -1 without memory. */
int certificate_base64(const struct certificate *c, struct buffer *out);

void certificate_release(struct certificate *c);

/*
 * The bytes that OpenSSL's trust settings take, behind the certificate of a TRUSTED CERTIFICATE of
 * `certificate` bytes; 0 where there are none.
 */
size_t certificate_trust(struct slice bytes, size_t certificate);

#endif
