#include "verdict_text.h"

#include "word.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>

static inline size_t head_place(unsigned row, bool documented)
{
	return row * 2 + documented;
}

void verdict_texts_init(struct verdict_texts *t, enum format format)
{
	*t = (struct verdict_texts){ .delimiter = format == FORMAT_TSV ? '\t' : ',' };
	const char c = t->delimiter;
	for (unsigned i = 0; i < VERDICT_ROWS * 2; i++) {
		const struct verdict v = verdict_of_row(i / 2);
		const bool documented = i % 2;
		struct verdict_head *head = &t->heads[head_place(i / 2, documented)];
		head->length = (uint32_t)snprintf(head->text, VERDICT_HEAD, "%c%s%c%s%c%s%c%s%c", c,
			decision_name(v.decision), c, decision_reason_name(v.reason), c, v.rule, c,
			documented ? "documented" : "inferred", c);
	}
	for (int i = 0; i <= ACCOUNT_UNKNOWN; i++) {
		struct slice word = i == ACCOUNT_UNKNOWN ? SLICE("") : word_at(ACCOUNT_WORDS, i);
		struct verdict_account *account = &t->accounts[i];
		account->length = (uint32_t)snprintf(
			account->text, VERDICT_ACCOUNT, "%.*s%c", (int)word.len, word.ptr, c);
	}
	for (unsigned i = 0; i <= ROUTE_NONE; i++)
		t->routes[i].length = (uint32_t)snprintf(t->routes[i].text, VERDICT_SHORT, "%c%s%c",
			c, route_name((enum route)i), c);
}

/* The day on which a user becomes eligible, and its month. */
static char *put_eligible(char *to, day_t day, int *month)
{
	if (day == DAY_NONE)
		return to;
	*month = day_write_month(to, day);
	return to + DAY_TEXT - 1;
}

/* A number of at most eight digits, all of them at once, without the zeros before them. */
static char *put_number(char *to, int number)
{
	uint32_t left = (uint32_t)abs(number);
	*to = '-';
	to += number < 0;
	/* Two halves of four digits, then pairs, then digits, the first in the lowest byte. */
	uint64_t digits = left / 10000 | (uint64_t)(left % 10000) << 32;
	uint64_t front = (digits * 10486 >> 20) & UINT64_C(0x0000007F0000007F);
	digits = front | (digits - front * 100) << 16;
	front = (digits * 103 >> 10) & UINT64_C(0x000F000F000F000F);
	digits = front | (digits - front * 10) << 8;
	int zeros = __builtin_ctzll(digits | UINT64_C(1) << 56) / 8;
	digits = htole64((digits | UINT64_C(0x3030303030303030)) >> zeros * 8);
	memcpy(to, &digits, sizeof digits);
	return to + 8 - zeros;
}

/* Remembers the names of the alerts; where all places are taken, instead of others. */
static const struct verdict_memo *alerts_text(struct verdict_texts *t, uint32_t alerts)
{
	const size_t place = ++t->added % VERDICT_MEMOS;
	struct verdict_memo *memo = &t->memos[place];
	size_t length = 0;
	for (unsigned i = 0; alerts >> i; i++)
		if (alerts >> i & 1)
			length += (size_t)snprintf(memo->text + length, VERDICT_ALERTS - length,
				"%s%s", length ? ";" : "", alert_name((enum alert)i));
	memo->alerts = alerts;
	memo->length = (uint32_t)length;
	t->places[alerts] = (unsigned char)place;
	return memo;
}

char *verdict_write(struct verdict_texts *t, const struct verdict *v, enum account_type account,
	char *to, int *month)
{
	const struct verdict_memo *memo = &t->memos[t->places[v->alerts]];
	const struct verdict_head *head = &t->heads[head_place(v->row, v->documented)];
	memcpy(to, head->text, VERDICT_HEAD);
	to += head->length;
	memcpy(to, t->accounts[account].text, VERDICT_ACCOUNT);
	to += t->accounts[account].length;
	to[0] = to[1] = t->delimiter;
	*month = MONTH_NONE;
	if (v->basis == DAY_NONE) {
		to += 2;
	} else {
		to += day_write(to, v->basis).len;
		*to++ = t->delimiter;
		to = put_number(to, v->age);
		*to++ = t->delimiter;
		to = put_eligible(to, v->eligible, month);
	}
	memcpy(to, t->routes[v->route].text, VERDICT_SHORT);
	to += t->routes[v->route].length;
	if (memo->alerts != v->alerts)
		memo = alerts_text(t, v->alerts);
	memcpy(to, memo->text, VERDICT_SHORT);
	if (memo->length > VERDICT_SHORT)
		memcpy(to, memo->text, VERDICT_ALERTS);
	return to + memo->length;
}
