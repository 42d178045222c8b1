/*
 * Fingerprints of secrets: two streams made with the same key can be compared, and nobody without
 * the key can try values against them.
 *
 * HMAC-SHA256 over file, key and value, each preceded by its length as 8 bytes, highest first.
 */
#ifndef FINGERPRINT_H
#define FINGERPRINT_H

#include "error.h"

#define FINGERPRINT_KEY_MIN 32        /* bytes */
#define FINGERPRINT_KEY_MAX (1 << 20) /* bytes */

struct fingerprint {
	void *mac;        /* keyed; NULL: no fingerprints */
	char key_name[5]; /* the first four hex digits of the key's SHA-256, and a NUL byte */
};

/*
 * Reads the key from a regular file that only its owner can read. -1 with the error set and
 * nothing to release: status 2 for a file that cannot be the key, 4 when reading fails.
 */
int fingerprint_open(struct fingerprint *f, const char *path, struct error *e);

/* Appends `hmac-sha256:KKKK:` and 32 hex digits: 0, or -1 with the error set. */
int fingerprint_append(const struct fingerprint *f, struct buffer *out, struct slice file,
	struct slice key, struct slice value, struct error *e);

void fingerprint_release(struct fingerprint *f);

#endif
