#include "clean_plan.h"

#include "config_value.h"
#include "show.h"

#include <strings.h>

#define CONNECTORS "CONNECTORS"

static bool is_letter(struct slice value, char letter)
{
	return value.len == 1 && (*value.ptr | 0x20) == letter;
}

static int decide(const struct config_value *v, bool found, const char *path, enum way *way,
	bool *assumed, struct messages *messages, struct error *e)
{
	struct place place = { path, v->line ? v->line : v->near_line, { NULL, 0 } };
	struct slice value = buffer_slice(&v->value);
	if (!found) {
		error_at(e, STATUS_INPUT, &place, "the configuration file %s is missing",
			CONNECTORS);
		return error_hint(e, "look %s up in the product and give --clean-dev-plan", v->key);
	}
	/*
	 * The connector is said to go on as ever with Y, so that is what no value most likely
	 * means.
	 */
	*assumed = value.len == 0;
	*way = is_letter(value, 'n') ? WAY_KEEP : WAY_CLEAN;
	if (*assumed)
		message_at(messages, &place, NULL, "%s is %s: taken for Y", v->key,
			v->line        ? "empty"
			: v->near_line ? "spelled in another case here, and so is not set"
				       : "not set");
	if (*assumed || *way == WAY_KEEP || is_letter(value, 'y'))
		return 0;
	place.column = SLICE("value");
	error_at(e, STATUS_INPUT, &place, "wrong value of %s (got \"%s\", want Y or N)", v->key,
		SHOW(value));
	return error_hint(e, "look it up in the product and give --clean-dev-plan");
}

int clean_plan_read(const char *path, enum format format, bool user_sf, enum way *way,
	bool *assumed, struct messages *messages, struct error *e)
{
	struct config_value value = { .key = user_sf ? "sfuser.connector.inactiveRule.cleanDevPlan"
						     : "user.connector.inactiveRule.cleanDevPlan" };
	bool found;
	int result = config_values_read(path, format, CONNECTORS, &value, 1, &found, e);
	if (result == 0)
		result = decide(&value, found, path, way, assumed, messages, e);
	config_values_release(&value, 1);
	return result;
}
