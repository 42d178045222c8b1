/*
 * The decision table, row by row, with each route, alert and boundary. Every cell of the table that
 * can be wrong is looked at here: `make mutate` turns them one by one and wants this test to fail.
 */
#include "rules.h"

#include "test.h"
#include "word.h"

#define AS_OF 20777 /* 2026-11-20 */

static const struct settings ias_on = { true, 365, 730, AS_OF };
static const struct settings ias_off = { false, 365, 730, AS_OF };

/* An external user of Learning, long inactive by the history: a plain purge under both settings. */
static const struct facts external_user = {
	.status = USER_INACTIVE,
	.source = SOURCE_LEARNING,
	.deeplink = DEEPLINK_YES,
	.account = ACCOUNT_EXTERNAL,
	.person_guid = GUID_NONE,
	.history = HISTORY_CHANGED,
	.changed_on = AS_OF - 1000,
	.inactivated_on = DAY_NONE,
	.terminated_on = DAY_NONE,
};

static struct facts internal_user(void)
{
	struct facts f = external_user;
	f.account = ACCOUNT_INTERNAL;
	f.history = HISTORY_SILENT;
	f.terminated_on = AS_OF - 1000;
	return f;
}

static void expect(const struct settings *settings, struct facts facts, const char *want, int line)
{
	static const char *const documented[] = { "inferred", "documented" };
	struct rules rules;
	rules_init(&rules, settings);
	struct verdict v = classify(&rules, &facts);
	char got[400];
	char basis[DAY_TEXT] = "-";
	char eligible[DAY_TEXT] = "-";
	char age[16] = "-";
	if (v.basis != DAY_NONE) {
		day_write(basis, v.basis);
		snprintf(age, sizeof age, "%d", v.age);
	}
	if (v.eligible != DAY_NONE)
		day_write(eligible, v.eligible);
	int length = snprintf(got, sizeof got, "%s %s %s %s %s %s %s [%s]",
		decision_name(v.decision), decision_reason_name(v.reason), v.rule,
		documented[v.documented], basis, age, eligible, route_name(v.route));
	for (unsigned i = 0; i < ALERT_COUNT; i++)
		if (v.alerts >> i & 1)
			length += snprintf(got + length, sizeof got - (size_t)length, " %s",
				alert_name((enum alert)i));
	test_slices(slice_from(got), slice_from(want), __FILE__, line, "the verdict");
}

#define EXPECT(settings, facts, want) expect(&(settings), (facts), (want), __LINE__)

#define UNKNOWN_STATUS "undetermined unknown-status NUD-02 inferred - - - []"
#define ACTIVE         "keep active NUD-01 documented - - - []"
#define PURGE_EXTERNAL                                                                             \
	"purge external-inactive NUD-12 documented 2024-02-24 1000 2025-02-23 "                    \
	"[native-user-deletion]"
#define PURGE_INTERNAL                                                                             \
	"purge internal-terminated NUD-22 documented 2024-02-24 1000 2026-02-23 "                  \
	"[native-user-deletion]"

static void test_status(void)
{
	struct facts f = external_user;
	EXPECT(ias_on, f, PURGE_EXTERNAL);
	EXPECT(ias_off, f, PURGE_EXTERNAL);
	f.status = USER_STATUS_UNKNOWN;
	EXPECT(ias_on, f, UNKNOWN_STATUS);
	EXPECT(ias_off, f, UNKNOWN_STATUS);
	f.source = SOURCE_UNKNOWN; /* the status comes before everything else */
	f.deeplink = DEEPLINK_NO;
	f.account = ACCOUNT_UNKNOWN;
	EXPECT(ias_on, f, UNKNOWN_STATUS);
	EXPECT(ias_off, f, UNKNOWN_STATUS);
	f.status = USER_ACTIVE;
	EXPECT(ias_on, f, ACTIVE);
	EXPECT(ias_off, f, ACTIVE);
	f.instructor = f.admin = f.on_hold = f.teaches_later = true;
	f.source = SOURCE_LEARNING;
	EXPECT(ias_off, f, ACTIVE); /* no route and no alert, whatever else is known */
	EXPECT(ias_on, f, ACTIVE);
	f.source = SOURCE_PLATFORM;
	EXPECT(ias_off, f, ACTIVE);
	EXPECT(ias_on, f, ACTIVE);
	f.account = ACCOUNT_EXTERNAL;
	f.changed_on = AS_OF - 365; /* that the age is the count means nothing here */
	EXPECT(ias_on, f, ACTIVE);
	EXPECT(ias_off, f, ACTIVE);
}

