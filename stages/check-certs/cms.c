#include "cms.h"

#include <limits.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>

struct reading {
	struct cms *cms;
	cms_take *take;
	void *context;
	struct error *e;
};

/* What an object is of which no certificate is read. */
static void name_type(struct cms *cms, const ASN1_OBJECT *type)
{
	static const struct {
		int nid;
		bool closed;
		const char *what;
	} types[] = {
		{ NID_pkcs7_signed, false, "PKCS #7 without certificates" },
		{ NID_pkcs7_data, true, "PKCS #7 of plain data" },
		{ NID_pkcs7_digest, true, "PKCS #7 of plain data" },
		{ NID_id_smime_ct_authData, true, "CMS of plain data" },
		{ NID_id_smime_ct_compressedData, true, "compressed CMS" },
		{ NID_pkcs7_enveloped, true, "encrypted CMS" },
		{ NID_pkcs7_signedAndEnveloped, true, "encrypted PKCS #7" },
		{ NID_pkcs7_encrypted, true, "encrypted CMS" },
		{ NID_id_smime_ct_authEnvelopedData, true, "encrypted CMS" },
	};
	int nid = OBJ_obj2nid(type);
	cms->closed = true;
	cms->what = "CMS of an unknown type";
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (types[i].nid != nid)
			continue;
		cms->closed = types[i].closed;
		cms->what = types[i].what;
	}
}

static int take_all(const struct reading *r, const STACK_OF(X509) * all)
{
	int result = 0;
	for (int i = 0; result == 0 && i < sk_X509_num(all); i++) {
		unsigned char *der = NULL;
		int length = i2d_X509(sk_X509_value(all, i), &der);
		struct slice bytes = { (char *)der, length < 0 ? 0 : (size_t)length };
		result = length < 0 ? error_memory(r->e) : r->take(r->context, bytes, r->e);
		r->cms->certificates += result == 0;
		OPENSSL_free(der);
	}
	return result;
}

/* As PKCS #7: 1, 0 where it is none, -1. */
static int take_pkcs7(const struct reading *r, const unsigned char **at, long length)
{
	PKCS7 *p = d2i_PKCS7(NULL, at, length);
	if (!p)
		return 0;
	const STACK_OF(X509) *all = NULL;
	if (PKCS7_type_is_signed(p) && p->d.sign)
		all = p->d.sign->cert;
	else if (PKCS7_type_is_signedAndEnveloped(p) && p->d.signed_and_enveloped)
		all = p->d.signed_and_enveloped->cert;
	name_type(r->cms, p->type);
	int result = all ? take_all(r, all) : 0;
	PKCS7_free(p);
	return result == 0 ? 1 : -1;
}

/* As CMS, which has forms that PKCS #7 has not: a signer named by its key, other certificates. */
static int take_cms(const struct reading *r, const unsigned char **at, long length)
{
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, at, length);
	if (!cms)
		return 0;
	STACK_OF(X509) *all = CMS_get1_certs(cms);
	name_type(r->cms, CMS_get0_type(cms));
	int result = all ? take_all(r, all) : 0;
	sk_X509_pop_free(all, X509_free);
	CMS_ContentInfo_free(cms);
	return result == 0 ? 1 : -1;
}

int64_t cms_read(
	struct cms *cms, struct slice bytes, cms_take *take, void *context, struct error *e)
{
	const unsigned char *const start = (const unsigned char *)bytes.ptr;
	const unsigned char *at = start;
	const struct reading reading = { cms, take, context, e };
	*cms = (struct cms){ 0 };
	if (bytes.len > LONG_MAX)
		return 0;
	int result = take_pkcs7(&reading, &at, (long)bytes.len);
	if (result == 0) {
		at = start;
		result = take_cms(&reading, &at, (long)bytes.len);
	}
	ERR_clear_error();
	return result > 0 ? at - start : result;
}
