#include "discretion.h"

#include "test.h"

static struct discretion opened(void)
{
	struct discretion d;
	struct error e = { 0 };
	CHECK_NUMBER(discretion_open(&d, NULL, &e), 0);
	CHECK_NUMBER(discretion_member(&d, SLICE("x/CONNECTORS.txt"), &e), 0);
	return d;
}

static void configs(void)
{
	CHECK(discretion_config(SLICE("a=b\nc=d\n")));
	CHECK(discretion_config(SLICE("# SFTP\n\na.b : c\n")));
	CHECK(discretion_config(SLICE("a=b,c;d\ne=f\ng\n")));
	CHECK(discretion_config(SLICE("connector.ftp.password=s3cret,a,b\n")));
	CHECK(!discretion_config(SLICE("")));
	CHECK(!discretion_config(SLICE("User ID,Active\n1,a=b\n")));
	CHECK(!discretion_config(SLICE("Begin\n10:00\n11:00\n")));
	CHECK(!discretion_config(SLICE("a=b\nc\nd\n")));
	CHECK(!discretion_config(SLICE("\"a=b\",c\n\"d=e\",f\n")));
	CHECK(discretion_config(SLICE("# x\n\n a=b\n\\u12\n")));
	CHECK(discretion_config(SLICE("a=b\nM\xFCller\n\0")));
	CHECK(!discretion_config(SLICE("\\u12\na=b\n")));
	CHECK(!discretion_config(SLICE("a,b\nM\xFCller,x=y\n")));
}

static void shown(void)
{
	static const struct {
		const char *text;
		int shown;
	} cases[] = {
		{ "User ID", 1 },
		{ "Password", 1 },
		{ "password=", 1 },
		{ "password=s3cret", 0 },
		{ "password: s3cret", 0 },
		{ "password s3cret", 0 },
		{ "# connector.ftp.password=s3cret,x", 0 },
		{ "a,b=c\n", 1 },
		{ "connector.pgp.passphrase=a\ntail\n", 0 },
		{ "SFTP password=s3cret", 0 },
		{ "\\u12", 0 },
		{ "M\xFCller", 0 },
	};
	struct discretion d = opened();
	struct error e = { 0 };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		test_numbers(discretion_shows(&d, slice_from(cases[i].text), &e), cases[i].shown,
			__FILE__, __LINE__, cases[i].text);
	CHECK_NUMBER(discretion_heading(&d, SLICE("Password Reset Required"), &e), 1);
	CHECK_NUMBER(discretion_heading(&d, SLICE(""), &e), 1);
	CHECK_NUMBER(discretion_heading(&d, SLICE("Status: active"), &e), 1);
	CHECK_NUMBER(discretion_heading(&d, SLICE("password=s3cret"), &e), 0);
	CHECK_NUMBER(e.status, STATUS_DONE);
	discretion_release(&d);
}

static void lines(void)
{
	static const struct {
		const char *line;
		int shown;
	} cases[] = {
		{ "connector.ftp.password=s3cret", 0 },
		{ "connector.ftp.password s3cret", 0 },
		{ "connector.ftp.password\ts3cret", 0 },
		{ "connector.ftp.password : s3cret\r", 0 },
		{ "  ;connector.ftp.password=s3cret,x", 0 },
		{ "#! SFTP password=s3cret", 0 },
		{ "-----BEGIN PGP PRIVATE KEY BLOCK-----", 0 },
		{ "see -----BEGIN RSA PRIVATE KEY-----", 0 },
		{ "a=https://u:s3cret@example.invalid/", 0 },
		{ "", 1 },
		{ "#", 1 },
		{ "connector.ftp.password=", 1 },
		{ "connector.ftp.server=x", 1 },
		{ "Password reset,done", 1 },
		{ "CONNECTORS,connector.ftp.password,***", 1 },
		{ "\"connector.ftp.password\",\"***\"", 1 },
		{ "2020-01-02 10:00:00,active", 1 },
		{ "-----BEGIN CERTIFICATE-----", 1 },
	};
	struct discretion d = opened();
	struct error e = { 0 };
	for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++)
		test_numbers(discretion_line(&d, slice_from(cases[i / 2].line), &e),
			cases[i / 2].shown, __FILE__, __LINE__, cases[i / 2].line);
	CHECK_NUMBER(e.status, STATUS_DONE);
	discretion_release(&d);
}

static void names(void)
{
	const struct slice plain[] = { SLICE("000123"), SLICE("Okafor"), SLICE("") };
	const struct slice secret[] = { SLICE("x"), SLICE("connector.ftp.password"), SLICE("y") };
	struct discretion d = opened();
	struct error e = { 0 };
	CHECK_NUMBER(discretion_names_secret(&d, plain, 3, &e), 0);
	CHECK_NUMBER(discretion_names_secret(&d, secret, 3, &e), 1);
	CHECK_NUMBER(discretion_names_secret(&d, secret, 1, &e), 0);
	discretion_release(&d);
}

int main(void)
{
	configs();
	shown();
	lines();
	names();
	return test_report("discretion_test");
}
