#include "magic.h"

#include "test.h"

static enum magic named(const char *name, struct slice start)
{
	return magic_of(start, slice_from(name));
}

static enum magic of(struct slice start)
{
	return named("report.csv", start);
}

static void test_archives(void)
{
	CHECK(of(SLICE("PK\3\4\24\0")) == MAGIC_ZIP);
	CHECK(of(SLICE("PK\5\6\0\0")) == MAGIC_ZIP);
	CHECK(of(SLICE("7z\xBC\xAF\x27\x1C\0\4")) == MAGIC_7Z);
	CHECK(of(SLICE("Rar!\x1A\7\0")) == MAGIC_RAR);
	CHECK(of(SLICE("Rar!\x1A\7\1\0")) == MAGIC_RAR);
	CHECK(of(SLICE("MSCF\0\0\0\0")) == MAGIC_CAB);
	CHECK(of(SLICE("\x1F\x8B\x08\0")) == MAGIC_GZIP);
	CHECK(of(SLICE("BZh91AY&SY....")) == MAGIC_BZIP2);
	CHECK(of(SLICE("\xFD\x37zXZ\0\0\4")) == MAGIC_XZ);
	CHECK(of(SLICE("\x5D\0\0\x80\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0")) == MAGIC_LZMA);
	CHECK(of(SLICE("\x28\xB5\x2F\xFD")) == MAGIC_ZSTD);
	CHECK(of(SLICE("\4\"M\x18")) == MAGIC_LZ4);
	CHECK(of(SLICE("LZIP\1")) == MAGIC_LZIP);
	CHECK(of(SLICE("\x1F\x9D\x90")) == MAGIC_COMPRESS);
	CHECK(magic_is_archive(MAGIC_ZIP) && !magic_is_filter(MAGIC_ZIP));
	CHECK(magic_is_archive(MAGIC_CPIO) && !magic_is_filter(MAGIC_CPIO));
	CHECK(magic_is_archive(MAGIC_GZIP) && magic_is_filter(MAGIC_GZIP));
	CHECK(magic_is_archive(MAGIC_COMPRESS) && magic_is_filter(MAGIC_COMPRESS));
	CHECK(!magic_is_archive(MAGIC_NONE) && !magic_is_archive(MAGIC_PGP));
}

static void test_tar(void)
{
	char header[512] = "users.csv";
	struct slice start = { header, sizeof header };
	CHECK(of(start) == MAGIC_NONE);
	memcpy(header + 257, "ustar", 5);
	CHECK(of(start) == MAGIC_TAR);
	CHECK(of((struct slice){ header, 511 }) == MAGIC_NONE);
	/* The oldest kind, by its sum: that of the name and of eight blanks. */
	memset(header + 257, 0, 5);
	unsigned sum = 8 * ' ';
	for (const char *c = "users.csv"; *c; c++)
		sum += (unsigned char)*c;
	snprintf(header + 148, 8, "%06o", sum);
	CHECK(of(start) == MAGIC_TAR);
	snprintf(header + 148, 8, "%06o", sum + 1);
	CHECK(of(start) == MAGIC_NONE);
	memset(header, 0, sizeof header);
	CHECK(of(start) == MAGIC_NONE);
}

static void test_cpio(void)
{
	char header[128];
	memset(header, '0', sizeof header);
	memcpy(header, "070701", 6);
	CHECK(of((struct slice){ header, 110 }) == MAGIC_CPIO);
	CHECK(of((struct slice){ header, 109 }) == MAGIC_NONE);
	header[20] = 'F';
	CHECK(of((struct slice){ header, 110 }) == MAGIC_CPIO);
	memcpy(header, "070707", 6);
	CHECK(of((struct slice){ header, 76 }) == MAGIC_NONE);
	header[20] = '7';
	CHECK(of((struct slice){ header, 76 }) == MAGIC_CPIO);
	CHECK(of(SLICE("070701\n070702\n")) == MAGIC_NONE);
	CHECK(of(SLICE("\xC7\x71\1\0")) == MAGIC_CPIO);
}

static void test_pgp(void)
{
	CHECK(of(SLICE("-----BEGIN PGP MESSAGE-----\n")) == MAGIC_PGP);
	CHECK(of(SLICE("-----BEGIN CERTIFICATE-----\n")) == MAGIC_NONE);
	CHECK(of(SLICE("\x85\x01\x0C\x03\x11\x22")) == MAGIC_PGP);
	CHECK(of(SLICE("\x84\x5E\x03\x11\x22")) == MAGIC_PGP);
	CHECK(of(SLICE("\xC1\xC0\x4C\x03\x11")) == MAGIC_PGP);
	CHECK(of(SLICE("\x8C\x0D\x04\x09\x03\x02")) == MAGIC_PGP);
	CHECK(of(SLICE("\xD2\x3F\x01\x11")) == MAGIC_PGP);
	CHECK(of(SLICE("\xA3\x02\x78\x9C")) == MAGIC_PGP);
	/* Encrypted without a modification code: nothing but the name tells it from a text. */
	CHECK(named("users.csv.pgp", SLICE("\xC9tat;Utilisateur")) == MAGIC_PGP);
	CHECK(named("USERS.GPG", SLICE("\xC9tat;Utilisateur")) == MAGIC_PGP);
	CHECK(named("users.csv", SLICE("\xC9tat;Utilisateur")) == MAGIC_NONE);
	CHECK(named("users.csv.pgp", SLICE("user_id,status\n")) == MAGIC_NONE);
}

static void test_text(void)
{
	static const char *const texts[] = { "", "u", "user_id,status\n", "BZh9,Status\n",
		"PK,Name\n", "LZIP,a\n", "\xEF\xBB\xBFuser_id\n", "\xC1rea;Estado\n", "\xD2lt;a\n",
		"\x84Status\x93;b\n", "\x8Cuvre;a\n", "\xA3;\x80\n",
		"\xC3\x9C"
		"bersicht\n",
		"\xC4"
		"nderung\n",
		"7z;a\n", "Rar!\n" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		CHECK(of(slice_from(texts[i])) == MAGIC_NONE);
	CHECK(of(SLICE("\xFF\xFEu\0s\0")) == MAGIC_NONE);
	CHECK(of(SLICE("\xFE\xFF\0u\0s")) == MAGIC_NONE);
	CHECK(of(SLICE("u\0s\0e\0r\0")) == MAGIC_NONE);
}

int main(void)
{
	test_archives();
	test_tar();
	test_cpio();
	test_pgp();
	test_text();
	return test_report("magic_test");
}
