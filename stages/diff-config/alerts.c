#include "alerts.h"

#include <strings.h>

const char *alert_name(enum alert alert)
{
	static const char *const names[] = { "file-missing", "source-identity", "ips-host-mismatch",
		"ips-suffix", "ias-changed", "purge-log-changed", "clean-dev-plan-changed" };
	return names[alert];
}

/* `b` is not empty. */
static bool same_caseless(struct slice a, struct slice b)
{
	return a.len == b.len && strncasecmp(a.ptr, b.ptr, b.len) == 0;
}

enum known_file known_file(struct slice folded)
{
	if (slice_equal(folded, SLICE("sapcloudidentityservices")))
		return FILE_IDENTITY_SERVICES;
	if (slice_equal(folded, SLICE("lmsadmin")))
		return FILE_LMS_ADMIN;
	return slice_equal(folded, SLICE("connectors")) ? FILE_CONNECTORS : FILE_OTHER;
}

enum alert setting_alert(enum known_file file, struct slice key)
{
	static const struct {
		enum known_file file;
		const char *key;
		enum alert alert;
	} settings[] = {
		{ FILE_IDENTITY_SERVICES, "activateIASAuthentication", ALERT_IAS_CHANGED },
		{ FILE_LMS_ADMIN, "enablePurgeLog", ALERT_PURGE_LOG_CHANGED },
		{ FILE_CONNECTORS, "sfuser.connector.inactiveRule.cleanDevPlan",
			ALERT_CLEAN_DEV_PLAN_CHANGED },
		{ FILE_CONNECTORS, "user.connector.inactiveRule.cleanDevPlan",
			ALERT_CLEAN_DEV_PLAN_CHANGED },
	};
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
		if (settings[i].file == file && same_caseless(key, slice_from(settings[i].key)))
			return settings[i].alert;
	return ALERT_COUNT;
}

bool ips_address(struct slice key)
{
	return same_caseless(key, SLICE("ipsURL")) || same_caseless(key, SLICE("ipsAPIUrl"));
}

/* What comes before the first of some bytes; all of it where none of them is there. */
static struct slice until(struct slice text, const char *stops)
{
	for (size_t i = 0; i < text.len; i++)
		if (memchr(stops, text.ptr[i], strlen(stops)))
			return (struct slice){ text.ptr, i };
	return text;
}

/* What comes after the last of a byte; all of it where that is not there. */
static struct slice after_last(struct slice text, char byte)
{
	for (size_t i = text.len; i > 0; i--)
		if (text.ptr[i - 1] == byte)
			return slice_skip(text, i);
	return text;
}

struct slice ips_host(struct slice address)
{
	for (size_t i = 0; i + 3 <= address.len; i++) {
		if (memcmp(address.ptr + i, "://", 3) == 0) {
			address = slice_skip(address, i + 3);
			break;
		}
	}
	struct slice host = after_last(until(address, "/?#"), '@');
	if (host.len && host.ptr[0] == '[')
		return until(host, "]");
	return until(host, ":");
}

static bool ends_caseless(struct slice text, struct slice end)
{
	return text.len >= end.len && same_caseless(slice_skip(text, text.len - end.len), end);
}

void ips_take(struct ips *ips, struct slice address)
{
	struct slice host = ips_host(address);
	if (host.len) {
		if (ips->host.len == 0)
			ips->host = host;
		ips->hosts_differ |= !same_caseless(host, ips->host);
	}
	struct slice path = until(address, "?#");
	while (path.len && path.ptr[path.len - 1] == '/')
		path.len--;
	ips->ends_new |= ends_caseless(path, SLICE("/ipsproxy/service/api"));
	ips->ends_old |= ends_caseless(path, SLICE("/ips"));
}

uint32_t ips_alerts(const struct ips *ips)
{
	uint32_t alerts = 0;
	if (ips->hosts_differ)
		alerts |= UINT32_C(1) << ALERT_IPS_HOST_MISMATCH;
	if (ips->ends_old && ips->ends_new)
		alerts |= UINT32_C(1) << ALERT_IPS_SUFFIX;
	return alerts;
}
