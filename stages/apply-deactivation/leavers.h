/*
 * Who is to be deactivated and how, and what was seen of each.
 *
 * Memory per leaver: at most 30 bytes for finding it, its id where that has 16 bytes or more, 16
 * for what is known of it, and 36 more for the totals.
 */
#ifndef LEAVERS_H
#define LEAVERS_H

#include "keys.h"
#include "message.h"
#include "reader.h"
#include "rules.h"

/* What is counted for each leaver: its actions, then two alerts. */
enum { TOTAL_PROFILE_SYNC = ACTION_COUNT, TOTAL_PROGRESS_LOST, TOTAL_COUNT };

/* Of --users. */
enum leaver_flag {
	LEAVER_INACTIVE = 1, /* as good as gone */
	LEAVER_KNOWN = 2,
};

/* Of the assignments; apart, since workers read the flags meanwhile. */
enum leaver_seen {
	LEAVER_ASSIGNED = 1, /* has an assignment */
	LEAVER_LOSES = 2,    /* loses progress */
};

struct leaver {
	uint64_t line;        /* of the leavers stream, where the user stands first */
	unsigned char method; /* in METHOD_WORDS; METHOD_UNKNOWN */
	unsigned char flags;
	unsigned char seen;
	/* Only where they are wanted. */
	_Alignas(uint64_t) uint32_t totals[TOTAL_COUNT];
};

#define METHOD_MANUAL    0
#define METHOD_CONNECTOR 1
#define METHOD_UNKNOWN   2

struct leavers {
	struct keys ids;
	const char *path; /* borrowed */
	uint64_t repeated;
	uint64_t inactive;
	uint64_t unknown; /* not in --users */
};

/* `totals`: room for them is made. Allocates nothing. */
void leavers_init(struct leavers *l, bool totals);

/*
 * Reads a leavers stream. `method` is that of a row without one; with METHOD_UNKNOWN such a row is
 * status 3, unless `any`: then no method is asked for. A leaver listed again is told and counted;
 * one listed again with another method is status 3. 0, or -1 with the error set.
 */
int leavers_read(struct leavers *l, const char *path, enum format format, int method, bool any,
	struct messages *messages, struct error *e);

/*
 * Reads a users stream and marks the leavers who are inactive in it. One who is not in it is told
 * and counted. 0, or -1 with the error set.
 */
int leavers_check(struct leavers *l, const char *path, enum format format,
	struct messages *messages, struct error *e);

/*
 * NULL: no leaver, or one who is inactive already. Valid as long as nothing is read. The id has
 * slack. `*index` is for leavers_at.
 */
const struct leaver *leavers_find(const struct leavers *l, struct slice id, uint32_t *index);
struct leaver *leavers_at(struct leavers *l, uint32_t index);

/* How many are not inactive already and have no assignment. */
uint64_t leavers_without(const struct leavers *l);

void leavers_release(struct leavers *l);

#endif
