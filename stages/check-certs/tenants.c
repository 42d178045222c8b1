#include "tenants.h"

#include "show.h"
#include "table.h"
#include "word.h"

enum { TENANT, IPS, ENVIRONMENT, COLUMNS };

struct reading {
	struct tenants *tenants;
	const struct column *columns;
};

static int wrong(const struct reading *reading, const struct record *row, const struct place *place,
	int column, const char *want, struct error *e)
{
	struct place where = *place;
	where.column = slice_from(reading->columns[column].name);
	return error_at(e, STATUS_INPUT, &where, "wrong value (got \"%s\", want %s)",
		SHOW(record_field(row, reading->columns[column].index)), want);
}

static int tenant_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	const struct reading *reading = context;
	struct keys *ids = &reading->tenants->ids;
	struct slice id = record_field(row, reading->columns[TENANT].index);
	struct slice ips = record_field(row, reading->columns[IPS].index);
	struct slice environment = record_field(row, reading->columns[ENVIRONMENT].index);
	int ips_place = ips.len ? word_place(IPS_WORDS, ips) : IPS_UNKNOWN;
	int environment_place = word_place(ENVIRONMENT_WORDS, environment);
	if (id.len == 0)
		return wrong(reading, row, place, TENANT, "an id", e);
	if (ips_place < 0)
		return wrong(reading, row, place, IPS, "neo|converged, or nothing", e);
	if (environment_place < 0)
		return wrong(reading, row, place, ENVIRONMENT, ENVIRONMENT_WORDS, e);
	uint32_t known = ids->count;
	uint32_t index = keys_add(ids, id);
	if (index == KEY_NONE)
		return error_memory(e);
	if (index < known)
		return wrong(reading, row, place, TENANT, "each tenant once", e);
	*(struct tenant *)keys_value(ids, index) =
		(struct tenant){ (enum ips)ips_place, (enum environment)environment_place };
	return 0;
}

void tenants_init(struct tenants *t)
{
	keys_init(&t->ids, sizeof(struct tenant));
}

int tenants_read(struct tenants *t, const char *path, enum format format, struct error *e)
{
	struct column columns[COLUMNS] = { { "tenant", true, -1 }, { "ips", true, -1 },
		{ "environment", true, -1 } };
	struct reading reading = { t, columns };
	return table_read_written(path, format,
		"tenant,ips,environment; a row is for example ACMEPROD,neo,production", columns,
		COLUMNS, tenant_take, &reading, e);
}

void tenants_release(struct tenants *t)
{
	keys_release(&t->ids);
}