static void test_source_with_ias(void)
{
	struct facts f = external_user;
	f.deeplink = DEEPLINK_NO; /* means nothing with IAS on */
	EXPECT(ias_on, f, PURGE_EXTERNAL);
	f.deeplink = DEEPLINK_UNKNOWN;
	EXPECT(ias_on, f, PURGE_EXTERNAL);
	f.source = SOURCE_IDENTITY_PROVISIONING;
	EXPECT(ias_on, f, PURGE_EXTERNAL);
	f.source = SOURCE_UNKNOWN;
	EXPECT(ias_on, f, "undetermined unknown-source-system NUD-05 inferred - - - []");
	f.source = SOURCE_PLATFORM;
	EXPECT(ias_on, f, "keep managed-in-platform NUD-04 documented - - - [drtm]");
	f.account = ACCOUNT_UNKNOWN; /* the source comes before the account */
	EXPECT(ias_on, f, "keep managed-in-platform NUD-04 documented - - - [drtm]");
	f.source = SOURCE_UNKNOWN;
	EXPECT(ias_on, f, "undetermined unknown-source-system NUD-05 inferred - - - []");
}

static void test_flag_without_ias(void)
{
	struct facts f = external_user;
	f.deeplink = DEEPLINK_NO;
	EXPECT(ias_off, f, "keep not-native NUD-07 documented - - - [none]");
	f.source = SOURCE_PLATFORM;
	EXPECT(ias_off, f, "keep not-native NUD-07 documented - - - [drtm]");
	f.source = SOURCE_IDENTITY_PROVISIONING;
	EXPECT(ias_off, f, "keep not-native NUD-07 documented - - - []");
	f.source = SOURCE_UNKNOWN;
	EXPECT(ias_off, f, "keep not-native NUD-07 documented - - - []");
	f.account = ACCOUNT_UNKNOWN; /* the flag comes before the account */
	EXPECT(ias_off, f, "keep not-native NUD-07 documented - - - []");
	f.deeplink = DEEPLINK_UNKNOWN;
	EXPECT(ias_off, f, "undetermined unknown-deeplink-flag NUD-08 inferred - - - []");
	f.account = ACCOUNT_EXTERNAL;
	f.source = SOURCE_PLATFORM;
	EXPECT(ias_off, f, "undetermined unknown-deeplink-flag NUD-08 inferred - - - []");
	f.deeplink = DEEPLINK_YES;
	EXPECT(ias_off, f, PURGE_EXTERNAL " source-disagrees");
	f.source = SOURCE_UNKNOWN; /* the source is not asked for with IAS off */
	EXPECT(ias_off, f, PURGE_EXTERNAL);
}

static void test_account(void)
{
	static const struct settings nothing = { true, 0, 0, AS_OF };
	struct facts f = external_user;
	f.account = ACCOUNT_UNKNOWN;
	f.terminated_on = AS_OF - 1000;
	EXPECT(ias_on, f, "undetermined no-account-type NUD-30 inferred - - - []");
	EXPECT(nothing, f, "undetermined no-account-type NUD-30 inferred - - - []");
}

static void test_external(void)
{
	static const struct settings internal_only = { true, 0, 730, AS_OF };
	static const struct settings external_only = { true, 365, 0, AS_OF };
	struct facts f = external_user;
	EXPECT(internal_only, f, "keep setting-off NUD-10 inferred - - - []");
	EXPECT(external_only, f, PURGE_EXTERNAL);
	f.terminated_on = AS_OF - 1; /* the other kind's day means nothing */
	EXPECT(external_only, f, PURGE_EXTERNAL);
	f.history = HISTORY_ENDS_ACTIVE;
	EXPECT(internal_only, f, "keep setting-off NUD-10 inferred - - - []");
	EXPECT(ias_on, f, "undetermined contradictory-history NUD-14 inferred - - - []");
	f.inactivated_on = AS_OF - 2000; /* the report cannot outvote the history */
	EXPECT(ias_on, f, "undetermined contradictory-history NUD-14 inferred - - - []");
	f.history = HISTORY_SILENT;
	EXPECT(ias_on, f,
		"purge external-inactive NUD-12 documented 2021-05-30 2000 2022-05-30 "
		"[native-user-deletion] date-from-report");
	f.inactivated_on = DAY_NONE;
	EXPECT(ias_on, f, "undetermined no-inactivation-record NUD-11 inferred - - - []");
	EXPECT(internal_only, f, "keep setting-off NUD-10 inferred - - - []");
}

