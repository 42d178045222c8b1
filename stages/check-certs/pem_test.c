#include "pem.h"

#include "test.h"

/* The blocks of a text as "LINE LABEL bytes;", a fault as "LINE fault". */
static void check_blocks(const char *text, const char *want)
{
	struct pem pem = { slice_from(text), 1, 0 };
	struct pem_block block;
	struct buffer got = { 0 };
	struct buffer bytes = { 0 };
	int more;
	while ((more = pem_next(&pem, &block)) > 0) {
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
	const char *const form = "-----BEGIN X----\nYWJj\n" E;
	check_blocks(form, "1 the BEGIN line has another form than \"-----BEGIN LABEL-----\"");
	check_blocks(B "YWJj\n-----END X----- and more\n",
		"3 the END line has another form than \"-----END LABEL-----\"");
	check_blocks("\n" B "YWJj\n-----END X----------BEGIN X-----\n",
		"4 the END line has another form than \"-----END LABEL-----\"");
	check_blocks(
		"\n" B "YWJj\n-----END Y-----\n", "4 the END line names something else than BEGIN");
	check_blocks("\n" B "YWJj\n", "2 the END line is missing: cut short");
	const char *const misplaced = "4 a BEGIN that is not at the start of its line, or not in "
				      "capitals";
	check_blocks("> a mail\n> \n\n> " B, misplaced);
	check_blocks("\n\n\n-----begin x-----\n", misplaced);
	check_blocks("a: 1\nb: 2\n\nc: -----BEGIN X-----\\nYWJj\n", misplaced);
	check_blocks("----- BEGIN X-----\n", "1 a block of another form than PEM");
	check_blocks(
		"---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n", "1 a private key of another form");
	check_blocks("\nPuTTY-User-Key-File-3: ssh-rsa\n", "2 a private key of another form");
	const char *const other = "1 a block of another form than PEM";
	check_blocks("----BEGIN CERTIFICATE----\n", other);
	check_blocks("-----BEGIN\tCERTIFICATE-----\n", other);
	check_blocks("-----BEGINPKCS7-----\n", other);
	check_blocks("-begin x.509 certificate\n", other);
	check_blocks("\xE2\x80\x94 BEGIN CERTIFICATE \xE2\x80\x94\n", other);
	check_blocks("----BEGIN PRIVATE KEY----\n", "1 a private key of another form");
	check_blocks("a - b, begin\n-\nBEGIN CERTIFICATE\n-BEGIN X\n\xE2\x80 BEGIN CMS\n", "");
	check_blocks("\n" B, "2 the END line is missing: cut short");
	check_blocks("-----BEGIN X-----", "1 the END line is missing: cut short");
	check_blocks(B "YWJj\n" B "YWJj\n" E, "1 the END line is missing: cut short");
	check_blocks(B "YWJj\nY!Jj\n" E, "1 X 3 a byte that is no base64;");
	check_blocks(B "YWJ=\nYWJj\n" E, "1 X 3 a byte that is no base64;");
	check_blocks(B "Y===\n" E, "1 X 2 a byte that is no base64;");
	check_blocks(B "YWJj=\n" E, "1 X 2 a byte that is no base64;");
	check_blocks(B "YWJjZA=\n" E, "1 X 1 the base64 ends in the middle of a byte;");
	check_blocks(B "YWJjZ\n" E, "1 X 1 the base64 ends in the middle of a byte;");
	check_blocks(B "YWJjZGU\n" E, "1 X 1 the base64 ends in the middle of a byte;");
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
}

int main(void)
{
	test_blocks();
	test_faults();
	test_narrow();
	return test_report("pem");
}
