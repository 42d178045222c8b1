/*
 * The administrators: who is a way in when the single sign-on fails, whose address is still one of
 * the source, and who holds REPORT_DEVELOPER.
 */
#include "seen.h"

#include "show.h"
#include "table.h"
#include "word.h"

#include <strings.h>

enum { ADMIN_ID, ADMIN_EMAIL, ADMIN_ROLES, ADMIN_RELATED, ADMIN_LOCKED, ADMIN_COLUMNS };

struct admins_reading {
	struct admins_seen *seen;
	const struct column *columns;
	struct slice domain;
};

/* The value of an administrator's id: whether and to which user it is related. */
struct related {
	uint32_t checked; /* 1: the user decides */
	uint32_t user;
};

static bool holds(struct slice roles, struct slice wanted)
{
	for (struct slice rest = roles; rest.ptr;)
		if (slice_equal(slice_cut(&rest, ';'), wanted))
			return true;
	return false;
}

/* The domain of one plain address, local@domain; empty: it is none, or more than one. */
static struct slice domain_of(struct slice email)
{
	struct slice domain = email;
	struct slice local = slice_cut(&domain, '@');
	bool plain = local.len && domain.len && domain.ptr[domain.len - 1] != '.';
	for (size_t i = 0; i < email.len; i++)
		plain &= (unsigned char)email.ptr[i] > ' ' && !strchr("<>,;\"()", email.ptr[i]);
	return plain && !memchr(domain.ptr, '@', domain.len) ? domain : SLICE("");
}

/* The domain itself or one below it; its case does not count. */
static bool at_domain(struct slice own, struct slice domain)
{
	if (domain.len == 0 || own.len < domain.len)
		return false;
	size_t before = own.len - domain.len;
	return strncasecmp(own.ptr + before, domain.ptr, domain.len) == 0 &&
	       (before == 0 || own.ptr[before - 1] == '.');
}

static int take_developer(struct admins_seen *a, struct slice id, struct slice roles, int locked)
{
	if (!holds(roles, SLICE("REPORT_DEVELOPER")))
		return 0;
	return id_list_add(locked == 1    ? &a->developers_locked
			   : locked == -1 ? &a->developers_lock_unknown
					  : &a->developers,
		id);
}

/* One with both roles: a way in, unless its user is none. */
static int take_way_in(
	struct admins_seen *a, uint32_t index, struct slice id, struct slice related, int locked)
{
	if (locked)
		return id_list_add(
			&a->ways_in[locked == 1 ? WAY_IN_LOCKED : WAY_IN_LOCK_UNKNOWN], id);
	if (related.len == 0)
		return id_list_add(&a->ways_in[WAY_IN_NO_USER], id);
	uint32_t known = a->related.count;
	uint32_t user = keys_add(&a->related, related);
	if (user == KEY_NONE)
		return -1;
	if (user == known)
		*(int *)keys_value(&a->related, user) =
			a->users_path ? WAY_IN_MISSING : WAY_IN_UNCHECKED;
	*(struct related *)keys_value(&a->ids, index) = (struct related){ 1, user };
	return 0;
}

static int admins_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	const struct admins_reading *r = context;
	struct admins_seen *a = r->seen;
	struct slice id = record_field(row, r->columns[ADMIN_ID].index);
	struct slice email = record_field(row, r->columns[ADMIN_EMAIL].index);
	struct slice domain = domain_of(email);
	struct slice roles = record_field(row, r->columns[ADMIN_ROLES].index);
	struct slice related = record_field(row, r->columns[ADMIN_RELATED].index);
	if (id.len == 0)
		return cell_wrong(place, "admin_id", id, true, "an id", "admins", e);
	int locked = cell_flag(
		record_field(row, r->columns[ADMIN_LOCKED].index), place, "locked", "admins", e);
	if (locked == -2)
		return -1;
	uint32_t known = a->ids.count;
	uint32_t index = keys_add(&a->ids, id);
	if (index != KEY_NONE && index < known) {
		struct place where = *place;
		where.column = SLICE("admin_id");
		error_at(e, STATUS_INPUT, &where, "administrator \"%s\" is there twice", SHOW(id));
		return error_hint(
			e, "an admins stream has one row for each, its roles with ; between");
	}
	a->rows++;
	bool both = holds(roles, SLICE("ALL")) && holds(roles, SLICE("ALL_CONNECTOR"));
	if (index == KEY_NONE || take_developer(a, id, roles, locked) != 0 ||
		(domain.len == 0 &&
			id_list_add(email.len ? &a->email_unclear : &a->without_email, id) != 0) ||
		(at_domain(domain, r->domain) && id_list_add(&a->at_source, id) != 0) ||
		(both && take_way_in(a, index, id, related, locked) != 0))
		return error_memory(e);
	return 0;
}

