#include "slots.h"

#include "hash.h"
#include "pages.h"
#include "test.h"

#include <stdlib.h>

#define COUNT 30000

/*
 * In place of the library's, so that memory can be short: there is none of more than `pages_most`
 * bytes. What was asked for is noted.
 */
static size_t pages_most = SIZE_MAX;
static size_t pages_asked[4];
static size_t pages_asked_count;

void *pages_new(size_t size)
{
	if (pages_asked_count < sizeof pages_asked / sizeof *pages_asked)
		pages_asked[pages_asked_count++] = size;
	return size <= pages_most ? calloc(1, size) : NULL;
}

void pages_free(void *pages, size_t size)
{
	(void)size;
	free(pages);
}

/* What a table of so many lines takes. */
static size_t bytes(size_t lines)
{
	return lines * 64;
}

/* The most indexes for which, with an eighth more, so many lines suffice. */
static uint64_t most_for(uint64_t lines)
{
	return (lines * 112 - 1) / 9;
}

/* A set of numbers, in order of arrival. */
struct numbers {
	struct slots slots;
	uint64_t (*hash)(uint32_t number);
	uint32_t number[COUNT];
	uint32_t count;
};

static uint64_t hash_good(uint32_t number)
{
	return hash_mix(number + 1, UINT64_C(0x9E3779B97F4A7C15));
}

/* All of them belong into the last line, and have the same tag. */
static uint64_t hash_same(uint32_t number)
{
	(void)number;
	return UINT64_MAX;
}

/* One tag for all, and a line for each few. */
static uint64_t hash_low(uint32_t number)
{
	return (uint32_t)(number << 17);
}

static void hashes_of(const void *set, uint32_t start, uint32_t end, uint64_t *hashes)
{
	const struct numbers *n = set;
	CHECK(start < end && end <= n->count);
	for (uint32_t i = start; i < end; i++)
		*hashes++ = n->hash(n->number[i]);
}

static uint32_t asked;

static bool is_number(const void *set, uint32_t index, const void *sought)
{
	const struct numbers *n = set;
	asked++;
	return n->number[index] == *(const uint32_t *)sought;
}

static size_t slot_of(const struct numbers *n, uint32_t number)
{
	return slots_find(&n->slots, n->hash(number), is_number, n, &number);
}

static uint32_t find(const struct numbers *n, uint32_t number)
{
	return n->count ? slots_index(&n->slots, slot_of(n, number)) : SLOTS_NONE;
}

static uint32_t add(struct numbers *n, uint32_t number)
{
	if (slots_room(&n->slots, n->count, hashes_of, n) != 0)
		return SLOTS_NONE;
	const size_t slot = slot_of(n, number);
	const uint32_t index = slots_index(&n->slots, slot);
	if (index != SLOTS_NONE)
		return index;
	n->number[n->count] = number;
	slots_put(&n->slots, slot, n->hash(number), n->count);
	return n->count++;
}

static void forget_last(struct numbers *n)
{
	slots_free(&n->slots, slot_of(n, n->number[n->count - 1]));
	n->count--;
}

static struct numbers *numbers_new(uint64_t (*hash)(uint32_t number))
{
	struct numbers *n = calloc(1, sizeof *n);
	if (!n)
		abort();
	n->hash = hash;
	return n;
}

static void numbers_free(struct numbers *n)
{
	slots_release(&n->slots);
	slots_release(&n->slots);
	free(n);
}

/* Found is what was added and not forgotten, however well the hash tells one from the other. */
static void test_find(uint64_t (*hash)(uint32_t number), uint32_t count)
{
	struct numbers *n = numbers_new(hash);
	bool same = find(n, 0) == SLOTS_NONE;
	for (uint32_t kept = 0; n->count < count; kept = n->count / 2) {
		const uint32_t most = n->count * 2 + 100 < count ? n->count * 2 + 100 : count;
		for (uint32_t i = n->count; i < most; i++)
			same &= find(n, i * 7) == SLOTS_NONE && add(n, i * 7) == i &&
				add(n, i * 7) == i;
		for (uint32_t i = 0; i < most; i++)
			same &= find(n, i * 7) == i && find(n, i * 7 + 1) == SLOTS_NONE;
		if (most == count)
			break;
		while (n->count > kept)
			forget_last(n);
		for (uint32_t i = 0; i < most; i++)
			same &= find(n, i * 7) == (i < kept ? i : SLOTS_NONE);
		for (uint32_t i = kept; i < most; i++)
			same &= add(n, i * 7) == i;
	}
	CHECK(same);
	CHECK_NUMBER(n->count, count);
	numbers_free(n);
}

