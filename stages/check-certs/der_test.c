#include "der.h"

#include "test.h"

/* A number stands for a key's, long enough to be one. */
#define NUMBER                                                                                     \
	"\x02\x20"                                                                                 \
	"0123456789abcdef0123456789abcdef"
#define LARGE                                                                                      \
	"\x02\x40"                                                                                 \
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

#define SIGNED_OID "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"
#define PBES2_OID  "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x05\x0D"
#define CMS_OID    "\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x17"
#define OTHER_OID  "\x06\x02\x2A\x03"
#define ALGORITHM  "\x30\x04" OTHER_OID
#define EMPTY      "\x30\x00"
#define TIME       "\x17\x01z"

#define ROW(text, kind)                                                                            \
	{                                                                                          \
		{ (text), sizeof(text) - 1 }, (kind)                                               \
	}

static void test_kinds(void)
{
	static const struct {
		struct slice bytes;
		enum der_kind kind;
	} rows[] = {
		ROW("", DER_NONE),
		ROW("0", DER_NONE),
		ROW("0123456789, a text", DER_NONE),
		ROW("\x30\x00", DER_NONE),
		ROW("\x30\x80\x00\x00", DER_NONE),
		ROW("\x30\x88\x01\x01\x01\x01\x01\x01\x01\x01", DER_NONE),
		ROW("\x31\x0B" SIGNED_OID, DER_NONE),
		ROW("\x30\x0B" SIGNED_OID, DER_PKCS7),
		ROW("\x30\x80" SIGNED_OID "\xA0\x80", DER_PKCS7),
		ROW("\x30\x0D" CMS_OID, DER_PKCS7),
		ROW("\x30\x04" OTHER_OID, DER_NONE),
		ROW("\x30\x10\x02\x01\x03\x30\x0B" SIGNED_OID, DER_PKCS12),
		ROW("\x30\x80\x02\x01\x03\x30\x80" SIGNED_OID, DER_PKCS12),
		/* Private keys: PKCS #8, SEC 1, PKCS #1 with its end missing. */
		ROW("\x30\x0B\x02\x01\x00" ALGORITHM "\x04\x00", DER_PRIVATE_KEY),
		ROW("\x30\x06\x02\x01\x01\x04\x01x", DER_PRIVATE_KEY),
		ROW("\x30\x82\x04\x00\x02\x01\x00" NUMBER, DER_PRIVATE_KEY),
		ROW("\x30\x82\x04\x00\x02\x01\x00\x02\x82\x01\x01\x00", DER_PRIVATE_KEY),
		ROW("\x30\x06\x02\x01\x00\x02\x01\x05", DER_NONE),
		ROW("\x30\x11\x30\x0D" PBES2_OID "\x30\x00\x04\x00", DER_ENCRYPTED_KEY),
		ROW("\x30\x0A" ALGORITHM "\x04\x02xy", DER_NONE), /* a digest */
		ROW("\x30\x0A" ALGORITHM "\x03\x02\x00x", DER_PUBLIC_KEY),
		ROW("\x30\x45" LARGE "\x02\x01\x03", DER_PUBLIC_KEY),
		/* What is signed: by the first parts alone. */
		ROW("\x30\x0A\x30\x08\xA0\x03\x02\x01\x02\x02\x01\x01", DER_CERTIFICATE),
		ROW("\x30\x0A\x30\x08\xA0\x03\x02\x01\x02\x03\x01\x01", DER_NONE),
		ROW("\x30\x0F\x30\x0D\x02\x01\x01" ALGORITHM EMPTY EMPTY, DER_CERTIFICATE),
		ROW("\x30\x10\x30\x0E\x02\x01\x01" ALGORITHM EMPTY TIME, DER_CRL),
		ROW("\x30\x0D\x30\x0B" ALGORITHM EMPTY TIME, DER_CRL),
		ROW("\x30\x0D\x30\x0B" ALGORITHM EMPTY EMPTY, DER_NONE),
		ROW("\x30\x09\x30\x07\x02\x01\x00" EMPTY EMPTY, DER_REQUEST),
		ROW("\x30\x06\x30\x04\x02\x02\x00\x00", DER_NONE),
		/* No part of it states its length. */
		ROW("\x30\x80\x30\x80\xA0\x80\x02\x01\x02\x00\x00\x02\x01\x01\x00\x00\x00\x00",
			DER_CERTIFICATE),
		ROW("\x30\x80\x02\x01\x00\x30\x80" OTHER_OID "\x00\x00\x04\x00\x00\x00",
			DER_PRIVATE_KEY),
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (!CHECK(der_kind(rows[i].bytes) == rows[i].kind))
			fprintf(stderr, "\trow %zu: %d\n", i, (int)der_kind(rows[i].bytes));
}

static void test_lengths(void)
{
	static const struct {
		struct slice bytes;
		uint64_t length;
	} rows[] = {
		ROW("", 0),
		ROW("\x30", 0),
		ROW("\x30\x00", 2),
		ROW("\x30\x05", 7),
		ROW("\x30\x80", 0),
		ROW("\x30\x81\x80", 0x83),
		ROW("\x30\x82\x01\x00", 0x104),
		ROW("\x30\x82\x01", 0),
		ROW("\x30\x80\x00\x00", 4),
		ROW("\x30\x80\x00\x00more", 4),
		ROW("\x30\x80\x00", 0),
		ROW("\x30\x80\x02\x02\x00\x00", 0),
		ROW("\x30\x80\x02\x02\x00\x00\x00\x00more", 8),
		ROW("\x30\x80\x30\x80\x00\x00", 0),
		ROW("\x30\x80\x30\x80\x00\x00\x00\x00more", 8),
		ROW("\x30\x80\x30\x04\x30\x80\x00\x00\x00\x00more", 10),
		ROW("\x30\x80\xBF\x81\x01\x80\x00\x00\x00\x00more", 10),
		ROW("\x30\x80\xBF\x81", 0),
		ROW("\x30\x80\x02\x05\x00\x00\x00", 0),
		ROW("\x30\x84\xFF\xFF\xFF\xFF", UINT64_C(0x100000005)),
		ROW("\x30\x87\xFF\xFF\xFF\xFF\xFF\xFF\xFF", UINT64_C(0x100000000000008)),
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		CHECK_NUMBER(der_length(rows[i].bytes), rows[i].length);
}

int main(void)
{
	test_kinds();
	test_lengths();
	return test_report("der");
}
