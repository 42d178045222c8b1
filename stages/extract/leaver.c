#include "leaver.h"

enum leaver_result leaver_decide(
	const struct leaver_record *r, day_t as_of, enum leaver_future future)
{
	bool dated = r->effective_on != DAY_NONE;
	if (r->status == LEAVER_STATUS_ACTIVE)
		return LEAVER_ACTIVE;
	if (r->status == LEAVER_STATUS_EMPTY && r->null_updates)
		return LEAVER_NULLED;
	if (r->status == LEAVER_STATUS_EMPTY)
		return LEAVER_NO_CHANGE;
	/* A day that is not known, DAY_NONE, is before every other. */
	if (dated && r->effective_on < r->hired_on)
		return LEAVER_BEFORE_HIRE;
	/* A list may plan ahead; only a connector has a rule for it. */
	if (r->effective_on <= as_of || !r->connector)
		return LEAVER_WRITTEN;
	switch (future) {
	case LEAVER_FUTURE_REJECT:
		return LEAVER_FUTURE_REJECTED;
	case LEAVER_FUTURE_IGNORE:
		return LEAVER_WRITTEN_UNDATED;
	case LEAVER_FUTURE_UNSAID:
		break;
	}
	return LEAVER_FUTURE_OPEN;
}
