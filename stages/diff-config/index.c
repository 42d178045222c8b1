#include "index.h"

#include <stdlib.h>

/* Fibonacci hashing: the slot is taken from bits that all bits of the tag have a part in. */
static size_t tag_slot(uint32_t tag, size_t slot_count)
{
	return (size_t)(tag * UINT64_C(0x9E3779B97F4A7C15) >> 16) & (slot_count - 1);
}

int index_reserve(struct index *x)
{
	if ((size_t)x->count * 2 < x->slot_count)
		return 0;
	size_t count = x->slot_count ? x->slot_count * 2 : 1024;
	uint64_t *slots = calloc(count, sizeof *slots);
	if (!slots)
		return -1;
	for (size_t i = 0; i < x->slot_count; i++) {
		if (!x->slots[i])
			continue;
		size_t slot = tag_slot((uint32_t)(x->slots[i] >> 32), count);
		while (slots[slot])
			slot = (slot + 1) & (count - 1);
		slots[slot] = x->slots[i];
	}
	free(x->slots);
	x->slots = slots;
	x->slot_count = count;
	return 0;
}

struct index_probe index_start(const struct index *x, uint64_t hash)
{
	uint32_t tag = (uint32_t)(hash >> 32);
	return (struct index_probe){ tag_slot(tag, x->slot_count), tag };
}

bool index_next(const struct index *x, struct index_probe *probe, uint32_t *number)
{
	while (x->slots[probe->slot]) {
		uint64_t held = x->slots[probe->slot];
		if ((uint32_t)(held >> 32) == probe->tag) {
			*number = (uint32_t)held - 1;
			probe->slot = (probe->slot + 1) & (x->slot_count - 1);
			return true;
		}
		probe->slot = (probe->slot + 1) & (x->slot_count - 1);
	}
	return false;
}

void index_add(struct index *x, const struct index_probe *probe, uint32_t number)
{
	x->slots[probe->slot] = (uint64_t)probe->tag << 32 | (number + 1);
	x->count++;
}

void index_release(struct index *x)
{
	free(x->slots);
	*x = (struct index){ 0 };
}
