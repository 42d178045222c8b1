#include "terms.h"

#include "buffer.h"

#include "test.h"

/* The number of a value, with other bytes behind it. */
static int find(const struct terms *t, struct slice value)
{
	struct buffer with_slack = { 0 };
	CHECK(buffer_append(&with_slack, value) == 0);
	CHECK(buffer_append(&with_slack, SLICE("????????????????")) == 0);
	int number = terms_find(t, (struct slice){ with_slack.ptr, value.len });
	buffer_release(&with_slack);
	return number;
}

/* A value of each length is found, and none that differs from it in a byte or in length. */
static void test_lengths(void)
{
	char text[TERM_MOST + 2];
	memset(text, 'a', sizeof text);
	for (size_t length = 0; length <= TERM_MOST; length++) {
		struct terms t = { 0 };
		CHECK_NUMBER(find(&t, (struct slice){ text, length }), -1);
		CHECK(terms_add(&t, (struct slice){ text, length }, 7));
		for (size_t other = 0; other < sizeof text; other++)
			CHECK_NUMBER(
				find(&t, (struct slice){ text, other }), other == length ? 7 : -1);
		for (size_t i = 0; i < length; i++) {
			text[i] = 'b';
			CHECK_NUMBER(find(&t, (struct slice){ text, length }), -1);
			text[i] = '\0';
			CHECK_NUMBER(find(&t, (struct slice){ text, length }), -1);
			text[i] = 'a';
		}
	}
	struct terms t = { 0 };
	CHECK(!terms_add(&t, (struct slice){ text, TERM_MOST + 1 }, 7));
	CHECK_NUMBER(terms_find(&t, (struct slice){ NULL, 0 }), -1);
	CHECK(terms_add(&t, (struct slice){ NULL, 0 }, 3));
	CHECK_NUMBER(terms_find(&t, (struct slice){ NULL, 0 }), 3);
}

/* All that were added are found; what finds no place is refused, and not found. */
static void test_many(void)
{
	struct terms t = { 0 };
	bool added[200];
	int refused = 0;
	for (int i = 0; i < 200; i++) {
		char text[16];
		int length = snprintf(text, sizeof text, "value %d", i);
		added[i] = terms_add(&t, (struct slice){ text, (size_t)length }, (unsigned char)i);
		refused += !added[i];
	}
	CHECK(refused > 0 && refused < 200);
	for (int i = 0; i < 200; i++) {
		char text[16];
		int length = snprintf(text, sizeof text, "value %d", i);
		CHECK_NUMBER(find(&t, (struct slice){ text, (size_t)length }), added[i] ? i : -1);
	}
}

/*
 * Values of one letter have the same blocks at their ends: only the length tells them apart. Others
 * beside them make for other factors.
 */
static void test_one_letter(void)
{
	char text[TERM_MOST];
	for (int letter = ' '; letter <= '~'; letter++) {
		memset(text, letter, sizeof text);
		for (size_t length = SLICE_SLACK; length <= TERM_MOST; length++) {
			struct terms t = { 0 };
			char beside[16];
			for (size_t i = 0; i < length; i++) {
				int written = snprintf(
					beside, sizeof beside, "%c%zu", letter, i * length);
				terms_add(&t, (struct slice){ beside, (size_t)written }, 1);
			}
			if (!terms_add(&t, (struct slice){ text, length }, 7))
				continue;
			for (size_t other = SLICE_SLACK; other <= TERM_MOST; other++)
				if (find(&t, (struct slice){ text, other }) !=
					(other == length ? 7 : -1))
					CHECK_NUMBER(other, length);
		}
	}
}

/*
 * What no factor can tell apart from a value that is there is refused, and the other is still
 * found.
 */
static void test_alike(void)
{
	struct terms t = { 0 };
	const struct slice one = SLICE("a value of 20 letter");
	const struct slice other = SLICE("a value for 0 letter");
	CHECK(terms_add(&t, one, 1));
	CHECK(!terms_add(&t, other, 2));
	CHECK_NUMBER(find(&t, one), 1);
	CHECK_NUMBER(find(&t, other), -1);
	CHECK(terms_add(&t, SLICE("another"), 3));
	CHECK_NUMBER(find(&t, one), 1);
	CHECK_NUMBER(find(&t, SLICE("another")), 3);
}

int main(void)
{
	test_alike();
	test_one_letter();
	test_lengths();
	test_many();
	return test_report("terms_test");
}
