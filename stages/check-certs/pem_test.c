#include "pem.h"

#include "test.h"

/* The blocks of a text as "LINE LABEL bytes;", a fault as "LINE fault", else "LINE form;". */
static void check_blocks(const char *text, const char *want)
{
	struct pem pem = { .rest = slice_from(text), .line = 1 };
	static const char *const forms[] = { [PEM_BARE] = "bare",
		[PEM_BARE_UNKNOWN] = "unknown",
		[PEM_KEY] = "key",
		[PEM_MENTION] = "mention" };
	struct pem_block block;
	struct buffer got = { 0 };
	struct buffer bytes = { 0 };
	int more;
	while ((more = pem_next(&pem, &block)) > 0) {
		if (block.form != PEM_BLOCK) {
			buffer_printf(&got, "%" PRIu64 " %s;", block.line, forms[block.form]);
			continue;
		}
		buffer_clear(&bytes);
		int decoded = pem_decode(&block, &bytes);
		CHECK(decoded >= 0);
		buffer_printf(&got, "%" PRIu64 " %.*s ", block.line, (int)block.label.len,
			block.label.ptr);
		if (decoded > 0)
			buffer_printf(&got, "%" PRIu64 " %s;", block.fault_line, block.fault);
		else
			buffer_printf(&got, "%.*s;", (int)bytes.len, bytes.len ? bytes.ptr : "");
	}
	if (more < 0)
		buffer_printf(&got, "%" PRIu64 " %s", block.fault_line, block.fault);
	CHECK_TEXT(buffer_slice(&got), want);
	buffer_release(&got);
	buffer_release(&bytes);
}

#define B "-----BEGIN X-----\n"
#define E "-----END X-----\n"
#define C "-----BEGIN CMS-----\n"
#define D "-----END CMS-----\n"

static void test_blocks(void)
{
	check_blocks("", "");
	check_blocks("no block\n---- X BEGIN ----\n", "");
	check_blocks("\xEF\xBB\xBF" B "YWJj\n" E "\xEF\xBB\xBF" B "ZGVm\n" E, "1 X abc;4 X def;");
	check_blocks(B "YWJj\n" E, "1 X abc;");
	check_blocks(B "YWJj\n-----END X-----", "1 X abc;");
	check_blocks(B "YWJj\nZGVm\nZw==\n" E, "1 X abcdefg;");
	check_blocks(B "YW\nJjZGU=\n" E, "1 X abcde;");
	check_blocks(B E, "1 X ;");
	check_blocks("text\n\n" B "YWJj\n" E "more\n" B "ZGVm\n" E, "3 X abc;7 X def;");
	check_blocks("-----BEGIN X-----\r\nYWJj\r\n-----END X-----\r\n", "1 X abc;");
	check_blocks("  -----BEGIN A B----- \n\t YWJj \n  -----END A B-----\n", "1 A B abc;");
	check_blocks(B "Proc-Type: 4,ENCRYPTED\nDEK-Info: x\n\nYWJj\n" E, "1 X abc;");
	check_blocks(B "A: b\n" E, "1 X ;");
}

static void test_faults(void)
{
	check_blocks(C "YWJj\n-----END CMS----- and more\n",
		"3 the END line has another form than \"-----END LABEL-----\"");
	check_blocks("\n" C "YWJj\n-----END CMS----------BEGIN CMS-----\n",
		"4 the END line has another form than \"-----END LABEL-----\"");
	check_blocks(
		"\n" C "YWJj\n-----END Y-----\n", "4 the END line names something else than BEGIN");
	check_blocks("\n" C "YWJj\n", "2 the END line is missing: cut short");
	check_blocks("\n" C, "2 the END line is missing: cut short");
	check_blocks("-----BEGIN CMS-----", "1 the END line is missing: cut short");
	check_blocks(C "YWJj\n" C "YWJj\n" D, "1 the END line is missing: cut short");
	check_blocks(C "YWJj\nY!Jj\n" D, "1 CMS 3 a byte that is no base64;");
	check_blocks(C "YWJ=\nYWJj\n" D, "1 CMS 3 a byte that is no base64;");
	check_blocks(C "Y===\n" D, "1 CMS 2 a byte that is no base64;");
	check_blocks(C "YWJj=\n" D, "1 CMS 2 a byte that is no base64;");
	check_blocks(C "YWJjZA=\n" D, "1 CMS 1 the base64 ends in the middle of a byte;");
	check_blocks(C "YWJjZ\n" D, "1 CMS 1 the base64 ends in the middle of a byte;");
	check_blocks(C "YWJjZGU\n" D, "1 CMS 1 the base64 ends in the middle of a byte;");
}

#define KEY_DIGITS "MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define KEY        KEY_DIGITS "\n"
#define OTHER      "AAAAB3NzaC1yc2EAAAADAQABAAABAQC7\n"

