#include "buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int buffer_grow(struct buffer *b, size_t more)
{
	if (more > SIZE_MAX / 2 - b->len)
		return -1;
	size_t need = b->len + more;
	size_t cap = b->cap ? b->cap : 64;
	while (cap < need)
		cap *= 2;
	char *ptr = realloc(b->ptr, cap + SLICE_SLACK);
	if (!ptr)
		return -1;
	b->ptr = ptr;
	b->cap = cap;
	return 0;
}

int buffer_append(struct buffer *b, struct slice bytes)
{
	if (bytes.len == 0)
		return 0;
	if (buffer_reserve(b, bytes.len) != 0)
		return -1;
	memcpy(b->ptr + b->len, bytes.ptr, bytes.len);
	b->len += bytes.len;
	return 0;
}

int buffer_put(struct buffer *b, char byte)
{
	if (buffer_reserve(b, 1) != 0)
		return -1;
	b->ptr[b->len++] = byte;
	return 0;
}

int buffer_vprintf(struct buffer *b, const char *format, va_list arguments)
{
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0 || buffer_reserve(b, (size_t)length + 1) != 0)
		return -1;
	vsnprintf(b->ptr + b->len, (size_t)length + 1, format, arguments);
	b->len += (size_t)length;
	return 0;
}

int buffer_printf(struct buffer *b, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int result = buffer_vprintf(b, format, arguments);
	va_end(arguments);
	return result;
}

const char *buffer_text(struct buffer *b)
{
	if (buffer_reserve(b, 1) != 0)
		return NULL;
	b->ptr[b->len] = '\0';
	return b->ptr;
}

void buffer_release(struct buffer *b)
{
	free(b->ptr);
	*b = (struct buffer){ 0 };
}
