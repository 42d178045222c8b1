/*
 * What a hostile archive may cost at most.
 */
#ifndef INPUT_LIMITS_H
#define INPUT_LIMITS_H

#include "error.h"

/* Each is at least 1. */
struct input_limits {
	uint64_t members;  /* in one archive */
	uint64_t unpacked; /* bytes, of one archive */
	uint64_t ratio;    /* unpacked to packed, past the first 64 MiB */
};

#define INPUT_LIMITS ((struct input_limits){ 100000, UINT64_C(64) << 30, 1000 })

/* The rows of the options that set them (option.h), each target a struct option_number. */
#define INPUT_LIMITS_ROWS(of_members, of_unpacked, of_ratio)                                       \
	{ 0, "max-members", "N", OPTION_NUMBER, (of_members),                                      \
		"members of one archive; default 100000", NULL, 1, UINT64_MAX },                   \
		{ 0, "max-unpacked", "BYTES", OPTION_NUMBER, (of_unpacked),                        \
			"bytes that one archive may unpack to; default 64 GiB", NULL, 1,           \
			UINT64_MAX },                                                              \
	{                                                                                          \
		0, "max-ratio", "N", OPTION_NUMBER, (of_ratio),                                    \
			"unpacked to packed, past the first 64 MiB; default 1000", NULL, 1,        \
			UINT64_MAX                                                                 \
	}

/*
 * Is an archive of `packed` bytes that has grown to `unpacked` within the limits? 0, or -1 with the
 * error set: status 3, the archive, the limit and the option that raises it.
 */
int limits_check(const struct input_limits *limits, const char *name, uint64_t unpacked,
	uint64_t packed, struct error *e);

/* The same for the number of members. */
int limits_members(
	const struct input_limits *limits, const char *name, uint64_t members, struct error *e);

/* Bytes that a dictionary may have: the file alone would say how much memory is taken. */
#define LIMITS_DICTIONARY (UINT64_C(128) << 20)

/* The same for a dictionary, whose limit no option raises. */
int limits_dictionary(const char *name, uint64_t bytes, struct error *e);

#endif
