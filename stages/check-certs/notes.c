#include "notes.h"

#include <inttypes.h>

#define TOLD_MOST 10

bool notes_take(struct notes *n, enum note note)
{
	return ++n->counts[note] <= TOLD_MOST;
}

void notes_finish(const struct notes *n, struct messages *m)
{
	static const char *const kinds[NOTE_COUNT] = {
		[NOTE_SAME] = "the same certificate as one before",
		[NOTE_PRIVATE_KEY] = "a private key",
		[NOTE_PASSED_OVER] = "passed over",
		[NOTE_MISNAMED] = "called a private key, and is a certificate",
		[NOTE_CLOSED] = "not looked into",
		[NOTE_SKIPPED] = "skipped",
		[NOTE_ISSUED] = "issued by one of the inputs",
		[NOTE_OTHER_KEY] = "names an issuer whose key did not sign it",
		[NOTE_UNFIT] = "not taken for the new certificate",
	};
	for (size_t i = 0; i < NOTE_COUNT; i++)
		if (n->counts[i] > TOLD_MOST)
			message_at(m, NULL, NULL, "and %" PRIu64 " more: %s",
				n->counts[i] - TOLD_MOST, kinds[i]);
}
