/*
 * Random bytes through the reader: the same for every read size and every way to scan, and the same
 * as the reference finds.
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

/* One input, read in blocks of several sizes and scanned in every way. */
static bool same_in_every_way(
	struct slice input, const struct reader_options *options, uint32_t *seed, bool large)
{
	static const enum scan others[] = { SCAN_AVX2, SCAN_PORTABLE, SCAN_NONE };
	struct reader_options o = *options;
	struct buffer want = { 0 };
	struct buffer got = { 0 };
	bool same = true;
	expect(&want, input, &o);
	for (int way = 0; same && way < 6; way++) {
		size_t step = way == 1 ? 1 + random_next(seed) % 9 : SIZE_MAX;
		o.block = way == 0   ? 1
			  : way == 1 ? 1 + random_next(seed) % 9
			  : large    ? 1 << 20
				     : 4096;
		o.scan = way < 3 ? SCAN_FASTEST : others[way - 3];
		transcript(&got, input, &o, step);
		without_words(&got);
		same = slice_equal(buffer_slice(&got), buffer_slice(&want));
		test_passed += same;
	}
	if (!same) {
		struct buffer shown = { 0 };
		show_append(&shown, input);
		fprintf(stderr, "input <%s>, block %zu, scan %d, limit %zu\n", buffer_text(&shown),
			o.block, (int)o.scan, o.record_limit);
		buffer_release(&shown);
		CHECK_SLICE(buffer_slice(&got), buffer_slice(&want));
	}
	buffer_release(&want);
	buffer_release(&got);
	return same;
}

static void test_random(const char *alphabet, size_t letters, const char *header,
	const struct reader_options *options, uint32_t seed, size_t most, int rounds)
{
	struct buffer input = { 0 };
	int differing = 0;
	for (int round = 0; round < rounds && differing < 3; round++) {
		struct reader_options o = *options;
		buffer_clear(&input);
		if (random_next(&seed) % 4)
			buffer_append(&input, slice_from(header));
		for (size_t left = random_next(&seed) % most; left; left--)
			buffer_put(&input, alphabet[random_next(&seed) % letters]);
		o.record_limit = random_next(&seed) % 3 ? 0 : 3 + random_next(&seed) % 9;
		differing += !same_in_every_way(buffer_slice(&input), &o, &seed, round % 99 == 0);
	}
	buffer_release(&input);
}

/* Records that are good but for one in a few: fields of all kinds and lengths. */
static void test_pieces(const struct reader_options *options, uint32_t seed, int rounds)
{
	static const char *const pieces[] = { "", "a", "plain text of some length, but for", "\"\"",
		"\"quoted\"", "\"a, b\"", "\"two\nlines\"", "\"two\r\nlines\"",
		"\"say \"\"so\"\"\"", "\"\"\"\"", "\"\"\"a\"", "M\xC3\xBCller",
		"\"a quoted field that is longer than a block of the scanner, whatever that is\"",
		"0123456789012345678901234567890123456789012345678901234567890123" };
	static const char *const wrong[] = { "a\"b", "\"a\"b", "\r", "\"", "\xFF", "," };
	struct buffer input = { 0 };
	int differing = 0;
	for (int round = 0; round < rounds && differing < 3; round++) {
		buffer_clear(&input);
		buffer_append(&input, SLICE("a,b,c\n"));
		for (unsigned records = random_next(&seed) % 12; records; records--) {
			for (unsigned i = 0; i < 3; i++) {
				const char *piece = pieces[random_next(&seed) % 14];
				if (random_next(&seed) % 40 == 0)
					piece = wrong[random_next(&seed) % 6];
				buffer_append(&input, slice_from(piece));
				buffer_append(&input, i < 2 ? SLICE(",") : SLICE(""));
			}
			buffer_append(&input, random_next(&seed) % 3 ? SLICE("\n") : SLICE("\r\n"));
		}
		differing += !same_in_every_way(buffer_slice(&input), options, &seed, false);
	}
	buffer_release(&input);
}

/*
 * Opens a reader over bytes, `block` at a time, of which some columns at most are looked at: every
 * `every`th.
 */
static void open_reader(struct reader *r, struct memory_source *source, struct slice input,
	enum scan scan, size_t block, size_t every)
{
	struct error e = { 0 };
	struct column columns[16];
	size_t count = 0;
	memory_source_init(source, input, NULL);
	const struct reader_options options = { .scan = scan, .block = block };
	CHECK_NUMBER(reader_open(r, &source->source, "made", &options, &e), 0);
	for (size_t i = every; every && i <= r->heading_count && count < 16; i += every) {
		columns[count++] = (struct column){ .index = (int)(i - 1) };
		columns[count++] = (struct column){ .index = i % 2 ? -1 : (int)(i - 1) };
	}
	if (every)
		CHECK_NUMBER(reader_want(r, columns, count, &e), 0);
	error_release(&e);
}

