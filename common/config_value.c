#include "config_value.h"

#include "fold.h"
#include "show.h"
#include "table.h"

#include <strings.h>

enum { FILE_NAME, KEY, VALUE, COLUMNS };

struct config_reading {
	const char *file; /* as the caller names it */
	struct config_value *values;
	size_t count;
	const struct column *columns;
	struct folding folding;
	struct buffer wanted; /* that name, folded */
	struct buffer folded;
	struct buffer name; /* as it was met first */
	bool found;
};

static int take_value(struct config_reading *r, struct slice key, struct slice value, uint64_t line)
{
	for (size_t i = 0; i < r->count; i++) {
		struct config_value *v = &r->values[i];
		if (key.len != strlen(v->key) ||
			strncasecmp(key.ptr ? key.ptr : "", v->key, key.len) != 0)
			continue;
		if (!slice_equal(key, slice_from(v->key))) {
			v->near_line = line;
			continue;
		}
		v->line = line;
		buffer_clear(&v->value);
		if (buffer_append(&v->value, value) != 0)
			return -1;
	}
	return 0;
}

static int config_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	struct config_reading *r = context;
	struct slice file = record_field(row, r->columns[FILE_NAME].index);
	buffer_clear(&r->folded);
	if (fold_name_append(&r->folding, &r->folded, file) != 0)
		return error_memory(e);
	if (!slice_equal(buffer_slice(&r->folded), buffer_slice(&r->wanted)))
		return 0;
	if (!r->found && buffer_append(&r->name, file) != 0)
		return error_memory(e);
	r->found = true;
	if (!slice_equal(file, buffer_slice(&r->name))) {
		error_at(e, STATUS_INPUT, place, "%s is there under two names: \"%s\" and \"%s\"",
			r->file, SHOW(buffer_slice(&r->name)), SHOW(file));
		return error_hint(e, "take the one that is not this tenant's out of the stream");
	}
	return take_value(r, record_field(row, r->columns[KEY].index),
		       record_field(row, r->columns[VALUE].index), place->line) != 0
		       ? error_memory(e)
		       : 0;
}

int config_values_read(const char *path, enum format format, const char *file,
	struct config_value *values, size_t count, bool *found, struct error *e)
{
	struct column columns[COLUMNS] = { { "file", true, -1 }, { "key", true, -1 },
		{ "value", true, -1 } };
	struct config_reading r = {
		.file = file, .values = values, .count = count, .columns = columns
	};
	folding_init(&r.folding);
	int result = fold_name_append(&r.folding, &r.wanted, slice_from(file)) == 0
			     ? table_read(path, format, columns, COLUMNS, config_take, &r, e)
			     : error_memory(e);
	*found = r.found;
	folding_release(&r.folding);
	buffer_release(&r.wanted);
	buffer_release(&r.folded);
	buffer_release(&r.name);
	return result;
}

void config_values_release(struct config_value *values, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_release(&values[i].value);
}
