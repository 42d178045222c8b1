/*
 * A key as a set of keys holds it, and as it is looked for: a byte string as two words, and a hash.
 */
#ifndef KEY_H
#define KEY_H

#include "hash.h"

#include <stdint.h>

/* A shorter key stands in its words. */
#define KEY_LONG 16

/*
 * The words are a short key, zeros, and in the last byte the number of bytes; or 64 bits for where
 * a long one is kept, how many bytes it has (32 bits), and in the last byte this.
 */
#define KEY_LONG_MARK 0xFF

/*
 * The place of the last of a word's bytes: a word is put together and asked as a whole, as what was
 * written in parts would be waited for.
 */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define KEY_LAST_BYTE 0
#else
#define KEY_LAST_BYTE 56
#endif

struct key {
	struct slice bytes; /* borrowed */
	uint64_t words[2];  /* of a long one, but for where it is kept */
	uint64_t hash;
};

/*
 * Sets what a key is looked for by in a set of this seed. Who makes keys while another thread adds
 * some has the seed for himself, and leaves the set's own memory to the other.
 */
void key_make(struct key *key, uint64_t seed, struct slice bytes);

/* The same of bytes with slack. */
void key_make_slack(struct key *key, uint64_t seed, struct slice bytes);

static inline bool key_is_long(const uint64_t words[2])
{
	return (words[1] >> KEY_LAST_BYTE & 0xFF) == KEY_LONG_MARK;
}

/* A short key's length is among its words, so nothing else needs to be hashed. */
static inline uint64_t key_hash(uint64_t seed, const uint64_t words[2], struct slice long_bytes)
{
	return key_is_long(words) ? hash_bytes(seed, long_bytes) : hash_pair(seed, words);
}

/* The words of a short key, whose bytes they have, and none in the last place. */
static inline void key_words_short(uint64_t words[2], size_t length)
{
	words[1] |= (uint64_t)length << KEY_LAST_BYTE;
}

/* Those of a long one, but for where it is kept. */
static inline void key_words_long(uint64_t words[2], size_t length)
{
	const uint32_t known[2] = { (uint32_t)length, 0 };
	words[0] = 0;
	memcpy(&words[1], known, sizeof known);
	words[1] |= (uint64_t)KEY_LONG_MARK << KEY_LAST_BYTE;
}

/* The words of bytes with slack. */
static inline void key_words_slack(uint64_t words[2], struct slice bytes)
{
	if (bytes.len >= KEY_LONG) {
		key_words_long(words, bytes.len);
		return;
	}
	slice_halves halves = (slice_halves)slice_block_of(slice_start(bytes), bytes.len);
	words[0] = halves[0];
	words[1] = halves[1];
	key_words_short(words, bytes.len);
}

/* Do two keys have the same bytes? */
static inline bool key_equal(const struct key *a, const struct key *b)
{
	if (a->words[0] != b->words[0] || a->words[1] != b->words[1])
		return false;
	return a->bytes.len < KEY_LONG || memcmp(a->bytes.ptr, b->bytes.ptr, a->bytes.len) == 0;
}

#endif
