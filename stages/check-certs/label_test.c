#include "label.h"

#include "test.h"

static void test_labels(void)
{
	static const struct {
		const char *text;
		enum label label;
		const char *what;
	} rows[] = {
		{ "", LABEL_UNKNOWN, "a PEM block of another kind" },
		{ "X", LABEL_UNKNOWN, "a PEM block of another kind" },
		{ "CERTIFICATE", LABEL_CERTIFICATE, NULL },
		{ "X509 CERTIFICATE", LABEL_CERTIFICATE, NULL },
		{ "X.509 CERTIFICATE", LABEL_CERTIFICATE, NULL },
		{ " certificate", LABEL_CERTIFICATE, NULL },
		{ "TRUSTED  CERTIFICATE", LABEL_CERTIFICATE, NULL },
		{ "CERT", LABEL_CERTIFICATE, NULL },
		{ "PKCS #7 SIGNED DATA", LABEL_CERTIFICATE, NULL },
		{ "PKCS7", LABEL_CERTIFICATE, NULL },
		{ "CMS", LABEL_CERTIFICATE, NULL },
		{ "ATTRIBUTE \t CERTIFICATE", LABEL_OTHER, "an attribute certificate" },
		{ "CERTIFICATE REQUEST", LABEL_OTHER, "a certificate request" },
		{ "NEW CERTIFICATE REQUEST", LABEL_OTHER, "a certificate request" },
		{ "X509 CRL", LABEL_OTHER, "a list of revoked certificates" },
		{ "PUBLIC  KEY", LABEL_OTHER, "a public key" },
		{ "RSA PUBLIC KEY", LABEL_OTHER, "a public key" },
		{ "PUBLICKEY", LABEL_UNKNOWN, "a PEM block of another kind" },
		{ "PGP MESSAGE", LABEL_OTHER, "a PGP block" },
		{ "PGP", LABEL_UNKNOWN, "a PEM block of another kind" },
		{ "X9.42 DH PARAMETERS", LABEL_OTHER, "the parameters of keys" },
		{ "PRIVATE KEY", LABEL_PRIVATE_KEY, "a private key" },
		{ "RSA PRIVATE  KEY", LABEL_PRIVATE_KEY, "a private key" },
		{ "Private Key", LABEL_PRIVATE_KEY, "a private key" },
		{ "PGP PRIVATE KEY BLOCK", LABEL_PRIVATE_KEY, "a private key" },
		{ "ENCRYPTED PRIVATE KEY", LABEL_PRIVATE_KEY, "an encrypted private key" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *what = "";
		CHECK_NUMBER(label_read(slice_from(rows[i].text), &what), rows[i].label);
		CHECK_TEXT(slice_from(what), rows[i].what ? rows[i].what : "");
	}
}

static void test_trusted(void)
{
	CHECK(label_is_trusted(SLICE("TRUSTED CERTIFICATE")));
	CHECK(label_is_trusted(SLICE(" Trusted  Certificate")));
	CHECK(!label_is_trusted(SLICE("CERTIFICATE")));
	CHECK(!label_is_trusted(SLICE("")));
}

int main(void)
{
	test_labels();
	test_trusted();
	return test_report("label");
}
