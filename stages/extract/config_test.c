#include "config.h"

#include "test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A run over members, with what it wrote and said. */
struct run {
	struct config config;
	struct writer writer;
	struct messages messages;
	struct error error;
	char *said;
	size_t said_len;
};

static void run_open(struct run *r, const struct config_options *options)
{
	*r = (struct run){ 0 };
	r->messages = (struct messages){ .program = "extract",
		.stream = open_memstream(&r->said, &r->said_len) };
	/* The rows stay in the writer: they never fill a block. */
	writer_init(&r->writer, NULL, FORMAT_CSV);
	CHECK_NUMBER(config_open(&r->config, options, &r->error), 0);
}

static int run_member(struct run *r, const char *path, const char *bytes)
{
	return config_member(&r->config, path, slice_from(path), slice_from(bytes), &r->writer,
		&r->messages, &r->error);
}

static void run_check(struct run *r, const char *rows, const char *said)
{
	CHECK_TEXT(buffer_slice(&r->writer.pending), rows);
	CHECK_TEXT(((struct slice){ r->said, r->said_len }), said);
}

static void run_close(struct run *r)
{
	config_release(&r->config);
	writer_release(&r->writer);
	error_release(&r->error);
	fclose(r->messages.stream);
	free(r->said);
}

static void test_rows(void)
{
	struct run r;
	run_open(&r, &(struct config_options){ 0 });
	CHECK_NUMBER(run_member(&r, "back-up/CONNECTORS.txt",
			     "# SFTP\nconnector.ftp.server=sftp.example.invalid\n"
			     "connector.ftp.userID=1234567T\nconnector.ftp.password=Zm9vYmFy\n"
			     "connector.pgp.passphrase=\n"
			     "sfuser.connector.copy.field.mappings=SHOPPING_ACCT_TYPE=NOTACTIVE, "
			     "JL_DESC=JL_ID\n"),
		0);
	CHECK_NUMBER(run_member(&r, "back-up/LMS_ADMIN.Properties", "# nothing is set\n"), 0);
	CHECK_NUMBER(run_member(&r, "SAP CLOUD IDENTITY SERVICES",
			     "\r\nactivateIASAuthentication: true"),
		0);
	CHECK_NUMBER(run_member(&r, "a.txt/iContent.TXT", ""), 0);
	run_check(&r,
		"CONNECTORS,connector.ftp.server,sftp.example.invalid,N,2\n"
		"CONNECTORS,connector.ftp.userID,1234567T,N,3\n"
		"CONNECTORS,connector.ftp.password,***,Y,4\n"
		"CONNECTORS,connector.pgp.passphrase,,Y,5\n"
		"CONNECTORS,sfuser.connector.copy.field.mappings,"
		"\"SHOPPING_ACCT_TYPE=NOTACTIVE, JL_DESC=JL_ID\",N,6\n"
		"LMS_ADMIN,,,N,0\n"
		"SAP CLOUD IDENTITY SERVICES,activateIASAuthentication,true,N,2\n"
		"iContent,,,N,0\n",
		"");
	CHECK_NUMBER(config_finish(&r.config, &r.error), 0);
	CHECK_NUMBER(r.config.counts.files, 4);
	CHECK_NUMBER(r.config.counts.entries, 6);
	CHECK_NUMBER(r.config.counts.secrets, 2);
	CHECK_NUMBER(r.config.counts.warnings, 0);
	run_close(&r);
}

static void test_warnings(void)
{
	struct run r;
	run_open(&r, &(struct config_options){ 0 });
	CHECK_NUMBER(run_member(&r, "X.txt",
			     "ipsURL=1\nipsUrl=2\nipsURL=3\nS3cret\nS3cret\n"
			     "a=1\\\n  2\nb=C:\\data\nS3CRET x\n\xC3\x84=1\n\xC3\xA4=2\n"),
		0);
	run_check(&r,
		"X,ipsURL,1,N,1\nX,ipsUrl,2,N,2\nX,ipsURL,3,N,3\nX,S3cret,,N,4\nX,S3cret,,N,5\n"
		"X,a,12,N,6\nX,b,C:data,N,8\nX,S3CRET,x,N,9\nX,\xC3\x84,1,N,10\nX,\xC3\xA4,2,N,"
		"11\n",
		"extract: X.txt:2: key \"ipsUrl\" differs only in case from that of line 1\n"
		"extract: X.txt:3: key \"ipsURL\" was set in line 1 already; the last one counts\n"
		"extract: X.txt:4: the line has no separator and is read as a key without a value\n"
		"extract: X.txt:5: the line has the key of line 4 again; the last one counts\n"
		"extract: X.txt:5: the line has no separator and is read as a key without a value\n"
		"extract: X.txt:6: key \"a\" ends with a backslash and goes on in the next line\n"
		"extract: X.txt:8: key \"b\" has a backslash before a character that needs none; "
		"it is dropped\n"
		"hint: a backslash that is meant as such is written twice\n"
		"extract: X.txt:9: the line differs only in case from that of line 5\n"
		"extract: X.txt:11: key \"\xC3\xA4\" differs only in case from that of line 10\n");
	CHECK_NUMBER(r.config.counts.warnings, 9);
	run_close(&r);
}

