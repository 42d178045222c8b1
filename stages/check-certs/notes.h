/*
 * Messages of one kind, of which there may be one for each certificate: the first ten are told,
 * then how many there were more.
 */
#ifndef NOTES_H
#define NOTES_H

#include "message.h"

#include <stdint.h>

enum note {
	NOTE_SAME,
	NOTE_PRIVATE_KEY,
	NOTE_PASSED_OVER,
	NOTE_MISNAMED,
	NOTE_CLOSED,
	NOTE_SKIPPED,
	NOTE_ISSUED,
	NOTE_OTHER_KEY,
	NOTE_UNFIT,
	NOTE_COUNT,
};

struct notes {
	uint64_t counts[NOTE_COUNT];
};

/* Counts a message: whether it is to be told. */
bool notes_take(struct notes *n, enum note note);

/* Tells how many more there were of each kind. */
void notes_finish(const struct notes *n, struct messages *m);

#endif
