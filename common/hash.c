#include "hash.h"

#include <sys/random.h>
#include <time.h>

uint64_t hash_seed(void)
{
	uint64_t seed;
	if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) == sizeof seed)
		return seed;
	/* Still better than a constant. */
	struct timespec now = { 0 };
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_nsec * UINT64_C(0x9E3779B97F4A7C15);
}

/* The two words at `at`, or the last two. */
static inline uint64_t hash_at_most(uint64_t seed, uint64_t hash, struct slice bytes, size_t at)
{
	const size_t last = bytes.len - SLICE_PACKED;
	uint64_t words[2];
	memcpy(words, bytes.ptr + (at < last ? at : last), sizeof words);
	return hash_words(seed, hash, words);
}

/*
 * Of more than two words. The last two overlap those before and may come several times, so that how
 * many steps it takes depends on the length of none but long ones; of two chains neither waits for
 * the other.
 */
static uint64_t hash_long(uint64_t seed, uint64_t hash, struct slice bytes)
{
	enum { STEP = 2 * SLICE_PACKED, STEPS = 4 };
	uint64_t even = hash;
	uint64_t odd = ~hash;
	for (size_t at = 0; at < bytes.len;)
		for (int i = 0; i < STEPS; i++, at += STEP) {
			even = hash_at_most(seed, even, bytes, at);
			odd = hash_at_most(seed, odd, bytes, at + SLICE_PACKED);
		}
	return hash_words(seed, hash, (const uint64_t[2]){ even, odd });
}

uint64_t hash_bytes(uint64_t seed, struct slice bytes)
{
	uint64_t hash = seed ^ hash_mix(bytes.len + UINT64_C(0x9E3779B97F4A7C15),
				       UINT64_C(0xD6E8FEB86659FD93));
	uint64_t words[2];
	if (bytes.len > SLICE_PACKED)
		return hash_end(seed, hash_long(seed, hash, bytes));
	slice_pack(bytes, words);
	return hash_end(seed, hash_words(seed, hash, words));
}
