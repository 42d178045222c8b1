/*
 * What stands in UTF-8 text for bytes that were invalid in the encoding that it was converted from.
 *
 * A byte from 0x80 stands for itself, a lower one is an overlong form of two bytes, and half of a
 * surrogate pair its three bytes; 0xFF comes between two that would make a character by accident.
 * None of these is UTF-8, and what they stand for can be told from them.
 */
#ifndef STAND_IN_H
#define STAND_IN_H

#include "buffer.h"

/*
 * Do the names of encodings of two bytes a unit, such as UTF-16BE, say that the higher one is
 * first?
 */
bool stand_in_big_endian(const char *encoding);

/*
 * The bytes, one or two, that the stand-in at the front of the text stands for; `length` is its
 * own. The text is not empty and starts with no UTF-8 character. Returns how many bytes it stands
 * for.
 */
size_t stand_in_read(
	struct slice text, const char *encoding, unsigned char bytes[2], size_t *length);

#endif
