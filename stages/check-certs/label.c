#include "label.h"

#include <ctype.h>
#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Do the words stand at the front? A blank in them is any number of blanks. */
static bool starts(struct slice text, const char *words)
{
	size_t at = 0;
	for (; *words; words++) {
		if (at == text.len)
			return false;
		char c = text.ptr[at++];
		if (*words != ' ' && toupper((unsigned char)c) != *words)
			return false;
		if (*words == ' ' && !is_blank(c))
			return false;
		while (*words == ' ' && at < text.len && is_blank(text.ptr[at]))
			at++;
	}
	return true;
}

static bool holds(struct slice label, const char *words)
{
	for (; label.len; label = slice_skip(label, 1))
		if (starts(label, words))
			return true;
	return false;
}

enum label label_read(struct slice label, const char **what)
{
	/* The first that holds says it. */
	static const struct {
		const char *words;
		enum label label;
		const char *what;
	} says[] = {
		{ "ENCRYPTED PRIVATE KEY", LABEL_PRIVATE_KEY, "an encrypted private key" },
		{ "PRIVATE KEY", LABEL_PRIVATE_KEY, "a private key" },
		{ "REQUEST", LABEL_OTHER, "a certificate request" },
		{ "CRL", LABEL_OTHER, "a list of revoked certificates" },
		{ "PUBLIC KEY", LABEL_OTHER, "a public key" },
		{ "ATTRIBUTE CERTIFICATE", LABEL_OTHER, "an attribute certificate" },
		{ "PARAMETERS", LABEL_OTHER, "the parameters of keys" },
		{ "PGP ", LABEL_OTHER, "a PGP block" },
		{ "SSH ", LABEL_OTHER, "an SSH block" },
		{ "CERT", LABEL_CERTIFICATE, NULL },
		{ "X509", LABEL_CERTIFICATE, NULL },
		{ "X.509", LABEL_CERTIFICATE, NULL },
		{ "PKCS", LABEL_CERTIFICATE, NULL },
		{ "CMS", LABEL_CERTIFICATE, NULL },
	};
	for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
		if (!holds(label, says[i].words))
			continue;
		*what = says[i].what;
		return says[i].label;
	}
	*what = "a PEM block of another kind";
	return LABEL_UNKNOWN;
}

bool label_is_trusted(struct slice label)
{
	return holds(label, "TRUSTED CERTIFICATE");
}
