#include "input.h"
#include "latest.h"
#include "pages.h"
#include "unique.h"

#include "test.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* In place of the library's, so that memory can be short: of blocks, so many are left. */
static uint64_t blocks_left = UINT64_MAX;

void *pages_new(size_t size)
{
	if (blocks_left == 0)
		return NULL;
	blocks_left--;
	return calloc(1, size);
}

void pages_free(void *pages, size_t size)
{
	(void)size;
	free(pages);
}

static enum unique_result add(struct unique *u, const char *a, const char *b,
	struct row_place place, struct row_place *first)
{
	char row[64];
	int length = snprintf(row, sizeof row, "%s,%s", a, b);
	return unique_add(u, slice_from(a), (struct slice){ row, (size_t)length }, place, first);
}

static void test_unique(void)
{
	struct unique u;
	struct row_place first = { 0, 0 };
	unique_init(&u);
	CHECK_NUMBER(add(&u, "a", "bc", (struct row_place){ 3, 7 }, &first), UNIQUE_NEW);
	CHECK_NUMBER(add(&u, "A", "bc", (struct row_place){ 3, 8 }, &first), UNIQUE_NEW);
	CHECK_NUMBER(add(&u, "a", "bc", (struct row_place){ 4, 9 }, &first), UNIQUE_EQUAL);
	CHECK_NUMBER(first.member, 3);
	CHECK_NUMBER(first.line, 7);
	CHECK_NUMBER(add(&u, "a", "b", (struct row_place){ 4, 10 }, &first), UNIQUE_DIFFERS);
	CHECK_NUMBER(first.line, 7);
	CHECK_NUMBER(add(&u, "", "", (struct row_place){ 0, 1 }, &first), UNIQUE_NEW);
	CHECK_NUMBER(add(&u, "", "", (struct row_place){ 0, 2 }, &first), UNIQUE_EQUAL);
	/* Many rows: the places of all stay. */
	for (uint32_t i = 0; i < 5000; i++) {
		char id[16];
		snprintf(id, sizeof id, "u%" PRIu32, i);
		CHECK_NUMBER(add(&u, id, "x", (struct row_place){ i % 1000, i * 1000 + 1 }, &first),
			UNIQUE_NEW);
	}
	for (uint32_t i = 0; i < 5000; i++) {
		char id[16];
		snprintf(id, sizeof id, "u%" PRIu32, i);
		CHECK_NUMBER(add(&u, id, "x", (struct row_place){ 0, 1 }, &first), UNIQUE_EQUAL);
		CHECK(first.member == i % 1000 && first.line == i * 1000 + 1);
	}
	unique_release(&u);
}

static void add_rows(struct unique *u, uint32_t from, uint32_t to, uint64_t step)
{
	struct row_place first;
	for (uint32_t i = from; i < to; i++) {
		char id[16];
		snprintf(id, sizeof id, "u%" PRIu32, i);
		CHECK_NUMBER(
			add(u, id, "x", (struct row_place){ 0, i * step + 2 }, &first), UNIQUE_NEW);
	}
}

/*
 * Keys whose hashes do not tell one from the other are told apart all the same; and the bytes of a
 * short one are no longer needed once it is made.
 */
static void test_same_hash(void)
{
	const struct slice keys[] = { SLICE("a"), SLICE("b"), SLICE("\0"), SLICE("a\0"), SLICE(""),
		SLICE("1234567890"), SLICE("1234567891"), SLICE("1234567891\0"),
		SLICE("a key of more characters"), SLICE("a key of more charactert") };
	const uint32_t count = sizeof keys / sizeof *keys;
	struct unique u;
	struct unique_made made;
	struct row_place first = { 0, 0 };
	unique_init(&u);
	for (uint32_t i = 0; i < 2 * count; i++) {
		unique_make(&made, u.seed, keys[i % count], SLICE("r"), false);
		made.key.hash = 1; /* the table does not grow, so no hash is asked for again */
		if (keys[i % count].len < KEY_LONG)
			made.key.bytes.ptr = NULL;
		CHECK_NUMBER(unique_add_made(&u, &made, (struct row_place){ 0, i }, &first),
			i < count ? UNIQUE_NEW : UNIQUE_EQUAL);
		CHECK(i < count || first.line == i - count);
	}
	unique_release(&u);
	for (uint32_t i = 0; i < count; i++) {
		struct unique_made other;
		unique_make(&made, 1, keys[i], SLICE("r"), false);
		unique_make(&other, 2, keys[i], SLICE("r"), false);
		CHECK(made.key.hash != other.key.hash && made.digest != other.digest);
	}
}

