#include "memo.h"

#include "buffer.h"

#include "test.h"

/* What a value with slack stands for; "?": that is not known. */
static struct slice find(const struct memo *m, const char *raw)
{
	static char text[64];
	struct slice cell;
	memset(text, '?', sizeof text);
	memcpy(text, raw, strlen(raw));
	return memo_find(m, (struct slice){ text, strlen(raw) }, &cell) ? cell : SLICE("?");
}

int main(void)
{
	static const char long_cell[] = "identity-provisioning-of-the-other-half";
	struct memo m = { 0 };
	CHECK_TEXT(find(&m, "Ja"), "?");
	memo_add(&m, SLICE("Ja"), SLICE("active"));
	memo_add(&m, SLICE("Identity Provisioning"), SLICE("identity-provisioning"));
	memo_add(&m, SLICE(""), SLICE(""));
	memo_add(&m, SLICE("long"), slice_from(long_cell));
	memo_add(&m, SLICE("comma"), SLICE("a,b"));
	memo_add(&m, SLICE("tab"), SLICE("a\tb"));
	CHECK_TEXT(find(&m, "Ja"), "active");
	CHECK_TEXT(find(&m, "ja"), "?");
	CHECK_TEXT(find(&m, "Identity Provisioning"), "identity-provisioning");
	CHECK_TEXT(find(&m, "Identity Provisioninh"), "?");
	CHECK_TEXT(find(&m, ""), "");
	/* What is long, or would be written otherwise, is not kept. */
	CHECK_TEXT(find(&m, "long"), "?");
	CHECK_TEXT(find(&m, "comma"), "?");
	CHECK_TEXT(find(&m, "tab"), "?");
	/* No more are kept than there is room for, and these stay. */
	int kept = 0;
	for (int i = 0; i < 100; i++) {
		char raw[16];
		struct slice cell;
		int length = snprintf(raw, sizeof raw, "value %d", i);
		memo_add(&m, (struct slice){ raw, (size_t)length }, SLICE("x"));
		cell = find(&m, raw);
		kept += slice_equal(cell, SLICE("x"));
	}
	CHECK(kept > 10 && kept <= MEMO_VALUES - 3);
	CHECK_TEXT(find(&m, "Ja"), "active");
	memo_clear(&m);
	CHECK_TEXT(find(&m, "Ja"), "?");
	return test_report("memo_test");
}
