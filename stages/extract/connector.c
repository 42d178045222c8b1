#include "connector.h"

#include "show.h"

#define CONNECTORS "CONNECTORS"
#define CORE       "sfuser.field.mapping.data."
#define EXTENDED   "sfuser.extendeduser.field.mapping.data."
#define USER       "user.field."
#define TRANSFORM  "sfuser.field.transform.data.NOTACTIVE."

/* The keys, by their place in `values`. */
enum {
	CORE_NOTACTIVE,
	CORE_STUD_ID,
	CORE_TERM_DTE,
	CORE_HIRE_DTE,
	EXTENDED_STUD_ID,
	EXTENDED_TERM_DTE,
	EXTENDED_HIRE_DTE,
	TRANSFORM_Y,
	TRANSFORM_N,
	UPDATE_SF,
	UPDATE,
	SKIP,
	USER_FIRST,
};

static const char *const keys[CONNECTOR_KEYS] = { CORE "NOTACTIVE", CORE "STUD_ID", CORE "TERM_DTE",
	CORE "HIRE_DTE", EXTENDED "STUD_ID", EXTENDED "TERM_DTE", EXTENDED "HIRE_DTE",
	TRANSFORM "Y", TRANSFORM "N", "sfuser.connector.updateOnNull",
	"user.connector.updateOnNull", CONNECTOR_SKIP, USER "mapping.data.NOTACTIVE",
	USER "mapping.data.STUD_ID", USER "mapping.data.TERM_DTE", USER "mapping.data.HIRE_DTE",
	USER "transform.data.NOTACTIVE.Y", USER "transform.data.NOTACTIVE.N" };

/* The column of the stream that each key of a mapping is about. */
static const char *const columns[] = { "status", "user_id", "effective_on", "hired_on", "user_id",
	"effective_on", "hired_on" };

#define LISTED_HINT                                                                                \
	TRANSFORM "Y and .N in CONNECTORS list the values that the connector knows, to the byte"
#define UNLISTED_HINT                                                                              \
	"without " TRANSFORM "Y and .N in CONNECTORS only Y and N are known, to the byte"

static int wrong(const char *path, const struct config_value *v, const char *what, struct slice got,
	const char *hint, struct error *e)
{
	struct place place = { path, v->line, SLICE("value") };
	error_at(e, STATUS_INPUT, &place, "%s: %s (got \"%s\")", v->key, what, SHOW(got));
	return hint ? error_hint(e, "%s", hint) : -1;
}

static struct slice trim(struct slice text)
{
	while (text.len && strchr(" \t", text.ptr[0]))
		text = slice_skip(text, 1);
	while (text.len && strchr(" \t", text.ptr[text.len - 1]))
		text.len--;
	return text;
}

static bool given(const struct config_value *v)
{
	return trim(buffer_slice(&v->value)).len > 0;
}

/* Is the value one of a list with commas between? */
static bool lists(const struct config_value *v, struct slice wanted)
{
	for (struct slice rest = buffer_slice(&v->value); rest.ptr;) {
		struct slice item = slice_cut(&rest, ',');
		if (slice_equal(item, wanted))
			return true;
	}
	return false;
}

/* Appends the raw values of a transform as a map has them. Whether blanks count nobody has said. */
static int put_words(struct connector *c, const char *path, const struct config_value *v,
	const char *canonical, const struct config_value *other, struct error *e)
{
	for (struct slice rest = buffer_slice(&v->value); rest.len;) {
		struct slice raw = slice_cut(&rest, ',');
		if (raw.len == 0 || trim(raw).len != raw.len)
			return wrong(path, v, "a value is empty or has a blank before or behind it",
				raw,
				"whether the connector drops that blank is undocumented; take it "
				"out of a copy of the config stream once you know",
				e);
		if (given(other) && lists(other, raw))
			return wrong(
				path, v, "a value means both active and inactive", raw, NULL, e);
		int failed = c->words.len ? buffer_put(&c->words, '|') : 0;
		failed |= heading_escape(&c->words, raw) | buffer_put(&c->words, '=');
		failed |= buffer_append(&c->words, slice_from(canonical));
		if (failed)
			return error_memory(e);
	}
	return 0;
}

