/*
 * Days out of their texts, by the months that were met before.
 *
 * A column of days has a few hundred months, so nearly each is known: what is left are two digits.
 * There is no branch by whether a field is empty, which nobody can foresee.
 */
#ifndef MONTH_MEMO_H
#define MONTH_MEMO_H

#include "date.h"

#include <endian.h>

#define MONTH_MEMO_BITS 11

struct month_memo_entry {
	uint64_t text; /* "YYYY-MM-", the first byte in the lowest place; 0: none */
	day_t before;  /* the day before the first one */
	uint32_t days;
};

/* { 0 } remembers none. What comes to the place of another takes it over. */
struct month_memo {
	struct month_memo_entry entries[1 << MONTH_MEMO_BITS];
};

/*
 * Where a month stands: 160 for each ten years, 16 for each one, and the number of the month, of
 * which each stands in some bits of a digit.
 */
static inline size_t month_memo_place(uint64_t text)
{
	const uint64_t digits = UINT64_C(0x000F01000F0F0000);
	const uint64_t factor =
		UINT64_C(160) << 37 | UINT64_C(16) << 29 | UINT64_C(10) << 13 | UINT64_C(1) << 5;
	return (size_t)((text & digits) * factor >> (64 - MONTH_MEMO_BITS));
}

/* As below, of what is not remembered. */
enum date_result month_memo_read(struct month_memo *memo, struct slice text, day_t *day);

/* As day_read, but DAY_NONE of an empty text. */
__attribute__((always_inline)) static inline enum date_result day_read_by(
	struct month_memo *memo, struct slice text, day_t *day)
{
	/* It stands for an empty text. */
	static const char nothing[] = "1900-01-01";
	const uintptr_t whole = text.len == DAY_TEXT - 1;
	const char *at = (const char *)(((uintptr_t)text.ptr & (0 - whole)) |
					((uintptr_t)nothing & (whole - 1)));
	uint64_t month;
	uint16_t digits;
	memcpy(&month, at, sizeof month);
	memcpy(&digits, at + sizeof month, sizeof digits);
	month = le64toh(month);
	digits = le16toh(digits) ^ 0x3030;
	const struct month_memo_entry *entry = &memo->entries[month_memo_place(month)];
	const uint32_t number = (digits * (10u * 256 + 1)) >> 8 & 0xFF;
	/* What is no digit is 10 or more. */
	const bool two_digits = (((digits + 0x7676u) | digits) & 0x8080) == 0;
	if (!(two_digits & (number - 1 < entry->days) & (entry->text == month) &
		    (whole | (text.len == 0))))
		return month_memo_read(memo, text, day);
	const uint32_t known = 0 - (uint32_t)whole;
	*day = (day_t)((((uint32_t)entry->before + number) & known) |
		       ((uint32_t)DAY_NONE & ~known));
	return DATE_OK;
}

#endif
