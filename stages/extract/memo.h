/*
 * What the values of a column were found to stand for. Most columns of words have two or three.
 */
#ifndef MEMO_H
#define MEMO_H

#include "terms.h"

#define MEMO_VALUES TERMS_MOST
#define MEMO_TEXT   32

struct memo_cell {
	char text[MEMO_TEXT + SLICE_SLACK]; /* written as it is, whatever the format */
	size_t length;
};

/* { 0 } holds none. */
struct memo {
	struct memo_values *values;
};

struct memo_values {
	struct terms terms; /* the number is that of the cell */
	struct memo_cell cells[MEMO_VALUES];
	unsigned char count;
};

/* Sets the cell, with slack, that a raw value with slack stands for; false: that is not known. */
static inline bool memo_find(const struct memo *m, struct slice raw, struct slice *cell)
{
	int number = m->values ? terms_find(&m->values->terms, raw) : -1;
	if (number < 0)
		return false;
	cell->ptr = m->values->cells[number].text;
	cell->len = m->values->cells[number].length;
	return true;
}

/* Notes what a value stands for, where both are short, and there are room and memory. */
void memo_add(struct memo *m, struct slice raw, struct slice cell);

/* Forgets all values. */
void memo_clear(struct memo *m);

#endif
