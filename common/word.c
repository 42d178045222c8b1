#include "word.h"

struct words words_split(const char *text)
{
	struct words w = { .text = text };
	for (struct slice rest = slice_from(text); rest.ptr; w.count++)
		terms_add(&w.terms, slice_cut(&rest, '|'), (unsigned char)w.count);
	terms_add(&w.terms, SLICE(""), (unsigned char)w.count);
	return w;
}

int words_place_of(const struct words *w, struct slice word)
{
	return word.len ? word_place(w->text, word) : w->count;
}