/* Every key is its own, whatever its length and bytes, and made with slack or without. */
static void test_keys(void)
{
	static const unsigned char bytes_of[] = { 0, 1, '0', 'x', 0x7F, 0x80, 0xC3, 0xFF };
	static struct slice all[sizeof bytes_of * 41 * 41];
	static char bytes[sizeof bytes_of * 41 * 41][40 + SLICE_SLACK];
	struct unique u;
	struct unique_made made;
	struct row_place first = { 0, 0 };
	uint32_t count = 0;
	for (size_t of = 0; of < sizeof bytes_of; of++)
		for (size_t length = of ? 1 : 0; length <= 40; length++)
			/* One byte, anywhere, is another one, or none is. */
			for (size_t at = 0; at <= length; at++, count++) {
				memset(bytes[count], bytes_of[of], sizeof bytes[count]);
				if (at < length)
					bytes[count][at] ^= 0x44;
				all[count] = (struct slice){ bytes[count], length };
			}
	unique_init(&u);
	for (uint32_t i = 0; i < count; i++) {
		unique_make(&made, u.seed, all[i], SLICE("r"), true);
		CHECK_NUMBER(
			unique_add_made(&u, &made, (struct row_place){ 0, i }, &first), UNIQUE_NEW);
	}
	for (uint32_t kept = count; kept > 0; kept /= 2) {
		unique_forget(&u, kept);
		for (uint32_t i = 0; i < kept; i++) {
			CHECK_NUMBER(unique_add(&u, all[i], SLICE("r"), (struct row_place){ 0, 0 },
					     &first),
				UNIQUE_EQUAL);
			CHECK_NUMBER(first.line, i);
		}
		CHECK_NUMBER(unique_add(&u, all[count - kept], SLICE("s"),
				     (struct row_place){ 0, kept }, &first),
			count - kept < kept ? UNIQUE_DIFFERS : UNIQUE_NEW);
	}
	unique_release(&u);
}

/* A line that follows, but in another member, is no line that follows. */
static void test_members(void)
{
	struct unique u;
	struct row_place first = { 0, 0 };
	unique_init(&u);
	CHECK_NUMBER(add(&u, "a", "x", (struct row_place){ 0, 2 }, &first), UNIQUE_NEW);
	CHECK_NUMBER(add(&u, "b", "x", (struct row_place){ 1, 3 }, &first), UNIQUE_NEW);
	CHECK_NUMBER(add(&u, "c", "x", (struct row_place){ 1, 4 }, &first), UNIQUE_NEW);
	CHECK_NUMBER(add(&u, "d", "x", (struct row_place){ 2, 2 }, &first), UNIQUE_NEW);
	for (uint32_t i = 0; i < 4; i++) {
		static const struct row_place places[] = { { 0, 2 }, { 1, 3 }, { 1, 4 }, { 2, 2 } };
		const char id[] = { (char)('a' + i), '\0' };
		CHECK_NUMBER(add(&u, id, "x", (struct row_place){ 9, 9 }, &first), UNIQUE_EQUAL);
		CHECK(first.member == places[i].member && first.line == places[i].line);
	}
	unique_release(&u);
}

/*
 * Rows that stand one after the other take no memory for their places; those that are forgotten
 * neither.
 */