/* The next of both is the same, as far as it is looked at. */
static enum read_result same_next(struct reader *one, struct reader *other)
{
	struct error e = { 0 };
	struct error f = { 0 };
	enum read_result got = reader_next(one, &e);
	CHECK_NUMBER(reader_next(other, &f), got);
	CHECK_NUMBER(one->line, other->line);
	CHECK_SLICE(buffer_slice(&e.text), buffer_slice(&f.text));
	if (got == READ_REJECT) {
		CHECK_NUMBER(one->reject.reason, other->reject.reason);
		CHECK_SLICE(one->reject.raw, other->reject.raw);
	} else if (got == READ_RECORD) {
		CHECK_SLICE(one->record.raw, other->record.raw);
		CHECK_NUMBER(one->record.count, other->record.count);
		for (size_t i = 0; i < (one->wanted ? one->wanted_count : one->heading_count);
			i++) {
			size_t place = one->wanted ? one->wanted[i] : i;
			CHECK_SLICE(one->record.fields[place], other->record.fields[place]);
		}
	}
	error_release(&e);
	error_release(&f);
	return got;
}

/* Scanned in a way, it is what libcsv finds. */
static void test_way(struct slice input, enum scan scan, size_t block, size_t every)
{
	struct memory_source sources[2];
	struct reader one;
	struct reader other;
	open_reader(&one, &sources[0], input, scan, block, every);
	open_reader(&other, &sources[1], input, SCAN_NONE, 4096, 0);
	enum read_result got;
	do
		got = same_next(&one, &other);
	while (got > READ_END);
	reader_release(&one);
	reader_release(&other);
}

static const enum scan scans[] = { SCAN_PORTABLE, SCAN_AVX2, SCAN_FASTEST };

/* The same in every way: as a whole, in part, and in blocks of any size. */
static void test_ways(struct slice input)
{
	static uint32_t seed = 51;
	for (size_t way = 0; way < 3; way++) {
		test_way(input, scans[way], 1 << 20, 0);
		test_way(input, scans[way], 1 << 20, 3);
		test_way(input, scans[way], 1 + random_next(&seed) % 200, 0);
	}
}

/* Bytes that end within a line end, and a record after it that begins with an end. */
static void test_line_ends(void)
{
	struct buffer input = { 0 };
	for (int before = 50; before < 70; before++) {
		buffer_clear(&input);
		buffer_printf(&input, "a,b\n%0*d,\"y\"\r\n,z\n\"two\",3\r\nlast,4\n", before, 0);
		for (size_t block = 1; block < 140; block++)
			for (size_t way = 0; way < 3; way++)
				test_way(buffer_slice(&input), scans[way], block, 0);
	}
	buffer_release(&input);
}

/* One record among plain ones that has something in quotes, wherever the scanner pauses. */
static void test_lonely(const char *lonely)
{
	struct buffer input = { 0 };
	const size_t step = 10 / (size_t)test_rounds(10);
	for (size_t before = 440; before < 500; before += step) {
		for (size_t after = 0; after < 90; after += 11) {
			buffer_clear(&input);
			buffer_append(&input, SLICE("user_id,status\n"));
			for (size_t i = 0; i < before; i++)
				buffer_printf(&input, "u%023zu,active\n", i);
			buffer_printf(&input, "\"%s%0*d\",active\n", lonely, (int)after + 1, 0);
			buffer_append(&input, SLICE("last,active\nbroken\n"));
			test_ways(buffer_slice(&input));
		}
	}
	buffer_release(&input);
}

/* Tables that are wider or longer than what the scanner looks at together. */
static void test_long(size_t columns, size_t records, uint32_t seed, bool wrong)
{
	static const char *const pieces[] = { "", "a", "plain", "\"quoted\"", "\"a, b\"",
		"\"two\nlines, the second of which does not end for long\"",
		"\"say \"\"so\"\" and then nothing that ends this field for long\"", "\"\"\"a\"",
		"M\xC3\xBCller" };
	struct buffer input = { 0 };
	for (size_t i = 0; i < columns; i++)
		buffer_printf(&input, "%sc%zu", i ? "," : "", i);
	for (size_t record = 0; record < records; record++) {
		buffer_put(&input, '\n');
		for (size_t i = 0; i < columns; i++) {
			bool spoilt = wrong && random_next(&seed) % (20 * columns) == 0;
			buffer_append(&input, i ? SLICE(",") : SLICE(""));
			const char *piece = pieces[random_next(&seed) % 9];
			buffer_append(&input, slice_from(spoilt ? "a\"b" : piece));
		}
	}
	buffer_put(&input, '\n');
	test_ways(buffer_slice(&input));
	buffer_release(&input);
}

