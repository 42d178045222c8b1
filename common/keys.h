/*
 * A set of byte strings, each with a dense index in order of arrival, 0, 1, 2, …, and a value of a
 * size of the caller's.
 *
 * Memory per key: 16 bytes, and its own if it has 16 or more; the value, its size rounded up to 8;
 * and what the table takes (slots.h). The hash is seeded anew in each run, so that crafted ids
 * cannot make the table slow.
 */
#ifndef KEYS_H
#define KEYS_H

#include "key.h"
#include "slots.h"

#define KEY_NONE SLOTS_NONE

/*
 * So many entries stand side by side: of up to 127 bytes each, they need no large page (pages.h).
 * Where there are more, none is ever moved.
 */
#define KEYS_BLOCK_BITS 14
#define KEYS_BLOCK      (UINT32_C(1) << KEYS_BLOCK_BITS)

/* The keys of 16 bytes and more, one after the other. */
struct keys_text {
	struct keys_text *before;
	size_t room;
	size_t used;
	char bytes[];
};

struct keys {
	struct slots slots;
	char **blocks; /* of entries */
	size_t block_room;
	uint32_t entry_room; /* in all blocks */
	size_t value_size;
	size_t entry_size; /* the key, then the value */
	struct keys_text *text;
	uint64_t seed;
	uint32_t count;
};

/* `value_size` in bytes, 0 for a set without values. Allocates nothing. */
void keys_init(struct keys *k, size_t value_size);

/* The index of a key, or KEY_NONE. */
uint32_t keys_find(const struct keys *k, struct slice bytes);

/* The same of bytes with slack. */
uint32_t keys_find_slack(const struct keys *k, struct slice bytes);

/* The same of bytes with slack, where the key most likely has the index `near` (any number). */
uint32_t keys_find_near(const struct keys *k, struct slice bytes, uint32_t near);

/*
 * The index of a key, added when new (then the index is the count before, and the value is all
 * zero bytes); KEY_NONE: no memory.
 */
uint32_t keys_add(struct keys *k, struct slice bytes);
uint32_t keys_add_key(struct keys *k, const struct key *key);

/* Fetches what finding a key of this hash will need, while other work is done. */
__attribute__((always_inline)) static inline void keys_prefetch(const struct keys *k, uint64_t hash)
{
	slots_prefetch(&k->slots, hash);
}

/* Forgets the keys from index `count` on. */
void keys_forget(struct keys *k, uint32_t count);

/* The bytes of a key; valid until the next is added. */
struct slice keys_at(const struct keys *k, uint32_t index);

static inline char *keys_entry(const struct keys *k, uint32_t index)
{
	return k->blocks[index >> KEYS_BLOCK_BITS] + (index & (KEYS_BLOCK - 1)) * k->entry_size;
}

/* The value of a key; valid until the next is added. */
static inline void *keys_value(const struct keys *k, uint32_t index)
{
	return keys_entry(k, index) + KEY_LONG;
}

void keys_release(struct keys *k);

#endif
