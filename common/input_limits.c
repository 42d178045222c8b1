#include "input_limits.h"

#include <inttypes.h>

/* A small archive of blank forms may well be a thousand times smaller than they are. */
#define RATIO_FROM (UINT64_C(64) << 20)

int limits_check(const struct input_limits *limits, const char *name, uint64_t unpacked,
	uint64_t packed, struct error *e)
{
	struct place place = { .file = name };
	if (unpacked > limits->unpacked) {
		error_at(e, STATUS_INPUT, &place, "unpacks to more than %" PRIu64 " bytes",
			limits->unpacked);
		return error_hint(e, "--max-unpacked raises the limit");
	}
	if (unpacked > RATIO_FROM && unpacked / limits->ratio > packed) {
		error_at(e, STATUS_INPUT, &place, "unpacks to more than %" PRIu64 " times its size",
			limits->ratio);
		return error_hint(e, "--max-ratio raises the limit");
	}
	return 0;
}

int limits_members(
	const struct input_limits *limits, const char *name, uint64_t members, struct error *e)
{
	if (members <= limits->members)
		return 0;
	struct place place = { .file = name };
	error_at(e, STATUS_INPUT, &place, "has more than %" PRIu64 " members", limits->members);
	return error_hint(e, "--max-members raises the limit");
}

int limits_dictionary(const char *name, uint64_t bytes, struct error *e)
{
	if (bytes <= LIMITS_DICTIONARY)
		return 0;
	struct place place = { .file = name };
	error_at(e, STATUS_INPUT, &place,
		"was packed with a dictionary of more than %" PRIu64 " bytes", LIMITS_DICTIONARY);
	return error_hint(e, "pack it again, for instance with gzip or zip");
}
