/*
 * Names in the form in which two are compared: libcrypto compares them so, too (X509_NAME_cmp), and
 * hands the form itself out to nobody. Text is UTF-8, in lower case as far as it is ASCII, with one
 * blank for several and none around it, whatever string type it was in.
 */
#ifndef CANONICAL_H
#define CANONICAL_H

#include "buffer.h"

#include <openssl/x509.h>

/* Appends the form of a name, equal bytes for equal names: 0, or -1 without memory. */
int canonical_append(struct buffer *out, const X509_NAME *name);

#endif
