#include "way_in.h"

static enum way_in judge_by_source(int source)
{
	switch (source) {
	case SOURCE_LEARNING:
		return WAY_IN_NATIVE;
	case SOURCE_IDENTITY:
		return WAY_IN_PROVISIONED;
	case SOURCE_PLATFORM:
		return WAY_IN_MANAGED;
	default:
		return WAY_IN_SOURCE_UNKNOWN;
	}
}

static enum way_in judge_by_deeplink(int source, int deeplink)
{
	if (deeplink != 1)
		return deeplink == 0 ? WAY_IN_NOT_NATIVE : WAY_IN_DEEPLINK_UNKNOWN;
	if (source == SOURCE_IDENTITY)
		return WAY_IN_PROVISIONED;
	/* One article looks at the flag alone, another at the source (KBA 3614423). */
	return source == SOURCE_PLATFORM ? WAY_IN_DISAGREES : WAY_IN_NATIVE;
}

enum way_in user_judge(int status, int source, int deeplink, int ias)
{
	if (status != USER_IS_ACTIVE)
		return status == USER_IS_INACTIVE ? WAY_IN_INACTIVE : WAY_IN_STATUS_UNKNOWN;
	if (ias == -1)
		return WAY_IN_IAS_UNKNOWN;
	return ias == 1 ? judge_by_source(source) : judge_by_deeplink(source, deeplink);
}
