#include "ias.h"

#include "config_value.h"
#include "show.h"

#include <strings.h>

#define IAS_FILE "SAP CLOUD IDENTITY SERVICES"
#define IAS_KEY  "activateIASAuthentication"

static bool same_caseless(struct slice a, const char *b)
{
	return a.len == strlen(b) && strncasecmp(a.ptr ? a.ptr : "", b, a.len) == 0;
}

static int ias_decide(
	const struct config_value *v, bool found, const char *path, bool *ias, struct error *e)
{
	struct place place = { path, v->line ? v->line : v->near_line, { NULL, 0 } };
	if (v->line == 0) {
		if (v->near_line)
			error_at(e, STATUS_INPUT, &place, "%s: key %s is spelled in another case",
				IAS_FILE, IAS_KEY);
		else if (found)
			error_at(e, STATUS_INPUT, &place, "%s has no key %s", IAS_FILE, IAS_KEY);
		else
			error_at(e, STATUS_INPUT, &place, "the configuration file %s is missing",
				IAS_FILE);
		return error_hint(
			e, "look the value up in the product and give --ias on or --ias off");
	}
	*ias = same_caseless(buffer_slice(&v->value), "true");
	if (*ias || same_caseless(buffer_slice(&v->value), "false"))
		return 0;
	place.column = SLICE("value");
	error_at(e, STATUS_INPUT, &place,
		"%s of %s is neither on nor off (got \"%s\", want true or false)", IAS_KEY,
		IAS_FILE, SHOW(buffer_slice(&v->value)));
	return error_hint(e, "look the value up in the product and give --ias on or --ias off");
}

int ias_read(const char *path, enum format format, bool *ias, struct error *e)
{
	struct config_value value = { .key = IAS_KEY };
	bool found;
	int result = config_values_read(path, format, IAS_FILE, &value, 1, &found, e);
	if (result == 0)
		result = ias_decide(&value, found, path, ias, e);
	config_values_release(&value, 1);
	return result;
}
