/*
 * UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
 */
#ifndef UTF8_H
#define UTF8_H

#include "slice.h"

#include <stdint.h>

/* How many bytes at the front are valid UTF-8: all of them when the text is. */
size_t utf8_valid(struct slice text);

/* The length in bytes of the valid character at the front, 1 to 4; 0 where there is none. */
size_t utf8_length(struct slice text);

/* Writes a code point (no surrogate, at most 0x10FFFF) and returns its length in bytes. */
size_t utf8_write(char into[4], uint32_t code_point);

#endif
