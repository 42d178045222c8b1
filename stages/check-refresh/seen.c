#include "seen.h"

#include "show.h"

int cell_wrong(const struct place *place, const char *column, struct slice got, bool shown,
	const char *want, const char *stream, struct error *e)
{
	struct place where = *place;
	where.column = slice_from(column);
	if (shown)
		error_at(e, STATUS_INPUT, &where, "wrong value (got \"%s\", want %s)", SHOW(got),
			want);
	else
		error_at(e, STATUS_INPUT, &where, "wrong value (want %s)", want);
	return error_hint(e, "this has to be a stream of %s; see lms-filters(7)", stream);
}

int cell_flag(struct slice value, const struct place *place, const char *column, const char *stream,
	struct error *e)
{
	if (value.len == 0)
		return -1;
	if (slice_equal(value, SLICE("Y")) || slice_equal(value, SLICE("N")))
		return value.ptr[0] == 'Y';
	cell_wrong(place, column, value, true, "Y or N", stream, e);
	return -2;
}

void seen_init(struct seen *s)
{
	*s = (struct seen){ 0 };
	for (int i = 0; i < RETYPE_COUNT; i++)
		file_counts_init(&s->changes.retype[i]);
	file_counts_init(&s->changes.regenerate);
	keys_init(&s->jobs.before, 1);
	keys_init(&s->admins.ids, 2 * sizeof(uint32_t));
	keys_init(&s->admins.related, sizeof(int));
}

void seen_release(struct seen *s)
{
	struct id_list *const lists[] = { &s->reports.recurring, &s->reports.running,
		&s->jobs.lost[JOBS_CUSTOMER], &s->jobs.lost[JOBS_SYSTEM], &s->admins.at_source,
		&s->admins.without_email, &s->admins.email_unclear, &s->admins.developers,
		&s->admins.developers_locked, &s->admins.developers_lock_unknown };
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		id_list_release(lists[i]);
	for (int i = 0; i < WAY_IN_COUNT; i++)
		id_list_release(&s->admins.ways_in[i]);
	for (int i = 0; i < RETYPE_COUNT; i++)
		file_counts_release(&s->changes.retype[i]);
	for (int i = 0; i < RETYPE_COUNT; i++)
		id_list_release(&s->changes.missing[i]);
	file_counts_release(&s->changes.regenerate);
	keys_release(&s->jobs.before);
	keys_release(&s->admins.ids);
	keys_release(&s->admins.related);
}
