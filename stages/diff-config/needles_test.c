#include "needles.h"

#include "test.h"

#define NEEDLES_MOST 40

static bool holds(struct slice text, struct slice needle)
{
	return memmem(text.ptr ? text.ptr : "", text.len, needle.ptr, needle.len) != NULL;
}

/* The same question, needle by needle. */
static bool arrived_naively(
	const struct slice *needles, size_t count, struct slice before, struct slice after)
{
	for (size_t i = 0; i < count; i++)
		if (holds(after, needles[i]) && !holds(before, needles[i]))
			return true;
	return false;
}

static void fill(struct needles *n, const struct slice *needles, size_t count)
{
	*n = (struct needles){ 0 };
	for (size_t i = 0; i < count; i++)
		CHECK_NUMBER(needles_add(n, needles[i]), 0);
	CHECK_NUMBER(needles_build(n), 0);
}

static void test_by_hand(void)
{
	const struct slice needles[] = { SLICE("acme-prod"), SLICE("prod.example"), SLICE("a\0b"),
		SLICE("od.ex") };
	static const struct {
		struct slice before, after;
		bool arrived;
	} cases[] = {
		{ { "", 0 }, { "", 0 }, false },
		{ { NULL, 0 }, { "acme-prod", 9 }, true },
		{ { "acme-prod", 9 }, { "acme-prod", 9 }, false },
		{ { "x acme-prod y", 13 }, { "acme-prod", 9 }, false },
		{ { "acme-prod", 9 }, { "acme-prod.example", 17 }, true },
		{ { "acme-prod.example", 17 }, { "prod.example", 12 }, false },
		{ { "acme-pro", 8 }, { "acme-pro", 8 }, false },
		{ { "acme-test", 9 }, { "https://acme-prod/", 18 }, true },
		{ { "a", 1 }, { "xa\0b", 4 }, true },
		{ { "a\0b", 3 }, { "xa\0b", 4 }, false },
		{ { "prod.example", 12 }, { "mod.ex", 6 }, false },
		{ { "ACME-PROD", 9 }, { "ACME-PROD", 9 }, false },
	};
	struct needles n;
	fill(&n, needles, 4);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_NUMBER(
			needles_arrived(&n, cases[i].before, cases[i].after), cases[i].arrived);
	needles_release(&n);
}

static void test_none(void)
{
	struct needles n = { 0 };
	CHECK_NUMBER(needles_build(&n), 0);
	CHECK(!needles_arrived(&n, SLICE("a"), SLICE("b")));
	needles_release(&n);
}

/* Around the depth of the automaton, with common starts of that length. */
static void test_long(void)
{
	static char text[6][NEEDLE_DEPTH * 3];
	struct slice needles[6];
	const size_t lengths[6] = { NEEDLE_DEPTH - 1, NEEDLE_DEPTH, NEEDLE_DEPTH + 1,
		NEEDLE_DEPTH + 1, NEEDLE_DEPTH * 2, NEEDLE_DEPTH * 2 };
	for (size_t i = 0; i < 6; i++) {
		memset(text[i], 'm', sizeof text[i]);
		needles[i] = (struct slice){ text[i], lengths[i] };
	}
	text[3][NEEDLE_DEPTH] = 'n';
	text[5][NEEDLE_DEPTH * 2 - 1] = 'n';
	struct needles n;
	fill(&n, needles, 6);
	char long_text[NEEDLE_DEPTH * 4];
	memset(long_text, 'm', sizeof long_text);
	for (size_t length = NEEDLE_DEPTH - 2; length < NEEDLE_DEPTH * 2 + 3; length++)
		for (int last = 'm'; last <= 'n'; last++) {
			long_text[length] = (char)last;
			struct slice after = { long_text, length + 1 };
			struct slice before = { text[0], length };
			CHECK_NUMBER(needles_arrived(&n, before, after),
				arrived_naively(needles, 6, before, after));
			CHECK_NUMBER(needles_arrived(&n, SLICE(""), after),
				arrived_naively(needles, 6, SLICE(""), after));
			long_text[length] = 'm';
		}
	needles_release(&n);
}

/* Strings that all end in each other must not make a search take their number times the text. */
static void test_nested(void)
{
	static char text[200000];
	struct needles n = { 0 };
	memset(text, 'z', sizeof text);
	for (size_t i = 1; i <= 250; i++)
		CHECK_NUMBER(needles_add(&n, (struct slice){ text, i }), 0);
	CHECK_NUMBER(needles_build(&n), 0);
	struct slice whole = { text, sizeof text };
	for (int i = 0; i < 20; i++)
		CHECK(!needles_arrived(&n, whole, whole));
	CHECK(needles_arrived(&n, (struct slice){ text, 249 }, whole));
	needles_release(&n);
}

static uint64_t dice(uint64_t *state, uint64_t sides)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (*state >> 33) % sides;
}

static struct slice random_text(uint64_t *state, char *into, size_t least, size_t most)
{
	size_t length = least + (size_t)dice(state, most - least + 1);
	uint64_t letters = 1 + dice(state, 3);
	for (size_t i = 0; i < length; i++)
		into[i] = (char)('a' + dice(state, letters));
	return (struct slice){ into, length };
}

static void test_random(void)
{
	uint64_t state = 20261120;
	static char bytes[NEEDLES_MOST][300];
	char before[400];
	char after[400];
	unsigned arrived = 0;
	int rounds = test_rounds(2000);
	for (int round = 0; round < rounds; round++) {
		struct slice needles[NEEDLES_MOST];
		size_t count = 0;
		size_t wanted = 1 + (size_t)dice(&state, NEEDLES_MOST);
		/* Now and then strings beyond the depth. */
		size_t most = dice(&state, 8) ? 12 : 299;
		for (size_t i = 0; i < wanted; i++) {
			struct slice needle = random_text(&state, bytes[count], 1, most);
			bool known = false;
			for (size_t j = 0; j < count; j++)
				known |= slice_equal(needles[j], needle);
			if (!known)
				needles[count++] = needle;
		}
		struct needles n;
		fill(&n, needles, count);
		for (int i = 0; i < 8; i++) {
			struct slice b = random_text(&state, before, 0, i < 4 ? 30 : 399);
			struct slice a = random_text(&state, after, 0, i < 4 ? 30 : 399);
			bool want = arrived_naively(needles, count, b, a);
			arrived += want;
			CHECK_NUMBER(needles_arrived(&n, b, a), want);
		}
		needles_release(&n);
	}
	/* Both answers have to come up often for the comparison to say something. */
	CHECK(arrived > (unsigned)rounds);
	CHECK(arrived < (unsigned)rounds * 7);
}

int main(void)
{
	test_by_hand();
	test_none();
	test_long();
	test_nested();
	test_random();
	return test_report("needles_test");
}
