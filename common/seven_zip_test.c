#include "seven_zip.h"

#include "made_test.h"

#include <fcntl.h>

/* The start of an archive whose list of members is what follows it. */
static void put_list(const char *list, size_t length)
{
	struct buffer bytes = { 0 };
	buffer_append(&bytes, SLICE("7z\xBC\xAF\x27\x1C\0\4....\0\0\0\0\0\0\0\0"));
	for (size_t shift = 0; shift < 64; shift += 8)
		buffer_put(&bytes, (char)(length >> shift));
	buffer_append(&bytes, SLICE("...."));
	buffer_append(&bytes, (struct slice){ list, length });
	put_file("made", bytes.ptr, bytes.len);
	buffer_release(&bytes);
}

/* What is said of the file "made": nothing, when it is let pass. */
static struct slice said(uint64_t members, struct buffer *out)
{
	struct error e = { 0 };
	struct stored from;
	const struct input_limits limits = { members, UINT64_MAX, 1000 };
	buffer_clear(out);
	CHECK(stored_open(&from, open("made", O_RDONLY | O_CLOEXEC), "made", &e) == 0);
	CHECK(stored_anywhere(&from, UINT64_MAX, &e) == 0);
	if (seven_zip_check(&from, &limits, &e) != 0) {
		CHECK_NUMBER(e.status, STATUS_INPUT);
		buffer_append(out, (struct slice){ e.text.ptr, e.text.len });
	}
	stored_close(&from);
	error_release(&e);
	return buffer_slice(out);
}

#define DAMAGED "made: damaged or truncated (its list of members cannot be read)"
#define MORE(n) "made: has more than " n " members"
#define LONG(n) "made: its list of members is larger than " n " members need"

#define LARGE       "made: was packed with a dictionary of more than 134217728 bytes"
#define CODER(text) "\7\x0B\1\0\1\x23" text "\x0C\x11\0\0"
#define FILES_5     "\5\5"
#define PACKED      "\6\0\1\x09\x11\0"
#define TWO_PACKED  "\6\0\2\x09\x11\x12\x0A\1AAAABBBB\0"
#define COPY        "\1\1\0"         /* one coder, that of bytes as they are */
#define TWO_COPY    "\2\1\0\1\0\0\1" /* two in a row */
#define TWO         "\7\x0B\2\0" COPY COPY "\x0C\1\1"
#define FOLDER      "\7\x0B\1\0" COPY "\x0C\x11\0"

