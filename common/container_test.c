/* What must not pass: damaged, encrypted, ambiguous and oversized archives. */
#include "made_test.h"

static const struct made files[] = { { "zeta.csv", "user_id,status\nZ0001,active\n", 0 },
	{ "alpha.csv", "user_id,status\nA0001,inactive\n", 0 }, { NULL, NULL, 0 } };

static void check_refused(const char *path, const char *start)
{
	struct buffer out = { 0 };
	struct slice got = given_one(path, &out);
	got.len = got.len < strlen(start) ? got.len : strlen(start);
	CHECK_TEXT(got, start);
	buffer_release(&out);
}

/*
 * Every start of the archive is refused, from the `shortest` that shows what it is to the last that
 * does not have all but `padding` bytes.
 */
static void check_truncated(
	int format, int filter, const char *options, size_t shortest, size_t padding)
{
	struct buffer whole = { 0 };
	struct buffer want = { 0 };
	struct buffer out = { 0 };
	make("whole", format, filter, options, files);
	get_file("whole", &whole);
	rename("whole", "made");
	given_one("made", &want);
	CHECK(memmem(want.ptr, want.len, "Z0001,active", 12) != NULL);
	size_t step = 10 / (size_t)test_rounds(10);
	for (size_t length = shortest; length + padding < whole.len; length += step) {
		put_file("made", whole.ptr, length);
		struct slice got = given_one("made", &out);
		if (!CHECK(memmem(got.ptr, got.len, "3: made", 7) != NULL))
			fprintf(stderr, "\tof %zu bytes the first %zu\n", whole.len, length);
	}
	buffer_release(&whole);
	buffer_release(&want);
	buffer_release(&out);
}

static void test_truncated(void)
{
	/* Deflated, with the sizes behind each member; then stored; then with those of zip64. */
	check_truncated(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, NULL, 4, 0);
	check_truncated(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "compression=store", 4, 0);
	check_truncated(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "zip:zip64", 4, 0);
	check_truncated(ARCHIVE_FORMAT_7ZIP, ARCHIVE_FILTER_NONE, NULL, 6, 0);
	check_truncated(
		ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, NULL, 512, 10240 - 4 * 512 - 512);
	check_truncated(ARCHIVE_FORMAT_CPIO_SVR4_NOCRC, ARCHIVE_FILTER_NONE, NULL, 110, 511);
	check_truncated(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP, NULL, 3, 0);
	check_truncated(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_BZIP2, NULL, 10, 0);
	check_truncated(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_XZ, NULL, 6, 0);
	check_truncated(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_ZSTD, NULL, 4, 0);
	check_truncated(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_LZ4, NULL, 4, 0);
	check_truncated(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_LZIP, NULL, 5, 0);
}

/* Changes one byte of what comes after `mark` in the file. */
static void spoil(const char *path, struct slice mark, size_t behind)
{
	struct buffer bytes = { 0 };
	get_file(path, &bytes);
	char *at = memmem(bytes.ptr, bytes.len, mark.ptr, mark.len);
	if (CHECK(at && at + behind < bytes.ptr + bytes.len))
		at[behind] ^= 1;
	put_file(path, bytes.ptr, bytes.len);
	buffer_release(&bytes);
}

