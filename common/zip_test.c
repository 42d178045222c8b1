/* What the headers of a zip may not say. Whole zips, and other programs, are for test-zips. */
#include "zip_made_test.h"

static void test_headers(void)
{
	check_changed(0, SLICE(""), NULL);
	static const struct {
		size_t at; /* in both headers, from the version needed on */
		struct slice bytes;
		const char *what;
	} facts[] = {
		{ 2, { "\1", 1 }, "flags (got " },
		{ 2, { "\x10", 1 }, "flags (got " },
		{ 3, { "\x08", 1 }, "flags (got " },
		{ 4, { "\x08", 1 }, "compression (got " },
		{ 6, { "x", 1 }, "date (got " },
		{ 10, { "xx", 2 }, "sum (got " },
	};
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		char want[64];
		snprintf(want, sizeof want, "z!b.csv: its own header differs in its %s",
			facts[i].what);
		check_changed(LOCAL_B + 4 + facts[i].at, facts[i].bytes, want);
		check_changed(DIRECTORY_B + 6 + facts[i].at, facts[i].bytes, want);
	}
	check_changed(LOCAL_B + 6, SLICE("\6"), NULL);
	check_changed(LOCAL_B + 18, SLICE("\1"),
		"z!b.csv: its own header differs in its compressed size (got 1, want 2)");
	check_changed(LOCAL_B + 22, SLICE("\3"),
		"z!b.csv: its own header differs in its size (got 3, want 2)");
	check_changed(LOCAL_B + 30, SLICE("x"), "z!b.csv: its own header names it \"x.csv\"");
	check_changed(DIRECTORY_B + 46, SLICE("x"), "z!x.csv: its own header names it \"b.csv\"");
	check_changed(LOCAL_B, SLICE("PK\3\3"),
		"z!b.csv: its header is not where the directory says it is");
	check_changed(LOCAL_B + 26, SLICE("\xFF\xFF"),
		"z!b.csv: its header is not where the directory says it is");
	check_changed(DIRECTORY_B, SLICE("PK\1\1"),
		"z: damaged or truncated (its directory has fewer members than its end");
	check_changed(DIRECTORY_B + 28, SLICE("\xFF\xFF"),
		"z: damaged or truncated (its directory has fewer members than its end");
	check_changed(DIRECTORY + 28, SLICE("\x35\0"), "z!a.csvPK\\x01\\x02");
}

static void test_member_faults(void)
{
	static const struct {
		size_t at; /* in the directory's header */
		struct slice bytes;
		const char *what;
	} faults[] = {
		{ 6, { "\x2F", 1 }, "it needs a later version of the format" },
		{ 6, { "\x14\2", 2 }, "it needs a later version of the format" },
		{ 8, { "\x20", 1 }, "it is a patch of something else" },
		{ 8, { "\x41", 1 }, "encrypted" },
		{ 9, { "\x20", 1 }, "encrypted" },
		{ 10, { "\x09", 1 }, "its compression is not one that every program unpacks" },
		{ 24, { "\3", 1 }, "it is not compressed, and has two sizes" },
		{ 34, { "\1", 1 }, "it is in another part of a zip of several" },
		{ 41, { "\x41", 1 }, "its name and its attributes disagree about what it is" },
		{ 41, { "\x21", 1 }, "its attributes make it a device" },
		{ 42, { "\x4A", 1 }, "its header is not where the directory says it is" },
		{ 42, { "\xFF\xFF\xFF\xFF", 4 },
			"its header is not where the directory says it is" },
	};
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		char want[96];
		snprintf(want, sizeof want, "z!b.csv: %s", faults[i].what);
		check_changed(DIRECTORY_B + faults[i].at, faults[i].bytes, want);
	}
	/* Made by DOS, a folder by its attributes. */
	check_changed(DIRECTORY_B + 38, SLICE("\x10"), NULL);
	struct buffer zip = { 0 };
	put_zip(&zip, two, 2, SLICE(""));
	zip.ptr[DIRECTORY_B + 5] = 0;
	check_zip(buffer_slice(&zip), NULL);
	zip.ptr[DIRECTORY_B + 38] = 0x10;
	check_zip(buffer_slice(&zip),
		"z!b.csv: its name and its attributes disagree about what it is");
	buffer_release(&zip);
}

static void test_names(void)
{
	static const struct {
		const char *name;
		unsigned flags;
		char system;
		const char *want;
	} names[] = {
		{ "", 0, 3, "z: it has no name" },
		{ "/b", 0, 3, "z!/b: its name is absolute" },
		{ "x/..", 0, 3, "z!x/..: its name leads out of the archive" },
		{ "b\tc", 0, 3, "z!b\\x09c: its name holds a control byte" },
		{ "b\x7F", 0, 3, "z!b\\x7F: its name holds a control byte" },
		{ "b\\c", 0, 3, "z!b\\c: its name holds a backslash" },
		{ "c:d", 0, 3, "z!c:d: its name starts with a drive" },
		{ "b\xFF", 0x800, 3, "z!b\\xFF: its name is not in UTF-8, as it should be" },
		{ "b\xC3\xBC", 0x800, 0, NULL },
		{ "b\xFF", 0, 3, NULL },
		{ "b\x81", 0, 0, "z!b\\x81: its name is in a character set that is not named" },
		{ "a.csv", 0, 3, "z: two of its members are named \"a.csv\"" },
		{ "./a.csv", 0, 3, "z: two of its members are named \"a.csv\"" },
		{ "A.csv", 0, 3, NULL },
		{ "b/", 0, 0, "z!b/: a folder with content" },
		{ "b/", 0, 3, "z!b/: its name and its attributes disagree about what it is" },
	};
	struct buffer zip = { 0 };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct part parts[] = { { names[i].name, "2\n", names[i].flags }, two[0] };
		put_zip(&zip, parts, 2, SLICE(""));
		char *header = memmem(zip.ptr, zip.len, "PK\1\2", 4);
		header[5] = names[i].system;
		check_zip(buffer_slice(&zip), names[i].want);
	}
	char name[4097];
	memset(name, 'n', 4096);
	name[4096] = '\0';
	struct part parts[] = { { name, "2\n", 0 }, two[0] };
	put_zip(&zip, parts, 2, SLICE(""));
	check_zip(buffer_slice(&zip), "z!nnnnn");
	parts[0].name = name + 1;
	put_zip(&zip, parts, 2, SLICE(""));
	check_zip(buffer_slice(&zip), NULL);
	buffer_release(&zip);
}

