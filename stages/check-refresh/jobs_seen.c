/*
 * What runs by itself: automatic processes before and after the refresh, and scheduled reports.
 */
#include "seen.h"

#include "show.h"
#include "table.h"

/* Who owns what scripts put back by themselves (KBA 2165346). */
#define SYSTEM_OWNER "AUTO-SCHEDULER"

enum job_flag {
	JOB_ENABLED = 1,
	JOB_SYSTEM = 2,
	JOB_OWNER_UNKNOWN = 4,
	JOB_AFTER = 8,
	JOB_ENABLED_AFTER = 16,
};

enum { JOB_ID, JOB_OWNER, JOB_ENABLED_COLUMN, JOB_COLUMNS };

struct jobs_reading {
	struct jobs_seen *seen;
	const struct column *columns;
	struct keys after; /* to find an id that stands twice */
};

static int job_cells(const struct jobs_reading *r, const struct record *row,
	const struct place *place, int *enabled, struct error *e)
{
	struct slice id = record_field(row, r->columns[JOB_ID].index);
	struct slice value = record_field(row, r->columns[JOB_ENABLED_COLUMN].index);
	if (id.len == 0)
		return cell_wrong(place, "job_id", id, true, "an id", "jobs", e);
	*enabled = cell_flag(value, place, "enabled", "jobs", e);
	if (*enabled == -1)
		cell_wrong(place, "enabled", value, true, "Y or N", "jobs", e);
	return *enabled < 0 ? -1 : 0;
}

static int job_twice(struct slice id, const struct place *place, struct error *e)
{
	struct place where = *place;
	where.column = SLICE("job_id");
	error_at(e, STATUS_INPUT, &where, "job \"%s\" is there twice", SHOW(id));
	return error_hint(
		e, "a jobs stream has one row for each job; which of two counts is not known");
}

static int before_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	struct jobs_reading *r = context;
	struct jobs_seen *j = r->seen;
	struct slice id = record_field(row, r->columns[JOB_ID].index);
	struct slice owner = record_field(row, r->columns[JOB_OWNER].index);
	int enabled = -1;
	if (job_cells(r, row, place, &enabled, e) != 0)
		return -1;
	uint32_t known = j->before.count;
	uint32_t index = keys_add(&j->before, id);
	if (index == KEY_NONE)
		return error_memory(e);
	if (index < known)
		return job_twice(id, place, e);
	bool system = slice_equal(owner, SLICE(SYSTEM_OWNER));
	unsigned char *flags = keys_value(&j->before, index);
	*flags = (unsigned char)((enabled ? JOB_ENABLED : 0) | (system ? JOB_SYSTEM : 0) |
				 (owner.len ? 0 : JOB_OWNER_UNKNOWN));
	j->enabled[system ? JOBS_SYSTEM : JOBS_CUSTOMER] += enabled == 1;
	return 0;
}

static int after_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	struct jobs_reading *r = context;
	struct slice id = record_field(row, r->columns[JOB_ID].index);
	int enabled = -1;
	if (job_cells(r, row, place, &enabled, e) != 0)
		return -1;
	uint32_t known = r->after.count;
	uint32_t index = keys_add(&r->after, id);
	if (index == KEY_NONE)
		return error_memory(e);
	if (index < known)
		return job_twice(id, place, e);
	index = keys_find(&r->seen->before, id);
	if (index == KEY_NONE)
		return 0;
	unsigned char *flags = keys_value(&r->seen->before, index);
	*flags |= (unsigned char)(JOB_AFTER | (enabled ? JOB_ENABLED_AFTER : 0));
	return 0;
}

static int jobs_compare(struct jobs_seen *j)
{
	for (uint32_t i = 0; i < j->before.count; i++) {
		unsigned flags = *(unsigned char *)keys_value(&j->before, i);
		int whose = flags & JOB_SYSTEM ? JOBS_SYSTEM : JOBS_CUSTOMER;
		if (!(flags & JOB_ENABLED) || (flags & JOB_ENABLED_AFTER))
			continue;
		j->absent[whose] += !(flags & JOB_AFTER);
		j->owners_unknown += (flags & JOB_OWNER_UNKNOWN) != 0;
		if (id_list_add(&j->lost[whose], keys_at(&j->before, i)) != 0)
			return -1;
	}
	return 0;
}

int jobs_see(struct jobs_seen *j, const char *before, const char *after, enum format format,
	struct error *e)
{
	struct column columns[JOB_COLUMNS] = { { "job_id", true, -1 }, { "owner", false, -1 },
		{ "enabled", true, -1 } };
	struct jobs_reading r = { .seen = j, .columns = columns };
	keys_init(&r.after, 0);
	j->before_path = before;
	j->after_path = after;
	int result = table_read(before, format, columns, JOB_COLUMNS, before_take, &r, e);
	if (result == 0)
		result = table_read(after, format, columns, JOB_COLUMNS, after_take, &r, e);
	if (result == 0 && jobs_compare(j) != 0)
		result = error_memory(e);
	keys_release(&r.after);
	return result;
}

enum { REPORT_ID, REPORT_RECURRING, REPORT_ENABLED, REPORT_COLUMNS };

struct reports_reading {
	struct reports_seen *seen;
	const struct column *columns;
};

static int reports_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	const struct reports_reading *reading = context;
	const struct column *columns = reading->columns;
	struct reports_seen *r = reading->seen;
	struct slice id = record_field(row, columns[REPORT_ID].index);
	if (id.len == 0)
		return cell_wrong(place, "report_id", id, true, "an id", "reports", e);
	int recurring = cell_flag(record_field(row, columns[REPORT_RECURRING].index), place,
		"recurring", "reports", e);
	if (recurring == -2)
		return -1;
	int enabled = cell_flag(
		record_field(row, columns[REPORT_ENABLED].index), place, "enabled", "reports", e);
	if (enabled == -2)
		return -1;
	r->rows++;
	r->recurring_unknown += recurring == -1;
	if (recurring == 1 && id_list_add(&r->recurring, id) != 0)
		return error_memory(e);
	if (recurring == 1 && enabled == 1)
		return id_list_add(&r->running, id) == 0 ? 0 : error_memory(e);
	r->running_unknown += recurring == 1 && enabled == -1;
	return 0;
}

int reports_see(struct reports_seen *r, const char *path, enum format format, struct error *e)
{
	struct column columns[REPORT_COLUMNS] = { { "report_id", true, -1 },
		{ "recurring", false, -1 }, { "enabled", false, -1 } };
	struct reports_reading reading = { r, columns };
	r->path = path;
	if (table_read(path, format, columns, REPORT_COLUMNS, reports_take, &reading, e) != 0)
		return -1;
	r->has_recurring = columns[REPORT_RECURRING].index >= 0;
	r->has_enabled = columns[REPORT_ENABLED].index >= 0;
	return 0;
}
