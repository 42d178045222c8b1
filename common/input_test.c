#include "made_test.h"

#include <fcntl.h>
#include <locale.h>

/* Puts a file, or a pipe that gives it, in the place of standard input; returns the old one. */
static int stdin_replace(const char *path, bool pipe_it)
{
	int old = dup(STDIN_FILENO);
	int from = open(path, O_RDONLY);
	if (pipe_it) {
		struct buffer bytes = { 0 };
		int ends[2];
		get_file(path, &bytes);
		CHECK(pipe(ends) == 0);
		CHECK(write(ends[1], bytes.ptr, bytes.len) == (ssize_t)bytes.len);
		close(ends[1]);
		close(from);
		from = ends[0];
		buffer_release(&bytes);
	}
	dup2(from, STDIN_FILENO);
	close(from);
	return old;
}

static void stdin_restore(int old)
{
	dup2(old, STDIN_FILENO);
	close(old);
}

/* The same redirected, piped, and redirected behind other bytes. */
static void check_streams(const char *path, const char *want)
{
	struct buffer out = { 0 };
	struct buffer bytes = { 0 };
	buffer_append(&bytes, SLICE("before"));
	get_file(path, &bytes);
	put_file("shifted", bytes.ptr, bytes.len);
	for (int way = 0; way < 3; way++) {
		int old = stdin_replace(way == 2 ? "shifted" : path, way == 1);
		if (way == 2)
			CHECK(lseek(STDIN_FILENO, 6, SEEK_SET) == 6);
		CHECK_TEXT(given_one("-", &out), want);
		stdin_restore(old);
	}
	buffer_release(&bytes);
	buffer_release(&out);
}

static void check_ways(const char *path, const char *want)
{
	struct buffer out = { 0 };
	CHECK_TEXT(given_one(path, &out), want);
	check_streams(path, want);
	buffer_release(&out);
}

static const struct made unsorted[] = { { "zeta.csv", "z\n", 0 }, { "b/two.csv", "2\n", 0 },
	{ "b.csv", "b\n", 0 }, { "./a.csv", "a\n", 0 }, { NULL, NULL, 0 } };
static const struct made sorted[] = { { "a.csv", "a\n", 0 }, { "b.csv", "b\n", 0 },
	{ "b/two.csv", "2\n", 0 }, { "zeta.csv", "z\n", 0 }, { NULL, NULL, 0 } };

static void test_formats(void)
{
	static const struct {
		int format;
		int filter;
	} kinds[] = {
		{ ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE },
		{ ARCHIVE_FORMAT_7ZIP, ARCHIVE_FILTER_NONE },
		{ ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_NONE },
		{ ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP },
		{ ARCHIVE_FORMAT_TAR_GNUTAR, ARCHIVE_FILTER_BZIP2 },
		{ ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_XZ },
		{ ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_LZMA },
		{ ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_LZIP },
		{ ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_ZSTD },
		{ ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_LZ4 },
		{ ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_COMPRESS },
		{ ARCHIVE_FORMAT_CPIO_POSIX, ARCHIVE_FILTER_NONE },
		{ ARCHIVE_FORMAT_CPIO_SVR4_NOCRC, ARCHIVE_FILTER_GZIP },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		make("made", kinds[i].format, kinds[i].filter, NULL, unsorted);
		check_ways("made", "a.csv=a\n;b.csv=b\n;b/two.csv=2\n;zeta.csv=z\n;");
		make("made", kinds[i].format, kinds[i].filter, NULL, sorted);
		check_ways("made", "a.csv=a\n;b.csv=b\n;b/two.csv=2\n;zeta.csv=z\n;");
	}
}

/* Enough of them, the wrong way round, for a zip to be spooled too. */
static void test_many(void)
{
	enum { MANY = 300 };
	char paths[MANY][16];
	struct made files[MANY + 1] = { 0 };
	struct buffer want = { 0 };
	for (int i = 0; i < MANY; i++) {
		snprintf(paths[i], sizeof *paths, "f%03d", MANY - 1 - i);
		files[i] = (struct made){ paths[i], paths[i], 0 };
		buffer_printf(&want, "f%03d=f%03d;", i, i);
	}
	make("made", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, NULL, files);
	check_ways("made", buffer_text(&want));
	make("made", ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_XZ, NULL, files);
	check_ways("made", buffer_text(&want));
	buffer_release(&want);
}

