#include "keys.h"

#include "test.h"

#include <stdlib.h>

#define COUNT 30000

/* Keys of all kinds: short, long, with NUL bytes, alike but for one byte. */
static struct slice key_of(uint32_t i, char bytes[64])
{
	int length = snprintf(bytes, 64, "%" PRIu32, i / 3);
	if (i % 3 == 1)
		bytes[length++] = '\0';
	if (i % 3 == 2) {
		memset(bytes + length, 'x', 40);
		length += 40;
	}
	return (struct slice){ bytes, (size_t)length };
}

static void test_many(size_t value_size)
{
	struct keys k;
	char bytes[64];
	keys_init(&k, value_size);
	CHECK_NUMBER(keys_find(&k, SLICE("0")), KEY_NONE);
	for (uint32_t i = 0; i < COUNT; i++) {
		struct slice key = key_of(i, bytes);
		CHECK_NUMBER(keys_find(&k, key), KEY_NONE);
		CHECK_NUMBER(keys_add(&k, key), i);
		if (!value_size)
			continue;
		/* A new value is all zero; it holds what is put there. */
		unsigned char *value = keys_value(&k, i);
		for (size_t at = 0; at < value_size; at++)
			CHECK(value[at] == 0);
		memset(value, (int)(i % 251) + 1, value_size);
	}
	CHECK_NUMBER(k.count, COUNT);
	bool same = true;
	for (uint32_t i = 0; i < COUNT; i++) {
		struct slice key = key_of(i, bytes);
		same &= keys_find(&k, key) == i && keys_find_slack(&k, key) == i &&
			keys_add(&k, key) == i;
		same &= slice_equal(keys_at(&k, i), key);
		/* Wherever it is looked for first. */
		same &= keys_find_near(&k, key, i) == i && keys_find_near(&k, key, i + 1) == i &&
			keys_find_near(&k, key, KEY_NONE) == i;
		for (size_t at = 0; at < value_size; at++)
			same &= ((unsigned char *)keys_value(&k, i))[at] == i % 251 + 1;
	}
	CHECK(same);
	CHECK_NUMBER(k.count, COUNT);
	CHECK_NUMBER(keys_find(&k, SLICE("no such key")), KEY_NONE);
	CHECK_NUMBER(keys_find_near(&k, slack_of(SLICE("no such key")), 0), KEY_NONE);
	/* As much memory as the header promises, after the last doubling. */
	CHECK(k.slots.lines * 64 <= COUNT * 92 / 10);
	keys_release(&k);
	keys_release(&k);
}

/* Forgotten keys are as if they had never been there, whatever has grown meanwhile. */
static void test_forget(void)
{
	struct keys k;
	char bytes[64];
	keys_init(&k, 4);
	for (uint32_t kept = 0; kept < 2000; kept = kept * 2 + 3) {
		for (uint32_t i = k.count; i < kept * 3 + 100; i++)
			CHECK_NUMBER(keys_add(&k, key_of(i, bytes)), i);
		keys_forget(&k, kept);
		CHECK_NUMBER(k.count, kept);
		bool same = true;
		for (uint32_t i = 0; i < kept * 3 + 100; i++)
			same &= keys_find(&k, key_of(i, bytes)) == (i < kept ? i : KEY_NONE);
		CHECK(same);
		keys_forget(&k, kept);
		CHECK_NUMBER(k.count, kept);
	}
	for (uint32_t i = k.count; i < COUNT; i++)
		CHECK_NUMBER(keys_add(&k, key_of(i, bytes)), i);
	keys_release(&k);
}

static void test_empty(void)
{
	struct keys k;
	keys_init(&k, sizeof(int));
	CHECK_NUMBER(keys_find(&k, (struct slice){ NULL, 0 }), KEY_NONE);
	CHECK_NUMBER(keys_add(&k, (struct slice){ NULL, 0 }), 0);
	CHECK_NUMBER(keys_add(&k, SLICE("")), 0);
	CHECK_NUMBER(keys_find(&k, SLICE("")), 0);
	CHECK_NUMBER(keys_at(&k, 0).len, 0);
	CHECK_NUMBER(keys_add(&k, SLICE("a")), 1);
	CHECK_NUMBER(keys_find(&k, (struct slice){ NULL, 0 }), 0);
	CHECK_TEXT(keys_at(&k, 1), "a");
	keys_release(&k);
}

