#include "hidden.h"

/* hmac-sha256:KKKK: and 32 hexadecimal digits; KKKK tells the key that it was made with. */
#define FINGERPRINT        "hmac-sha256:"
#define FINGERPRINT_KEY    4
#define FINGERPRINT_DIGITS 32

static bool hexadecimal(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!memchr("0123456789abcdef", text.ptr[i], 16))
			return false;
	return true;
}

struct slice hidden_key(struct slice value)
{
	const size_t start = sizeof FINGERPRINT - 1;
	const size_t colon = start + FINGERPRINT_KEY;
	if (value.len != colon + 1 + FINGERPRINT_DIGITS ||
		memcmp(value.ptr, FINGERPRINT, start) != 0 || value.ptr[colon] != ':')
		return SLICE("");
	struct slice key = { value.ptr + start, FINGERPRINT_KEY };
	return hexadecimal(key) && hexadecimal(slice_skip(value, colon + 1)) ? key : SLICE("");
}

bool hidden_value(struct slice value)
{
	return slice_equal(value, SLICE(MASKED)) || hidden_key(value).len > 0;
}
