/*
 * The words that a column or an option may hold, as a list: "active|inactive".
 */
#ifndef WORD_H
#define WORD_H

#include "terms.h"

/* The place of `word` in the list, from 0; -1 where it is none of them. Bytes are compared. */
static inline int word_place(const char *words, struct slice word)
{
	for (int place = 0; words; place++) {
		size_t same = 0;
		while (word.ptr && same < word.len && words[same] && words[same] == word.ptr[same])
			same++;
		words += same;
		/* A word with a bar in it is none of the list. */
		if (same == word.len && (*words == '|' || *words == '\0'))
			return word.len && memchr(word.ptr, '|', word.len) ? -1 : place;
		while (*words && *words != '|')
			words++;
		if (*words++ == '\0')
			break;
	}
	return -1;
}

/* The word at a place that the list has. */
static inline struct slice word_at(const char *words, int place)
{
	struct slice rest = slice_from(words);
	struct slice word = slice_cut(&rest, '|');
	while (place-- > 0)
		word = slice_cut(&rest, '|');
	return word;
}

/* A list that is taken apart once, for a column of many rows. */
struct words {
	const char *text;   /* the list; borrowed */
	struct terms terms; /* of most of them, the number is the place; and of the empty one */
	int count;
};

struct words words_split(const char *text);

/* As words_place, however few of the words are among the terms. */
int words_place_of(const struct words *w, struct slice word);

/* As word_place, of a word with slack; the number of words if it is empty. */
static inline int words_place(const struct words *w, struct slice word)
{
	int place = terms_find(&w->terms, word);
	return place < 0 ? words_place_of(w, word) : place;
}

#endif