static void test_runs(void)
{
	struct unique u;
	struct row_place first = { 0, 0 };
	unique_init(&u);
	add_rows(&u, 0, 1000, 1);
	CHECK_NUMBER(u.run_count, 1);
	add_rows(&u, 1000, 1010, 2);
	CHECK_NUMBER(u.run_count, 11);
	unique_forget(&u, 1005);
	CHECK_NUMBER(u.run_count, 6);
	CHECK_NUMBER(add(&u, "u1004", "x", (struct row_place){ 0, 1 }, &first), UNIQUE_EQUAL);
	CHECK_NUMBER(first.line, 2010);
	unique_forget(&u, 500);
	CHECK_NUMBER(u.run_count, 1);
	add_rows(&u, 500, 600, 1);
	CHECK_NUMBER(u.run_count, 1);
	CHECK_NUMBER(add(&u, "u599", "y", (struct row_place){ 0, 1 }, &first), UNIQUE_DIFFERS);
	CHECK_NUMBER(first.line, 601);
	unique_forget(&u, 0);
	CHECK_NUMBER(u.run_count, 0);
	add_rows(&u, 0, 3, 1);
	CHECK_NUMBER(add(&u, "u0", "x", (struct row_place){ 0, 1 }, &first), UNIQUE_EQUAL);
	CHECK_NUMBER(first.line, 2);
	unique_release(&u);
}

/* A row for which there is no memory is not there, and all before it are. */
static void test_short_of_memory(void)
{
	int failed = 0;
	for (uint64_t blocks = 0; blocks < 24; blocks++) {
		struct unique u;
		struct row_place first = { 0, 0 };
		char id[16];
		uint32_t i = 0;
		enum unique_result added = UNIQUE_NEW;
		unique_init(&u);
		blocks_left = blocks;
		for (; i < 20000 && added == UNIQUE_NEW; i++) {
			snprintf(id, sizeof id, "u%" PRIu32, i);
			added = add(&u, id, "x", (struct row_place){ 0, i + 2 }, &first);
		}
		failed += added == UNIQUE_FAILED;
		if (added == UNIQUE_FAILED) {
			i--;
			CHECK_NUMBER(add(&u, id, "x", (struct row_place){ 0, i + 2 }, &first),
				UNIQUE_FAILED);
		}
		blocks_left = UINT64_MAX;
		CHECK(blocks > 0 || i == 0);
		add_rows(&u, i, i + 100, 1);
		for (uint32_t known = 0; known < i + 100; known++) {
			snprintf(id, sizeof id, "u%" PRIu32, known);
			CHECK_NUMBER(
				add(&u, id, "x", (struct row_place){ 9, 9 }, &first), UNIQUE_EQUAL);
			CHECK(first.member == 0 && first.line == known + 2);
		}
		unique_release(&u);
	}
	CHECK(failed > 10 && failed < 24);
}

/* What is left has rows as long as those before. */
static void test_rows_left(void)
{
	CHECK_NUMBER(rows_left(10, 100, 1100), 100);
	CHECK_NUMBER(rows_left(1, 50, 99), 0);
	CHECK_NUMBER(rows_left(3, 30, 30), 0);
	CHECK_NUMBER(rows_left(3, 30, 29), 0);
	CHECK_NUMBER(rows_left(3, 30, BYTES_UNKNOWN), 0);
	CHECK_NUMBER(rows_left(UINT64_C(1) << 40, UINT64_C(1) << 42, UINT64_C(1) << 62),
		(UINT64_C(1) << 60) - (UINT64_C(1) << 40));
	struct unique u;
	unique_init(&u);
	add_rows(&u, 0, 7, 1);
	unique_expect(&u, 1000);
	CHECK_NUMBER(u.slots.expected, 1007);
	unique_release(&u);
}

static void latest_row(struct latest *l, const char *key, moment_t moment, const char *value,
	const char *more, uint64_t line)
{
	struct error e = { 0 };
	const struct slice cells[] = { slice_from(key), slice_from(value), slice_from(more) };
	CHECK_NUMBER(
		latest_add(l, cells[0], moment, cells, 3, 2, (struct row_place){ 2, line }, &e), 0);
	error_release(&e);
}

