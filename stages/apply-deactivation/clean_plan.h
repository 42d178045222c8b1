/*
 * What a connector does to the plans of the users it deactivates: cleanDevPlan, from the
 * configuration of the tenant.
 */
#ifndef CLEAN_PLAN_H
#define CLEAN_PLAN_H

#include "message.h"
#include "reader.h"
#include "rules.h"

/*
 * Reads sfuser.connector.inactiveRule.cleanDevPlan (`user_sf`), or that of the User Connector, of
 * CONNECTORS (KBA 2305693) out of a config stream: Y or N in any case. A key that is absent or
 * empty is read as Y, and `*assumed` set. 0 with *way set; -1 with the error set (status 3).
 */
int clean_plan_read(const char *path, enum format format, bool user_sf, enum way *way,
	bool *assumed, struct messages *messages, struct error *e);

#endif