static void test_changed(void)
{
	make("z.zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "compression=store", files);
	spoil("z.zip", SLICE("Z0001"), 0);
	/* The other member is whole, and comes first. */
	check_refused("z.zip", "alpha.csv=user_id,status\nA0001,inactive\n;"
			       "3: z.zip!zeta.csv: damaged or truncated (ZIP bad CRC: ");
	/* The sum that a gzip file ends with, and its length. */
	for (size_t behind = 0; behind < 8; behind++) {
		struct buffer bytes = { 0 };
		make("x.csv.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, NULL,
			FILES({ "data", "user_id\n", 0 }));
		get_file("x.csv.gz", &bytes);
		bytes.ptr[bytes.len - 8 + behind] ^= 1;
		put_file("x.csv.gz", bytes.ptr, bytes.len);
		check_refused("x.csv.gz", "3: x.csv.gz: damaged or truncated (");
		buffer_release(&bytes);
	}
}

static void append(const char *path, struct slice more)
{
	struct buffer bytes = { 0 };
	get_file(path, &bytes);
	buffer_append(&bytes, more);
	put_file(path, bytes.ptr, bytes.len);
	buffer_release(&bytes);
}

static void test_more_behind(void)
{
	struct buffer out = { 0 };
	static const int filters[] = { ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_BZIP2, ARCHIVE_FILTER_XZ,
		ARCHIVE_FILTER_LZIP, ARCHIVE_FILTER_ZSTD };
	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
		make("x", ARCHIVE_FORMAT_RAW, filters[i], NULL, FILES({ "data", "user_id\n", 0 }));
		append("x", SLICE("more"));
		struct slice got = given_one("x", &out);
		if (!CHECK(memmem(got.ptr, got.len, "3: x: damaged", 13) != NULL))
			fprintf(stderr, "\tof filter %d: %.*s\n", filters[i], (int)got.len,
				got.ptr);
	}
	/* Two gzip files after one another are one, as gzip has it; so is padding. */
	struct buffer bytes = { 0 };
	make("x.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, NULL,
		FILES({ "data", "user_id\n", 0 }));
	get_file("x.gz", &bytes);
	append("x.gz", buffer_slice(&bytes));
	append("x.gz", SLICE("\0\0\0"));
	CHECK_TEXT(given_one("x.gz", &out), "x=user_id\nuser_id\n;");
	buffer_release(&bytes);
	buffer_release(&out);
}

/* A dictionary of 128 MiB is the largest; what says 256 is refused before as much is taken. */
static void test_dictionary(void)
{
	struct buffer bytes = { 0 };
	struct buffer out = { 0 };
	const struct made *file = FILES({ "data", "user_id\n", 0 });
	make("d", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_LZMA, NULL, file);
	get_file("d", &bytes);
	memcpy(bytes.ptr + 1, "\0\0\0\x08", 4);
	put_file("d", bytes.ptr, bytes.len);
	CHECK_TEXT(given_one("d", &out), "d=user_id\n;");
	bytes.ptr[4] = '\x10';
	put_file("d", bytes.ptr, bytes.len);
	check_refused("d", "3: d: was packed with a dictionary of more than 134217728 bytes");
	buffer_clear(&bytes);
	make("d", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_LZIP, NULL, file);
	get_file("d", &bytes);
	bytes.ptr[5] = 27;
	put_file("d", bytes.ptr, bytes.len);
	CHECK_TEXT(given_one("d", &out), "d=user_id\n;");
	bytes.ptr[5] = 28;
	put_file("d", bytes.ptr, bytes.len);
	check_refused("d", "3: d: was packed with a dictionary of more than 134217728 bytes");
	/* A frame with a window of 256 MiB, and a block of one byte that ends it. */
	put_file("d", "\x28\xB5\x2F\xFD\0\x90\x09\0\0x", 10);
	check_refused("d", "3: d: was packed with a dictionary of more than 134217728 bytes");
	put_file("d", "\x28\xB5\x2F\xFD\0\x88\x09\0\0x", 10);
	CHECK_TEXT(given_one("d", &out), "d=x;");
	buffer_release(&bytes);
	buffer_release(&out);
}

