/*
 * Random bytes through the reader: the same for every read size, and the same as the reference
 * finds.
 */
#include "reader_reference_test.h"

/* A generator of one's own, so that a failure comes back with the same seed on every machine. */
static uint32_t random_next(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static void test_random(const char *alphabet, size_t letters, const char *header,
	const struct reader_options *options, uint32_t seed, int rounds)
{
	struct buffer want = { 0 };
	struct buffer got = { 0 };
	struct buffer input = { 0 };
	int differing = 0;
	for (int round = 0; round < rounds && differing < 3; round++) {
		struct reader_options o = *options;
		buffer_clear(&input);
		if (random_next(&seed) % 4)
			buffer_append(&input, slice_from(header));
		for (size_t left = random_next(&seed) % 24; left; left--)
			buffer_put(&input, alphabet[random_next(&seed) % letters]);
		o.record_limit = random_next(&seed) % 3 ? 0 : 3 + random_next(&seed) % 9;
		expect(&want, buffer_slice(&input), &o);
		for (int size = 0; size < 3; size++) {
			o.block = size == 0    ? 1
				  : size == 1  ? 1 + random_next(&seed) % 9
				  : round % 99 ? 4096
					       : 1 << 20;
			transcript(&got, buffer_slice(&input), &o,
				size == 1 ? 1 + random_next(&seed) % 9 : SIZE_MAX);
			without_words(&got);
			if (slice_equal(buffer_slice(&got), buffer_slice(&want))) {
				test_passed++;
				continue;
			}
			struct buffer shown = { 0 };
			show_append(&shown, buffer_slice(&input));
			fprintf(stderr, "input <%s>, block %zu, limit %zu\n", buffer_text(&shown),
				o.block, o.record_limit);
			buffer_release(&shown);
			CHECK_SLICE(buffer_slice(&got), buffer_slice(&want));
			differing++;
			break;
		}
	}
	buffer_release(&want);
	buffer_release(&got);
	buffer_release(&input);
}

#define ALPHABET(letters) letters, sizeof(letters) - 1

int main(void)
{
	const struct reader_options csv = { .delimiter = ',' };
	const struct reader_options semicolon = { .delimiter = ';' };
	const struct reader_options tsv = { .format = FORMAT_TSV, .delimiter = '\t' };
	test_random(ALPHABET("a\",\r\n"), "a,b\n", &csv, 1, test_rounds(40000));
	test_random(ALPHABET("aa\"\",,\n\n\r"), "a,b\r\n", &csv, 2, test_rounds(40000));
	test_random(ALPHABET("a\",\r\n\xC3\xA9\0"), "a,b\n", &csv, 3, test_rounds(40000));
	test_random(ALPHABET("a\"\r\n"), "a\n", &csv, 4, test_rounds(20000));
	test_random(ALPHABET("a\";,\r\n"), "a;b\n", &semicolon, 5, 20000);
	test_random(ALPHABET("a\t\r\n\\tnr"), "a\tb\n", &tsv, 6, test_rounds(40000));
	test_random(ALPHABET("a\t\r\n\xC3\xA9\0\""), "a\tb\n", &tsv, 7, test_rounds(20000));
	return test_report("reader_random_test");
}
