#include "terms.h"

bool terms_add(struct terms *t, struct slice value, unsigned char number)
{
	struct terms_entry entry = { .length = (unsigned char)(value.len + 1), .number = number };
	if (value.len > TERM_MOST)
		return false;
	if (value.len)
		memcpy(entry.bytes, value.ptr, value.len);
	size_t place = term_place(entry.bytes[0], entry.bytes[1]);
	for (size_t i = 0; i < TERM_NEAR; i++) {
		if (t->entries[place + i].length)
			continue;
		t->entries[place + i] = entry;
		return true;
	}
	return false;
}
