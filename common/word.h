/*
 * The words that a column or an option may hold, as a list: "active|inactive".
 */
#ifndef WORD_H
#define WORD_H

#include "slice.h"

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

#define WORDS_MOST 16

/* A list that is taken apart once, for a column of many rows. { 0 } has no words. */
struct words {
	const char *text; /* the list; borrowed */
	size_t count;
	struct slice word[WORDS_MOST];
	unsigned char likely[SLICE_PLACES]; /* the place of a word, + 1; 0: none */
};

/* `text` has WORDS_MOST words at most. */
static inline struct words words_split(const char *text)
{
	struct words w = { .text = text };
	for (struct slice rest = slice_from(text); rest.ptr && w.count < WORDS_MOST;) {
		w.word[w.count++] = slice_cut(&rest, '|');
		w.likely[slice_place(w.word[w.count - 1])] = (unsigned char)w.count;
	}
	return w;
}

/* As word_place. */
static inline int words_place(const struct words *w, struct slice word)
{
	size_t likely = w->likely[slice_place(word)];
	if (likely && slice_equal(w->word[likely - 1], word))
		return (int)likely - 1;
	for (size_t i = 0; i < w->count; i++)
		if (slice_equal(w->word[i], word))
			return (int)i;
	return -1;
}

#endif
