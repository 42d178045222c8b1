/*
 * A set of byte strings, each with a dense index in order of arrival: 0, 1, 2, …
 *
 * What belongs to a key is kept by the caller in an array under that index. Memory per key: its
 * bytes, 8 for where they end, and 4.6 to 13.7 for the table. The hash is seeded anew in each run,
 * so that crafted ids cannot make the table slow.
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
	size_t bytes_room;
	size_t ends_room;
	size_t slot_count; /* a power of two */
	uint32_t count;
};

void keys_init(struct keys *k);

/* The index of a key, or KEY_NONE. */
uint32_t keys_find(const struct keys *k, struct slice key);

/* The index of a key, added when new (then the index is the count before); KEY_NONE: no memory. */
uint32_t keys_add(struct keys *k, struct slice key);

/* The bytes of a key; valid until the next is added. */
struct slice keys_at(const struct keys *k, uint32_t index);

/* A 64-bit hash of the bytes, for other uses of the same seed. */
uint64_t keys_hash(const struct keys *k, struct slice bytes);

void keys_release(struct keys *k);

#endif
