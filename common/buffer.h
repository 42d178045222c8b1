/*
 * A growable run of bytes, owned by whoever holds the struct.
 *
 * { 0 } is an empty buffer. buffer_clear keeps the memory for the next use; buffer_release gives
 * it back and leaves an empty buffer. Pointers into the buffer die with the next append. Behind the
 * bytes are SLICE_SLACK more that may be read, whatever they are.
 *
 * Every function that may need memory returns 0, or -1 when there is none; the content is then
 * as it was.
 */
#ifndef BUFFER_H
#define BUFFER_H

#include "slice.h"

#include <stdarg.h>

struct buffer {
	char *ptr;
	size_t len; /* bytes in use */
	size_t cap; /* bytes allocated, the slack not counted */
};

/* Makes room, as below, where there is too little. */
int buffer_grow(struct buffer *b, size_t more);

/* Room for `more` bytes after the present ones. */
static inline int buffer_reserve(struct buffer *b, size_t more)
{
	return more <= b->cap - b->len ? 0 : buffer_grow(b, more);
}

int buffer_append(struct buffer *b, struct slice bytes);
int buffer_put(struct buffer *b, char byte);
int buffer_printf(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
int buffer_vprintf(struct buffer *b, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));

/* The content with a NUL byte after it, which does not count; NULL when there is no memory. */
const char *buffer_text(struct buffer *b);

static inline struct slice buffer_slice(const struct buffer *b)
{
	return (struct slice){ b->ptr, b->len };
}

static inline void buffer_clear(struct buffer *b)
{
	b->len = 0;
}

void buffer_release(struct buffer *b);

#endif
