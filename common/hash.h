/*
 * A 64-bit hash of bytes, by a seed that nobody outside knows: who chooses the bytes cannot choose
 * which of them have the same hash, or one that is near to another.
 */
#ifndef HASH_H
#define HASH_H

#include "slice.h"

/* A seed for this run: of the system's randomness, or of a clock where there is none. */
uint64_t hash_seed(void);

/* The hash of any bytes. */
uint64_t hash_bytes(uint64_t seed, struct slice bytes);

/* The two halves of a 128-bit product, folded: every bit of either factor reaches every bit. */
static inline uint64_t hash_mix(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide product = (wide)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/*
 * Takes two words more into a hash. Either factor has a secret of its own: with one in both, words
 * could be swapped under any seed.
 */
static inline uint64_t hash_words(uint64_t seed, uint64_t hash, const uint64_t words[2])
{
	return hash_mix(hash ^ words[0] ^ UINT64_C(0xA0761D6478BD642F),
		seed * UINT64_C(0x9E3779B97F4A7C15) ^ words[1] ^ UINT64_C(0xE7037ED1A0B428DB));
}

static inline uint64_t hash_end(uint64_t seed, uint64_t hash)
{
	return hash_mix(hash ^ seed, UINT64_C(0x8EBC6AF09C88C6E3));
}

/* The hash of two words, which say themselves how much of them counts. */
static inline uint64_t hash_pair(uint64_t seed, const uint64_t words[2])
{
	return hash_end(seed, hash_words(seed, seed, words));
}

#endif