/* More than a block of entries, and more than one of long keys; the values stay where they are. */
static void test_blocks(void)
{
	const uint32_t count = (uint32_t)test_rounds(3 * (int)KEYS_BLOCK + 3);
	struct keys k;
	char bytes[64];
	bool same = true;
	keys_init(&k, sizeof(uint32_t));
	for (uint32_t i = 0; i < count; i++) {
		same &= keys_add(&k, key_of(i, bytes)) == i;
		memcpy(keys_value(&k, i), &i, sizeof i);
	}
	for (uint32_t kept = count; kept > 0; kept = kept == count ? count / 3 : kept / 2) {
		keys_forget(&k, kept);
		same &= k.count == kept;
		for (uint32_t i = 0; i < kept; i++)
			same &= keys_find(&k, key_of(i, bytes)) == i &&
				memcmp(keys_value(&k, i), &i, sizeof i) == 0 &&
				slice_equal(keys_at(&k, i), key_of(i, bytes));
		for (uint32_t i = kept; i < count; i += 97)
			same &= keys_find(&k, key_of(i, bytes)) == KEY_NONE;
	}
	for (uint32_t i = k.count; i < count; i++) {
		same &= keys_add(&k, key_of(i, bytes)) == i;
		const uint32_t *value = keys_value(&k, i);
		same &= *value == 0;
	}
	CHECK(same);
	keys_release(&k);
}

/* At the length from which a key has a place of its own, and with the byte that tells so. */
static void test_lengths(void)
{
	static const unsigned char bytes_of[] = { 0, 1, 14, 15, 16, 'x', 0xFE, 0xFF };
	struct keys k;
	char bytes[64 + SLICE_SLACK];
	uint32_t count = 1;
	keys_init(&k, 0);
	CHECK_NUMBER(keys_add(&k, SLICE("")), 0);
	for (size_t of = 0; of < sizeof bytes_of; of++)
		for (size_t length = 1; length <= 64; length++, count++) {
			memset(bytes, bytes_of[of], sizeof bytes);
			struct slice key = { bytes, length };
			CHECK_NUMBER(keys_find(&k, key), KEY_NONE);
			CHECK_NUMBER(keys_add(&k, key), count);
			struct key with_slack;
			struct key without;
			key_make_slack(&with_slack, k.seed, key);
			key_make(&without, k.seed, key);
			CHECK(with_slack.hash == without.hash && key_equal(&with_slack, &without));
			CHECK_NUMBER(keys_add_key(&k, &with_slack), count);
			CHECK(slice_equal(keys_at(&k, count), key));
			CHECK_NUMBER(keys_find_near(&k, key, count), count);
			CHECK_NUMBER(keys_find_near(&k, key, count - 1), count);
			/* Of the same length, but for a byte. */
			char changed[64];
			memcpy(changed, bytes, sizeof changed);
			changed[length - 1] ^= 0x40;
			struct slice other = { changed, length };
			struct key other_key;
			key_make(&other_key, k.seed, other);
			CHECK(!key_equal(&other_key, &with_slack));
			CHECK_NUMBER(keys_find(&k, other), KEY_NONE);
		}
	keys_release(&k);
}

/* Longer than the pieces that long keys are kept in, after a short piece and before one more. */
static void test_longest(void)
{
	enum { LENGTH = (1 << 20) + 1 };
	struct keys k;
	char *bytes = malloc(LENGTH + SLICE_SLACK);
	CHECK(bytes != NULL);
	if (!bytes)
		return;
	memset(bytes, 'k', LENGTH + SLICE_SLACK);
	keys_init(&k, 0);
	for (uint32_t i = 0; i < 4; i++) {
		struct slice key = { bytes + i, i % 2 ? (size_t)LENGTH - i : 100 + i };
		CHECK_NUMBER(keys_add(&k, key), i);
		CHECK_NUMBER(keys_find(&k, key), i);
		CHECK(slice_equal(keys_at(&k, i), key));
	}
	keys_forget(&k, 1);
	CHECK_NUMBER(keys_find(&k, (struct slice){ bytes, 100 }), 0);
	CHECK_NUMBER(keys_find(&k, (struct slice){ bytes, LENGTH - 1 }), KEY_NONE);
	CHECK_NUMBER(k.text->used, 0); /* what was forgotten takes no memory */
	keys_release(&k);
	free(bytes);
}

/* Every set has a seed of its own. */
static void test_seed(void)
{
	struct keys one;
	struct keys other;
	keys_init(&one, 0);
	keys_init(&other, 0);
	CHECK(one.seed != other.seed);
	keys_release(&one);
	keys_release(&other);
}

int main(void)
{
	test_many(0);
	test_many(1);
	test_many(24);
	test_forget();
	test_blocks();
	test_lengths();
	test_longest();
	test_empty();
	test_seed();
	return test_report("keys_test");
}
