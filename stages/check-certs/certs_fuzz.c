/*
 * Fuzzes what reads a file of certificates. What it promises: names are UTF-8 without a control
 * byte, serial numbers are hex, a certificate's DER read again is the same certificate, and a
 * private key's PEM body is in no text that is handed out.
 */
#include "content.h"
#include "fuzz.h"
#include "pem.h"
#include "rules.h"
#include "signature.h"
#include "utf8.h"

#include <openssl/x509.h>

static bool is_clean(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] < 0x20 || text.ptr[i] == 0x7F)
			return false;
	return utf8_valid(text) == text.len;
}

static bool is_hex(struct slice text)
{
	if (text.len && *text.ptr == '-')
		text = slice_skip(text, 1);
	for (size_t i = 0; i < text.len; i++)
		if (!memchr("0123456789ABCDEF", text.ptr[i], 16))
			return false;
	return text.len >= 2 && text.len % 2 == 0;
}

static bool is_moment(const struct validity *v)
{
	return (v->result == DATE_OK) == (v->moment != MOMENT_NONE);
}

/* Names are the same here only where they are to libcrypto. */
static void check_signature(const struct certificate *c)
{
	struct slice der = buffer_slice(&c->der);
	const unsigned char *at = (const unsigned char *)der.ptr;
	X509 *x = d2i_X509(NULL, &at, (long)der.len);
	REQUIRE(x);
	bool same = X509_NAME_cmp(X509_get_subject_name(x), X509_get_issuer_name(x)) == 0;
	REQUIRE(same ||
		!slice_equal(buffer_slice(&c->subject_name), buffer_slice(&c->issuer_name)));
	X509_free(x);
	struct opened *opened = opened_read(der);
	REQUIRE(opened);
	opened_signed(opened, opened);
	opened_may_issue(opened, opened);
	opened_free(opened);
}

static void check_certificate(const struct certificate *c, struct error *e)
{
	struct certificate again = { 0 };
	REQUIRE(is_clean(buffer_slice(&c->subject)) && is_clean(buffer_slice(&c->issuer)));
	REQUIRE(is_hex(buffer_slice(&c->serial)));
	REQUIRE(strlen(c->sha256) == SHA256_TEXT - 1);
	REQUIRE(is_moment(&c->not_before) && is_moment(&c->not_after));
	int64_t taken = certificate_read(&again, buffer_slice(&c->der), e);
	REQUIRE(taken == (int64_t)c->der.len);
	REQUIRE(slice_equal(buffer_slice(&c->der), buffer_slice(&again.der)));
	REQUIRE(strcmp(c->sha256, again.sha256) == 0);
	REQUIRE(slice_equal(buffer_slice(&c->subject), buffer_slice(&again.subject)));
	check_signature(c);
	certificate_release(&again);
}

struct seen {
	uint64_t line;
	size_t certificates;
};

static int take(void *context, const struct finding *finding, struct error *e)
{
	struct seen *seen = context;
	REQUIRE(finding->line == 0 || finding->line >= seen->line);
	seen->line = finding->line;
	if (finding->found == FOUND_CERTIFICATE) {
		seen->certificates++;
		check_certificate(finding->certificate, e);
	} else {
		REQUIRE(finding->what && *finding->what);
	}
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error e = { 0 };
	struct seen seen = { 0 };
	char *bytes = malloc(size + 1);
	certificates_start();
	if (!bytes)
		return 0;
	if (size)
		memcpy(bytes, data, size);
	int result = content_read(bytes, size, "fuzz", take, &seen, &e);
	REQUIRE(result == 0 ? e.status == STATUS_DONE : e.status == STATUS_INPUT);
	REQUIRE(result == 0 || is_clean(buffer_slice(&e.text)));
	error_release(&e);
	free(bytes);
	return 0;
}
