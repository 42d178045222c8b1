#include "condition.h"

#include "show.h"
#include "word.h"

static struct slice trim(struct slice text)
{
	while (text.len && text.ptr[0] == ' ')
		text = slice_skip(text, 1);
	while (text.len && text.ptr[text.len - 1] == ' ')
		text.len--;
	return text;
}

/* The bits of `a|b`: 0 where one is no word of the fact. */
static uint32_t words_read(enum fact fact, struct slice list)
{
	uint32_t words = 0;
	struct slice rest = list;
	do {
		struct slice word = slice_cut(&rest, '|');
		int place = word.len ? word_place(fact_words(fact), word) : -1;
		if (place < 0)
			return 0;
		words |= UINT32_C(1) << place;
	} while (rest.ptr);
	return words;
}

static int term_wrong(
	struct slice text, const char *why, const struct place *place, struct error *e)
{
	error_at(e, STATUS_INPUT, place, "%s (got \"%s\")", why, SHOW(text));
	return error_hint(
		e, "a condition is fact=a|b, fact!=a|b or release<2511, joined by \" & \"");
}

static int release_read(struct term *term, struct slice text)
{
	struct fact_value value = { 0 };
	if (fact_kind(term->fact) != KIND_RELEASE || fact_read(term->fact, text, &value) != 0)
		return -1;
	term->below = value.release;
	return term->below ? 0 : -1;
}

static int term_read(
	struct term *term, struct slice text, const struct place *place, struct error *e)
{
	size_t at = 0;
	while (at < text.len && !memchr("=!<", text.ptr[at], 3))
		at++;
	bool below = at < text.len && text.ptr[at] == '<';
	bool not = at + 1 < text.len && text.ptr[at] == '!' && text.ptr[at + 1] == '=';
	if (at == text.len || (text.ptr[at] == '!' && !not ))
		return term_wrong(text, "no condition", place, e);
	struct slice name = trim((struct slice){ text.ptr, at });
	struct slice value = trim(slice_skip(text, at + 1 + not ));
	*term = (struct term){ .fact = fact_find(name) };
	if (term->fact == FACT_COUNT)
		return fact_unknown(name, place, e);
	if (below)
		return release_read(term, value) == 0
			       ? 0
			       : term_wrong(text, "< is for a release, of four digits", place, e);
	if (!fact_words(term->fact))
		return term_wrong(text, "this fact has no words to compare with", place, e);
	term->words = words_read(term->fact, value);
	if (!term->words)
		return term_wrong(text, "a word that the fact never is", place, e);
	if (not )
		term->words = ~term->words;
	return 0;
}

int condition_read(
	struct condition *c, struct slice text, const struct place *place, struct error *e)
{
	c->count = 0;
	if (text.len == 0)
		return 0;
	for (struct slice rest = text; rest.ptr; c->count++) {
		struct slice part = trim(slice_cut(&rest, '&'));
		if (c->count == CONDITION_TERMS)
			return term_wrong(text, "more terms than eight", place, e);
		if (term_read(&c->terms[c->count], part, place, e) != 0)
			return -1;
	}
	return 0;
}

enum truth term_truth(const struct term *term, const struct facts *facts)
{
	const struct fact_value *value = &facts->of[term->fact];
	if (!value->given)
		return TRUTH_UNKNOWN;
	if (term->below)
		return value->release < term->below ? TRUTH_TRUE : TRUTH_FALSE;
	return term->words >> value->word & 1 ? TRUTH_TRUE : TRUTH_FALSE;
}

enum truth condition_truth(const struct condition *c, const struct facts *facts)
{
	enum truth truth = TRUTH_TRUE;
	for (size_t i = 0; i < c->count; i++) {
		enum truth one = term_truth(&c->terms[i], facts);
		if (one == TRUTH_FALSE)
			return TRUTH_FALSE;
		if (one == TRUTH_UNKNOWN)
			truth = TRUTH_UNKNOWN;
	}
	return truth;
}
