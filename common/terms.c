#include "terms.h"

/* So many factors are tried until one gives each value a place of its own. */
#define FACTORS      64
#define REFUSED_MOST 8

/* Gives all values places: true; false where two have the same. */
static bool place_all(struct terms *t)
{
	memset(t->places, 0, sizeof t->places);
	for (unsigned char i = 1; i <= t->count; i++) {
		unsigned char *place = &t->places[term_place(&t->entries[i].term, t->factor)];
		if (*place)
			return false;
		*place = i;
	}
	return true;
}

bool terms_add(struct terms *t, struct slice value, unsigned char number)
{
	char bytes[TERM_MOST + SLICE_SLACK];
	const uint64_t factor = t->factor;
	if (value.len > TERM_MOST || t->count == TERMS_MOST || t->refused == REFUSED_MOST)
		return false;
	if (value.len)
		memcpy(bytes, value.ptr, value.len);
	t->entries[++t->count] =
		(struct terms_entry){ term_of((struct slice){ bytes, value.len }), true, number };
	for (uint64_t i = 1; i <= FACTORS; i++) {
		t->factor = i * UINT64_C(0x9E3779B97F4A7C15) | 1;
		if (place_all(t))
			return true;
	}
	t->count--;
	t->refused++;
	t->factor = factor;
	place_all(t);
	return false;
}