/* A mapping is a rule for one heading; an empty one is as none. */
static void put_rule(struct connector *c, const char *path, int key, bool words)
{
	const struct config_value *v = &c->values[key];
	bool core = key < EXTENDED_STUD_ID;
	if (!given(v))
		return;
	struct heading_config *rule =
		core ? &c->core[c->core_count++] : &c->extended[c->extended_count++];
	*rule = (struct heading_config){ .file = path,
		.line = v->line,
		.column = columns[key],
		.heading = trim(buffer_slice(&v->value)) };
	if (key != CORE_NOTACTIVE)
		return;
	rule->values = words ? buffer_slice(&c->words) : SLICE("Y=inactive|N=active");
	rule->hint = words ? LISTED_HINT : UNLISTED_HINT;
}

static int take_skip(struct connector *c, const char *path, struct error *e)
{
	const struct config_value *v = &c->values[SKIP];
	struct slice text = trim(buffer_slice(&v->value));
	c->skip_given = given(v);
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9' || i == 9)
			return wrong(path, v, "no number of records", text, NULL, e);
		c->skip = c->skip * 10 + (uint64_t)(text.ptr[i] - '0');
	}
	return 0;
}

/* Does a list of fields hold NOTACTIVE? */
static bool nulls(const struct config_value *v)
{
	for (struct slice rest = buffer_slice(&v->value); rest.ptr;)
		if (slice_equal(trim(slice_cut(&rest, ',')), SLICE("NOTACTIVE")))
			return true;
	return false;
}

static int take_values(struct connector *c, const char *path, struct error *e)
{
	const struct config_value *yes = &c->values[TRANSFORM_Y];
	const struct config_value *no = &c->values[TRANSFORM_N];
	for (size_t i = 0; i < CONNECTOR_KEYS; i++) {
		const struct config_value *v = &c->values[i];
		struct place place = { path, v->near_line, { NULL, 0 } };
		if (v->line == 0 && v->near_line)
			return error_at(e, STATUS_INPUT, &place,
				CONNECTORS ": key %s is spelled in another case", v->key);
	}
	if (put_words(c, path, yes, "inactive", no, e) != 0 ||
		put_words(c, path, no, "active", yes, e) != 0 || take_skip(c, path, e) != 0)
		return -1;
	for (int key = CORE_NOTACTIVE; key <= CORE_HIRE_DTE; key++)
		put_rule(c, path, key, c->words.len > 0);
	/* Without a date there is nothing that an extended file could tell. */
	c->extended_ends = given(&c->values[EXTENDED_TERM_DTE]);
	if (c->extended_ends || given(&c->values[EXTENDED_HIRE_DTE]))
		for (int key = EXTENDED_STUD_ID; key <= EXTENDED_HIRE_DTE; key++)
			put_rule(c, path, key, false);
	for (int key = CONNECTOR_KEYS - 1; key >= USER_FIRST; key--)
		if (given(&c->values[key]))
			c->user_key = &c->values[key];
	c->null_updates_sf = nulls(&c->values[UPDATE_SF]);
	c->null_updates = nulls(&c->values[UPDATE]);
	return 0;
}

int connector_read(struct connector *c, const char *path, enum format format, struct error *e)
{
	struct place place = { path, 0, { NULL, 0 } };
	bool found;
	*c = (struct connector){ 0 };
	for (size_t i = 0; i < CONNECTOR_KEYS; i++)
		c->values[i].key = keys[i];
	int result =
		config_values_read(path, format, CONNECTORS, c->values, CONNECTOR_KEYS, &found, e);
	if (result == 0 && !found)
		result = error_at(e, STATUS_INPUT, &place,
			"the configuration file " CONNECTORS " is missing");
	if (result == 0)
		result = take_values(c, path, e);
	if (result != 0)
		connector_release(c);
	return result;
}

void connector_release(struct connector *c)
{
	config_values_release(c->values, CONNECTOR_KEYS);
	buffer_release(&c->words);
}
