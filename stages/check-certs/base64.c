#include "base64.h"

static int digit_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool base64_is_digit(char c)
{
	return digit_of(c) >= 0;
}

unsigned base64_value(char digit)
{
	return (unsigned)digit_of(digit);
}

int base64_take(struct base64 *b, char c, struct buffer *out)
{
	int digit = digit_of(c);
	if (c == '=' && b->digits + b->padding >= 2 && b->digits + b->padding < 4) {
		b->padding++;
		return 0;
	}
	if (digit < 0 || b->padding)
		return 1;
	b->bits = b->bits << 6 | (uint32_t)digit;
	if (++b->digits < 4)
		return 0;
	const char bytes[] = { (char)(b->bits >> 16), (char)(b->bits >> 8), (char)b->bits };
	*b = (struct base64){ 0 };
	return buffer_append(out, (struct slice){ bytes, sizeof bytes });
}

int base64_end(const struct base64 *b, struct buffer *out)
{
	if (b->digits == 0 && b->padding == 0)
		return 0;
	if (b->digits + b->padding != 4)
		return 1;
	const char bytes[] = { (char)(b->bits >> (b->digits == 3 ? 10 : 4)), (char)(b->bits >> 2) };
	return buffer_append(out, (struct slice){ bytes, b->digits - 1 });
}
