#include "history.h"

#include "crew.h"
#include "show.h"
#include "table.h"
#include "word.h"

#include <stdlib.h>

#define EPOCH_1900 INT64_C(-2208988800) /* 1900-01-01T00:00:00, the earliest moment there is */

/* Where a row stands in time: by its moment, then by its place in the file. */
struct position {
	moment_t moment;
	uint64_t row;
};

#define NOWHERE ((struct position){ MOMENT_NONE, 0 })

/*
 * Moments are seconds since 1900 and one, 0 is MOMENT_NONE; they fit into 40 bits, as do the
 * numbers of the rows. 26 bytes, for there may be millions.
 */
struct history_user {
	uint64_t active_moment : 40; /* of the last active row; none */
	uint64_t active_row : 40;
	uint64_t change_moment : 40; /* of the earliest known inactive row after it; none */
	uint64_t change_row : 40;
	uint64_t spooled_moment : 40; /* the latest of an inactive row in the spool; none */
	/* The spool may hold a row between the last active row and the change. */
	uint64_t search : 1;
} __attribute__((packed));

_Static_assert(sizeof(struct history_user) == 26, "as the memory that is promised has it");

#define FORTY_BITS ((UINT64_C(1) << 40) - 1)

/* Callers mask it once more, for compilers that do not see that it fits. */
static uint64_t packed_moment(moment_t moment)
{
	return moment == MOMENT_NONE ? 0 : (uint64_t)(moment - EPOCH_1900 + 1) & FORTY_BITS;
}

static moment_t unpacked_moment(uint64_t packed)
{
	return packed ? (moment_t)packed + EPOCH_1900 - 1 : MOMENT_NONE;
}

static bool later(struct position a, struct position b)
{
	return a.moment != b.moment ? a.moment > b.moment : a.row > b.row;
}

static struct position last_active(const struct history_user *u)
{
	return (struct position){ unpacked_moment(u->active_moment), u->active_row };
}

static struct position change(const struct history_user *u)
{
	return (struct position){ unpacked_moment(u->change_moment), u->change_row };
}

static void set_change(struct history_user *u, struct position at)
{
	u->change_moment = packed_moment(at.moment) & FORTY_BITS;
	u->change_row = at.row & FORTY_BITS;
}

static int history_spool(struct history *h, uint32_t index, struct position at, struct error *e)
{
	struct history_user *u = keys_value(&h->users, index);
	if (packed_moment(at.moment) > u->spooled_moment)
		u->spooled_moment = packed_moment(at.moment) & FORTY_BITS;
	/* 32 bits of user, 40 of moment (seconds since 1900 need 38), 56 of row. */
	uint64_t moment = (uint64_t)(at.moment - EPOCH_1900);
	const uint64_t packed[2] = { (uint64_t)index << 32 | moment >> 8, moment << 56 | at.row };
	return spool_append(&h->spool, (struct slice){ (const char *)packed, sizeof packed }, e);
}

static int history_add(
	struct history *h, uint32_t index, struct position at, bool active, struct error *e)
{
	struct history_user *u = keys_value(&h->users, index);
	if (!later(at, last_active(u)))
		return 0; /* older than an active row that is known: decides nothing any more */
	if (active) {
		u->active_moment = packed_moment(at.moment) & FORTY_BITS;
		u->active_row = at.row & FORTY_BITS;
		if (later(at, change(u))) {
			set_change(u, NOWHERE);
			if (u->spooled_moment >= packed_moment(at.moment))
				u->search = h->search = true;
		}
		return 0;
	}
	if (u->change_moment == 0) {
		set_change(u, at);
		return 0;
	}
	struct position known = change(u);
	if (later(at, known))
		return history_spool(h, index, at, e);
	set_change(u, at);
	return history_spool(h, index, known, e);
}

struct history_reading {
	struct history *history;
	uint64_t seed; /* of its users */
	const struct column *columns;
	moment_t end; /* of the as-of day: rows from there on are passed over */
	struct words status;
};

enum { USER_ID, CHANGED_AT, STATUS };

/* A row whose place in the file is not yet known. */
struct history_row {
	moment_t moment;
	bool active;
	bool same_user; /* as the row before */
};

/* In one word, as there are many and they go from one processor to another. */
static uint64_t packed_row(struct history_row row)
{
	uint64_t moment = (uint64_t)(row.moment - EPOCH_1900);
	return moment << 2 | (uint64_t)row.active << 1 | row.same_user;
}