static void test_internal(void)
{
	static const struct settings internal_only = { true, 0, 730, AS_OF };
	static const struct settings external_only = { true, 365, 0, AS_OF };
	struct facts f = internal_user();
	EXPECT(ias_on, f, PURGE_INTERNAL);
	EXPECT(internal_only, f, PURGE_INTERNAL);
	EXPECT(external_only, f, "keep setting-off NUD-20 inferred - - - []");
	f.history = HISTORY_ENDS_ACTIVE; /* the history is about external users */
	f.inactivated_on = AS_OF - 1;
	EXPECT(ias_on, f, PURGE_INTERNAL);
	f.history = HISTORY_CHANGED;
	EXPECT(ias_on, f, PURGE_INTERNAL);
	f.terminated_on = DAY_NONE;
	EXPECT(ias_on, f, "undetermined no-termination-date NUD-21 inferred - - - []");
	EXPECT(external_only, f, "keep setting-off NUD-20 inferred - - - []");
}

static void test_boundaries(void)
{
	struct facts f = external_user;
	f.changed_on = AS_OF - 364;
	EXPECT(ias_on, f,
		"not-yet retention-running NUD-13 documented 2025-11-21 364 2026-11-21 "
		"[native-user-deletion]");
	f.changed_on = AS_OF - 365;
	EXPECT(ias_on, f,
		"purge external-inactive NUD-12 inferred 2025-11-20 365 2026-11-20 "
		"[native-user-deletion] boundary");
	f.changed_on = AS_OF - 366;
	EXPECT(ias_on, f,
		"purge external-inactive NUD-12 documented 2025-11-19 366 2026-11-19 "
		"[native-user-deletion]");
	f.changed_on = AS_OF + 3; /* the day can lie ahead */
	EXPECT(ias_on, f,
		"not-yet retention-running NUD-13 documented 2026-11-23 -3 2027-11-23 "
		"[native-user-deletion]");
	f = internal_user();
	f.terminated_on = AS_OF - 729;
	EXPECT(ias_on, f,
		"not-yet retention-running NUD-23 documented 2024-11-21 729 2026-11-21 "
		"[native-user-deletion]");
	f.terminated_on = AS_OF - 730;
	EXPECT(ias_on, f,
		"purge internal-terminated NUD-22 inferred 2024-11-20 730 2026-11-20 "
		"[native-user-deletion] boundary");
	f.terminated_on = AS_OF - 731;
	EXPECT(ias_on, f,
		"purge internal-terminated NUD-22 documented 2024-11-19 731 2026-11-19 "
		"[native-user-deletion]");
}

/* A year has four digits: past 9999-12-31 there is no day to show. */
static void test_far_future(void)
{
	static const struct settings longest = { true, 0, 4000, AS_OF };
	const day_t last = 2932896 - 4000;
	struct facts f = internal_user();
	char want[160];
	char basis[DAY_TEXT];
	for (int after = 0; after < 2; after++) {
		f.terminated_on = last + after;
		day_write(basis, f.terminated_on);
		snprintf(want, sizeof want,
			"not-yet retention-running NUD-23 documented %s %d %s "
			"[native-user-deletion]",
			basis, AS_OF - f.terminated_on, after ? "-" : "9999-12-31");
		EXPECT(longest, f, want);
	}
}

static void test_person_guid(void)
{
	struct facts f = external_user;
	f.person_guid = GUID_PRESENT;
	EXPECT(ias_on, f, PURGE_EXTERNAL " person-guid");
	EXPECT(ias_off, f,
		"blocked person-guid NUD-40 inferred 2024-02-24 1000 2025-02-23 [sap-services]");
	f.changed_on = AS_OF - 365; /* the boundary does not make an inferred rule less so */
	EXPECT(ias_off, f,
		"blocked person-guid NUD-40 inferred 2025-11-20 365 2026-11-20 [sap-services] "
		"boundary");
	f.changed_on = AS_OF - 10;
	EXPECT(ias_off, f,
		"not-yet retention-running NUD-13 documented 2026-11-10 10 2027-11-10 "
		"[native-user-deletion] person-guid");
	EXPECT(ias_on, f,
		"not-yet retention-running NUD-13 documented 2026-11-10 10 2027-11-10 "
		"[native-user-deletion] person-guid");
	f = internal_user();
	f.person_guid = GUID_PRESENT;
	f.terminated_on = AS_OF - 10; /* what is too young is not blocked yet */
	EXPECT(ias_off, f,
		"not-yet retention-running NUD-23 documented 2026-11-10 10 2028-11-09 "
		"[native-user-deletion] person-guid");
	f.terminated_on = AS_OF - 1000;
	EXPECT(ias_off, f,
		"blocked person-guid NUD-40 inferred 2024-02-24 1000 2026-02-23 [sap-services]");
	f.person_guid = GUID_NO_COLUMN;
	EXPECT(ias_off, f, PURGE_INTERNAL " person-guid-unknown");
	EXPECT(ias_on, f, PURGE_INTERNAL);
}

