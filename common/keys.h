/*
 * A set of byte strings, each with a dense index in order of arrival, 0, 1, 2, …, and a value of a
 * size of the caller's.
 *
 * Memory per key: its bytes, 8 for where they end, 4.6 to 13.7 for the table, and the value. The hash
 * is seeded anew in each run, so that crafted ids cannot make the table slow. A table has 2^31 slots
 * at most, and no more than 1.8 billion keys.
 */
#ifndef KEYS_H
#define KEYS_H

#include "slice.h"

#include <stdint.h>

#define KEY_NONE UINT32_MAX

struct keys {
	char *bytes;    /* all keys, one after the other */
	uint64_t *ends; /* ends[i]: where key i ends in `bytes` */
	uint32_t *slots;
	uint64_t seed;
	char *values;
	size_t value_size;
	size_t bytes_room;
	size_t ends_room;
	size_t slot_count; /* a power of two */
	uint32_t count;
};

/* `value_size` in bytes, 0 for a set without values. Allocates nothing. */
void keys_init(struct keys *k, size_t value_size);

/* The index of a key, or KEY_NONE. */
uint32_t keys_find(const struct keys *k, struct slice key);

/* The same, where the key most likely has the index `near` (any number). */
uint32_t keys_find_near(const struct keys *k, struct slice key, uint32_t near);

/*
 * The index of a key, added when new (then the index is the count before, and the value is all
 * zero bytes); KEY_NONE: no memory.
 */
uint32_t keys_add(struct keys *k, struct slice key);

/* The same for a key whose keys_hash is known. */
uint32_t keys_add_hashed(struct keys *k, struct slice key, uint64_t hash);

/* Fetches what finding a key of this hash will need, while other work is done. */
static inline void keys_prefetch(const struct keys *k, uint64_t hash)
{
	if (k->slot_count)
		__builtin_prefetch(&k->slots[hash & (k->slot_count - 1)]);
}

/* Forgets the keys from index `count` on. */
void keys_forget(struct keys *k, uint32_t count);

/* The bytes of a key; valid until the next is added. */
struct slice keys_at(const struct keys *k, uint32_t index);

/* The value of a key; valid until the next is added. */
static inline void *keys_value(const struct keys *k, uint32_t index)
{
	return k->values + index * k->value_size;
}

/* A 64-bit hash of the bytes, for other uses of the same seed. */
uint64_t keys_hash(const struct keys *k, struct slice bytes);

void keys_release(struct keys *k);

#endif