/* Characters, whole ones and others, wherever they are cut in two by what is looked at together. */
static void test_characters(void)
{
	static const char *const texts[] = { "\xC3\xBC", "\xDF\xBF", "\xE0\xA0\x80", "\xE7\x94\xA8",
		"\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80",
		"\xF0\x9F\x8E\x93", "\xF4\x8F\xBF\xBF", "\xC3\xBC\xE7\x94\xA8\xC3\xBC",
		"\xF0\x9F\x8E\x93\xE7\x94\xA8", "\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3",
		"\xC3\n", "\xC3,", "\xC3\xC3\xBC", "\xC3\xBC\xBC", "\xE0\x9F\xBF", "\xE7\x94",
		"\xE7\x94\n", "\xE7", "\xE7\xC3\xBC", "\xE7\x94\xA8\x80", "\xED\xA0\x80",
		"\xF0\x8F\xBF\xBF", "\xF0\x9F\x8E", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF",
		/* The rest is missing in a block where a character needs a closer look. */
		"\xE7xx\xF0\x9F\x8E\x93" };
	struct buffer input = { 0 };
	const size_t step = 10 / (size_t)test_rounds(10);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		for (size_t before = 0; before < 2 * 64; before += step) {
			buffer_clear(&input);
			buffer_append(&input, SLICE("a,b\n1,2\n"));
			buffer_printf(&input, "%0*d%s", (int)before + 1, 0, texts[i]);
			/* It may be the last of the input, too. */
			if (before % 3)
				buffer_append(&input, SLICE("more,than a block, wherever it is\n"
							    "that follows it,3\nlast,4\n"));
			test_ways(buffer_slice(&input));
		}
	}
	buffer_release(&input);
}

/*
 * A NUL at each place of a block, in either half of it. More than a block follows, as the last one
 * is filled up with zeros, which are NULs too.
 */
static void test_nuls(void)
{
	struct buffer input = { 0 };
	for (size_t before = 0; before < 2 * 64; before++) {
		buffer_clear(&input);
		buffer_append(&input, SLICE("a,b\n1,2\n"));
		buffer_printf(&input, "%0*d", (int)before + 1, 0);
		buffer_append(&input, SLICE("\0,3\nmore,than a block that follows it and has no "
					    "other NUL\nlast,4\n"));
		test_ways(buffer_slice(&input));
	}
	buffer_release(&input);
}

#define ALPHABET(letters) letters, sizeof(letters) - 1

int main(void)
{
	const struct reader_options csv = { .delimiter = ',' };
	const struct reader_options semicolon = { .delimiter = ';' };
	const struct reader_options tsv = { .format = FORMAT_TSV, .delimiter = '\t' };
	test_random(ALPHABET("a\",\r\n"), "a,b\n", &csv, 1, 24, test_rounds(40000));
	test_random(ALPHABET("aa\"\",,\n\n\r"), "a,b\r\n", &csv, 2, 24, test_rounds(40000));
	test_random(ALPHABET("a\",\r\n\xC3\xA9\0"), "a,b\n", &csv, 3, 24, test_rounds(40000));
	test_random(ALPHABET("a\"\r\n"), "a\n", &csv, 4, 24, test_rounds(20000));
	test_random(ALPHABET("a\";,\r\n"), "a;b\n", &semicolon, 5, 24, 20000);
	test_random(ALPHABET("a\t\r\n\\tnr"), "a\tb\n", &tsv, 6, 24, test_rounds(40000));
	test_random(ALPHABET("a\t\r\n\xC3\xA9\0\""), "a\tb\n", &tsv, 7, 24, test_rounds(20000));
	/* Records over several blocks of the scanner, mostly plain ones. */
	test_random(ALPHABET("aaaaaaaaaaaaaaaaaaaa,,\n"), "a,b\n", &csv, 8, 400, test_rounds(4000));
	test_random(
		ALPHABET("abcdefghijklmnopqrs\",,\n"), "a,b\n", &csv, 9, 400, test_rounds(4000));
	for (size_t i = 0; i < 2; i++)
		test_pieces(&csv, 10 + (uint32_t)i, test_rounds(4000));
	const size_t widths[] = { 1, 3, 20, 63, 64, 65, 500, 959, 960, 961, 1023, 1024, 1025,
		3000 };
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i += 10 / (size_t)test_rounds(10)) {
		test_long(widths[i], 1 + 5000 / widths[i], 12 + (uint32_t)i, false);
		test_long(widths[i], 1 + 5000 / widths[i], 32 + (uint32_t)i, true);
	}
	test_lonely("says \"\"so\"\"");
	test_lonely("two\nlines");
	test_characters();
	test_nuls();
	test_line_ends();
	return test_report("reader_random_test");
}