/* What is no PEM, and still something; or only looks like it. */
static void test_likeness(void)
{
	const char *const other = "1 a block of another form than PEM";
	check_blocks("----BEGIN CERTIFICATE----\n" OTHER, other);
	check_blocks("-----BEGIN CERTIFICATE\n\n" OTHER, other);
	check_blocks("----- BEGIN\tX.509\nA: b\n\n" OTHER, other);
	check_blocks("---begin pkcs7\n> " OTHER, other);
	check_blocks("\xE2\x80\x94 BEGIN CMS\n" OTHER, other);
	check_blocks("c: -----BEGIN CERTIFICATE-----" OTHER "\n", "1 mention;");
	check_blocks("c: -----BEGIN CERTIFICATE-----AAAAAAAAAAA" OTHER "\n", other);
	check_blocks("--BEGIN CERTIFICATE--\n" OTHER, "");
	check_blocks("\xE2\x80 BEGIN CMS\n\xE2\x80\x96 BEGIN CMS\n" OTHER, "");
	check_blocks("---BEGIN CERTIFICATE\nno\nno\nno\nno\n" OTHER, "");
	check_blocks("---BEGIN CERTIFICATE\nAAAAB3NzaC1yc2EAAAADAQA\n", "");
	check_blocks("---BEGIN CERTIFICATE---\n", "1 mention;");
	check_blocks("a ---BEGIN CERTIFICATE \xE2\x80\x95\n", "1 mention;");
	check_blocks("---BEGIN CERTIFICATE--\n", "");
	check_blocks("---BEGIN X---\n", "");
	check_blocks("---BEGIN X\n" OTHER, "");
	check_blocks("---BEGIN X---\n" OTHER, "1 mention;");
	check_blocks("-----BEGIN X-----\n" OTHER, "1 mention;");
	check_blocks(B "YWJj\n", "");
	check_blocks("-----BEGIN X Y\n", "");
	/* Keys. */
	check_blocks("\nPuTTY-User-Key-File-3: ssh-rsa\n", "2 key;");
	check_blocks("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: x\n", "1 key;");
	check_blocks("a ---BEGIN PRIVATE KEY\n" OTHER, "1 key;");
	check_blocks("> ---BEGIN PRIVATE KEY\n", "1 key;");
	check_blocks("a ---BEGIN PRIVATE KEY---\n", "1 mention;");
	check_blocks("a ---BEGIN PRIVATE KEY\n", "");
	check_blocks("2 - Begin with the private key\n", "");
	/* Base64 alone, which says itself what it is. */
	check_blocks("a ---BEGIN PRIVATE KEY\n" KEY, "2 bare;");
	check_blocks(KEY KEY "text\n" KEY, "1 bare;2 bare;4 bare;");
	check_blocks("<a>" KEY "</a><b>" KEY "</b>", "1 bare;2 bare;");
	check_blocks("\"" KEY_DIGITS "\", \"" KEY_DIGITS "\"\n\n" KEY, "1 bare;1 bare;3 bare;");
	check_blocks("\"" KEY_DIGITS "\", ---BEGIN CMS---\nX\n", "1 bare;1 mention;");
	check_blocks("x" KEY, "");
	check_blocks("a\\n" KEY, "1 bare;");
	check_blocks(
		"> MC4CAQAwBQYDK2VwBC\r\n> IEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n" B
		"YWJj\n" E,
		"1 bare;3 X abc;");
	check_blocks("MC4CAQAwBQYDK2Vw", "1 bare;");
	check_blocks("MC4CAQAwBQYDK2V", "");
	check_blocks("b3BlbnNzaC1rZXktdjEAAAAA", "1 bare;");
	check_blocks("MIIB0123456789012345678901234567890123456789\n" KEY, "1 unknown;");
	check_blocks("MIIB01234567890123456789012345678901234\n" KEY, "2 bare;");
	check_blocks("MINIMUMS0123456789012345678901234567890123456789\n", "");
}

static void test_narrow(void)
{
	char little[] = "\xFF\xFE"
			"a\0\n\0\xFC\0\x61\x01";
	char big[] = "\xFE\xFF"
		     "\0a\0\n\0\xFC\x01\x61";
	char odd[] = "\xFF\xFE"
		     "a\0b";
	char mark[] = "\xFF\xFE";
	CHECK_TEXT(pem_narrow(little, sizeof little - 1), "a\n??");
	CHECK_TEXT(pem_narrow(big, sizeof big - 1), "a\n??");
	CHECK_TEXT(pem_narrow(odd, sizeof odd - 1), "a");
	CHECK_TEXT(pem_narrow(mark, sizeof mark - 1), "");
	/* Without a mark. */
	char little_alone[] = "a\0b\0c\0d\0\n\0\xFC";
	char big_alone[] = "\0a\0b\0c\0d\0\xFC";
	char few[] = "a\0b\0c\0";
	char other[] = "a\0b\0c\0\0d";
	char plain[] = "abcdefgh";
	CHECK_TEXT(pem_narrow(little_alone, sizeof little_alone - 1), "abcd\n");
	CHECK_TEXT(pem_narrow(big_alone, sizeof big_alone - 1), "abcd?");
	CHECK_NUMBER(pem_narrow(few, sizeof few - 1).len, sizeof few - 1);
	CHECK_NUMBER(pem_narrow(other, sizeof other - 1).len, sizeof other - 1);
	CHECK_TEXT(pem_narrow(plain, sizeof plain - 1), "abcdefgh");
}

int main(void)
{
	test_blocks();
	test_faults();
	test_likeness();
	test_narrow();
	return test_report("pem");
}
