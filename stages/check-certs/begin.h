/*
 * Lines that look like the BEGIN of a PEM block, and are none: with other dashes, in small letters,
 * behind something else. To tell them from prose, what is around them counts.
 */
#ifndef BEGIN_H
#define BEGIN_H

#include "slice.h"

enum begin_says {
	BEGIN_OTHER,
	BEGIN_CERTIFICATE, /* a certificate, or what may hold one */
	BEGIN_KEY,         /* a private key */
};

/* By the words of a label, or of a line. */
enum begin_says begin_says(struct slice words);

struct begin {
	enum begin_says says;
	bool alone;  /* nothing but a quotation's marks stands before the dashes */
	bool framed; /* dashes stand behind the words, too */
	bool body;   /* so does much base64 */
};

/*
 * Is it "BEGIN", in any case, behind three dashes or an editor's rendering of some? The keys of
 * PuTTY, which are no PEM, begin in a way of their own.
 */
bool begin_read(struct slice line, struct begin *begin);

enum below {
	BELOW_OTHER,
	BELOW_BASE64,
	BELOW_OBJECT, /* base64 that is known for what it is */
};

/* What is in the next lines. */
enum below begin_below(struct slice rest);

#endif
