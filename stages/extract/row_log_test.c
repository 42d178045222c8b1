#include "row_log.h"

#include "pages.h"
#include "test.h"

#include <stdlib.h>

#define COUNT 3000

/* In place of the library's, so that memory can be short, and what is taken can be told. */
static size_t pages_most = SIZE_MAX;
static size_t pages_taken;

void *pages_new(size_t size)
{
	if (size > pages_most)
		return NULL;
	pages_taken += size;
	return calloc(1, size);
}

void pages_free(void *pages, size_t size)
{
	pages_taken -= size;
	free(pages);
}

/* Most keys are short; some have a length at which something changes, and a few are very long. */
static size_t length_of(uint32_t i)
{
	static const size_t lengths[] = { 0, 1, 15, 16, 17, 253, 254, 255, 256, 5000, 300000 };
	const uint32_t which = i * 37 % 211;
	return which < sizeof lengths / sizeof *lengths ? lengths[which] : 4 + i % 9;
}

static char bytes[300000 + COUNT + SLICE_SLACK]; /* of a constant seed */

static struct slice key_of(uint32_t i)
{
	return (struct slice){ bytes + i, length_of(i) };
}

static uint64_t digest_of(uint32_t i)
{
	return i * UINT64_C(0x9E3779B97F4A7C15);
}

static bool is_row(struct logged_row row, uint32_t i)
{
	return slice_equal(row.key, key_of(i)) && row.digest == digest_of(i);
}

static bool all_there(const struct row_log *l)
{
	bool same = true;
	struct logged_row row = { 0 };
	for (uint32_t i = 0; i < l->count; i++) {
		same &= is_row(row_log_at(l, i), i);
		row = i ? row_log_after(row.key) : row_log_at(l, 0);
		same &= is_row(row, i);
	}
	return same;
}

static void add_up_to(struct row_log *l, uint32_t count)
{
	bool added = true;
	while (l->count < count)
		added &= row_log_add(l, key_of(l->count), digest_of(l->count)) == 0;
	CHECK(added);
}

/* Rows are where they were, however many come and are forgotten. */
static void test_rows(void)
{
	struct row_log l = { 0 };
	uint32_t seed = 1;
	row_log_forget(&l, 0);
	for (int round = 0; round < 40; round++) {
		seed = seed * 1664525 + 1013904223;
		const uint32_t most = l.count + (seed >> 8) % (COUNT - l.count);
		add_up_to(&l, most);
		CHECK(all_there(&l));
		row_log_forget(&l, most);
		CHECK_NUMBER(l.count, most);
		seed = seed * 1664525 + 1013904223;
		const uint32_t kept = most ? (seed >> 8) % most : 0;
		row_log_forget(&l, kept);
		CHECK_NUMBER(l.count, kept);
		CHECK(all_there(&l));
	}
	/* One at a time, so that each is once the first that is forgotten. */
	add_up_to(&l, COUNT);
	while (l.count) {
		row_log_forget(&l, l.count - 1);
		if (l.count % 100 == 0)
			CHECK(all_there(&l));
	}
	row_log_release(&l);
	CHECK_NUMBER(pages_taken, 0);
	row_log_release(&l);
}

/* A key of another length comes in place of one that is forgotten, wherever a piece ends. */
static void test_replaced(void)
{
	for (uint32_t kept = 100; kept < 400; kept++) {
		struct row_log l = { 0 };
		const struct slice long_key = { bytes, 10000 };
		while (l.count <= kept)
			CHECK_NUMBER(row_log_add(&l, SLICE("0123456789abcdef"), l.count), 0);
		row_log_forget(&l, kept);
		CHECK_NUMBER(row_log_add(&l, long_key, 1), 0);
		CHECK_NUMBER(row_log_add(&l, SLICE("0123456789abcdef"), 2), 0);
		CHECK_SLICE(row_log_at(&l, kept).key, long_key);
		CHECK_NUMBER(row_log_at(&l, kept).digest, 1);
		CHECK_NUMBER(row_log_at(&l, kept + 1).digest, 2);
		CHECK_NUMBER(row_log_at(&l, kept - 1).digest, kept - 1);
		row_log_release(&l);
	}
}

/* What could not be added is not there, and what comes later is. */
static void test_short_of_memory(void)
{
	struct row_log l = { 0 };
	pages_most = 0;
	CHECK_NUMBER(row_log_add(&l, SLICE("0123456789abcdef"), 0), -1);
	CHECK_NUMBER(l.count, 0);
	pages_most = 4096;
	int result;
	do
		result = row_log_add(&l, key_of(l.count), digest_of(l.count));
	while (result == 0);
	CHECK(l.count > 0);
	CHECK(all_there(&l));
	pages_most = SIZE_MAX;
	add_up_to(&l, COUNT);
	CHECK(all_there(&l));
	row_log_release(&l);
}

/* Rows are told by 32-bit lengths. */
static void test_too_long(void)
{
	struct row_log l = { 0 };
	CHECK_NUMBER(row_log_add(&l, (struct slice){ bytes, (size_t)UINT32_MAX + 1 }, 0), -1);
	CHECK_NUMBER(l.count, 0);
	CHECK_NUMBER(pages_taken, 0);
}

/* As much memory as the header promises, but for the last piece. */
static void test_memory(void)
{
	const size_t piece = (size_t)256 << 10;
	struct row_log l = { 0 };
	bool added = true;
	while (l.count < 1000000)
		added &= row_log_add(&l, (struct slice){ bytes, 7 }, 0) == 0;
	CHECK(added);
	/* Nine bytes and the key a row, and less than a hundredth for what is around pieces. */
	CHECK(pages_taken >= 1000000 * (9 + 7));
	CHECK(pages_taken <= 1000000 * (9 + 7) / 100 * 101 + piece);
	/* Half a byte a row for its mark, and as much again where the marks have just grown. */
	CHECK(l.mark_room * sizeof *l.marks <= 1000000);
	row_log_release(&l);
}

int main(void)
{
	uint32_t state = 7;
	for (size_t i = 0; i < sizeof bytes; i++) {
		state = state * 1664525 + 1013904223;
		bytes[i] = (char)(state >> 24);
	}
	test_rows();
	test_replaced();
	test_short_of_memory();
	test_too_long();
	test_memory();
	return test_report("row_log_test");
}