static void test_lists(void)
{
	static const struct {
		const char *list;
		size_t length;
		uint64_t members;
		const char *want;
	} rows[] = {
#define ROW(list, members, want) { (list), sizeof(list) - 1, (members), (want) }
		ROW("\1" FILES_5, 5, ""),
		ROW("\1" FILES_5, 4, MORE("4")),
		ROW("\1", 1, DAMAGED),
		ROW("\1\0", 1, ""),
		ROW("\1\2\1\3abc\x11\0\0\5\5", 5, ""),
		ROW("\1\2\1\3abc\x11\0\0\5\5", 4, MORE("4")),
		ROW("\1\2\1\x7F", 5, DAMAGED),
		/* Numbers of one to nine bytes. */
		ROW("\1\5\x7F", 0x7F, ""),
		ROW("\1\5\x7F", 0x7E, MORE("126")),
		ROW("\1\5\x81\2", 0x102, ""),
		ROW("\1\5\x81\2", 0x101, MORE("257")),
		ROW("\1\5\xC1\2\3", 0x10302, ""),
		ROW("\1\5\xC1\2\3", 0x10301, MORE("66305")),
		ROW("\1\5\xF1\1\2\3\4", UINT64_C(0x104030201), ""),
		ROW("\1\5\xF1\1\2\3\4", UINT64_C(0x104030200), MORE("4362273280")),
		ROW("\1\5\xFE\0\0\0\0\0\0\1", UINT64_C(1) << 48, ""),
		ROW("\1\5\xFF\0\0\0\0\0\0\0\1", (UINT64_C(1) << 56) - 1, MORE("72057594037927935")),
		ROW("\1\5\xFF\0\0\0\0\0\0\0\1", UINT64_C(1) << 56, ""),
		ROW("\1\5\x81", 1, DAMAGED),
		ROW("\1\5", 1, DAMAGED),
		ROW("\3", 1, DAMAGED),
		/* The streams before the members. */
		ROW("\1\4" PACKED FOLDER "\0" FILES_5, 5, ""),
		ROW("\1\4" PACKED FOLDER "\0" FILES_5, 4, MORE("4")),
		ROW("\1\4" TWO_PACKED FOLDER "\0" FILES_5, 4, MORE("4")),
		ROW("\1\4" PACKED "\7\x0B\1\0" TWO_COPY "\x0C\x11\x11\0\0" FILES_5, 4, MORE("4")),
		ROW("\1\4" PACKED TWO "\0" FILES_5, 4, DAMAGED),
		ROW("\1\4" PACKED TWO "\0\0" FILES_5, 4, MORE("4")),
		ROW("\1\4" PACKED TWO "\0", 1, DAMAGED),
		ROW("\1\4" PACKED TWO "\0\0\0", 1, MORE("1")),
		ROW("\1\4" PACKED TWO "\x0A\0\x40"
		    "AAAA\0\0" FILES_5,
			4, MORE("4")),
		ROW("\1\4" PACKED TWO "\x0A\0\xC0"
		    "AAAA\0\0" FILES_5,
			4, DAMAGED),
		ROW("\1\4" PACKED "\7\x0B\1\0\0", 1, DAMAGED),
		ROW("\1\4" PACKED "\7\x0B\1\1" COPY "\x0C\x11\0\0\0", 1, DAMAGED),
		ROW("\1\4" PACKED "\7\x0B\1\0\1\x81\0\x0C\x11\0\0\0", 1, DAMAGED),
		ROW("\1\4" PACKED "\7\x0B\1\0\x21\0", 1, DAMAGED),
		ROW("\1\4" PACKED "\7\x0B\1\0\1\x11\0\x21\1\x0C\x11\0\0\0", 1, DAMAGED),
		ROW("\1\4" PACKED "\7\x0B\xFF\0\0\0\0\0\0\0\1\0" COPY, 1, DAMAGED),
		/* Dictionaries: of LZMA, PPMd and LZMA2. */
		ROW("\1\4" PACKED CODER("\3\1\1\5\x5D\0\0\0\x08") FILES_5, 5, ""),
		ROW("\1\4" PACKED CODER("\3\1\1\5\x5D\1\0\0\x08") FILES_5, 5, LARGE),
		ROW("\1\4" PACKED CODER("\3\4\1\5\6\0\0\0\x08") FILES_5, 5, ""),
		ROW("\1\4" PACKED CODER("\3\4\1\5\6\0\0\0\x10") FILES_5, 5, LARGE),
		ROW("\1\4" PACKED "\7\x0B\1\0\1\x21\x21\1\x1E\x0C\x11\0\0" FILES_5, 5, ""),
		ROW("\1\4" PACKED "\7\x0B\1\0\1\x21\x21\1\x1F\x0C\x11\0\0" FILES_5, 5, LARGE),
		ROW("\1\4" PACKED "\7\x0B\1\0\1\x21\x21\1\xFF\x0C\x11\0\0" FILES_5, 5, LARGE),
		/* What the folders are cut into. */
		ROW("\1\4" PACKED FOLDER "\x08\x0D\3\x09\1\1\x0A\1AAAABBBBCCCC\0\0" FILES_5, 5, ""),
		ROW("\1\4" PACKED FOLDER "\x08\x0D\3\x09\1\1\x0A\1AAAABBBBCCCC\0\0" FILES_5, 4,
			MORE("4")),
		ROW("\1\4" PACKED FOLDER "\x08\x0D\3\x09\1\1\x0A\1AAAABBBBCCCC\0\0" FILES_5, 2,
			MORE("2")),
		ROW("\1\4" PACKED FOLDER "\x08\x0D\xF0\xFF\xFF\xFF\xFF", 9, MORE("9")),
		ROW("\1\4" PACKED FOLDER "\x08\x0A\1AAAA\0\0" FILES_5, 4, MORE("4")),
		ROW("\1\4" PACKED "\7\x0B\1\0" COPY "\x0C\x11\x0A\1AAAA\0\x08\0\0" FILES_5, 4,
			MORE("4")),
		ROW("\1\4" PACKED FOLDER "\x08\x0D\3\x09\1", 9, DAMAGED),
		ROW("\1\4" PACKED FOLDER "\x08\x07\0\0" FILES_5, 9, DAMAGED),
		ROW("\1\4\6\0\xF0\xFF\xFF\xFF\xFF\x0A\1", 1, DAMAGED),
		ROW("\1\4\6\0\xFE\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x0A\0", 1, DAMAGED),
		/* More streams than members could need. */
		ROW("\1\4\6\0\x08\x09"
		    "12345678"
		    "\0" FOLDER "\0\0",
			1, LONG("1")),
		ROW("\1\4\6\0\x08\x09"
		    "12345678"
		    "\0" FOLDER "\0\0",
			2, ""),
		ROW("\1\4\6\0\xF0\xFF\xFF\xFF\xFF\x09", 2, DAMAGED),
		/* A list that is packed: by what is no packing, by nothing that is there. */
		ROW("\x17" PACKED FOLDER "\0", 1, DAMAGED),
		ROW("\x17" PACKED "\0", 1, DAMAGED),
		ROW("\x17", 1, DAMAGED),
		ROW("\x17" PACKED "\7\x0B\1\0\1\x23\3\1\1\5\x5D\0\0\1\0\x0C\x11\0\0", 1, DAMAGED),
		ROW("\x17" PACKED "\7\x0B\1\0\1\x23\3\1\1\4\x5D\0\0\1\x0C\x11\0\0", 1, DAMAGED),
		ROW("\x17" PACKED "\7\x0B\1\0\1\x23\3\1\1\5\x5D\0\0\1\0\x0C\xE1\0\0\1\0\0", 1,
			LONG("1")),
		/* An encrypted one is libarchive's. */
		ROW("\x17" PACKED "\7\x0B\1\0\1\x24\6\xF1\7\1\1x\x0C\x11\0\0", 1, ""),
#undef ROW
	};
	struct buffer out = { 0 };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		put_list(rows[i].list, rows[i].length);
		unsigned before = test_failed;
		CHECK_TEXT(said(rows[i].members, &out), rows[i].want);
		if (test_failed > before)
			fprintf(stderr, "in row %zu\n", i);
	}
	buffer_release(&out);
}