static struct history_row unpacked_row(uint64_t packed)
{
	return (struct history_row){ (moment_t)(packed >> 2) + EPOCH_1900, packed & 2, packed & 1 };
}

/* The column that is at fault, or -1. */
static int read_row(const struct history_reading *reading, const struct record *row,
	struct slice *user_id, struct history_row *read)
{
	struct slice changed_at = record_field(row, reading->columns[CHANGED_AT].index);
	struct slice status = record_field(row, reading->columns[STATUS].index);
	*user_id = record_field(row, reading->columns[USER_ID].index);
	if (user_id->len == 0)
		return USER_ID;
	if (moment_read(changed_at, &read->moment) != DATE_OK)
		return CHANGED_AT;
	int word = words_place(&reading->status, status);
	if (word < 0 || word == USER_STATUS_UNKNOWN)
		return STATUS;
	read->active = word == USER_ACTIVE;
	return -1;
}

/* Takes a row of a user, whose index is known. */
static int take_row(const struct history_reading *reading, uint32_t index, struct history_row row,
	struct error *e)
{
	struct history *h = reading->history;
	struct position at = { row.moment, ++h->rows };
	/* A user whose every row is passed over is in the history all the same. */
	if (index == KEY_NONE)
		return error_memory(e);
	if (row.moment >= reading->end) {
		h->after_as_of++;
		return 0;
	}
	return history_add(h, index, at, row.active, e);
}

static int history_take(
	void *context, const struct record *record, const struct place *place, struct error *e)
{
	static const char *const wanted[] = { "an id", "YYYY-MM-DDTHH:MM:SS",
		"active or inactive" };
	const struct history_reading *reading = context;
	struct history *h = reading->history;
	struct history_row row;
	struct slice user_id;
	int wrong = read_row(reading, record, &user_id, &row);
	if (wrong < 0)
		return take_row(reading, keys_add(&h->users, user_id), row, e);
	struct place where = *place;
	where.column = slice_from(reading->columns[wrong].name);
	error_at(e, STATUS_INPUT, &where, "wrong value (got \"%s\", want %s)",
		SHOW(record_field(record, reading->columns[wrong].index)), wanted[wrong]);
	return error_hint(e, "`extract --as status-history` makes this stream");
}

/* Rows that a worker has read. */
struct history_part {
	struct buffer rows;  /* packed_row each */
	struct buffer users; /* a struct key for each that is not of the user before */
	struct buffer ids;   /* the long ones of them, one after the other */
	struct key last;     /* its bytes, if it is long, are in no place */
	size_t last_id;      /* but there */
};

static void *part_new(void *context)
{
	(void)context;
	return crew_memory(sizeof(struct history_part));
}

static void part_free(void *result)
{
	struct history_part *part = result;
	buffer_release(&part->rows);
	buffer_release(&part->users);
	buffer_release(&part->ids);
	free(part);
}

/* Notes whose row it is: most histories have the rows of a user together. */
static int note_user(const struct history_reading *reading, struct history_part *part,
	struct slice user_id, bool *same_user)
{
	struct key key;
	key_make_slack(&key, reading->seed, user_id);
	part->last.bytes.ptr = part->ids.ptr ? part->ids.ptr + part->last_id : NULL;
	*same_user = part->rows.len && key_equal(&key, &part->last);
	if (*same_user)
		return 0;
	part->last = key;
	part->last_id = part->ids.len;
	if (buffer_append(&part->users, (struct slice){ (const char *)&key, sizeof key }) != 0)
		return -1;
	return user_id.len < KEY_LONG ? 0 : buffer_append(&part->ids, user_id);
}

static bool part_work(const void *context, void *result, const struct record *record, bool first)
{
	struct history_part *part = result;
	struct history_row row = { 0 };
	struct slice user_id;
	if (first) {
		buffer_clear(&part->rows);
		buffer_clear(&part->users);
		buffer_clear(&part->ids);
		part->last_id = 0;
	}
	if (read_row(context, record, &user_id, &row) >= 0 ||
		note_user(context, part, user_id, &row.same_user) != 0 ||
		buffer_reserve(&part->rows, sizeof(uint64_t)) != 0)
		return false;
	const uint64_t packed = packed_row(row);
	memcpy(part->rows.ptr + part->rows.len, &packed, sizeof packed);
	part->rows.len += sizeof packed;
	return true;
}

/* How many users ahead one is fetched. */
#define AHEAD 16

