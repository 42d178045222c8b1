#include "leavers.h"

#include "show.h"
#include "table.h"
#include "word.h"

#include <inttypes.h>

/* Of many messages of one kind the first ten are shown; the count is told at the end. */
#define MESSAGES_MOST 10

void leavers_init(struct leavers *l, bool totals)
{
	*l = (struct leavers){ 0 };
	keys_init(&l->ids, totals ? sizeof(struct leaver) : offsetof(struct leaver, totals));
}

static struct leaver *leaver_at(const struct leavers *l, uint32_t index)
{
	return keys_value(&l->ids, index);
}

struct leavers_reading {
	struct leavers *leavers;
	const struct column *columns;
	struct messages *messages;
	int method;
	bool any;
};

enum { USER_ID, METHOD, ACCOUNT_TYPE, OBJECT_TYPE, LEAVER_COLUMNS };

static int wrong_value(const struct place *place, const char *column, struct slice got,
	const char *want, const char *stream, struct error *e)
{
	struct place where = *place;
	where.column = slice_from(column);
	error_at(e, STATUS_INPUT, &where, "wrong value (got \"%s\", want %s)", SHOW(got), want);
	return error_hint(e, "`extract --as %s` makes this stream", stream);
}

static int repeat(const struct leavers_reading *r, const struct leaver *first, int method,
	struct slice id, const struct place *place, struct error *e)
{
	struct place where = *place;
	where.column = SLICE("user_id");
	if (first->method != method && !r->any) {
		error_at(e, STATUS_INPUT, &where,
			"user \"%s\" is listed twice, with two methods (the other is in line "
			"%" PRIu64 ")",
			SHOW(id), first->line);
		return error_hint(e, "a user is deactivated once: leave one of the rows out");
	}
	if (r->leavers->repeated++ < MESSAGES_MOST)
		message_at(r->messages, &where, NULL,
			"user \"%s\" is listed again (first in line %" PRIu64 "); counted once",
			SHOW(id), first->line);
	return 0;
}

static int leavers_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	const struct leavers_reading *r = context;
	struct leavers *l = r->leavers;
	struct slice id = record_field(row, r->columns[USER_ID].index);
	struct slice word = record_field(row, r->columns[METHOD].index);
	int method = word.len ? word_place(METHOD_WORDS, word) : r->method;
	if (id.len == 0)
		return wrong_value(place, "user_id", id, "an id", "leavers", e);
	if (method < 0)
		return wrong_value(place, "method", word, "manual or connector", "leavers", e);
	if (method == METHOD_UNKNOWN && !r->any) {
		error_at(e, STATUS_INPUT, place,
			"how user \"%s\" is deactivated is not known: the row has no method",
			SHOW(id));
		return error_hint(e, "--method manual or --method connector is for such rows");
	}
	uint32_t index = keys_find(&l->ids, id);
	if (index != KEY_NONE)
		return repeat(r, leaver_at(l, index), method, id, place, e);
	index = keys_add(&l->ids, id);
	if (index == KEY_NONE)
		return error_memory(e);
	struct leaver *leaver = leaver_at(l, index);
	leaver->line = place->line;
	leaver->method = (unsigned char)method;
	return 0;
}

int leavers_read(struct leavers *l, const char *path, enum format format, int method, bool any,
	struct messages *messages, struct error *e)
{
	struct column columns[LEAVER_COLUMNS] = { { "user_id", true, -1 }, { "method", false, -1 },
		{ "account_type", false, -1 }, { "object_type", false, -1 } };
	struct leavers_reading reading = { l, columns, messages, method, any };
	l->path = path;
	if (table_read(path, format, columns, LEAVER_COLUMNS, leavers_take, &reading, e) != 0)
		return -1;
	struct place place = { path, 0, { NULL, 0 } };
	for (int i = ACCOUNT_TYPE; i <= OBJECT_TYPE; i++)
		if (columns[i].index >= 0)
			message_at(messages, &place,
				"`extract --as leavers` makes a list of leavers",
				"it has a column \"%s\", as no leavers have: all its users are "
				"taken for leavers",
				columns[i].name);
	if (l->repeated > MESSAGES_MOST)
		message_at(messages, &place, NULL,
			"%" PRIu64 " rows list a user again; the first %d were shown", l->repeated,
			MESSAGES_MOST);
	return 0;
}