/* Wherever a secret's text stands, nothing that is written or said holds it. */
static void test_secrets(void)
{
	static const char text[] =
		"k.password=CANARY\\qCANARY\\\n  CANARY\nCANARY\nCANARY\\\nCANARY\nCANARY==\n"
		"b=1\n#k.password=CANARY\n#CANARY\nCANARY\nk.password=CANARY\nc=\\u0041\n"
		"SFTP password=CANARY\nd.e=2\nk.passphrase CANARY\nCANARY CANARY=\nf=3\n";
	static const char rows[] =
		"X,k.password,***,Y,1\nX,***,***,Y,3\nX,***,***,Y,4\nX,***,***,Y,6\nX,b,1,N,7\n"
		"X,***,***,Y,10\nX,k.password,***,Y,11\nX,c,A,N,12\nX,SFTP,***,Y,13\n"
		"X,d.e,2,N,14\nX,k.passphrase,***,Y,15\nX,***,***,Y,16\nX,f,3,N,17\n";
	static const char said[] =
		"extract: X.txt:1: key \"k.password\" ends with a backslash and goes on in the "
		"next line\n"
		"extract: X.txt:1: key \"k.password\" has a backslash before a character that "
		"needs none; it is dropped\n"
		"hint: a backslash that is meant as such is written twice\n"
		"extract: X.txt:3: the line is taken for the rest of the secret in line 1 and "
		"not shown\n"
		"extract: X.txt:10: the line is taken for the rest of the secret in line 8 and "
		"not shown\n"
		"extract: X.txt:11: key \"k.password\" was set in line 1 already; the last one "
		"counts\n"
		"extract: X.txt:16: the line is taken for the rest of the secret in line 15 and "
		"not shown\n";
	struct run r;
	run_open(&r, &(struct config_options){ 0 });
	CHECK_NUMBER(run_member(&r, "X.txt", text), 0);
	run_check(&r, rows, said);
	run_close(&r);

	/* What cannot be read is not shown either. */
	run_open(&r, &(struct config_options){ 0 });
	CHECK_NUMBER(run_member(&r, "X.txt", "a=1\nk.password=CANARY\\u12"), -1);
	CHECK_NUMBER(r.error.status, STATUS_INPUT);
	CHECK_TEXT(buffer_slice(&r.error.text),
		"X.txt:2: malformed \\u escape (want four hex digits)");
	run_check(&r, "", "");
	run_close(&r);
}

