#include "rules.h"

enum state state_of(day_t not_before, day_t not_after, day_t as_of, int64_t warn_days)
{
	int64_t left = (int64_t)not_after - as_of;
	if (not_after != DAY_NONE && left < 0)
		return STATE_EXPIRED;
	if (not_after != DAY_NONE && left <= warn_days)
		return STATE_EXPIRING;
	return not_before > as_of ? STATE_NOT_YET_VALID : STATE_VALID;
}

int year_of(day_t day)
{
	return 1900 + day_month(day) / 12;
}

/* DAY_NONE is the least of all days. */
enum fitness fitness_of(const struct life *life, day_t as_of, day_t due)
{
	bool ends = life->not_after != DAY_NONE;
	if (ends && (life->not_after <= as_of || life->not_after <= due))
		return FITNESS_ENDS_EARLY;
	bool begins = life->not_before != DAY_NONE;
	if (!begins || (life->not_before > as_of && life->not_before > due))
		return FITNESS_BEGINS_LATE;
	if (life->role == ROLE_UNCLEAR)
		return FITNESS_UNCLEAR;
	return life->role == ROLE_AUTHORITY ? FITNESS_AUTHORITY : FITNESS_FIT;
}

struct verdict step_verdict(const struct step_facts *facts)
{
	enum step_certificate certificate = facts->certificate;
	bool one = facts->at_hand == 1 && !facts->doubtful;
	if (!facts->kind_known)
		return (struct verdict){ STEP_UNKNOWN, WHY_KIND_UNKNOWN };
	if (facts->year && facts->year != year_of(facts->as_of))
		return (struct verdict){ STEP_UNKNOWN, WHY_OTHER_YEAR };
	if (facts->waived)
		return (struct verdict){ STEP_NOT_APPLICABLE, WHY_WAIVED };
	if (certificate == CERTIFICATE_PROVES && one)
		return (struct verdict){ STEP_DONE, WHY_AT_HAND };
	if (facts->due != DAY_NONE && facts->as_of > facts->due)
		return (struct verdict){ STEP_BLOCKED, WHY_OVERDUE };
	if (certificate == CERTIFICATE_PROVES && facts->at_hand)
		return (struct verdict){ STEP_UNKNOWN, WHY_SEVERAL };
	if (facts->as_of <= facts->after) /* never of DAY_NONE, the least of all days */
		return (struct verdict){ STEP_TODO, WHY_NOT_YET };
	if (certificate == CERTIFICATE_NEEDED && facts->at_hand == 0)
		return (struct verdict){ STEP_BLOCKED, WHY_NO_CERTIFICATE };
	if (certificate == CERTIFICATE_NEEDED && !one)
		return (struct verdict){ STEP_TODO, WHY_SEVERAL };
	if (certificate == CERTIFICATE_NEEDED)
		return (struct verdict){ STEP_TODO, WHY_AT_HAND };
	if (certificate == CERTIFICATE_PROVES)
		return (struct verdict){ STEP_TODO, WHY_NO_CERTIFICATE };
	return (struct verdict){ STEP_TODO, WHY_NOTHING };
}
