/* The end of a zip, and what is where in it. */
#include "zip_made_test.h"

#include "zip_end.h"

static void test_places(void)
{
	static const char overlaps[] = "z!a.csv: it overlaps what comes behind it";
	check_more(0, SLICE("x"), "z: its directory is not where its end says it is");
	check_more(LOCAL_B, SLICE("x"), "z: its directory is not where its end says it is");
	check_more(DIRECTORY, SLICE("x"), "z: its directory is not where its end says it is");
	check_more(DIRECTORY_B, SLICE("x"), "z: its directory is not where its end says it is");
	check_more(END, SLICE("x"), "z: its directory is not where its end says it is");
	check_more(WHOLE, SLICE("x"), "z: there are bytes behind its end");
	check_more(WHOLE, SLICE("\0\0"), NULL);
	check_changed(DIRECTORY_B + 42, SLICE("\0"), overlaps);
	/* Both headers of the first say that it is shorter, or longer. */
	struct buffer zip = { 0 };
	for (int change = -1; change <= 1; change += 2) {
		put_zip(&zip, two, 2, SLICE(""));
		for (size_t i = 0; i < 2; i++) {
			zip.ptr[LOCAL_A + 18 + 4 * i] = (char)(2 + change);
			zip.ptr[DIRECTORY + 20 + 4 * i] = (char)(2 + change);
		}
		check_zip(buffer_slice(&zip),
			change > 0 ? overlaps
				   : "z!a.csv: behind it are 1 bytes that belong to no member");
	}
	/* The first is not listed: what it takes is nobody's. */
	put_zip(&zip, two, 2, SLICE(""));
	memmove(zip.ptr + DIRECTORY, zip.ptr + DIRECTORY_B, END - DIRECTORY_B);
	zip.len = DIRECTORY + (END - DIRECTORY_B);
	put_end(&zip, 1, END - DIRECTORY_B, DIRECTORY);
	check_zip(buffer_slice(&zip), "z: before its first member are bytes that belong to no");
	buffer_release(&zip);
	check_changed(END + 10, SLICE("\1"), "z: it is one of several parts");
	check_changed(END + 8, SLICE("\1\0\1"),
		"z: its directory has more than the 1 members of its end");
	check_changed(END + 8, SLICE("\3\0\3"),
		"z: damaged or truncated (its directory has fewer members than its end");
	check_changed(END + 8, SLICE("\xFF\xFF\xFF\xFF"),
		"z: damaged or truncated (its directory has fewer members than its end");
}

/* The zip of two with the records of zip64; `at` and `bytes`: what is changed in them. */
static void check_zip64(size_t at, struct slice bytes, const char *want)
{
	struct buffer zip = { 0 };
	struct buffer whole = { 0 };
	put_zip(&zip, two, 2, SLICE(""));
	buffer_append(&whole, (struct slice){ zip.ptr, END });
	buffer_append(&whole, SLICE("PK\6\6"));
	put_number(&whole, 8, 44);
	put_number(&whole, 4, 0x2D002D);
	put_number(&whole, 8, 0);
	put_number(&whole, 8, 2);
	put_number(&whole, 8, 2);
	put_number(&whole, 8, END - DIRECTORY);
	put_number(&whole, 8, DIRECTORY);
	buffer_append(&whole, SLICE("PK\6\7\0\0\0\0"));
	put_number(&whole, 8, END);
	put_number(&whole, 4, 1);
	put_end(&whole, 2, END - DIRECTORY, UINT32_MAX);
	memcpy(whole.ptr + END + at, bytes.ptr, bytes.len);
	check_zip(buffer_slice(&whole), want);
	buffer_release(&zip);
	buffer_release(&whole);
}

static void test_zip64(void)
{
	static const char place[] = "z: the records of its end are not where they should be";
	static const char parts[] = "z: it is one of several parts";
	static const char differ[] = "z: the two records of its end disagree";
	check_zip64(0, SLICE(""), NULL);
	check_zip64(2, SLICE("\7"), place);
	check_zip64(4, SLICE("\x2D"), place);
	check_zip64(16, SLICE("\1"), parts);
	check_zip64(20, SLICE("\1"), parts);
	check_zip64(
		24, SLICE("\1"), "z: the records of its end disagree about the number of members");
	check_zip64(24, SLICE("\1\0\0\0\0\0\0\0\1"), differ);
	check_zip64(40, SLICE("\1"), differ);
	check_zip64(48, SLICE("\1"), "z: its directory is not where its end says it is");
	check_zip64(60, SLICE("\1"), parts);
	check_zip64(64, SLICE("\1"), place);
	check_zip64(72, SLICE("\2"), parts);
	check_zip64(76 + 10, SLICE("\3"), parts);
	check_zip64(76 + 8, SLICE("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"), NULL);
	check_zip64(76 + 4, SLICE("\xFF\xFF\xFF\xFF"), NULL);
	check_zip64(76 + 16, SLICE("\1\0\0\0"), differ);
	check_changed(END + 4, SLICE("\xFF\xFF\xFF\xFF"), parts);
}

