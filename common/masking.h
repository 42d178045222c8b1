/*
 * Which lines of a configuration file must not be shown.
 *
 * A secret's key tells (secret.h), but its value does not always end with its line: pasted through
 * an editor that wraps, the rest of it stands on the lines below and reads as keys of its own.
 * After a secret, commented out or not, and until the next entry that is plainly one, an entry is
 * the rest of that secret when
 * - nothing but a blank, or "=" at its end, separates a key from a value, or the key is empty;
 * - it stands between the "-----BEGIN" of that secret and the "-----END" that closes it;
 * - the secret is commented out and ends with a backslash right before it.
 * A value is a secret by itself where it holds a private key or a URL with a password, and where a
 * backslash at the end of a line has joined a secret's entry to it.
 * An empty entry with a dot in its key (`a.b=`) is plainly an entry where the secret is empty or
 * where config-keys.csv knows the key: no base64 has a dot.
 */
#ifndef MASKING_H
#define MASKING_H

#include "properties.h"
#include "secret.h"

enum mask {
	MASK_NOTHING,
	MASK_VALUE, /* a secret: its key may be shown */
	MASK_WHOLE, /* the rest of a secret, or a commented-out one: no byte of it may be shown */
};

struct masking {
	struct config_keys *keys; /* all borrowed */
	const struct properties *properties;
	struct slice file;      /* its name, for config-keys.csv */
	struct slice file_also; /* another name of it: a secret under either is one; may be empty */

	/* The masking's own. */
	struct properties comment;
	struct buffer words;  /* of a key that is several words, `SFTP user=x`; else empty */
	enum mask present;    /* of the entry that the last line belonged to */
	uint32_t secret_line; /* where the secret starts that was met last; 0: none yet */
	bool after_secret;
	bool filled;       /* that secret has a value */
	size_t joined_at;  /* what starts at this byte goes on with a commented-out secret */
	size_t armour_end; /* up to this byte everything is armour of a secret */
};

void masking_init(struct masking *m, struct config_keys *keys, const struct properties *properties,
	struct slice file, struct slice file_also);

/*
 * Takes the natural lines in order, all of them, and tells what must be hidden of each: an enum
 * mask, or -1 with the error set. The lines of one entry have the same answer.
 */
int masking_line(struct masking *m, const struct property_line *line, struct error *e);

void masking_release(struct masking *m);

#endif