/*
 * How many sizes a table goes through, and how many hashes are asked for again as it grows; it
 * takes no more memory than the header promises.
 */
static int check_expected(uint64_t expected, uint64_t *again)
{
	struct numbers *n = numbers_new(hash_good);
	bool same = true;
	bool within = true;
	int sizes = 0;
	slots_expect(&n->slots, expected);
	*again = 0;
	for (uint32_t i = 0; i < COUNT; i++) {
		const uint32_t before = n->slots.lines;
		same &= add(n, i) == i;
		sizes += n->slots.lines != before;
		*again += n->slots.lines != before ? i : 0;
		uint64_t most = UINT64_C(4) * n->count < expected ? UINT64_C(4) * n->count
				: expected > n->count             ? expected
								  : n->count;
		within &= n->slots.lines < 64 || bytes(n->slots.lines) <= most * 92 / 10;
	}
	for (uint32_t i = 0; i < COUNT; i++)
		same &= find(n, i) == i;
	CHECK(same);
	CHECK(within);
	/* Seven slots of eight are taken at most. */
	CHECK(n->count <= n->slots.lines * 14);
	numbers_free(n);
	return sizes;
}

/* Where as many come as are expected, and up to an eighth more, the table is of just their size. */
static void check_size(void)
{
	for (uint32_t expected = 1000; expected < COUNT / 9 * 8; expected += 777) {
		struct numbers *n = numbers_new(hash_good);
		slots_expect(&n->slots, expected);
		while (n->count < expected)
			add(n, n->count);
		const uint32_t lines = n->slots.lines;
		CHECK_NUMBER(lines, expected * 9 / 112 + 1);
		while (n->count < expected / 8 * 9)
			add(n, n->count);
		CHECK_NUMBER(n->slots.lines, lines);
		numbers_free(n);
	}
}

/* What is expected changes how the table grows, and nothing that is found. */
static void test_expect(void)
{
	uint64_t again;
	const int doublings = check_expected(0, &again);
	const int least = (doublings + 2) / 3;
	CHECK(doublings > 8);
	CHECK_NUMBER(check_expected(1, &again), doublings);
	check_size();
	CHECK(check_expected(COUNT / 8, &again) < doublings);
	for (uint64_t expected = COUNT; expected < UINT64_MAX / 16; expected *= 2) {
		const int sizes = check_expected(expected, &again);
		CHECK(sizes == least || sizes == least + 1);
	}
	const int sizes = check_expected(UINT64_MAX, &again);
	CHECK(sizes == least || sizes == least + 1);
	/* Where that is met, the sizes are the last one, an eighth of it, and so on. */
	check_expected(COUNT, &again);
	CHECK(again * 3 <= COUNT);
}

/* Adds numbers until the next one needs a larger table. */
static void fill_table(struct numbers *n)
{
	for (uint32_t i = 0; i < 1000 || i + 1 <= n->slots.lines * 14; i++)
		CHECK_NUMBER(add(n, i), i);
}

/* However much more is expected, a table grows to eight times its size at most. */
static void test_steps(void)
{
	for (uint32_t times = 1; times < 600; times += 1 + times / 16) {
		struct numbers *n = numbers_new(hash_good);
		fill_table(n);
		const uint32_t lines = n->slots.lines;
		const uint32_t count = n->count;
		slots_expect(&n->slots, most_for((uint64_t)lines * times));
		CHECK_NUMBER(add(n, count), count);
		if (times <= 8)
			CHECK_NUMBER(n->slots.lines, lines * (times < 2 ? 2 : times));
		CHECK(n->slots.lines >= lines * 2 && n->slots.lines <= lines * 8);
		numbers_free(n);
	}
}

/* Where a little more is expected each time, no more steps are taken for it. */
static void test_rising(void)
{
	for (uint32_t low = 0; low <= 100; low += 10) {
		struct numbers *n = numbers_new(hash_good);
		uint64_t again = 0;
		bool same = true;
		for (uint32_t i = 0; i < COUNT; i++) {
			const uint32_t before = n->slots.lines;
			/* Too low by up to a tenth at first, and by less and less. */
			slots_expect(&n->slots, COUNT - (COUNT - i) / 1000 * low);
			same &= add(n, i) == i;
			again += n->slots.lines != before ? i : 0;
		}
		CHECK(same);
		CHECK(again * 4 <= COUNT);
		CHECK(n->slots.lines <= COUNT * 9 / 112 + 1);
		numbers_free(n);
	}
}