static void test_ends(void)
{
	struct buffer zip = { 0 };
	static const char two_ends[] = "z: it has two ends";
	check_zip(SLICE("PK\3\4"), "z: damaged or truncated (the end of its directory is missing)");
	put_end(&zip, 0, 0, 0);
	check_zip(buffer_slice(&zip), NULL);
	put_zip(&zip, two, 2, SLICE(""));
	zip.ptr[END + 20] = 4;
	check_zip(buffer_slice(&zip), "z: damaged or truncated (its end is cut)");
	buffer_append(&zip, SLICE("abc"));
	check_zip(buffer_slice(&zip), "z: damaged or truncated (its end is cut)");
	buffer_append(&zip, SLICE("d"));
	check_zip(buffer_slice(&zip), NULL);
	buffer_append(&zip, SLICE("e"));
	check_zip(buffer_slice(&zip), "z: there are bytes behind its end");
	zip.len = WHOLE;
	buffer_append(&zip, SLICE("PK\5\6"));
	check_zip(buffer_slice(&zip), two_ends);
	/* An end in the comment, of a zip without members that would be there. */
	zip.len = WHOLE;
	zip.ptr[END + 20] = 22;
	put_end(&zip, 0, 0, WHOLE);
	check_zip(buffer_slice(&zip), two_ends);
	zip.len = WHOLE;
	zip.ptr[END + 20] = 0;
	put_end(&zip, 0, 0, WHOLE);
	check_zip(buffer_slice(&zip), "z: before its first member are bytes that belong to no");
	/* An end in a member's data is a zip in the zip, unless it reaches to the end. */
	char inner[] = "PK\5\6................2\1";
	struct part part = { "n", inner, 0 };
	put_zip(&zip, &part, 1, SLICE(""));
	check_zip(buffer_slice(&zip), NULL);
	inner[20] = (char)(zip.len - 31 - 22);
	inner[21] = 0;
	char *data = memmem(zip.ptr, zip.len, "PK\5\6", 4);
	memcpy(data + 20, inner + 20, 2);
	check_zip(buffer_slice(&zip), two_ends);
	/* A comment that libarchive would not see the start of. */
	put_zip(&zip, two, 2, SLICE(""));
	size_t most = 16384 - 22;
	for (size_t i = 0; i < most; i++)
		buffer_put(&zip, 'c');
	memcpy(zip.ptr + END + 20, "\xEA\x3F", 2);
	check_zip(buffer_slice(&zip), NULL);
	buffer_put(&zip, 'c');
	zip.ptr[END + 20]++;
	check_zip(buffer_slice(&zip), "z: its comment is too long");
	buffer_release(&zip);
}

static void test_shows(void)
{
	struct buffer text = { 0 };
	struct buffer out = { 0 };
	buffer_append(&text, SLICE("user_id\n1\n"));
	CHECK(!zip_end_shows(buffer_slice(&text), false));
	CHECK(!zip_end_shows(SLICE("PK\5\6"), false));
	put_end(&text, 0, 0, 0);
	CHECK(zip_end_shows(buffer_slice(&text), true));
	put_file("text", text.ptr, text.len);
	CHECK_TEXT(given_one("text", &out), "3: text: it ends as a zip and does not start as one");
	buffer_append(&text, SLICE("\n2\n"));
	CHECK(!zip_end_shows(buffer_slice(&text), true));
	CHECK(zip_end_shows(buffer_slice(&text), false));
	put_file("text", text.ptr, text.len);
	CHECK_TEXT(given_one("text", &out), "3: text: it ends as a zip and does not start as one");
	/* By a pipe it comes out only at the end, and at that distance. */
	for (size_t behind = 65535; behind <= 65536; behind++) {
		struct zip_end_source source;
		struct memory_source memory;
		struct error e = { 0 };
		text.len = 10 + 22;
		for (size_t i = 0; i < behind; i++)
			buffer_put(&text, i % 80 ? 'x' : '\n');
		memory_source_init(&memory, buffer_slice(&text), NULL);
		zip_end_source_init(&source, &memory.source, "-");
		buffer_clear(&out);
		CHECK_NUMBER(source_read_all(&source.source, &out, SIZE_MAX, &e),
			behind == 65535 ? -1 : 0);
		if (behind == 65536)
			CHECK_SLICE(buffer_slice(&out), buffer_slice(&text));
		zip_end_source_release(&source);
		error_release(&e);
	}
	buffer_release(&text);
	buffer_release(&out);
}

int main(void)
{
	char folder[32];
	if (!folder_begin(folder))
		return 1;
	test_places();
	test_zip64();
	test_ends();
	test_shows();
	folder_end(folder);
	return test_report("zip_end_test");
}
