/*
 * The values of a distinguished name as RFC 2253 writes them, in UTF-8.
 */
#ifndef NAME_H
#define NAME_H

#include "buffer.h"

/*
 * Appends the text of an attribute's value whose ASN.1 string has this universal tag: escaped are
 * the special characters, by a backslash, and control bytes, as \HH. T61String is read as ISO
 * 8859-1, as is usual.
 *
 * 1; 0 where the bytes are no text of that kind (of UTF-8 or UTF-16 that is none, or of a kind that
 * is not known), with nothing appended: name_append_hex has a form for any; -1 without memory.
 */
int name_append_text(struct buffer *out, int tag, struct slice bytes);

/*
 * Appends the value as "#" and the upper-case hex of its whole encoding: 0, or -1 without memory.
 */
int name_append_hex(struct buffer *out, struct slice encoding);

#endif
