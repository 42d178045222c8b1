/*
 * Base64 without the lines of PEM around it: alone in a file, in XML, in JSON, quoted in a mail. An
 * object is known by the shape of its DER (der.h); how long it is its DER says.
 */
#ifndef BARE_H
#define BARE_H

#include "buffer.h"

struct bare {
	struct slice text; /* its base64, with line ends and quotation marks in it */
	bool known;        /* false: it starts as DER does, and is nothing known */
};

/* The first object that begins in the first `within` bytes of the text. */
bool bare_find(struct slice text, size_t within, struct bare *bare);

/* Appends the bytes of an object's base64, as far as there are any: 0, or -1 without memory. */
int bare_decode(struct slice text, struct buffer *out);

/* The key format of OpenSSH, which is no DER. */
bool bare_is_openssh(struct slice bytes);

#endif
