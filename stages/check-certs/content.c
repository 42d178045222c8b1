#include "content.h"

#include "bare.h"
#include "cms.h"
#include "der.h"
#include "label.h"
#include "pem.h"

#include <inttypes.h>
#include <openssl/crypto.h>

/* The start of a key file of Microsoft's tools. */
#define PVK SLICE("\x1E\xF1\xB5\xB0")

struct content {
	const char *file;
	content_take *take;
	void *context;
	uint64_t line;   /* of the block that is being read; 0: no PEM */
	uint64_t number; /* of its last certificate */
	bool trusted;    /* it is called TRUSTED CERTIFICATE */
	struct certificate certificate;
};

static int damaged(const struct content *c, struct error *e, const char *what)
{
	struct place place = { c->file, c->line, { NULL, 0 } };
	return error_at(e, STATUS_INPUT, &place, "%s", what);
}

static int cut_short(const struct content *c, uint64_t stated, size_t have, struct error *e)
{
	struct place place = { c->file, c->line, { NULL, 0 } };
	return error_at(e, STATUS_INPUT, &place,
		"cut short: %zu of the %" PRIu64 " bytes that it says it has", have, stated);
}

static int store_refuse(const struct content *c, const char *what, struct error *e)
{
	struct place place = { c->file, c->line, { NULL, 0 } };
	error_at(e, STATUS_INPUT, &place, "%s, which is not opened", what);
	return error_hint(e, "it may hold a private key: take the certificate out of it, and give "
			     "that alone");
}

static int hand_out(struct content *c, enum found found, const char *what, struct error *e)
{
	c->number += found == FOUND_CERTIFICATE;
	const struct finding finding = { found, what, c->line, c->number, &c->certificate };
	return c->take(c->context, &finding, e);
}

static int take_one(void *context, struct slice der, struct error *e)
{
	struct content *c = context;
	int64_t taken = certificate_read(&c->certificate, der, e);
	if (taken == 0)
		return damaged(c, e, "a damaged certificate in PKCS #7");
	return taken < 0 ? -1 : hand_out(c, FOUND_CERTIFICATE, NULL, e);
}

/* A certificate at the front: the bytes that it takes, or -1. */
static int64_t take_certificate(struct content *c, struct slice bytes, struct error *e)
{
	int64_t taken = certificate_read(&c->certificate, bytes, e);
	if (taken == 0)
		return damaged(c, e, "a damaged certificate");
	if (taken < 0 || hand_out(c, FOUND_CERTIFICATE, NULL, e) != 0)
		return -1;
	if (c->trusted)
		taken += (int64_t)certificate_trust(bytes, (size_t)taken);
	return taken;
}

static int64_t take_cms(struct content *c, struct slice bytes, struct error *e)
{
	struct cms cms;
	int64_t taken = cms_read(&cms, bytes, take_one, c, e);
	if (taken == 0)
		return damaged(c, e, "damaged PKCS #7");
	if (taken < 0)
		return -1;
	int result = cms.closed         ? hand_out(c, FOUND_CLOSED, cms.what, e)
		     : cms.certificates ? 0
					: hand_out(c, FOUND_OTHER, cms.what, e);
	return result == 0 ? taken : -1;
}

static bool starts(struct slice bytes, struct slice start)
{
	return bytes.len >= start.len && memcmp(bytes.ptr, start.ptr, start.len) == 0;
}