static struct key user_at(const struct history_part *part, size_t i)
{
	struct key key = { 0 };
	if (i < part->users.len / sizeof key)
		memcpy(&key, part->users.ptr + i * sizeof key, sizeof key);
	return key;
}

static int part_take(void *context, void *result, struct error *e)
{
	const struct history_reading *reading = context;
	struct history *h = reading->history;
	const struct history_part *part = result;
	struct slice ids = buffer_slice(&part->ids);
	size_t user = 0;
	uint32_t index = KEY_NONE;
	for (size_t at = 0; at < part->rows.len; at += sizeof(uint64_t)) {
		uint64_t packed;
		memcpy(&packed, part->rows.ptr + at, sizeof packed);
		const struct history_row row = unpacked_row(packed);
		if (!row.same_user) {
			keys_prefetch(&h->users, user_at(part, user + AHEAD).hash);
			struct key key = user_at(part, user++);
			if (key.bytes.len >= KEY_LONG) {
				key.bytes.ptr = ids.ptr;
				ids = slice_skip(ids, key.bytes.len);
			}
			index = keys_add_key(&h->users, &key);
		}
		if (take_row(reading, index, row, e) != 0)
			return -1;
	}
	return 0;
}

/* Looks through the spool for rows that a late active row has given a meaning. */
static int history_search(struct history *h, struct error *e)
{
	struct spool_source source;
	spool_source_init(&source, &h->spool, 0, spool_size(&h->spool));
	uint64_t packed[512];
	size_t have = 0;
	for (;;) {
		ssize_t got = source.source.read(
			&source.source, (char *)packed + have, sizeof packed - have, e);
		if (got <= 0)
			return (int)got;
		have += (size_t)got;
		size_t whole = have / 16;
		for (size_t i = 0; i < whole; i++) {
			struct history_user *u =
				keys_value(&h->users, (uint32_t)(packed[2 * i] >> 32));
			uint64_t moment =
				(packed[2 * i] & 0xFFFFFFFF) << 8 | packed[2 * i + 1] >> 56;
			struct position at = { (moment_t)moment + EPOCH_1900,
				packed[2 * i + 1] & 0xFFFFFFFFFFFFFF };
			if (u->search && later(at, last_active(u)) &&
				(u->change_moment == 0 || later(change(u), at)))
				set_change(u, at);
		}
		have -= whole * 16;
		memmove(packed, packed + whole * 2, have);
	}
}

void history_init(struct history *h)
{
	*h = (struct history){ 0 };
	keys_init(&h->users, sizeof(struct history_user));
	spool_init(&h->spool, 0);
}

int history_read(struct history *h, const char *path, enum format format, day_t as_of, size_t jobs,
	struct error *e)
{
	const struct table_crew crew = { part_new, part_free, part_work, part_take, jobs };
	struct column columns[] = { [USER_ID] = { "user_id", true, -1 },
		[CHANGED_AT] = { "changed_at", true, -1 },
		[STATUS] = { "status", true, -1 } };
	struct history_reading reading = { h, h->users.seed, columns, day_moment(as_of + 1),
		words_split(STATUS_WORDS) };
	if (table_read_by(&crew, path, format, columns, 3, history_take, &reading, e) != 0)
		return -1;
	h->matched = calloc(h->users.count + 1, 1);
	if (!h->matched)
		return error_memory(e);
	return h->search ? history_search(h, e) : 0;
}

enum history_kind history_of(const struct history *h, struct slice user_id, uint32_t near,
	day_t *changed_on, uint32_t *index)
{
	*index = keys_find_near(&h->users, user_id, near);
	if (*index == KEY_NONE)
		return HISTORY_SILENT;
	const struct history_user *u = keys_value(&h->users, *index);
	/* Inactive rows alone are no change: the user may have been inactive from the start. */
	if (u->active_moment == 0)
		return HISTORY_SILENT;
	if (u->change_moment == 0)
		return HISTORY_ENDS_ACTIVE;
	*changed_on = moment_day(unpacked_moment(u->change_moment));
	return HISTORY_CHANGED;
}

void history_match(struct history *h, uint32_t index)
{
	if (index != KEY_NONE)
		h->matched[index] = 1;
}

uint64_t history_unmatched(const struct history *h)
{
	uint64_t count = 0;
	for (uint32_t i = 0; i < h->users.count; i++)
		count += !h->matched || h->matched[i] == 0;
	return count;
}

void history_release(struct history *h)
{
	keys_release(&h->users);
	free(h->matched);
	spool_release(&h->spool);
	history_init(h);
}
