/*
 * What some DER or BER bytes are, told by their shape: tags and a few object identifiers, nothing
 * decoded. It tells a private key from a certificate even where the bytes are cut short.
 */
#ifndef DER_H
#define DER_H

#include "slice.h"

#include <stdint.h>

enum der_kind {
	DER_NONE,
	DER_CERTIFICATE,
	DER_REQUEST, /* PKCS #10 */
	DER_CRL,
	DER_PKCS7, /* and CMS */
	DER_PKCS12,
	DER_PRIVATE_KEY, /* PKCS #8, PKCS #1, SEC 1, DSA */
	DER_ENCRYPTED_KEY,
	DER_PUBLIC_KEY,
};

enum der_kind der_kind(struct slice bytes);

/*
 * The length in bytes of the object at the front, its header included: as it states, more than
 * there are where it is cut short; where it states none (BER), up to the marker of its end, 0
 * without one.
 */
uint64_t der_length(struct slice bytes);

#endif