/* A name of 128 MiB, in few bytes: what is made room for is not what a header says. */
static void test_header(void)
{
	static const char start[] = "07070100000001000081A4000000000000000000000001000000000000"
				    "00010000000000000000000000000000000008000000"
				    "00000000";
	enum { NAME = 128 << 20 };
	struct buffer bytes = { 0 };
	buffer_append(&bytes, SLICE(start));
	while (bytes.len < NAME)
		buffer_append(&bytes,
			SLICE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
	make("n.cpio.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, NULL,
		FILES({ "data", buffer_text(&bytes), 0 }));
	check_refused("n.cpio.gz", "3: n.cpio.gz: damaged or truncated (a header of more than 16");
	buffer_release(&bytes);
}

static void test_encrypted(void)
{
	make("e.zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "zip:encryption=traditional", files);
	check_refused("e.zip", "3: e.zip!zeta.csv: encrypted");
	make("e.zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "zip:encryption=aes256", files);
	check_refused("e.zip", "3: e.zip!zeta.csv: encrypted");
	put_text("m.asc", "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n");
	check_refused("m.asc", "3: m.asc: a PGP message");
	make("m.zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, NULL,
		FILES({ "m.pgp", "\xC9user", 0 }));
	check_refused("m.zip", "3: m.zip!m.pgp: a PGP message");
	make("m.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, NULL,
		FILES({ "data", "-----BEGIN PGP MESSAGE-----\n", 0 }));
	check_refused("m.gz", "3: m.gz!m: a PGP message");
}

static void test_names(void)
{
	static const struct {
		const char *name;
		const char *want;
	} names[] = {
		{ "/etc/x", "3: n!/etc/x: its name is absolute" },
		{ "../x", "3: n!../x: its name leads out of the archive" },
		{ "a/../x", "3: n!a/../x: its name leads out of the archive" },
		{ "..\\x", "3: n!..\\x: its name leads out of the archive" },
		{ "a\nb", "3: n!a\\x0Ab: its name holds a control byte" },
		{ "x..", "x..=1;" },
	};
	static const int formats[] = { ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FORMAT_CPIO_SVR4_NOCRC,
		ARCHIVE_FORMAT_7ZIP, ARCHIVE_FORMAT_ZIP };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
			make("n", formats[f], ARCHIVE_FILTER_NONE, NULL,
				FILES({ names[i].name, "1", 0 }));
			check_refused("n", names[i].want);
		}
	}
}

static void test_skipped(void)
{
	struct buffer out = { 0 };
	make("l.tar", ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, NULL,
		FILES({ "x", "1", 0 }, { "soft", NULL, AE_IFLNK }, { "hard", NULL, AE_IFREG },
			{ "fifo", NULL, AE_IFIFO }, { "disk", NULL, AE_IFBLK },
			{ "null", NULL, AE_IFCHR }, { "dir", NULL, AE_IFDIR }));
	CHECK_TEXT(given_one("l.tar", &out),
		"disk!a device;fifo!a FIFO;hard!a link;null!a device;soft!a link;x=1;");
	make("l.zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, NULL,
		FILES({ "x", "1", 0 }, { "soft", NULL, AE_IFLNK }));
	CHECK_TEXT(given_one("l.zip", &out), "soft!a link;x=1;");

	static const int filters[] = { ARCHIVE_FILTER_NONE, ARCHIVE_FILTER_XZ };
	for (size_t i = 0; i < 2; i++) {
		/* The first bytes of a zip are enough. */
		make("n.tar", ARCHIVE_FORMAT_TAR_USTAR, filters[i], NULL,
			FILES({ "z.csv", "1", 0 }, { "n.zip", "PK\3\4", 0 }, { "a.csv", "2", 0 }));
		CHECK_TEXT(given_one("n.tar", &out),
			"a.csv=2;n.zip!an archive in an archive;z.csv=1;");
		make("n.gz", ARCHIVE_FORMAT_RAW,
			filters[i] ? ARCHIVE_FILTER_GZIP : ARCHIVE_FILTER_ZSTD, NULL,
			FILES({ "data", "PK\3\4", 0 }));
		CHECK_TEXT(given_one("n.gz", &out), "n!an archive in an archive;");
	}
	buffer_release(&out);
}

static void test_doubled(void)
{
	const struct made *doubled =
		FILES({ "a.csv", "1", 0 }, { "b.csv", "2", 0 }, { "./a.csv", "3", 0 });
	make("d.tar", ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP, NULL, doubled);
	check_refused("d.tar", "3: d.tar: two of its members are named \"a.csv\"");
	make("d.zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, NULL, doubled);
	check_refused("d.zip", "3: d.zip: two of its members are named \"a.csv\"");
}

static void check_limit(const char *path, struct input_limits limits, const char *want)
{
	struct buffer out = { 0 };
	struct input_options options = { .limits = limits };
	struct slice got = given_with(path, &options, &out);
	if (want)
		CHECK_TEXT(
			slice_skip(got, got.len < strlen(want) ? 0 : got.len - strlen(want)), want);
	else
		CHECK(memmem(got.ptr, got.len, "3: ", 3) == NULL);
	buffer_release(&out);
}

static void test_limits(void)
{
	static const int filters[] = { ARCHIVE_FILTER_NONE, ARCHIVE_FILTER_GZIP,
		ARCHIVE_FILTER_XZ };
	for (size_t i = 0; i < 3; i++) {
		make("l", ARCHIVE_FORMAT_TAR_USTAR, filters[i], NULL, files);
		check_limit("l", (struct input_limits){ 1, 1 << 20, 1000 },
			"3: l: has more than 1 members");
		check_limit("l", (struct input_limits){ 2, 1 << 20, 1000 }, NULL);
		check_limit("l", (struct input_limits){ 2, 57, 1000 },
			"3: l: unpacks to more than 57 bytes");
	}
	make("l", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, NULL, files);
	check_limit("l", (struct input_limits){ 2, 58, 1000 }, NULL);
	check_limit(
		"l", (struct input_limits){ 2, 57, 1000 }, "3: l: unpacks to more than 57 bytes");
	make("l.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, NULL, files + 1);
	check_limit("l.gz", (struct input_limits){ 1, 30, 1000 }, NULL);
	check_limit("l.gz", (struct input_limits){ 1, 29, 1000 },
		"3: l.gz: unpacks to more than 29 bytes");

	/* 64 MiB and a byte more: that takes valgrind a minute. */
	if (test_rounds(10) < 10)
		return;
	size_t length = ((size_t)64 << 20) + 1;
	char *blanks = malloc(length + 1);
	if (!CHECK(blanks != NULL))
		return;
	memset(blanks, ' ', length);
	blanks[length] = '\0';
	const struct made bomb[] = { { "bomb", blanks, 0 }, { NULL, NULL, 0 } };
	make("b.zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, NULL, bomb);
	check_limit("b.zip", (struct input_limits){ 1, UINT64_MAX, 900 },
		"3: b.zip: unpacks to more than 900 times its size");
	check_limit("b.zip", (struct input_limits){ 1, UINT64_MAX, 1100 }, NULL);
	make("b.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_ZSTD, NULL, bomb);
	check_limit("b.gz", (struct input_limits){ 1, UINT64_MAX, 1100 },
		"3: b.gz: unpacks to more than 1100 times its size");
	make("b.tar", ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_XZ, NULL, bomb);
	check_limit("b.tar", (struct input_limits){ 1, UINT64_MAX, 1100 },
		"3: b.tar: unpacks to more than 1100 times its size");
	blanks[length - 1] = '\0';
	make("b.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_ZSTD, NULL, bomb);
	check_limit("b.gz", (struct input_limits){ 1, UINT64_MAX, 1 }, NULL);
	free(blanks);
}

int main(void)
{
	char folder[32];
	if (!folder_begin(folder))
		return 1;
	test_truncated();
	test_changed();
	test_more_behind();
	test_dictionary();
	test_header();
	test_encrypted();
	test_names();
	test_skipped();
	test_doubled();
	test_limits();
	folder_end(folder);
	return test_report("container_test");
}
