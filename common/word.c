#include "word.h"

struct words words_split(const char *text)
{
	struct words w = { .text = text };
	terms_add(&w.terms, SLICE(""), WORD_EMPTY);
	unsigned char place = 0;
	for (struct slice rest = slice_from(text); rest.ptr && place < WORD_EMPTY;)
		terms_add(&w.terms, slice_cut(&rest, '|'), place++);
	return w;
}
