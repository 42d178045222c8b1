#include "alerts.h"

#include "test.h"

static void test_hosts(void)
{
	static const char *const cases[][2] = {
		{ "https://acme.example.invalid", "acme.example.invalid" },
		{ "https://acme.example.invalid/", "acme.example.invalid" },
		{ "https://acme.example.invalid:443/ips", "acme.example.invalid" },
		{ "https://user:word@acme.example.invalid/ips", "acme.example.invalid" },
		{ "https://acme.example.invalid?x=1", "acme.example.invalid" },
		{ "https://acme.example.invalid#x", "acme.example.invalid" },
		{ "acme.example.invalid/ips", "acme.example.invalid" },
		{ "https://[2001:db8::1]:443/ips", "[2001:db8::1" },
		{ "https://a.example/b@c.example", "a.example" },
		{ "https:///ips", "" },
		{ "https://", "" },
		{ "", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_TEXT(ips_host(slice_from(cases[i][0])), cases[i][1]);
}

#define HOST_DIFFERS (1U << ALERT_IPS_HOST_MISMATCH)
#define SUFFIX       (1U << ALERT_IPS_SUFFIX)

static void test_ips(void)
{
	static const struct {
		const char *one, *other;
		uint32_t alerts;
	} cases[] = {
		{ "https://a.example", "https://a.example/ipsproxy/service/api", 0 },
		{ "https://a.example/ips", "https://a.example/ips", 0 },
		{ "https://a.example/ips", "https://a.example", 0 },
		{ "https://a.example/ips", "https://a.example/ipsproxy/service/api", SUFFIX },
		{ "https://a.example/ipsproxy/service/api/", "https://a.example/ips/", SUFFIX },
		{ "https://a.example/IPS", "https://a.example/IpsProxy/Service/Api", SUFFIX },
		{ "https://a.example/ips?x=/y", "https://a.example/ipsproxy/service/api#z",
			SUFFIX },
		{ "https://a.example/tips", "https://a.example/ipsproxy/service/api", 0 },
		{ "https://a.example", "https://b.example/ipsproxy/service/api", HOST_DIFFERS },
		{ "https://A.example", "https://a.EXAMPLE:443/ips", 0 },
		{ "https://a.example/ips", "https://b.example/ipsproxy/service/api",
			HOST_DIFFERS | SUFFIX },
		{ "/ips", "https://a.example/ipsproxy/service/api", SUFFIX },
		{ "", "https://b.example", 0 },
		{ "https://b.example", "", 0 },
		{ "", "", 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ips ips = { 0 };
		ips_take(&ips, slice_from(cases[i].one));
		CHECK_NUMBER(ips_alerts(&ips), 0);
		ips_take(&ips, slice_from(cases[i].other));
		CHECK_NUMBER(ips_alerts(&ips), cases[i].alerts);
	}
	CHECK(ips_address(SLICE("ipsURL")));
	CHECK(ips_address(SLICE("ipsUrl")));
	CHECK(ips_address(SLICE("ipsAPIUrl")));
	CHECK(!ips_address(SLICE("ipsURL2")));
	CHECK(!ips_address(SLICE("ipsSourceSystemID")));
	CHECK(!ips_address(SLICE("")));
}

/* What stands before an address in memory is no part of it. */
static void test_bounds(void)
{
	static const char text[] = "/ips///";
	const struct slice short_of[] = { { text + 2, 2 }, { text + 5, 2 }, { text + 4, 0 },
		{ NULL, 0 } };
	for (size_t i = 0; i < sizeof short_of / sizeof *short_of; i++) {
		struct ips ips = { 0 };
		ips_take(&ips, short_of[i]);
		CHECK(!ips.ends_old && !ips.ends_new);
	}
	CHECK_NUMBER(ips_host((struct slice){ NULL, 0 }).len, 0);
	CHECK_NUMBER(ips_host((struct slice){ "a\0b:1", 5 }).len, 3);
}

static void test_settings(void)
{
	static const struct {
		enum known_file file;
		const char *key;
		enum alert alert;
	} cases[] = {
		{ FILE_IDENTITY_SERVICES, "activateIASAuthentication", ALERT_IAS_CHANGED },
		{ FILE_IDENTITY_SERVICES, "ACTIVATEiasAUTHENTICATION", ALERT_IAS_CHANGED },
		{ FILE_LMS_ADMIN, "activateIASAuthentication", ALERT_COUNT },
		{ FILE_OTHER, "activateIASAuthentication", ALERT_COUNT },
		{ FILE_IDENTITY_SERVICES, "activateIASAuthentication2", ALERT_COUNT },
		{ FILE_LMS_ADMIN, "enablePurgeLog", ALERT_PURGE_LOG_CHANGED },
		{ FILE_CONNECTORS, "enablePurgeLog", ALERT_COUNT },
		{ FILE_CONNECTORS, "sfuser.connector.inactiveRule.cleanDevPlan",
			ALERT_CLEAN_DEV_PLAN_CHANGED },
		{ FILE_CONNECTORS, "user.connector.inactiveRule.cleanDevPlan",
			ALERT_CLEAN_DEV_PLAN_CHANGED },
		{ FILE_CONNECTORS, "item.connector.inactiveRule.cleanDevPlan", ALERT_COUNT },
		{ FILE_LMS_ADMIN, "user.connector.inactiveRule.cleanDevPlan", ALERT_COUNT },
		{ FILE_CONNECTORS, "", ALERT_COUNT },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_NUMBER(
			setting_alert(cases[i].file, slice_from(cases[i].key)), cases[i].alert);
	CHECK_NUMBER(known_file(SLICE("sapcloudidentityservices")), FILE_IDENTITY_SERVICES);
	CHECK_NUMBER(known_file(SLICE("lmsadmin")), FILE_LMS_ADMIN);
	CHECK_NUMBER(known_file(SLICE("connectors")), FILE_CONNECTORS);
	CHECK_NUMBER(known_file(SLICE("connectors2")), FILE_OTHER);
	CHECK_NUMBER(known_file(SLICE("")), FILE_OTHER);
}

static void test_names(void)
{
	static const char *const names[ALERT_COUNT] = { "file-missing", "source-identity",
		"ips-host-mismatch", "ips-suffix", "ias-changed", "purge-log-changed",
		"clean-dev-plan-changed" };
	for (int i = 0; i < ALERT_COUNT; i++)
		CHECK_TEXT(slice_from(alert_name((enum alert)i)), names[i]);
}

int main(void)
{
	test_hosts();
	test_ips();
	test_bounds();
	test_settings();
	test_names();
	return test_report("alerts_test");
}
