#include "decide.h"

/* A row whose action is restore. */
static enum step decide_restore(const struct facts *f)
{
	if (f->file || !f->both_files)
		return STEP_REVIEW;
	switch (f->change) {
	case CHANGE_REMOVED:
		return STEP_INSERT;
	case CHANGE_CHANGED:
	case CHANGE_UNKNOWN:
		return STEP_REPLACE;
	case CHANGE_SAME:
		return STEP_NOTHING;
	case CHANGE_ADDED:
		break;
	}
	return STEP_REVIEW;
}

enum step decide(const struct facts *f)
{
	bool removable = f->remove_introduced && f->introduced_by_source &&
			 f->change == CHANGE_ADDED && f->both_files && !f->file;
	switch (f->action) {
	case ACTION_NONE:
	case ACTION_ACCEPT:
		return STEP_NOTHING;
	case ACTION_REGENERATE:
		return STEP_REGENERATE;
	case ACTION_RETYPE:
		return STEP_RETYPE;
	case ACTION_REVIEW:
	case ACTION_RESTORE:
		break;
	}
	if (f->secret)
		return STEP_RETYPE;
	if (removable)
		return STEP_REMOVE;
	return f->action == ACTION_REVIEW ? STEP_REVIEW : decide_restore(f);
}

bool step_is_task(enum step step)
{
	return step == STEP_REGENERATE || step == STEP_RETYPE || step == STEP_REVIEW;
}

bool step_is_edit(enum step step)
{
	return step == STEP_REPLACE || step == STEP_INSERT || step == STEP_REMOVE;
}
