/*
 * What the label of a PEM block says. Programs write labels of their own, so words count, in any
 * case and with any blanks between them; and save for a private key the bytes have the last word.
 */
#ifndef LABEL_H
#define LABEL_H

#include "slice.h"

enum label {
	LABEL_UNKNOWN,
	LABEL_CERTIFICATE, /* a certificate, or PKCS #7 */
	LABEL_PRIVATE_KEY,
	LABEL_OTHER, /* a request, a revocation list, a public key, ... */
};

/* `*what`: "a certificate request"; NULL for LABEL_CERTIFICATE. */
enum label label_read(struct slice label, const char **what);

/* Does OpenSSL's trust follow the certificate? */
bool label_is_trusted(struct slice label);

#endif
