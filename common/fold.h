/*
 * Text made alike for a comparison that looks past case and blanks: headings, raw values, names of
 * configuration files. What it gives is for comparing only and is never written.
 */
#ifndef FOLD_H
#define FOLD_H

#include "buffer.h"

#include <locale.h>

/* Lower case as Unicode has it, one character at a time; ASCII only where C.UTF-8 is missing. */
struct folding {
	locale_t locale; /* (locale_t)0: ASCII only */
};

void folding_init(struct folding *f);
void folding_release(struct folding *f);

/* Each appends to `out`; bytes that are no UTF-8 stay as they are. 0, or -1 without memory. */

/* Lower case, nothing else. */
int fold_case_append(const struct folding *f, struct buffer *out, struct slice text);

/* Lower case; each run of blanks (space, tab, CR, LF, no-break space) as one space, none at the
 * ends. */
int fold_append(const struct folding *f, struct buffer *out, struct slice text);

/* The name of a configuration file: lower case, without blanks and "_". */
int fold_name_append(const struct folding *f, struct buffer *out, struct slice name);

#endif
