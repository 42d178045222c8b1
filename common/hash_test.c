#include "hash.h"

#include "test.h"

/*
 * Of a long text any two pieces that are exchanged make another hash, whichever chain they are in.
 */
static void test_order(uint64_t seed)
{
	enum { PIECES = 18, LENGTH = 16 };
	char bytes[PIECES * LENGTH];
	for (int i = 0; i < PIECES; i++)
		memset(bytes + i * LENGTH, 'a' + i, LENGTH);
	const uint64_t hash = hash_bytes(seed, (struct slice){ bytes, sizeof bytes });
	for (int i = 0; i < PIECES; i++)
		for (int j = 0; j < i; j++) {
			char exchanged[sizeof bytes];
			memcpy(exchanged, bytes, sizeof bytes);
			memset(exchanged + i * LENGTH, 'a' + j, LENGTH);
			memset(exchanged + j * LENGTH, 'a' + i, LENGTH);
			CHECK(hash_bytes(seed, (struct slice){ exchanged, sizeof exchanged }) !=
				hash);
		}
}

/*
 * Every bit of the bytes and their number reach the hash, at lengths up to several rounds of steps.
 */
static void test_bits(uint64_t seed)
{
	char bytes[300] = { 0 };
	for (size_t length = 0; length < sizeof bytes; length += length < 48 ? 1 : 7) {
		struct slice text = { bytes, length };
		uint64_t hash = hash_bytes(seed, text);
		CHECK(hash == hash_bytes(seed, text));
		CHECK(hash != hash_bytes(seed, (struct slice){ bytes, length + 1 }));
		for (size_t bit = 0; bit < length * 8; bit++) {
			bytes[bit / 8] = (char)(1 << bit % 8);
			uint64_t changed = hash ^ hash_bytes(seed, text);
			CHECK(__builtin_popcountll(changed) > 8);
			bytes[bit / 8] = 0;
		}
	}
}

/* Words that are swapped, less the numbers that the hash has of its own. */
static void test_swapped(uint64_t seed)
{
	const uint64_t apart = UINT64_C(0xA0761D6478BD642F) ^ UINT64_C(0xE7037ED1A0B428DB);
	const uint64_t words[2] = { UINT64_C(0x3132333435363738), UINT64_C(0x0036353433323130) };
	const uint64_t swapped[2] = { words[1] ^ apart, words[0] ^ apart };
	CHECK(hash_pair(seed, words) != hash_pair(seed, swapped));
	CHECK(hash_bytes(seed, (struct slice){ (const char *)words, 16 }) !=
		hash_bytes(seed, (struct slice){ (const char *)swapped, 16 }));
}

int main(void)
{
	const uint64_t seed = hash_seed();
	const uint64_t other = hash_seed();
	CHECK(seed != other);
	CHECK(hash_bytes(seed, SLICE("a")) != hash_bytes(other, SLICE("a")));
	test_bits(seed);
	test_order(seed);
	test_swapped(seed);
	return test_report("hash_test");
}