struct users_reading {
	struct leavers *leavers;
	const struct column *columns;
};

enum { USER, STATUS, USER_COLUMNS };

static int users_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	const struct users_reading *r = context;
	struct slice id = record_field(row, r->columns[USER].index);
	struct slice status = record_field(row, r->columns[STATUS].index);
	int known = status.len ? word_place("active|inactive", status) : 2;
	if (id.len == 0)
		return wrong_value(place, "user_id", id, "an id", "users", e);
	if (known < 0)
		return wrong_value(place, "status", status, "active or inactive", "users", e);
	uint32_t index = keys_find(&r->leavers->ids, id);
	if (index == KEY_NONE)
		return 0;
	struct leaver *leaver = leaver_at(r->leavers, index);
	if (leaver->flags & LEAVER_KNOWN) {
		struct place where = *place;
		where.column = SLICE("user_id");
		error_at(e, STATUS_INPUT, &where, "user \"%s\" is there twice", SHOW(id));
		return error_hint(e, "a users stream has one row for each user");
	}
	leaver->flags |= LEAVER_KNOWN;
	if (known == 1) {
		leaver->flags |= LEAVER_INACTIVE;
		r->leavers->inactive++;
	}
	return 0;
}

/* A leaver whom the tenant does not know is a typing error, or of another tenant. */
static void tell_unknown(struct leavers *l, const char *users, struct messages *messages)
{
	for (uint32_t i = 0; i < l->ids.count; i++) {
		const struct leaver *leaver = leaver_at(l, i);
		if (leaver->flags & LEAVER_KNOWN)
			continue;
		struct place row = { l->path, leaver->line, SLICE("user_id") };
		if (l->unknown++ < MESSAGES_MOST)
			message_at(messages, &row, NULL, "user \"%s\" is not in %s",
				SHOW(keys_at(&l->ids, i)), SHOW(slice_from(users)));
	}
	struct place place = { l->path, 0, { NULL, 0 } };
	if (l->unknown > MESSAGES_MOST)
		message_at(messages, &place, NULL,
			"%" PRIu64 " leavers are not in %s; the first %d were shown", l->unknown,
			SHOW(slice_from(users)), MESSAGES_MOST);
}

int leavers_check(struct leavers *l, const char *path, enum format format,
	struct messages *messages, struct error *e)
{
	struct column columns[USER_COLUMNS] = { { "user_id", true, -1 }, { "status", true, -1 } };
	struct users_reading reading = { l, columns };
	if (table_read(path, format, columns, USER_COLUMNS, users_take, &reading, e) != 0)
		return -1;
	tell_unknown(l, path, messages);
	return 0;
}

const struct leaver *leavers_find(const struct leavers *l, struct slice id, uint32_t *index)
{
	*index = keys_find_slack(&l->ids, id);
	const struct leaver *leaver = *index == KEY_NONE ? NULL : leaver_at(l, *index);
	return leaver && !(leaver->flags & LEAVER_INACTIVE) ? leaver : NULL;
}

struct leaver *leavers_at(struct leavers *l, uint32_t index)
{
	return leaver_at(l, index);
}

uint64_t leavers_without(const struct leavers *l)
{
	uint64_t count = 0;
	for (uint32_t i = 0; i < l->ids.count; i++)
		count += !(leaver_at(l, i)->flags & LEAVER_INACTIVE) &&
			 !(leaver_at(l, i)->seen & LEAVER_ASSIGNED);
	return count;
}

void leavers_release(struct leavers *l)
{
	keys_release(&l->ids);
}
