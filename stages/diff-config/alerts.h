/*
 * What a person should look at in the configuration after a refresh. Pure functions over names and
 * values; each alert is a rule of the catalogue, DIF-A-…, with its article.
 */
#ifndef ALERTS_H
#define ALERTS_H

#include "fold.h"

#include <stdint.h>

enum alert {
	ALERT_FILE_MISSING,
	ALERT_SOURCE_IDENTITY,
	ALERT_IPS_HOST_MISMATCH,
	ALERT_IPS_SUFFIX,
	ALERT_IAS_CHANGED,
	ALERT_PURGE_LOG_CHANGED,
	ALERT_CLEAN_DEV_PLAN_CHANGED,
	ALERT_COUNT,
};

/* The name in the column alerts. */
const char *alert_name(enum alert alert);

/* The files that hold settings with an alert of their own. */
enum known_file { FILE_OTHER, FILE_IDENTITY_SERVICES, FILE_LMS_ADMIN, FILE_CONNECTORS };

/*
 * Which file it is, by a name that fold_name_append made alike: documents spell these names
 * differently.
 */
enum known_file known_file(struct slice folded);

/*
 * The alert of a key whose value was changed, added or removed; ALERT_COUNT: it has none.
 * activateIASAuthentication (KBA 2515540), enablePurgeLog (KBA 2808599, KBA 2953638) and
 * cleanDevPlan of either user connector (KBA 2305693); keys are compared without case.
 */
enum alert setting_alert(enum known_file file, struct slice key);

/* What the addresses of Identity Provisioning in one file say together (KBA 3394484). */
struct ips {
	struct slice host; /* of the first address; borrowed */
	bool hosts_differ;
	bool ends_old; /* an address ends in /ips */
	bool ends_new; /* one ends in /ipsproxy/service/api */
};

/* ipsURL or ipsAPIUrl, in any case: one article spells the first in two ways. */
bool ips_address(struct slice key);

/* Takes the value of such a key; it is borrowed as long as `ips` is used. */
void ips_take(struct ips *ips, struct slice address);

/* The host of an address, without scheme, user and port; empty where there is none. */
struct slice ips_host(struct slice address);

/* The alerts that they raise, a bit for each. */
uint32_t ips_alerts(const struct ips *ips);

#endif
