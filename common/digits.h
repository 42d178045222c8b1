/*
 * Numbers of a fixed width, as dates have them.
 */
#ifndef DIGITS_H
#define DIGITS_H

/* The value of two digits, or of four; negative where a byte is none. */
static inline int digits_two(const char *at)
{
	unsigned tens = (unsigned)(unsigned char)at[0] - '0';
	unsigned ones = (unsigned)(unsigned char)at[1] - '0';
	return (int)(tens * 10 + ones) | -(int)((tens > 9) | (ones > 9));
}

static inline int digits_four(const char *at)
{
	int front = digits_two(at);
	int back = digits_two(at + 2);
	return (front | back) < 0 ? -1 : front * 100 + back;
}

#endif
