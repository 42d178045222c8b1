#include "contradiction.h"

/* What the inputs show: how many of each, and in which input. */
struct shown {
	const char *path;
	const char *what;
	uint64_t count;
	bool none; /* that there are none speaks against the fact */
};

size_t contradictions_find(const struct known *known, struct contradiction found[CONTRADICTIONS])
{
	const struct seen *seen = known->seen;
	const struct fact_value *refresh = &known->facts->of[FACT_REFRESH_DAY];
	/* Until then reports and administrators are those of the source. */
	bool after = refresh->given && refresh->day < known->as_of;
	const struct shown jobs = { seen->jobs.after_path,
		"automatic processes that are not enabled any more",
		seen->jobs.lost[JOBS_CUSTOMER].count + seen->jobs.lost[JOBS_SYSTEM].count, false };
	const struct shown changes = { seen->changes.path,
		"rows of the configuration that are left", changes_left(&seen->changes), false };
	const struct shown running = { seen->reports.path, "recurring reports that are enabled",
		after ? seen->reports.running.count : 0, false };
	const struct shown mails = { seen->admins.path,
		"administrators with an address of the source",
		after ? seen->admins.at_source.count : 0, false };
	const struct shown recurring = { seen->reports.path, "reports that recur",
		seen->reports.recurring.count, false };
	/* Reports that do not recur any more may be what somebody saw to; none at all is odd. */
	const struct shown no_reports = { seen->reports.path, "reports that recur", 0,
		seen->reports.has_recurring && seen->reports.rows == 0 };
	const struct shown secrets = { seen->changes.path, "secrets to be made again",
		seen->changes.regenerate.rows, false };
	const struct shown sign_on = { seen->config.path,
		"files with activateIASAuthentication=true", seen->config.ias_on, false };
	const struct {
		enum fact fact;
		const char *word;
		struct shown shown;
	} table[CONTRADICTIONS] = {
		{ FACT_RECURRING_REPORTS, "N", recurring },
		{ FACT_RECURRING_REPORTS, "Y", no_reports },
		{ FACT_ODATA, "N", secrets },
		{ FACT_IAS, "N", sign_on },
		{ FACT_INTEGRATION, "none", jobs },
		{ FACT_INTEGRATION, "none", changes },
		{ FACT_INTEGRATION, "none", running },
		{ FACT_INTEGRATION, "none", mails },
		{ FACT_SCOPE, "platform", jobs },
		{ FACT_SCOPE, "platform", changes },
	};
	size_t count = 0;
	for (size_t i = 0; i < CONTRADICTIONS; i++) {
		const struct shown *s = &table[i].shown;
		const struct fact_value *value = &known->facts->of[table[i].fact];
		if ((s->count || s->none) &&
			slice_equal(buffer_slice(&value->text), slice_from(table[i].word)))
			found[count++] =
				(struct contradiction){ table[i].fact, s->path, s->what, s->count };
	}
	return count;
}
