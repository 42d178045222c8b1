#include "span.h"

#include "rules.h"
#include "test.h"
#include "word.h"

#define COMBINATIONS                                                                               \
	((USER_STATUS_UNKNOWN + 1) * (SOURCE_UNKNOWN + 1) * (DEEPLINK_UNKNOWN + 1) *               \
		(ACCOUNT_UNKNOWN + 1))

/* A word of a list, or the empty one that stands past its last; takes its digit off. */
static struct slice take_word(const char *words, int count, int *combination)
{
	const int at = *combination % (count + 1);
	*combination /= count + 1;
	return at == count ? SLICE("") : word_at(words, at);
}

/* The words of a combination, one beside the other, with slack behind. */
static void set_words(struct slice fields[SPAN_FIELDS], int combination, char delimiter)
{
	static char text[256];
	char *to = text;
	fields[0] = take_word(STATUS_WORDS, USER_STATUS_UNKNOWN, &combination);
	fields[1] = take_word(SOURCE_WORDS, SOURCE_UNKNOWN, &combination);
	fields[2] = take_word(FLAG_WORDS, DEEPLINK_UNKNOWN, &combination);
	fields[3] = take_word(ACCOUNT_WORDS, ACCOUNT_UNKNOWN, &combination);
	for (int i = 0; i < SPAN_FIELDS; i++) {
		memcpy(to, fields[i].ptr, fields[i].len);
		fields[i].ptr = to;
		to += fields[i].len;
		*to++ = delimiter;
	}
}

/* Each combination that a stream may hold is found by its own place, with its own numbers. */
static void test_combinations(char delimiter)
{
	static struct span_memo memo;
	struct slice fields[SPAN_FIELDS];
	struct span span = { 0 };
	memo = (struct span_memo){ 0 };
	for (int i = 0; i < COMBINATIONS; i++) {
		set_words(fields, i, delimiter);
		const int place = span_of(fields, &span);
		if (!CHECK(place >= 0 && place < 1 << SPAN_PLACE_BITS))
			continue;
		CHECK(memo.places[place] == 0);
		CHECK(!span_find(&memo, &span, place));
		const unsigned char number = (unsigned char)i;
		span_add(&memo, &span, place, (unsigned char[SPAN_FIELDS]){ number, 1, 2, 3 });
	}
	for (int i = 0; i < COMBINATIONS; i++) {
		set_words(fields, i, delimiter);
		const int place = span_of(fields, &span);
		const struct span_entry *found = span_find(&memo, &span, place);
		CHECK(found && found->numbers[0] == i && found->numbers[3] == 3);
	}
}

/* Fields that are not beside each other, or too long, are no span. */
static void test_none(void)
{
	static char text[256] = "active,platform,Y,internal,";
	struct slice fields[SPAN_FIELDS] = { { text, 6 }, { text + 7, 8 }, { text + 16, 1 },
		{ text + 18, 8 } };
	struct span span = { 0 };
	CHECK(span_of(fields, &span) >= 0);
	fields[3].len = SPAN_MOST - 18;
	CHECK(span_of(fields, &span) >= 0);
	fields[3].len++;
	CHECK_NUMBER(span_of(fields, &span), -1);
	fields[3].len = 8;
	fields[1].ptr++;
	CHECK_NUMBER(span_of(fields, &span), -1);
	fields[1] = (struct slice){ NULL, 0 };
	CHECK_NUMBER(span_of(fields, &span), -1);
}

/* Where all entries are taken, nothing more is added, and none is taken for another. */
static void test_full(void)
{
	static struct span_memo memo;
	char text[64] = { 0 };
	struct span span = { 0 };
	for (int i = 0; i < 2 * SPAN_ENTRIES; i++) {
		snprintf(text, sizeof text, "%c%03d,,,%c", 'a' + i % 26, i, 'a' + i / 26);
		struct slice fields[SPAN_FIELDS] = { { text, 4 }, { text + 5, 0 }, { text + 6, 0 },
			{ text + 7, 1 } };
		const int place = span_of(fields, &span);
		CHECK(!span_find(&memo, &span, place));
		span_add(&memo, &span, place, (unsigned char[SPAN_FIELDS]){ 0 });
		const bool room = i + 1 < SPAN_ENTRIES;
		CHECK((span_find(&memo, &span, place) != NULL) == room);
	}
}

int main(void)
{
	test_combinations(',');
	test_combinations('\t');
	test_none();
	test_full();
	return test_report("span_test");
}
