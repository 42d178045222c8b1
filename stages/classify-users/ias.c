#include "ias.h"

#include "fold.h"
#include "show.h"
#include "table.h"

#include <strings.h>

#define IAS_FILE "SAP CLOUD IDENTITY SERVICES"
#define IAS_KEY  "activateIASAuthentication"

struct ias_reading {
	const struct column *columns;
	struct folding folding;
	struct buffer
		wanted_file; /* folded: documents spell the names of these files differently */
	struct buffer file;
	struct buffer name; /* of the file, as it was met first */
	struct buffer value;
	uint64_t line; /* of the last occurrence; 0: none */
	bool file_seen;
	uint64_t near_line; /* of a key that differs only in case; 0: none */
};

static bool same_caseless(struct slice a, const char *b)
{
	return a.len == strlen(b) && strncasecmp(a.ptr ? a.ptr : "", b, a.len) == 0;
}

static int ias_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	struct ias_reading *r = context;
	struct slice file = record_field(row, r->columns[0].index);
	struct slice key = record_field(row, r->columns[1].index);
	buffer_clear(&r->file);
	if (fold_name_append(&r->folding, &r->file, file) != 0)
		return error_memory(e);
	if (!slice_equal(buffer_slice(&r->file), buffer_slice(&r->wanted_file)))
		return 0;
	if (!r->file_seen && buffer_append(&r->name, file) != 0)
		return error_memory(e);
	r->file_seen = true;
	if (!slice_equal(file, buffer_slice(&r->name))) {
		error_at(e, STATUS_INPUT, place, "%s is there under two names: \"%s\" and \"%s\"",
			IAS_FILE, SHOW(buffer_slice(&r->name)), SHOW(file));
		return error_hint(e, "take the one that is not this tenant's out of the stream");
	}
	if (!slice_equal(key, SLICE(IAS_KEY))) {
		if (same_caseless(key, IAS_KEY))
			r->near_line = place->line;
		return 0;
	}
	r->line = place->line;
	buffer_clear(&r->value);
	return buffer_append(&r->value, record_field(row, r->columns[2].index)) != 0
		       ? error_memory(e)
		       : 0;
}

static int ias_decide(const struct ias_reading *r, const char *path, bool *ias, struct error *e)
{
	struct place place = { path, r->line ? r->line : r->near_line, { NULL, 0 } };
	if (r->line == 0) {
		if (r->near_line)
			error_at(e, STATUS_INPUT, &place, "%s: key %s is spelled in another case",
				IAS_FILE, IAS_KEY);
		else if (r->file_seen)
			error_at(e, STATUS_INPUT, &place, "%s has no key %s", IAS_FILE, IAS_KEY);
		else
			error_at(e, STATUS_INPUT, &place, "the configuration file %s is missing",
				IAS_FILE);
		return error_hint(
			e, "look the value up in the product and give --ias on or --ias off");
	}
	*ias = same_caseless(buffer_slice(&r->value), "true");
	if (*ias || same_caseless(buffer_slice(&r->value), "false"))
		return 0;
	place.column = SLICE("value");
	error_at(e, STATUS_INPUT, &place,
		"%s of %s is neither on nor off (got \"%s\", want true or false)", IAS_KEY,
		IAS_FILE, SHOW(buffer_slice(&r->value)));
	return error_hint(e, "look the value up in the product and give --ias on or --ias off");
}

int ias_read(const char *path, enum format format, bool *ias, struct error *e)
{
	struct column columns[] = { { "file", true, -1 }, { "key", true, -1 },
		{ "value", true, -1 } };
	struct ias_reading r = { .columns = columns };
	folding_init(&r.folding);
	int result = fold_name_append(&r.folding, &r.wanted_file, SLICE(IAS_FILE)) == 0
			     ? table_read(path, format, columns, 3, ias_take, &r, e)
			     : error_memory(e);
	if (result == 0)
		result = ias_decide(&r, path, ias, e);
	folding_release(&r.folding);
	buffer_release(&r.wanted_file);
	buffer_release(&r.file);
	buffer_release(&r.name);
	buffer_release(&r.value);
	return result;
}
