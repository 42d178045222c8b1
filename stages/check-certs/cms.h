/*
 * The certificates in PKCS #7 and in CMS, which grew out of it (RFC 5652). Nothing of libcrypto's
 * is seen outside.
 */
#ifndef CMS_H
#define CMS_H

#include "error.h"

struct cms {
	const char *what;    /* "encrypted CMS"; "PKCS #7 without certificates" */
	bool closed;         /* it has content that is not looked into, certificates or not */
	size_t certificates; /* that were handed out */
};

/* Takes the DER of one certificate: 0, or -1 with the error set, which ends the reading. */
typedef int cms_take(void *context, struct slice der, struct error *e);

/*
 * Hands out the certificates of the object at the front of the bytes, in its order: how many bytes
 * it takes, 0 where it is damaged, -1 with the error set.
 */
int64_t cms_read(
	struct cms *cms, struct slice bytes, cms_take *take, void *context, struct error *e);

#endif
