/*
 * CSV and TSV: the same transcript for every read size and every way to scan, every byte and line
 * accounted for, and the same as the reference finds.
 *
 * Input: a letter for the format (a comma, b semicolon, c tab, d bar, t TSV), a digit for the limit
 * of a record (2: none), and the bytes.
 */
#include "reader_reference_test.h"

#include "fuzz.h"

static void check(struct slice input, const struct reader_options *options, size_t block,
	size_t step, struct slice want)
{
	struct reader_options o = *options;
	struct buffer got = { 0 };
	o.block = block;
	transcript(&got, input, &o, step);
	without_words(&got);
	if (!slice_equal(buffer_slice(&got), want))
		fprintf(stderr, "got <%.*s>\nwant <%.*s>\n", (int)got.len, got.ptr, (int)want.len,
			want.ptr);
	REQUIRE(slice_equal(buffer_slice(&got), want));
	REQUIRE(test_failed == 0);
	buffer_release(&got);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char delimiters[] = ",;\t|";
	struct slice input = { (const char *)data, size };
	unsigned format = fuzz_byte(&input);
	unsigned limit = fuzz_byte(&input) % 10;
	if (input.len > REFERENCE_MOST)
		return 0;
	struct reader_options options = {
		.format = format == 't' ? FORMAT_TSV : FORMAT_CSV,
		.delimiter = format == 't' ? '\t' : delimiters[(format + 3) % 4],
		.record_limit = limit ? 2 * limit + 1 : 0,
	};
	struct buffer want = { 0 };
	bool bom = input.len >= 3 && memcmp(input.ptr, "\xEF\xBB\xBF", 3) == 0;
	expect(&want, slice_skip(input, bom ? 3 : 0), &options);
	check(input, &options, 1, SIZE_MAX, buffer_slice(&want));
	check(input, &options, 3, SIZE_MAX, buffer_slice(&want));
	check(input, &options, 4096, 5, buffer_slice(&want));
	check(input, &options, 4096, SIZE_MAX, buffer_slice(&want));
	options.scan = SCAN_AVX2;
	check(input, &options, 4096, SIZE_MAX, buffer_slice(&want));
	options.scan = SCAN_PORTABLE;
	check(input, &options, 4096, SIZE_MAX, buffer_slice(&want));
	options.scan = SCAN_NONE;
	check(input, &options, 4096, SIZE_MAX, buffer_slice(&want));
	buffer_release(&want);
	return 0;
}