/* What is another one is hardly ever looked at, of the same line or not. */
static void test_tags(void)
{
	struct numbers *n = numbers_new(hash_good);
	for (uint32_t i = 0; i < COUNT; i++)
		add(n, i);
	asked = 0;
	bool none = true;
	for (uint32_t i = COUNT; i < 2 * COUNT; i++)
		none &= find(n, i) == SLOTS_NONE;
	CHECK(none);
	CHECK(asked <= COUNT / 1000);
	numbers_free(n);
}

/* Where there is no memory for what is expected, the table is as large as there is memory for. */
static void test_short_of_memory(void)
{
	for (uint32_t times = 2; times <= 8; times++)
		for (uint32_t most = 1; most <= times; most++) {
			struct numbers *n = numbers_new(hash_good);
			bool same = true;
			fill_table(n);
			const uint32_t lines = n->slots.lines;
			const uint32_t count = n->count;
			slots_expect(&n->slots, most_for(lines * times));
			pages_most = bytes(lines * most);
			CHECK_NUMBER(add(n, count), most > 1 ? count : SLOTS_NONE);
			pages_most = SIZE_MAX;
			if (most == 1)
				CHECK_NUMBER(n->slots.lines, lines);
			else
				CHECK(n->slots.lines >= lines * 2 &&
					n->slots.lines <= lines * most &&
					n->slots.lines > lines * most / 2);
			/* Whether it was given memory or not, it goes on. */
			for (uint32_t i = 0; i < 2 * count; i++)
				same &= add(n, i) == i;
			for (uint32_t i = 0; i < 2 * count; i++)
				same &= find(n, i) == i;
			CHECK(same);
			numbers_free(n);
		}
}

/* A table never has more slots than an index can tell apart, and is never asked to have. */
static void test_most_slots(void)
{
	const uint32_t most = UINT32_C(1) << 27;
	/* As if it were there, and full. */
	struct slots slots = { .lines = most / 4, .expected = UINT64_MAX };
	pages_most = 0;
	pages_asked_count = 0;
	CHECK_NUMBER(slots_room(&slots, slots.lines * 14, hashes_of, NULL), -1);
	CHECK_NUMBER(pages_asked_count, 2);
	CHECK_NUMBER(pages_asked[0], bytes(most));
	CHECK_NUMBER(pages_asked[1], bytes(most / 2));
	slots.lines = most / 16 * 9;
	CHECK_NUMBER(slots_room(&slots, slots.lines * 14, hashes_of, NULL), -1);
	CHECK_NUMBER(pages_asked_count, 3);
	CHECK_NUMBER(pages_asked[2], bytes(most));
	/* Just so many as need all of them, and one less. */
	slots.lines = most / 4;
	slots.expected = most_for(most - 1) + 1;
	CHECK_NUMBER(slots_room(&slots, slots.lines * 14, hashes_of, NULL), -1);
	CHECK_NUMBER(pages_asked[3], bytes(most));
	pages_asked_count = 3;
	slots.expected--;
	CHECK_NUMBER(slots_room(&slots, slots.lines * 14, hashes_of, NULL), -1);
	CHECK_NUMBER(pages_asked[3], bytes(most - 1));
	pages_asked_count = 3;
	for (uint64_t expected = most_for(most); expected < UINT64_C(1) << 32; expected += 9999) {
		slots.expected = expected;
		slots_room(&slots, slots.lines * 14, hashes_of, NULL);
		CHECK_NUMBER(pages_asked[3], bytes(most));
		pages_asked_count = 3;
	}
	slots.lines = most;
	CHECK_NUMBER(slots_room(&slots, slots.lines * 14, hashes_of, NULL), -1);
	CHECK_NUMBER(pages_asked_count, 3);
	CHECK_NUMBER(slots_room(&slots, slots.lines * 14 - 1, hashes_of, NULL), 0);
	pages_most = SIZE_MAX;
}

int main(void)
{
	test_find(hash_good, (uint32_t)test_rounds(COUNT));
	test_find(hash_low, (uint32_t)test_rounds(COUNT));
	test_find(hash_same, 500);
	test_expect();
	test_steps();
	test_rising();
	test_tags();
	test_short_of_memory();
	test_most_slots();
	return test_report("slots_test");
}