/* What is made by a program that packs its list; cut at every byte, and its every byte changed. */
static void test_made(void)
{
	struct buffer out = { 0 };
	struct buffer bytes = { 0 };
	make("made", ARCHIVE_FORMAT_7ZIP, ARCHIVE_FILTER_NONE, NULL,
		FILES({ "a.csv", "a\n", 0 }, { "b/", NULL, AE_IFDIR }, { "b/c.csv", "c\n", 0 }));
	CHECK_TEXT(said(3, &out), "");
	CHECK_TEXT(said(2, &out), MORE("2"));
	get_file("made", &bytes);
	for (size_t length = 0; length < bytes.len; length++) {
		put_file("made", bytes.ptr, length);
		CHECK_TEXT(said(3, &out), DAMAGED);
	}
	for (size_t at = 32; at < bytes.len; at++) {
		for (int bit = 0; bit < 8; bit++) {
			bytes.ptr[at] = (char)(bytes.ptr[at] ^ 1 << bit);
			put_file("made", bytes.ptr, bytes.len);
			said(3, &out);
			bytes.ptr[at] = (char)(bytes.ptr[at] ^ 1 << bit);
		}
	}
	/* An archive of nothing has no list. */
	put_list("", 0);
	CHECK_TEXT(said(1, &out), "");
	buffer_release(&bytes);
	buffer_release(&out);
}

/* Ten million members in a kilobyte. */
static void test_bomb(void)
{
	struct buffer out = { 0 };
	static const char start[] = "\1\5\xF0\x80\x96\x98\0\x0E";
	struct buffer list = { 0 };
	buffer_append(&list, SLICE(start));
	buffer_reserve(&list, 10000000 / 8);
	while (list.len < 10000000 / 8)
		buffer_put(&list, '\xFF');
	put_list(list.ptr, list.len);
	CHECK_TEXT(said(100000, &out), MORE("100000"));
	CHECK_TEXT(said(1000, &out), LONG("1000"));
	buffer_release(&list);
	buffer_release(&out);
}

int main(void)
{
	char folder[32];
	if (!folder_begin(folder))
		return 1;
	test_lists();
	test_made();
	test_bomb();
	folder_end(folder);
	return test_report("seven_zip_test");
}