/* A single compressed file: `raw` has no name of its own. */
static void test_single(void)
{
	struct buffer out = { 0 };
	const struct made *file = FILES({ "data", "user_id\n1\n", 0 });
	static const int filters[] = { ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_BZIP2, ARCHIVE_FILTER_XZ,
		ARCHIVE_FILTER_LZMA, ARCHIVE_FILTER_LZIP, ARCHIVE_FILTER_ZSTD, ARCHIVE_FILTER_LZ4,
		ARCHIVE_FILTER_COMPRESS };
	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
		make("x.csv.gz", ARCHIVE_FORMAT_RAW, filters[i], NULL, file);
		CHECK_TEXT(given_one("x.csv.gz", &out), "x.csv=user_id\n1\n;");
	}
	mkdir("sub", 0700);
	rename("x.csv.gz", "sub/X.CSV.Z");
	CHECK_TEXT(given_one("sub/X.CSV.Z", &out), "X.CSV=user_id\n1\n;");
	rename("sub/X.CSV.Z", "sub/.gz");
	CHECK_TEXT(given_one("sub/.gz", &out), ".gz=user_id\n1\n;");
	unlink("sub/.gz");
	rmdir("sub");
	/* Nothing, compressed. */
	make("x.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, NULL, FILES({ "data", "", 0 }));
	CHECK_TEXT(given_one("x.gz", &out), "x=;");
	static const char nothing[32] = "\xFD\x37zXZ\0\0\4\xE6\xD6\xB4\x46\0\0\0\0\x1C\xDF\x44\x21"
					"\x1F\xB6\xF3\x7D\1\0\0\0\0\4YZ";
	put_file("x.xz", nothing, sizeof nothing);
	CHECK_TEXT(given_one("x.xz", &out), "x=;");
	make("x.csv.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, NULL, file);
	check_streams("x.csv.gz", "-=user_id\n1\n;");
	put_text("plain", "user_id\n2\n");
	CHECK_TEXT(given_one("plain", &out), "plain=user_id\n2\n;");
	check_streams("plain", "-=user_id\n2\n;");
	put_text("plain", "");
	CHECK_TEXT(given_one("plain", &out), "plain=;");
	check_streams("plain", "-=;");
	buffer_release(&out);
}

static bool is_only(char *const *paths, size_t count)
{
	struct error e = { 0 };
	struct member m;
	struct input_options options = { .limits = INPUT_LIMITS };
	struct inputs *in = inputs_open(paths, count, &options, &e);
	CHECK_NUMBER(inputs_next(in, &m, &e), 1);
	bool only = m.only;
	inputs_close(in);
	error_release(&e);
	return only;
}

static void test_only(void)
{
	char plain[] = "plain";
	char gz[] = "x.csv.gz";
	char zip[] = "one.zip";
	char folder[] = ".";
	put_text(plain, "user_id\n");
	make(zip, ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, NULL, FILES({ "a.csv", "a", 0 }));
	CHECK(is_only((char *[]){ plain }, 1));
	CHECK(is_only((char *[]){ gz }, 1));
	CHECK(!is_only((char *[]){ plain, gz }, 2));
	CHECK(!is_only((char *[]){ zip }, 1));
	CHECK(!is_only((char *[]){ folder }, 1));
}

static void test_names(void)
{
	static const char umlaut[] = "Benutzer\xC3\xBC"
				     "bersicht.csv=1;";
	static const char raw[] = "Benutzer\x81"
				  "bersicht.csv=1;";
	static const char *const locales[] = { "C", "C.UTF-8" };
	struct buffer out = { 0 };
	struct buffer zip = { 0 };
	/* Stored with the flag that says UTF-8, in code page 437, and in UTF-16 as 7z does. */
	setlocale(LC_ALL, "C.UTF-8");
	const struct made *file = FILES({ "Benutzer\xC3\xBC"
					  "bersicht.csv",
		"1", 0 });
	make("flag.zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "hdrcharset=UTF-8", file);
	make("utf16.7z", ARCHIVE_FORMAT_7ZIP, ARCHIVE_FILTER_NONE, NULL, file);
	make("pax.tar", ARCHIVE_FORMAT_TAR_PAX_INTERCHANGE, ARCHIVE_FILTER_NONE, NULL, file);
	make("old.zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, NULL,
		FILES({ "Benutzer_bersicht.csv", "1", 0 }));
	get_file("old.zip", &zip);
	for (char *at; (at = memmem(zip.ptr, zip.len, "r_b", 3));)
		at[1] = '\x81';
	put_file("old.zip", zip.ptr, zip.len);
	for (size_t i = 0; i < 2; i++) {
		setlocale(LC_ALL, locales[i]);
		CHECK_TEXT(given_one("flag.zip", &out), umlaut);
		CHECK_TEXT(given_one("utf16.7z", &out), umlaut);
		CHECK_TEXT(given_one("pax.tar", &out), umlaut);
		CHECK_TEXT(given_one("old.zip", &out), raw);
	}
	setlocale(LC_ALL, "C");
	/* What a pattern sees of a byte that is no UTF-8. */
	struct error e = { 0 };
	struct pattern pattern;
	CHECK_NUMBER(pattern_compile(&pattern, SLICE("^Benutzer.bersicht"), 0, &e), 0);
	struct input_options options = { &pattern, INPUT_LIMITS };
	CHECK_TEXT(given_with("old.zip", &options, &out), raw);
	CHECK_TEXT(given_with("flag.zip", &options, &out), umlaut);
	pattern_release(&pattern);
	buffer_release(&zip);
	buffer_release(&out);
}

static struct input_counts count(const char *path, const struct pattern *pattern, const char *want)
{
	struct error e = { 0 };
	struct buffer out = { 0 };
	struct member m;
	char name[64];
	snprintf(name, sizeof name, "%s", path);
	char *paths[] = { name };
	struct input_options options = { pattern, INPUT_LIMITS };
	struct inputs *in = inputs_open(paths, 1, &options, &e);
	int more;
	while ((more = inputs_next(in, &m, &e)) > 0)
		buffer_printf(&out, "%s;", m.name);
	CHECK_NUMBER(more, 0);
	CHECK_TEXT(buffer_slice(&out), want);
	struct input_counts counts = inputs_counts(in);
	inputs_close(in);
	buffer_release(&out);
	error_release(&e);
	return counts;
}

static void test_selection(void)
{
	make("s.tar", ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, NULL,
		FILES({ "users.csv", "1", 0 }, { ".hidden", "2", 0 },
			{ "__MACOSX/._users.csv", "3", 0 }, { "a/.git/x", "4", 0 },
			{ "a/THUMBS.DB", "5", 0 }, { "Desktop.ini", "6", 0 },
			{ "a/", NULL, AE_IFDIR }, { "a/classes.csv", "8", 0 }));
	struct input_counts all = count("s.tar", NULL, "s.tar!a/classes.csv;s.tar!users.csv;");
	CHECK_NUMBER(all.ignored, 5);
	CHECK_NUMBER(all.unmatched, 0);
	CHECK(all.read_bytes > 0);
	struct error e = { 0 };
	struct pattern pattern;
	CHECK_NUMBER(pattern_compile(&pattern, SLICE("^users|hidden"), 0, &e), 0);
	struct input_counts some = count("s.tar", &pattern, "s.tar!users.csv;");
	CHECK_NUMBER(some.ignored, 5);
	CHECK_NUMBER(some.unmatched, 1);
	/* An input that was named is wanted, whatever it is called. */
	put_text(".config", "1");
	CHECK_NUMBER(count(".config", &pattern, ".config;").read_bytes, 0);
	make(".c.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, NULL, FILES({ "data", "1", 0 }));
	CHECK_NUMBER(count(".c.gz", &pattern, ".c.gz!.c;").unmatched, 0);
	pattern_release(&pattern);
}

static void test_folder(void)
{
	struct buffer out = { 0 };
	mkdir("f", 0700);
	mkdir("f/a", 0700);
	mkdir("f/.git", 0700);
	put_text("f/a/in.csv", "1");
	put_text("f/a.csv", "2");
	put_text("f/a-b.csv", "3");
	put_text("f/.git/x", "4");
	put_text("f/.x", "5");
	CHECK(symlink("a.csv", "f/link") == 0);
	CHECK(symlink("a", "f/link-to-folder") == 0);
	CHECK(mkfifo("f/pipe", 0600) == 0);
	make("f/z.zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, NULL,
		FILES({ "y.csv", "6", 0 }, { "x.csv", "7", 0 }));
	make("f/a/s.csv.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, NULL,
		FILES({ "data", "8", 0 }));
	CHECK_TEXT(given_one("f", &out),
		"a-b.csv=3;a.csv=2;a/in.csv=1;s.csv=8;link!a link;link-to-folder!a link;"
		"pipe!a FIFO;x.csv=7;y.csv=6;");
	struct input_counts counts = count("f//", NULL,
		"f/a-b.csv;f/a.csv;f/a/in.csv;f/a/s.csv.gz!s.csv;f/link;f/link-to-folder;f/pipe;"
		"f/z.zip!x.csv;f/z.zip!y.csv;");
	CHECK_NUMBER(counts.ignored, 2);
	put_text("plain", "9");
	char *paths[] = { (char[]){ "plain" }, (char[]){ "f/a" } };
	struct input_options options = { .limits = INPUT_LIMITS };
	CHECK_TEXT(given(paths, 2, &options, &out), "plain=9;in.csv=1;s.csv=8;");
	static const char *const files[] = { "f/a/in.csv", "f/a/s.csv.gz", "f/a.csv", "f/a-b.csv",
		"f/.git/x", "f/.x", "f/link", "f/link-to-folder", "f/pipe", "f/z.zip" };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		unlink(files[i]);
	rmdir("f/a");
	rmdir("f/.git");
	CHECK_TEXT(given_one("f", &out), "");
	rmdir("f");
	CHECK_TEXT(given_one("f", &out), "4: f: No such file or directory");
	char *twice[] = { (char[]){ "-" }, (char[]){ "-" } };
	CHECK(strncmp(given(twice, 2, &options, &out).ptr, "2: ", 3) == 0);
	buffer_release(&out);
}

int main(void)
{
	char folder[32];
	if (!folder_begin(folder))
		return 1;
	test_formats();
	test_many();
	test_single();
	test_only();
	test_names();
	test_selection();
	test_folder();
	folder_end(folder);
	return test_report("input_test");
}