enum { USER_ID, USER_STATUS, USER_SOURCE, USER_DEEPLINK, USER_COLUMNS };

struct users_reading {
	struct admins_seen *seen;
	const struct column *columns;
	int ias;
	struct keys met; /* the related users that were met */
};

static int users_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	struct users_reading *r = context;
	struct slice id = record_field(row, r->columns[USER_ID].index);
	struct slice status_word = record_field(row, r->columns[USER_STATUS].index);
	struct slice source_word = record_field(row, r->columns[USER_SOURCE].index);
	if (id.len == 0)
		return cell_wrong(place, "user_id", id, true, "an id", "users", e);
	uint32_t index = keys_find(&r->seen->related, id);
	int status = status_word.len ? word_place(USER_STATUS_WORDS, status_word) : -1;
	int source = source_word.len ? word_place(USER_SOURCE_WORDS, source_word) : -1;
	if (status_word.len && status < 0)
		return cell_wrong(
			place, "status", status_word, true, "active or inactive", "users", e);
	if (source_word.len && source < 0)
		return cell_wrong(place, "source_system", source_word, true,
			"learning, identity-provisioning or platform", "users", e);
	int deeplink = cell_flag(record_field(row, r->columns[USER_DEEPLINK].index), place,
		"native_deeplink_user", "users", e);
	if (deeplink == -2 || index == KEY_NONE)
		return deeplink == -2 ? -1 : 0;
	uint32_t known = r->met.count;
	uint32_t met = keys_add(&r->met, id);
	if (met == KEY_NONE)
		return error_memory(e);
	if (met < known) {
		struct place where = *place;
		where.column = SLICE("user_id");
		error_at(e, STATUS_INPUT, &where, "user \"%s\" is there twice", SHOW(id));
		return error_hint(e, "a users stream has one row for each user");
	}
	*(int *)keys_value(&r->seen->related, index) =
		(int)user_judge(status, source, deeplink, r->ias);
	return 0;
}

static int users_see(struct admins_seen *a, int ias, enum format format, struct error *e)
{
	struct column columns[USER_COLUMNS] = { { "user_id", true, -1 }, { "status", true, -1 },
		{ "source_system", false, -1 }, { "native_deeplink_user", false, -1 } };
	struct users_reading r = { .seen = a, .columns = columns, .ias = ias };
	keys_init(&r.met, 0);
	int result = table_read(a->users_path, format, columns, USER_COLUMNS, users_take, &r, e);
	keys_release(&r.met);
	return result;
}

int admins_see(struct admins_seen *a, const char *path, const char *users,
	const struct facts *facts, enum format format, struct error *e)
{
	const struct fact_value *ias = &facts->of[FACT_IAS];
	struct column columns[ADMIN_COLUMNS] = { { "admin_id", true, -1 }, { "email", false, -1 },
		{ "roles", false, -1 }, { "related_user_id", false, -1 }, { "locked", false, -1 } };
	struct admins_reading r = { a, columns,
		buffer_slice(&facts->of[FACT_SOURCE_MAIL_DOMAIN].text) };
	a->path = path;
	a->users_path = users;
	if (table_read(path, format, columns, ADMIN_COLUMNS, admins_take, &r, e) != 0)
		return -1;
	a->has_email = columns[ADMIN_EMAIL].index >= 0;
	a->has_roles = columns[ADMIN_ROLES].index >= 0;
	if (users && users_see(a, ias->given ? ias->word == FLAG_YES : -1, format, e) != 0)
		return -1;
	for (uint32_t i = 0; i < a->ids.count; i++) {
		const struct related *way = keys_value(&a->ids, i);
		if (!way->checked)
			continue;
		int judged = *(int *)keys_value(&a->related, way->user);
		if (id_list_add(&a->ways_in[judged], keys_at(&a->ids, i)) != 0)
			return error_memory(e);
	}
	return 0;
}
