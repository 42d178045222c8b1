/*
 * When did each user last go from active to inactive? From status rows in any order, in one pass.
 *
 * The change is the earliest inactive row after the last active row of that user (KBA 2515540: the
 * most recent change from active to inactive). Rows of the same moment keep the order of the file.
 *
 * Memory: 62 bytes per user at most, and the id where it has 16 bytes or more. An inactive row that
 * comes after another one decides nothing unless a late active row moves in between; such rows wait
 * in a spool, 16 bytes each, which is read only when that happens.
 */
#ifndef HISTORY_H
#define HISTORY_H

#include "keys.h"
#include "reader.h"
#include "rules.h"
#include "spool.h"

struct history {
	struct keys users;      /* a struct history_user each */
	unsigned char *matched; /* of each; apart, since workers read the users meanwhile */
	struct spool spool;
	bool search; /* some user needs what the spool has */
	uint64_t rows;
	uint64_t after_as_of; /* rows that were passed over */
};

void history_init(struct history *h);

/*
 * Reads a status-history stream, with `jobs` workers; rows after the day `as_of` are passed over:
 * 0, or -1.
 */
int history_read(struct history *h, const char *path, enum format format, day_t as_of, size_t jobs,
	struct error *e);

/*
 * What the history says of a user. `*changed_on`: of HISTORY_CHANGED alone; `*index`: where he
 * stands in it, KEY_NONE: nowhere. `near` is where he most likely stands, any number: most exports
 * have their users in one order. The id has slack.
 */
enum history_kind history_of(const struct history *h, struct slice user_id, uint32_t near,
	day_t *changed_on, uint32_t *index);

/* Notes that a user is matched; KEY_NONE is none. */
void history_match(struct history *h, uint32_t index);

/* Users who are not matched. */
uint64_t history_unmatched(const struct history *h);

void history_release(struct history *h);

#endif