/* What is at the front of the bytes: how many it takes, 0 where it is nothing known, or -1. */
static int64_t take_object(struct content *c, struct slice bytes, struct error *e)
{
	static const struct {
		enum found found;
		const char *what;
	} kinds[] = {
		[DER_REQUEST] = { FOUND_OTHER, "a certificate request" },
		[DER_CRL] = { FOUND_OTHER, "a list of revoked certificates" },
		[DER_PRIVATE_KEY] = { FOUND_PRIVATE_KEY, "a private key" },
		[DER_ENCRYPTED_KEY] = { FOUND_PRIVATE_KEY, "an encrypted private key" },
		[DER_PUBLIC_KEY] = { FOUND_OTHER, "a public key" },
	};
	enum der_kind kind = der_kind(bytes);
	uint64_t length = der_length(bytes);
	/* Formats of keys that are no DER, and say nothing of their length. */
	if (bare_is_openssh(bytes) || starts(bytes, PVK))
		return hand_out(c, FOUND_PRIVATE_KEY, "a private key", e) == 0 ? (int64_t)bytes.len
									       : -1;
	if (kind == DER_NONE)
		return 0;
	if (kind == DER_PKCS12)
		return store_refuse(c, "PKCS #12", e);
	bool other = kind != DER_CERTIFICATE && kind != DER_PKCS7;
	if (other && hand_out(c, kinds[kind].found, kinds[kind].what, e) != 0)
		return -1;
	if (length > bytes.len)
		return cut_short(c, length, bytes.len, e);
	if (length == 0)
		return damaged(c, e, "cut short: the marker of its end is missing");
	if (kind == DER_CERTIFICATE)
		return take_certificate(c, bytes, e);
	if (kind == DER_PKCS7)
		return take_cms(c, bytes, e);
	return (int64_t)length;
}

/* Only blanks and line ends, as an editor or a mail leaves them? */
static bool is_blank(struct slice bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (!strchr(" \t\r\n", bytes.ptr[i]) || !bytes.ptr[i])
			return false;
	return true;
}

/* One object after the other: 1, 0 where the first is nothing known, -1. */
static int take_objects(struct content *c, struct slice bytes, struct error *e)
{
	bool first = true;
	while (first || !is_blank(bytes)) {
		int64_t taken = take_object(c, bytes, e);
		if (taken == 0 && first)
			return 0;
		if (taken == 0) {
			struct place place = { c->file, c->line, { NULL, 0 } };
			return error_at(e, STATUS_INPUT, &place,
				"%zu bytes behind the end belong to nothing that is known",
				bytes.len);
		}
		if (taken < 0)
			return -1;
		bytes = slice_skip(bytes, (size_t)taken);
		first = false;
	}
	return 1;
}

static void wipe(struct buffer *b)
{
	if (b->ptr)
		OPENSSL_cleanse(b->ptr, b->cap);
	buffer_release(b);
}

/* What a block's bytes hold: 1, 0 where that is nothing known, -1. */
static int take_body(struct content *c, struct pem_block *block, enum label label, struct error *e)
{
	struct buffer bytes = { 0 };
	/* At once, so that no copy of a key under a false name is left behind in memory. */
	int result = buffer_reserve(&bytes, block->body.len);
	if (result == 0)
		result = pem_decode(block, &bytes);
	if (result < 0) {
		error_memory(e);
	} else if (result == 0) {
		result = take_objects(c, buffer_slice(&bytes), e);
	} else if (label == LABEL_CERTIFICATE) {
		c->line = block->fault_line;
		result = damaged(c, e, block->fault);
	} else {
		result = 0;
	}
	wipe(&bytes);
	return result;
}

/* Is it a certificate under a key's label, which no key is? */
static bool is_misnamed(struct pem_block *block)
{
	struct buffer bytes = { 0 };
	bool is = false;
	if (buffer_reserve(&bytes, block->body.len) == 0 && pem_decode(block, &bytes) == 0) {
		enum der_kind kind = der_kind(buffer_slice(&bytes));
		is = kind == DER_CERTIFICATE || kind == DER_PKCS7;
	}
	wipe(&bytes);
	return is;
}

static int take_key(struct content *c, struct pem_block *block, const char *what, struct error *e)
{
	if (!is_misnamed(block))
		return hand_out(c, FOUND_PRIVATE_KEY, what, e);
	if (hand_out(c, FOUND_MISNAMED, "called a private key, and is a certificate", e) != 0)
		return -1;
	return take_body(c, block, LABEL_CERTIFICATE, e) < 0 ? -1 : 0;
}