static void test_alerts(void)
{
	struct facts f = external_user;
	f.instructor = true;
	EXPECT(ias_on, f, PURGE_EXTERNAL " instructor");
	f.teaches_later = true;
	EXPECT(ias_on, f, PURGE_EXTERNAL " instructor teaches-later");
	f = external_user;
	f.admin = true;
	EXPECT(ias_on, f, PURGE_EXTERNAL " admin");
	f = external_user;
	f.on_hold = true;
	EXPECT(ias_on, f, PURGE_EXTERNAL " on-hold");
	f = external_user;
	f.source = SOURCE_PLATFORM;
	EXPECT(ias_off, f, PURGE_EXTERNAL " source-disagrees");
	f = external_user;
	f.inactivated_on = f.changed_on;
	EXPECT(ias_on, f, PURGE_EXTERNAL);
	f.inactivated_on = f.changed_on + 1;
	EXPECT(ias_on, f, PURGE_EXTERNAL " dates-disagree");
	f.inactivated_on = f.changed_on - 1;
	EXPECT(ias_on, f, PURGE_EXTERNAL " dates-disagree");
	f.history = HISTORY_SILENT;
	f.inactivated_on = f.changed_on;
	EXPECT(ias_on, f, PURGE_EXTERNAL " date-from-report");
	f = internal_user(); /* an internal user's inactivation decides nothing and says nothing */
	f.history = HISTORY_CHANGED;
	f.inactivated_on = f.changed_on + 1;
	EXPECT(ias_on, f, PURGE_INTERNAL);
	/* All that can come together, in their order, on a blocked user. */
	f = external_user;
	f.person_guid = GUID_PRESENT;
	f.instructor = f.teaches_later = f.admin = f.on_hold = true;
	f.source = SOURCE_PLATFORM;
	f.changed_on = AS_OF - 365;
	f.inactivated_on = AS_OF - 364;
	EXPECT(ias_off, f,
		"blocked person-guid NUD-40 inferred 2025-11-20 365 2026-11-20 [sap-services] "
		"instructor teaches-later admin on-hold boundary source-disagrees dates-disagree");
}

/* The lists of words and the enums that stand for them have one order. */
static void test_words(void)
{
	CHECK_NUMBER(word_place(STATUS_WORDS, SLICE("active")), USER_ACTIVE);
	CHECK_NUMBER(word_place(STATUS_WORDS, SLICE("inactive")), USER_INACTIVE);
	CHECK_NUMBER(word_place(SOURCE_WORDS, SLICE("learning")), SOURCE_LEARNING);
	CHECK_NUMBER(word_place(SOURCE_WORDS, SLICE("identity-provisioning")),
		SOURCE_IDENTITY_PROVISIONING);
	CHECK_NUMBER(word_place(SOURCE_WORDS, SLICE("platform")), SOURCE_PLATFORM);
	CHECK_NUMBER(word_place(FLAG_WORDS, SLICE("Y")), DEEPLINK_YES);
	CHECK_NUMBER(word_place(FLAG_WORDS, SLICE("N")), DEEPLINK_NO);
	CHECK_NUMBER(word_place(ACCOUNT_WORDS, SLICE("internal")), ACCOUNT_INTERNAL);
	CHECK_NUMBER(word_place(ACCOUNT_WORDS, SLICE("external")), ACCOUNT_EXTERNAL);
	for (int i = 0; i < DECISION_COUNT; i++)
		CHECK_NUMBER(
			word_place(DECISION_WORDS, slice_from(decision_name((enum decision)i))), i);
	for (int i = 0; i < ALERT_COUNT; i++)
		CHECK_NUMBER(word_place(ALERT_WORDS, slice_from(alert_name((enum alert)i))), i);
}

int main(void)
{
	test_status();
	test_source_with_ias();
	test_flag_without_ias();
	test_account();
	test_external();
	test_internal();
	test_boundaries();
	test_far_future();
	test_person_guid();
	test_alerts();
	test_words();
	return test_report("rules");
}