static void test_names(void)
{
	static const struct {
		const char *first;
		const char *second;
		const char *want; /* NULL: both are taken */
	} cases[] = {
		{ "a/BIZX.txt", "b/BIZX.txt",
			"b/BIZX.txt: its name \"BIZX\" is also that of a/BIZX.txt" },
		{ "BIZX.txt", "BIZX.properties",
			"BIZX.properties: its name \"BIZX\" is also that of BIZX.txt" },
		{ "LMS_ADMIN.txt", "lms admin.txt",
			"lms admin.txt: its name \"lms admin\" is, but for case, blanks and \"_\", "
			"that of LMS_ADMIN.txt (\"LMS_ADMIN\")" },
		{ "BIZX.txt", "BIZX.bak.txt", NULL },
		{ "BIZX", ".txt", NULL },
		{ "BIZX", "B\xC3", "B\\xC3: the file's name is not UTF-8" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct run r;
		run_open(&r, &(struct config_options){ 0 });
		CHECK_NUMBER(run_member(&r, cases[i].first, "a=1"), 0);
		CHECK_NUMBER(run_member(&r, cases[i].second, "a=2"), cases[i].want ? -1 : 0);
		CHECK_NUMBER(r.error.status, cases[i].want ? STATUS_INPUT : STATUS_DONE);
		CHECK_TEXT(buffer_slice(&r.error.text), cases[i].want ? cases[i].want : "");
		run_close(&r);
	}
}

static void test_renames(void)
{
	static const char *const renames[] = { "b/BIZX.txt=BIZX TEST", "CONNECTORS=C2" };
	const struct config_options options = { .renames = renames, .rename_count = 2 };
	struct run r;
	run_open(&r, &options);
	CHECK_NUMBER(run_member(&r, "a/BIZX.txt", "a=1"), 0);
	CHECK_NUMBER(run_member(&r, "b/BIZX.txt", "a=2"), 0);
	CHECK_NUMBER(config_finish(&r.config, &r.error), -1);
	CHECK_NUMBER(r.error.status, STATUS_INPUT);
	CHECK_TEXT(buffer_slice(&r.error.text),
		"--rename CONNECTORS=C2: no configuration file has that name");
	CHECK_TEXT(buffer_slice(&r.error.hint), "the names are BIZX, BIZX TEST");
	CHECK_NUMBER(run_member(&r, "CONNECTORS", "connector.ftp.pass=x"), 0);
	CHECK_NUMBER(config_finish(&r.config, &r.error), -0);
	run_check(&r,
		"BIZX,a,1,N,1\nBIZX TEST,a,2,N,1\n"
		"C2,connector.ftp.pass,***,Y,1\n",
		"");
	run_close(&r);

	static const char *const bad[] = { "A", "=B", "A=", "A=B" };
	static const char *const twice[] = { "A=B", "A=C" };
	struct error e = { 0 };
	struct config c;
	for (size_t i = 0; i < 4; i++) {
		const struct config_options one = { .renames = bad + i, .rename_count = 1 };
		CHECK_NUMBER(config_open(&c, &one, &e), i < 3 ? -1 : 0);
		CHECK_NUMBER(e.status, STATUS_USAGE);
	}
	config_release(&c);
	const struct config_options two = { .renames = twice, .rename_count = 2 };
	CHECK_NUMBER(config_open(&c, &two, &e), -1);
	CHECK_TEXT(buffer_slice(&e.text), "--rename A=C: \"A\" is renamed twice");
	error_release(&e);
}

static int key_open(const char *path, size_t length, mode_t mode, struct error *e)
{
	struct config c;
	FILE *file = fopen(path, "w");
	for (size_t i = 0; i < length; i++)
		fputc((int)('a' + i % 26), file);
	fclose(file);
	chmod(path, mode);
	const struct config_options options = { .fingerprint_key = path };
	int result = config_open(&c, &options, e);
	if (result == 0)
		config_release(&c);
	return result;
}

static void test_fingerprints(void)
{
	char path[] = "/tmp/config_test.XXXXXX";
	struct error e = { 0 };
	struct run r;
	int fd = mkstemp(path);
	if (!CHECK(fd >= 0))
		return;
	close(fd);
	static const struct {
		size_t length;
		mode_t mode;
		int want;
	} cases[] = { { 31, 0600, -1 }, { 32, 0640, -1 }, { 32, 0604, -1 }, { 1 << 20, 0600, 0 },
		{ (1 << 20) + 1, 0600, -1 }, { 32, 0600, 0 } };
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		error_release(&e);
		CHECK_NUMBER(key_open(path, cases[i].length, cases[i].mode, &e), cases[i].want);
		CHECK_NUMBER(e.status, cases[i].want ? STATUS_USAGE : STATUS_DONE);
	}
	struct config c;
	CHECK_NUMBER(
		config_open(&c, &(struct config_options){ .fingerprint_key = "/tmp" }, &e), -1);
	CHECK_NUMBER(e.status, STATUS_USAGE);

	/* The digits are those that hashlib and hmac of Python give for the same bytes. */
	run_open(&r, &(struct config_options){ .fingerprint_key = path });
	CHECK_NUMBER(run_member(&r, "CONNECTORS",
			     "connector.ftp.password=Zm9vYmFy\nQUJD\n"
			     "connector.pgp.passphrase=\nconnector.ftp.password=x\n"),
		0);
	struct slice rows = buffer_slice(&r.writer.pending);
	CHECK_TEXT(rows, "CONNECTORS,connector.ftp.password,"
			 "hmac-sha256:2070:55eae4910e3e3c0a90fe447c95c29198,Y,1\n"
			 "CONNECTORS,***,***,Y,2\n"
			 "CONNECTORS,connector.pgp.passphrase,,Y,3\n"
			 "CONNECTORS,connector.ftp.password,"
			 "hmac-sha256:2070:8038f53cf343012a5acea04e41ad06ae,Y,4\n");
	run_close(&r);
	error_release(&e);
	unlink(path);
}

int main(void)
{
	test_rows();
	test_warnings();
	test_secrets();
	test_names();
	test_renames();
	test_fingerprints();
	return test_report("config");
}
