/*
 * A PCRE2 regular expression with limits on the work of a match, so that no pattern and no data
 * can make a run endless.
 */
#ifndef PATTERN_H
#define PATTERN_H

#include "error.h"

struct pattern {
	void *code;
	void *data;
	void *context;
	struct buffer text; /* as given */
};

enum {
	PATTERN_WHOLE = 1, /* the pattern has to match from the first byte to the last */
	PATTERN_CASELESS = 2,
};

/* UTF-8 expressions. -1 (status 2) with the offset and the reason; nothing to release then. */
int pattern_compile(struct pattern *p, struct slice text, unsigned flags, struct error *e);

/* 1 match, 0 none, -1 with the error set: a limit was met, or the subject is no UTF-8. */
int pattern_match(const struct pattern *p, struct slice subject, struct error *e);

void pattern_release(struct pattern *p);

#endif
