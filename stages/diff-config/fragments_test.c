#include "fragments.h"

#include "test.h"

static uint32_t dice(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}

/* Whatever stands in a text comes through, and of what stands in none most does not. */
static void test_random(void)
{
	enum { TEXTS = 200, BYTES = 60 };
	static char texts[TEXTS][BYTES];
	struct fragments f;
	uint32_t state = 1;
	CHECK_NUMBER(fragments_open(&f, TEXTS * BYTES), 0);
	for (int i = 0; i < TEXTS; i++) {
		for (int j = 0; j < BYTES; j++)
			texts[i][j] = (char)dice(&state);
		fragments_add(&f, (struct slice){ texts[i], BYTES });
	}
	bool all = true;
	int strangers = 0;
	for (int i = 0; i < 20000; i++) {
		size_t length = FRAGMENT + dice(&state) % (BYTES - FRAGMENT + 1);
		size_t at = dice(&state) % (BYTES - length + 1);
		char *text = texts[dice(&state) % TEXTS];
		all &= fragments_may_hold(&f, (struct slice){ text + at, length });
		/* One byte is another. */
		char other[BYTES];
		memcpy(other, text + at, length);
		other[dice(&state) % length] ^= (char)(1 + dice(&state) % 255);
		strangers += fragments_may_hold(&f, (struct slice){ other, length });
	}
	CHECK(all);
	CHECK(strangers < 4000);
	fragments_release(&f);
}

static void test_ends(void)
{
	struct fragments f;
	CHECK_NUMBER(fragments_open(&f, 0), 0);
	CHECK(!fragments_may_hold(&f, SLICE("12345678")));
	fragments_add(&f, SLICE(""));
	fragments_add(&f, SLICE("1234567"));
	CHECK(!fragments_may_hold(&f, SLICE("1234567x")));
	fragments_add(&f, SLICE("x12345678y"));
	CHECK(fragments_may_hold(&f, SLICE("12345678")));
	CHECK(fragments_may_hold(&f, SLICE("x1234567")));
	CHECK(fragments_may_hold(&f, SLICE("x12345678y")));
	CHECK(!fragments_may_hold(&f, SLICE("x12345678z")));
	CHECK(!fragments_may_hold(&f, SLICE("z12345678y")));
	fragments_release(&f);
	CHECK(!f.bits);
}

int main(void)
{
	test_random();
	test_ends();
	return test_report("fragments_test");
}
