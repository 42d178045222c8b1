/*
 * Each related user, of every status, source and flag, with IAS and without, against a table in
 * words.
 */
#include "way_in.h"

#include "test.h"

/* "*" is anything, "-" a field that is not known; the first row that fits counts. */
static const struct row {
	const char *status, *ias, *source, *deeplink;
	enum way_in want;
} table[] = {
	{ "inactive", "*", "*", "*", WAY_IN_INACTIVE },
	{ "-", "*", "*", "*", WAY_IN_STATUS_UNKNOWN },
	{ "active", "-", "*", "*", WAY_IN_IAS_UNKNOWN },
	{ "active", "Y", "learning", "*", WAY_IN_NATIVE },
	{ "active", "Y", "identity-provisioning", "*", WAY_IN_PROVISIONED },
	{ "active", "Y", "platform", "*", WAY_IN_MANAGED },
	{ "active", "Y", "-", "*", WAY_IN_SOURCE_UNKNOWN },
	{ "active", "N", "*", "N", WAY_IN_NOT_NATIVE },
	{ "active", "N", "*", "-", WAY_IN_DEEPLINK_UNKNOWN },
	{ "active", "N", "learning", "Y", WAY_IN_NATIVE },
	{ "active", "N", "-", "Y", WAY_IN_NATIVE },
	{ "active", "N", "identity-provisioning", "Y", WAY_IN_PROVISIONED },
	{ "active", "N", "platform", "Y", WAY_IN_DISAGREES },
};

static bool fits(const char *pattern, const char *word)
{
	return strcmp(pattern, "*") == 0 || strcmp(pattern, word) == 0;
}

static void test_one(int status, int source, int deeplink, int ias)
{
	static const char *const statuses[] = { "-", "active", "inactive" };
	static const char *const sources[] = { "-", "learning", "identity-provisioning",
		"platform" };
	static const char *const flags[] = { "-", "N", "Y" };
	size_t i = 0;
	while (i < sizeof table / sizeof *table &&
		!(fits(table[i].status, statuses[status + 1]) &&
			fits(table[i].ias, flags[ias + 1]) &&
			fits(table[i].source, sources[source + 1]) &&
			fits(table[i].deeplink, flags[deeplink + 1])))
		i++;
	if (!CHECK(i < sizeof table / sizeof *table) ||
		!CHECK(user_judge(status, source, deeplink, ias) == table[i].want))
		fprintf(stderr, "\t%s %s %s %s\n", statuses[status + 1], flags[ias + 1],
			sources[source + 1], flags[deeplink + 1]);
}

int main(void)
{
	for (int status = -1; status <= USER_IS_INACTIVE; status++)
		for (int source = -1; source <= SOURCE_PLATFORM; source++)
			for (int deeplink = -1; deeplink <= 1; deeplink++)
				for (int ias = -1; ias <= 1; ias++)
					test_one(status, source, deeplink, ias);
	return test_report("way_in_test");
}