static int take_block(struct content *c, struct pem_block *block, struct error *e)
{
	const char *what;
	enum label label = label_read(block->label, &what);
	c->trusted = label_is_trusted(block->label);
	if (label == LABEL_PRIVATE_KEY)
		return take_key(c, block, what, e);
	int result = take_body(c, block, label, e);
	if (result != 0)
		return result < 0 ? -1 : 0;
	if (label == LABEL_CERTIFICATE)
		return damaged(c, e, "is called a certificate and is none");
	/* It may have been a certificate. */
	if (label == LABEL_UNKNOWN && block->fault)
		return hand_out(c, FOUND_CLOSED, "a PEM block with damaged base64", e);
	return hand_out(c, FOUND_OTHER, what, e);
}

/* An object in base64 alone. */
static int take_bare(struct content *c, const struct pem_block *block, struct error *e)
{
	struct buffer bytes = { 0 };
	/* At once, so that no copy of a key is left behind in memory. */
	int result = buffer_reserve(&bytes, block->body.len);
	if (result == 0)
		result = bare_decode(block->body, &bytes);
	result = result < 0 ? error_memory(e) : take_objects(c, buffer_slice(&bytes), e);
	wipe(&bytes);
	return result < 0 ? -1 : 0;
}

/* Whatever was found in a text: 0, or -1. */
static int take_found(struct content *c, struct pem_block *block, struct error *e)
{
	c->line = block->line;
	c->number = 0;
	c->trusted = false;
	switch (block->form) {
	case PEM_BLOCK:
		return take_block(c, block, e);
	case PEM_BARE:
		return take_bare(c, block, e);
	case PEM_BARE_UNKNOWN:
		return hand_out(c, FOUND_CLOSED,
			"base64 that starts as a certificate's does, and is nothing known", e);
	case PEM_KEY:
		return hand_out(c, FOUND_PRIVATE_KEY, "a private key", e);
	case PEM_MENTION:
		break;
	}
	return hand_out(c, FOUND_CLOSED, "what looks like the beginning of a PEM block", e);
}

static int take_text(struct content *c, struct slice text, struct error *e)
{
	struct pem pem = { .rest = text, .line = 1 };
	struct pem_block block;
	bool found = false;
	int more;
	while ((more = pem_next(&pem, &block)) > 0) {
		if (take_found(c, &block, e) != 0)
			return -1;
		found |= block.form == PEM_BLOCK;
	}
	if (more == 0 && found && pem.nul_line) {
		c->line = pem.nul_line;
		return damaged(
			c, e, "binary bytes stand beside the PEM blocks, and may be more of them");
	}
	if (more == 0)
		return 0;
	c->line = block.line;
	/* A key is told of even where its end is missing. */
	const char *what;
	if (label_read(block.label, &what) == LABEL_PRIVATE_KEY &&
		hand_out(c, FOUND_PRIVATE_KEY, what, e) != 0)
		return -1;
	c->line = block.fault_line;
	return damaged(c, e, block.fault);
}

static int take_any(struct content *c, char *bytes, size_t len, struct error *e)
{
	struct slice all = { bytes, len };
	if (starts(all, SLICE("\xFE\xED\xFE\xED")) || starts(all, SLICE("\xCE\xCE\xCE\xCE")))
		return store_refuse(c, "a Java key store", e);
	/* A line end before an object in DER is none of its bytes. */
	struct slice object = all;
	while (object.len && is_blank((struct slice){ object.ptr, 1 }))
		object = slice_skip(object, 1);
	int result = take_objects(c, object, e);
	if (result != 0)
		return result;
	all = pem_narrow(bytes, len);
	if (starts(all, SLICE("\xEF\xBB\xBF")))
		all = slice_skip(all, 3);
	return take_text(c, all, e);
}

int content_read(char *bytes, size_t len, const char *file, content_take *take, void *context,
	struct error *e)
{
	struct content c = { .file = file, .take = take, .context = context };
	int result = take_any(&c, bytes, len, e);
	certificate_release(&c.certificate);
	return result < 0 ? -1 : 0;
}