/* "1\n" and its sum. */
#define SUM    "\x53\xFC\x51\x67"
#define SIZE_4 "\2\0\0\0"
#define SIZE_8 "\2\0\0\0\0\0\0\0"

static void test_descriptors(void)
{
	static const char differs[] = "z!a.csv: the directory and the sizes behind it disagree";
	static const struct {
		struct slice bytes;
		const char *want;
	} descriptors[] = {
		{ { "PK\7\10" SUM SIZE_4 SIZE_4, 16 }, NULL },
		{ { SUM SIZE_4 SIZE_4, 12 }, NULL },
		{ { "PK\7\10" SUM SIZE_8 SIZE_8, 24 }, NULL },
		{ { SUM SIZE_8 SIZE_8, 20 }, NULL },
		{ { "PK\7\7" SUM SIZE_4 SIZE_4, 16 }, differs },
		{ { "PK\7\10" SUM SIZE_4 SIZE_4, 15 }, differs },
		{ { "PK\7\10xxxx" SIZE_4 SIZE_4, 16 }, differs },
		{ { "PK\7\10" SUM "\3\0\0\0" SIZE_4, 16 }, differs },
		{ { "PK\7\10" SUM SIZE_4 "\3\0\0\0", 16 }, differs },
		{ { SUM SIZE_8 "\2\0\0\0\0\0\0\1", 20 }, differs },
		{ { SUM "\2\0\0\0\0\0\0\1" SIZE_8, 20 }, differs },
		{ { "xxxx" SIZE_8 SIZE_8, 20 }, differs },
		{ { "", 0 }, differs },
		{ { "PK\7\10" SUM SIZE_8 SIZE_8, 25 },
			"z!a.csv: behind it are bytes that belong to no member" },
	};
	struct buffer zip = { 0 };
	for (size_t i = 0; i < sizeof descriptors / sizeof *descriptors; i++) {
		struct part parts[] = { { "a.csv", "1\n", 8 }, two[1] };
		put_zip(&zip, parts, 2, descriptors[i].bytes);
		check_zip(buffer_slice(&zip), descriptors[i].want);
	}
	buffer_release(&zip);
}

static void test_extra(void)
{
	static const struct {
		struct slice extra;
		const char *want;
	} fields[] = {
		{ { "\xFE\xCA\2\0xx", 6 }, NULL },
		{ { "\xFE\xCA\3\0xx", 6 }, "z!n: its extra fields are damaged" },
		{ { "\xFE\xCA\0", 3 }, "z!n: its extra fields are damaged" },
		{ { "\x75\x70\6\0\1\xD2\xA3\x08\x78n", 10 }, NULL },
		{ { "\x75\x70\6\0\2\xD2\xA3\x08\x78n", 10 },
			"z!n: an extra field has another name for it" },
		{ { "\x75\x70\6\0\1\xD2\xA3\x08\x00n", 10 },
			"z!n: an extra field has another name for it" },
		{ { "\x75\x70\6\0\1\xD2\xA3\x08\x78m", 10 },
			"z!n: an extra field has another name for it" },
		{ { "\x78\x6C\0\0", 4 }, "z!n: an extra field has other attributes for it" },
		{ { "\x17\0\0\0", 4 }, "z!n: encrypted" },
		{ { "\1\0\0\0", 4 }, NULL },
		{ { "\1\0\x08\0\2\0\0\0\0\0\0\0", 12 }, NULL },
		{ { "\1\0\x08\0\3\0\0\0\0\0\0\0", 12 }, "z!n: its zip64 field does not fit" },
		{ { "\1\0\0\0\1\0\0\0", 8 }, "z!n: its zip64 field does not fit" },
	};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		struct buffer zip = { 0 };
		struct buffer whole = { 0 };
		struct part part = { "n", "1\n", 0 };
		put_zip(&zip, &part, 1, SLICE(""));
		/* At the end of the directory, which is 47 bytes from byte 33 on. */
		zip.ptr[33 + 30] = (char)fields[i].extra.len;
		buffer_append(&whole, (struct slice){ zip.ptr, 33 + 47 });
		buffer_append(&whole, fields[i].extra);
		put_end(&whole, 1, 47 + fields[i].extra.len, 33);
		check_zip(buffer_slice(&whole), fields[i].want);
		buffer_release(&zip);
		buffer_release(&whole);
	}
}

int main(void)
{
	char folder[32];
	if (!folder_begin(folder))
		return 1;
	test_headers();
	test_member_faults();
	test_names();
	test_descriptors();
	test_extra();
	folder_end(folder);
	return test_report("zip_test");
}
