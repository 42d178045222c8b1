#include "fragments.h"

#include <stdlib.h>

int fragments_open(struct fragments *f, uint64_t bytes)
{
	/* Eight bits for each piece, so that one in eight comes through by chance. */
	unsigned power = 10;
	while (power < 40 && (UINT64_C(1) << power) / 8 < bytes)
		power++;
	f->shift = 64 - power;
	f->bits = calloc((size_t)1 << (power - 6), sizeof *f->bits);
	return f->bits ? 0 : -1;
}

static uint64_t bit_of(const struct fragments *f, const char *at)
{
	uint64_t piece;
	memcpy(&piece, at, sizeof piece);
	piece ^= piece >> 32;
	return piece * UINT64_C(0x9E3779B97F4A7C15) >> f->shift;
}

void fragments_add(struct fragments *f, struct slice text)
{
	for (size_t i = 0; i + FRAGMENT <= text.len; i++) {
		uint64_t bit = bit_of(f, text.ptr + i);
		f->bits[bit / 64] |= UINT64_C(1) << bit % 64;
	}
}

static bool has(const struct fragments *f, const char *at)
{
	uint64_t bit = bit_of(f, at);
	return f->bits[bit / 64] >> bit % 64 & 1;
}

bool fragments_may_hold(const struct fragments *f, struct slice needle)
{
	if (!has(f, needle.ptr + needle.len - FRAGMENT))
		return false;
	for (size_t i = 0; i + FRAGMENT <= needle.len; i += FRAGMENT)
		if (!has(f, needle.ptr + i))
			return false;
	return true;
}

void fragments_release(struct fragments *f)
{
	free(f->bits);
	*f = (struct fragments){ 0 };
}
