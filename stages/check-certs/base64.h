/*
 * Base64, a byte at a time.
 */
#ifndef BASE64_H
#define BASE64_H

#include "buffer.h"

struct base64 {
	uint32_t bits;
	unsigned digits; /* in `bits`, 0 to 3 */
	unsigned padding;
};

bool base64_is_digit(char c);

/* 0 to 63, of a digit. */
unsigned base64_value(char digit);

/* Takes a digit or "=": 0, 1 for a byte that cannot be here, -1 without memory. */
int base64_take(struct base64 *b, char c, struct buffer *out);

/* The last bytes: 0, 1 where digits or padding are missing, -1 without memory. */
int base64_end(const struct base64 *b, struct buffer *out);

#endif
