#include "fit.h"

#include "test.h"

static void test_masked(void)
{
	static const struct {
		const char *value;
		bool masked;
	} rows[] = {
		{ "***", true },
		{ "hmac-sha256:0a1b:0123456789abcdef0123456789abcdef", true },
		{ "", false },
		{ "**", false },
		{ "****", false },
		{ "hmac-sha256:0a1b:0123456789abcdef0123456789abcde", false },
		{ "hmac-sha256:0a1b:0123456789abcdef0123456789abcdefa", false },
		{ "hmac-sha256:0a1b:0123456789ABCDEF0123456789abcdef", false },
		{ "hmac-sha256:0a1x:0123456789abcdef0123456789abcdef", false },
		{ "hmac-sha256:0a1b00123456789abcdef0123456789abcdef", false },
		{ "hmac-sha256:0a1:b0123456789abcdef0123456789abcdef", false },
		{ "hmac-sha512:0a1b:0123456789abcdef0123456789abcdef", false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		CHECK_NUMBER(fit_is_masked(slice_from(rows[i].value)), rows[i].masked);
}

int main(void)
{
	test_masked();
	return test_report("fit_test");
}
