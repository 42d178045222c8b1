/*
 * The configuration: the back-up of the target, and what a comparison found.
 */
#include "seen.h"

#include "fold.h"
#include "table.h"
#include "word.h"

#include <strings.h>

const char *const config_names[CONFIG_KNOWN] = { "BIZX", "CONNECTORS", "REPORT_SYSTEM", "iContent",
	"SAP CLOUD IDENTITY SERVICES", "Deployment Location", "Deployment Locations",
	"Content Deployment Location", "Content Deployment Locations" };

/* Finds the named files by their folded names, as all stages compare them. */
struct names {
	struct folding folding;
	struct buffer folded[CONFIG_KNOWN];
	struct buffer name;
};

static int names_init(struct names *n)
{
	*n = (struct names){ 0 };
	folding_init(&n->folding);
	int failed = 0;
	for (int i = 0; i < CONFIG_KNOWN; i++)
		failed |= fold_name_append(&n->folding, &n->folded[i], slice_from(config_names[i]));
	return failed;
}

static void names_release(struct names *n)
{
	folding_release(&n->folding);
	for (int i = 0; i < CONFIG_KNOWN; i++)
		buffer_release(&n->folded[i]);
	buffer_release(&n->name);
}

/* Its place among the known ones; CONFIG_KNOWN: it is none of them; -1 without memory. */
static int names_find(struct names *n, struct slice file)
{
	buffer_clear(&n->name);
	if (fold_name_append(&n->folding, &n->name, file) != 0)
		return -1;
	int i = 0;
	while (i < CONFIG_KNOWN &&
		!slice_equal(buffer_slice(&n->name), buffer_slice(&n->folded[i])))
		i++;
	return i;
}

struct config_reading {
	struct config_seen *seen;
	struct names names;
	struct keys files;
	const struct column *columns;
};

enum { CONFIG_FILE, CONFIG_KEY, CONFIG_LINE, CONFIG_VALUE, CONFIG_COLUMNS };

static int config_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	struct config_reading *r = context;
	struct slice file = record_field(row, r->columns[CONFIG_FILE].index);
	if (file.len == 0)
		return cell_wrong(place, "file", file, false, "the name of a configuration file",
			"config", e);
	int named = names_find(&r->names, file);
	if (named < 0 || keys_add(&r->files, file) == KEY_NONE)
		return error_memory(e);
	struct slice key = record_field(row, r->columns[CONFIG_KEY].index);
	struct slice value = record_field(row, r->columns[CONFIG_VALUE].index);
	/* Of a key that stands twice the last counts, as in java.util.Properties. */
	if (named == CONFIG_IDENTITY && slice_equal(key, SLICE("activateIASAuthentication")))
		r->seen->ias_on =
			value.len == strlen("true") && strncasecmp(value.ptr, "true", 4) == 0;
	if (named >= CONFIG_NAMED)
		return 0;
	/* A file without entries is one row without a key in line 0. */
	struct slice line = record_field(row, r->columns[CONFIG_LINE].index);
	r->seen->there[named] = true;
	r->seen->filled[named] |= key.len > 0 || !slice_equal(line, SLICE("0"));
	return 0;
}

int config_see(struct config_seen *c, const char *path, enum format format, struct error *e)
{
	struct column columns[CONFIG_COLUMNS] = { { "file", true, -1 }, { "key", true, -1 },
		{ "line", true, -1 }, { "value", false, -1 } };
	struct config_reading r = { .seen = c, .columns = columns };
	keys_init(&r.files, 0);
	c->path = path;
	int result = names_init(&r.names) == 0
			     ? table_read(path, format, columns, CONFIG_COLUMNS, config_take, &r, e)
			     : error_memory(e);
	c->files = r.files.count;
	names_release(&r.names);
	keys_release(&r.files);
	return result;
}

uint64_t changes_left(const struct changes_seen *c)
{
	uint64_t left = 0;
	for (int i = 0; i < CHANGE_ACCEPT; i++)
		left += c->actions[i];
	return left;
}

struct changes_reading {
	struct changes_seen *seen;
	struct names names;
	const struct column *columns;
};

static enum retype retype_of(int known)
{
	if (known == CONFIG_CONNECTORS)
		return RETYPE_CONNECTORS;
	bool deployment =
		known == CONFIG_ICONTENT || (known >= CONFIG_DEPLOYMENT && known < CONFIG_KNOWN);
	return deployment ? RETYPE_DEPLOYMENT : RETYPE_OTHER;
}

enum { CHANGES_FILE, CHANGES_ACTION, CHANGES_ALERTS, CHANGES_COLUMNS };

/* Is the file on one side only? Its first alert says so. */
static bool file_missing(struct slice alerts)
{
	return slice_equal(slice_cut(&alerts, ';'), SLICE("file-missing"));
}

static int changes_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	struct changes_reading *r = context;
	struct slice file = record_field(row, r->columns[CHANGES_FILE].index);
	struct slice word = record_field(row, r->columns[CHANGES_ACTION].index);
	struct slice alerts = record_field(row, r->columns[CHANGES_ALERTS].index);
	if (file.len == 0)
		return cell_wrong(place, "file", file, false, "the name of a configuration file",
			"config-changes", e);
	int action = word.len ? word_place(CHANGE_ACTIONS, word) : CHANGE_NONE;
	if (action < 0)
		return cell_wrong(place, "action", word, false,
			"restore, retype, regenerate, review, accept or none", "config-changes", e);
	int known = names_find(&r->names, file);
	if (known < 0 ||
		(action == CHANGE_RETYPE &&
			file_counts_add(&r->seen->retype[retype_of(known)], file) != 0) ||
		(file_missing(alerts) &&
			id_list_add(&r->seen->missing[retype_of(known)], file) != 0) ||
		(action == CHANGE_REGENERATE && file_counts_add(&r->seen->regenerate, file) != 0))
		return error_memory(e);
	r->seen->rows++;
	r->seen->actions[action]++;
	return 0;
}

int changes_see(struct changes_seen *c, const char *path, enum format format, struct error *e)
{
	struct column columns[CHANGES_COLUMNS] = { { "file", true, -1 }, { "action", true, -1 },
		{ "alerts", false, -1 } };
	struct changes_reading r = { .seen = c, .columns = columns };
	c->path = path;
	int result = names_init(&r.names) == 0 ? table_read(path, format, columns, CHANGES_COLUMNS,
							 changes_take, &r, e)
					       : error_memory(e);
	names_release(&r.names);
	return result;
}