static void check_written(struct latest *l, enum format format, uint64_t rows, const char *want)
{
	struct error e = { 0 };
	struct output output = { .path = "made", .fd = memfd_create("made", 0) };
	struct writer w;
	char bytes[500];
	uint64_t kept = 99;
	writer_init(&w, &output, format);
	CHECK_NUMBER(latest_write(l, &w, &kept, &e), 0);
	CHECK_NUMBER(writer_flush(&w, &e), 0);
	CHECK_NUMBER(kept, rows);
	ssize_t length = pread(output.fd, bytes, sizeof bytes, 0);
	CHECK_TEXT(((struct slice){ bytes, (size_t)length }), want);
	writer_release(&w);
	output_discard(&output);
	error_release(&e);
}

static void test_latest(void)
{
	static const char *const want[] = { "a,\"1,\n2\",\nc,4,z\nb,5,x\n",
		"a\t1,\\n2\t\nc\t4\tz\nb\t5\tx\n" };
	for (int format = FORMAT_CSV; format <= FORMAT_TSV; format++) {
		struct latest l;
		struct row_place one;
		struct row_place other;
		latest_init(&l, (enum format)format);
		latest_row(&l, "b", 10, "0", "", 2);
		latest_row(&l, "a", -5, "1,\n2", "", 3);
		latest_row(&l, "a", -6, "0", "", 5);
		latest_row(&l, "c", 7, "3", "", 6);
		latest_row(&l, "c", 7, "3", "other, but not of the stream", 7);
		latest_row(&l, "c", 8, "4", "z", 8);
		latest_row(&l, "b", 11, "5", "x", 9);
		latest_row(&l, "b", 11, "5", "y", 10);
		CHECK(!latest_tie(&l, &one, &other));
		CHECK_NUMBER(l.added, 8);
		check_written(&l, (enum format)format, 3, want[format]);
		latest_release(&l);
	}
}

static void test_ties(void)
{
	struct latest l;
	struct row_place one = { 0, 0 };
	struct row_place other = { 0, 0 };
	latest_init(&l, FORMAT_CSV);
	check_written(&l, FORMAT_CSV, 0, "");
	latest_row(&l, "a", 5, "x", "", 2);
	latest_row(&l, "a", 5, "x", "", 3);
	CHECK(!latest_tie(&l, &one, &other));
	latest_row(&l, "b", 5, "x", "", 4);
	latest_row(&l, "a", 5, "y", "", 5);
	latest_row(&l, "a", 5, "z", "", 6);
	CHECK(latest_tie(&l, &one, &other));
	CHECK_NUMBER(one.member, 2);
	CHECK_NUMBER(one.line, 2);
	CHECK_NUMBER(other.member, 2);
	CHECK_NUMBER(other.line, 5);
	/* A later moment settles it. */
	latest_row(&l, "a", 4, "w", "", 7);
	CHECK(latest_tie(&l, &one, &other));
	latest_row(&l, "a", 6, "v", "", 8);
	CHECK(!latest_tie(&l, &one, &other));
	latest_row(&l, "a", 5, "y", "", 9);
	CHECK(!latest_tie(&l, &one, &other));
	check_written(&l, FORMAT_CSV, 2, "b,x,\na,v,\n");
	latest_release(&l);
}

/* More rows than memory keeps. */
static void test_many(void)
{
	struct latest l;
	struct row_place one;
	struct row_place other;
	char key[16];
	latest_init(&l, FORMAT_CSV);
	l.spool.memory = 100;
	for (uint64_t i = 0; i < 3000; i++) {
		snprintf(key, sizeof key, "k%" PRIu64, i % 3);
		latest_row(&l, key, (moment_t)(i * 7919 % 3000), "v", key, i + 2);
	}
	CHECK(l.spool.fd >= 0);
	CHECK(!latest_tie(&l, &one, &other));
	CHECK_NUMBER(l.added, 3000);
	/* k0 at row 963, k1 at 1321, k2 at 2642: found by going through all. */
	check_written(&l, FORMAT_CSV, 3, "k0,v,k0\nk1,v,k1\nk2,v,k2\n");
	latest_release(&l);
}

int main(void)
{
	test_unique();
	test_same_hash();
	test_keys();
	test_runs();
	test_short_of_memory();
	test_rows_left();
	test_members();
	test_latest();
	test_ties();
	test_many();
	return test_report("unique_test");
}
