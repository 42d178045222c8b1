/*
 * Rows of a stream that a worker has made of a part of a table.
 */
#ifndef CONVERTED_H
#define CONVERTED_H

#include "sheet.h"

/* Reads the rest of a stream's table side by side: 0, or -1 with the error set. */
int converted_rows(struct sheet *t, int (*one_row)(void *sheet));

#endif
