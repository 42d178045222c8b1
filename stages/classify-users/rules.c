#include "rules.h"

/* 9999-12-31: a year has four digits. */
#define LAST_DAY 2932896

/* What the rows of the table ask about: the facts, the settings, and what follows from both. */
struct view {
	const struct settings *settings;
	const struct facts *facts;
	bool external;
	int count;   /* the retention that applies, in days; 0: the setting is not checked */
	day_t basis; /* the day that it counts from; DAY_NONE: not known */
	int age;     /* where the basis is known */
};

static bool status_unknown(const struct view *v)
{
	return v->facts->status == USER_STATUS_UNKNOWN;
}

static bool active(const struct view *v)
{
	return v->facts->status == USER_ACTIVE;
}

static bool ias_and_source_unknown(const struct view *v)
{
	return v->settings->ias && v->facts->source == SOURCE_UNKNOWN;
}

static bool ias_and_platform(const struct view *v)
{
	return v->settings->ias && v->facts->source == SOURCE_PLATFORM;
}

static bool no_ias_and_not_native(const struct view *v)
{
	return !v->settings->ias && v->facts->deeplink == DEEPLINK_NO;
}

static bool no_ias_and_flag_unknown(const struct view *v)
{
	return !v->settings->ias && v->facts->deeplink == DEEPLINK_UNKNOWN;
}

static bool account_unknown(const struct view *v)
{
	return v->facts->account == ACCOUNT_UNKNOWN;
}

static bool setting_off(const struct view *v)
{
	return v->count == 0;
}

static bool external_and_setting_off(const struct view *v)
{
	return v->external && setting_off(v);
}

static bool external_and_ends_active(const struct view *v)
{
	return v->external && v->facts->history == HISTORY_ENDS_ACTIVE;
}

static bool no_date(const struct view *v)
{
	return v->basis == DAY_NONE;
}

static bool external_and_no_date(const struct view *v)
{
	return v->external && no_date(v);
}

static bool too_young(const struct view *v)
{
	return v->age < v->count;
}

static bool external_and_too_young(const struct view *v)
{
	return v->external && too_young(v);
}

static bool no_ias_and_guid(const struct view *v)
{
	return !v->settings->ias && v->facts->person_guid == GUID_PRESENT;
}

static bool external(const struct view *v)
{
	return v->external;
}

static bool otherwise(const struct view *v)
{
	(void)v;
	return true;
}

/*
 * The decision table. The first row that holds decides; where a row for external users comes before
 * one of the same kind, the latter is for internal users.
 */
struct row {
	bool (*holds)(const struct view *v);
	enum decision decision;
	enum reason_of_decision reason;
	const char *rule;
	bool documented;
};

static const struct row table[VERDICT_ROWS] = {
	{ status_unknown, DECISION_UNDETERMINED, WHY_UNKNOWN_STATUS, "NUD-02", false },
	{ active, DECISION_KEEP, WHY_ACTIVE, "NUD-01", true },
	{ ias_and_source_unknown, DECISION_UNDETERMINED, WHY_UNKNOWN_SOURCE_SYSTEM, "NUD-05",
		false },
	{ ias_and_platform, DECISION_KEEP, WHY_MANAGED_IN_PLATFORM, "NUD-04", true },
	{ no_ias_and_not_native, DECISION_KEEP, WHY_NOT_NATIVE, "NUD-07", true },
	{ no_ias_and_flag_unknown, DECISION_UNDETERMINED, WHY_UNKNOWN_DEEPLINK_FLAG, "NUD-08",
		false },
	{ account_unknown, DECISION_UNDETERMINED, WHY_NO_ACCOUNT_TYPE, "NUD-30", false },
	{ external_and_setting_off, DECISION_KEEP, WHY_SETTING_OFF, "NUD-10", false },
	{ external_and_ends_active, DECISION_UNDETERMINED, WHY_CONTRADICTORY_HISTORY, "NUD-14",
		false },
	{ external_and_no_date, DECISION_UNDETERMINED, WHY_NO_INACTIVATION_RECORD, "NUD-11",
		false },
	{ setting_off, DECISION_KEEP, WHY_SETTING_OFF, "NUD-20", false },
	{ no_date, DECISION_UNDETERMINED, WHY_NO_TERMINATION_DATE, "NUD-21", false },
	{ external_and_too_young, DECISION_NOT_YET, WHY_RETENTION_RUNNING, "NUD-13", true },
	{ too_young, DECISION_NOT_YET, WHY_RETENTION_RUNNING, "NUD-23", true },
	{ no_ias_and_guid, DECISION_BLOCKED, WHY_PERSON_GUID, "NUD-40", false },
	{ external, DECISION_PURGE, WHY_EXTERNAL_INACTIVE, "NUD-12", true },
	{ otherwise, DECISION_PURGE, WHY_INTERNAL_TERMINATED, "NUD-22", true },
};

/* One of two, without a branch: which of them it is for the next user, nobody can foresee. */
static inline int32_t either(bool first, int32_t a, int32_t b)
{
	return b ^ ((a ^ b) & -(int32_t)first);
}

static inline struct view view_of(const struct settings *settings, const struct facts *facts)
{
	struct view v = {
		.settings = settings, .facts = facts, .external = facts->account == ACCOUNT_EXTERNAL
	};
	const bool changed = facts->history == HISTORY_CHANGED;
	v.count = either(v.external, settings->external_days, settings->internal_days);
	v.basis = either(v.external, either(changed, facts->changed_on, facts->inactivated_on),
		facts->terminated_on);
	const bool known = v.basis != DAY_NONE;
	v.age = either(known, (int32_t)((uint32_t)settings->as_of - (uint32_t)v.basis), 0);
	return v;
}

/* Which way a user goes that this job takes, or does not take. */
static enum route route_of(const struct facts *facts, const struct verdict *v)
{
	bool not_native = v->reason == WHY_NOT_NATIVE;
	switch (v->decision) {
	case DECISION_PURGE:
	case DECISION_NOT_YET:
		return ROUTE_NATIVE_USER_DELETION;
	case DECISION_BLOCKED:
		return ROUTE_SAP_SERVICES;
	case DECISION_KEEP:
		if (v->reason == WHY_MANAGED_IN_PLATFORM ||
			(not_native && facts->source == SOURCE_PLATFORM))
			return ROUTE_DRTM;
		/*
		 * The other purge passes over Learning's own users (KBA 3531411): nothing reaches
		 * them.
		 */
		if (not_native && facts->source == SOURCE_LEARNING)
			return ROUTE_NONE;
		return ROUTE_NONE_KNOWN;
	case DECISION_UNDETERMINED:
	case DECISION_COUNT:
		break;
	}
	return ROUTE_NONE_KNOWN;
}

static inline uint32_t raised(bool holds, enum alert alert)
{
	return (uint32_t)holds << alert;
}

/*
 * What a person should look at before the job runs, and only for users whom the job is after: as
 * much of it as follows from the case that the user is, and the rest.
 */
static uint32_t alerts_of_case(const struct view *v, enum decision decision)
{
	const struct facts *f = v->facts;
	bool ias = v->settings->ias;
	bool guid = f->person_guid == GUID_PRESENT;
	bool from_history = f->history == HISTORY_CHANGED;
	uint32_t bits = 0;
	bits |= raised(guid && (ias || decision == DECISION_NOT_YET), ALERT_PERSON_GUID);
	bits |= raised(!ias && f->person_guid == GUID_NO_COLUMN, ALERT_PERSON_GUID_UNKNOWN);
	/* With IAS on, no user of the Platform comes this far; off, all have the flag. */
	bits |= raised(f->source == SOURCE_PLATFORM, ALERT_SOURCE_DISAGREES);
	bits |= raised(v->external && !from_history, ALERT_DATE_FROM_REPORT);
	return bits;
}

static inline uint32_t alerts_of_user(const struct view *v)
{
	const struct facts *f = v->facts;
	bool from_history = f->history == HISTORY_CHANGED;
	uint32_t bits = 0;
	bits |= raised(f->instructor, ALERT_INSTRUCTOR);
	bits |= raised(f->teaches_later, ALERT_TEACHES_LATER);
	bits |= raised(f->admin, ALERT_ADMIN);
	bits |= raised(f->on_hold, ALERT_ON_HOLD);
	bits |= raised(v->age == v->count, ALERT_BOUNDARY);
	bits |= raised(v->external & from_history & (f->inactivated_on != DAY_NONE) &
			       (f->inactivated_on != f->changed_on),
		ALERT_DATES_DISAGREE);
	return bits;
}

struct verdict verdict_of_row(unsigned row)
{
	const struct verdict v = { .row = row,
		.decision = table[row].decision,
		.reason = table[row].reason,
		.rule = table[row].rule,
		.documented = table[row].documented,
		.basis = DAY_NONE,
		.eligible = DAY_NONE };
	return v;
}

/*
 * The place of a case among all of them, and the case of a place. The history comes first, so that
 * the cases of users of whom it is silent, as of most, stand close together.
 */
static size_t case_place(const struct facts *f, enum age_kind age)
{
	size_t place = (size_t)f->history;
	place = place * (USER_STATUS_UNKNOWN + 1) + (size_t)f->status;
	place = place * (SOURCE_UNKNOWN + 1) + (size_t)f->source;
	place = place * (DEEPLINK_UNKNOWN + 1) + (size_t)f->deeplink;
	place = place * (ACCOUNT_UNKNOWN + 1) + (size_t)f->account;
	place = place * (GUID_NO_COLUMN + 1) + (size_t)f->person_guid;
	return place * (AGE_REACHED + 1) + (size_t)age;
}

static size_t take_digit(size_t *rest, size_t base)
{
	size_t digit = *rest % base;
	*rest /= base;
	return digit;
}

static enum age_kind case_at(size_t place, struct facts *f)
{
	enum age_kind age = (enum age_kind)take_digit(&place, AGE_REACHED + 1);
	f->person_guid = (enum guid)take_digit(&place, GUID_NO_COLUMN + 1);
	f->account = (enum account_type)take_digit(&place, ACCOUNT_UNKNOWN + 1);
	f->deeplink = (enum deeplink_flag)take_digit(&place, DEEPLINK_UNKNOWN + 1);
	f->source = (enum source_system)take_digit(&place, SOURCE_UNKNOWN + 1);
	f->status = (enum user_status)take_digit(&place, USER_STATUS_UNKNOWN + 1);
	f->history = (enum history_kind)place;
	return age;
}

/* The job is after those of the first decisions, whatever it does with them. */
static inline bool is_after(enum decision decision)
{
	return decision < DECISION_KEEP;
}

void rules_init(struct rules *r, const struct settings *settings)
{
	r->settings = *settings;
	for (size_t place = 0; place < RULES_CASES; place++) {
		struct facts facts = { 0 };
		enum age_kind age = case_at(place, &facts);
		struct view view = view_of(settings, &facts);
		view.basis = age == AGE_UNKNOWN ? DAY_NONE : 0;
		view.age = age == AGE_TOO_YOUNG ? view.count - 1 : view.count;
		unsigned char row = 0;
		while (!table[row].holds(&view))
			row++;
		const struct verdict v = verdict_of_row(row);
		uint32_t alerts = is_after(v.decision) ? alerts_of_case(&view, v.decision) : 0;
		r->cases[place] = (struct rules_case){ row, (unsigned char)route_of(&facts, &v),
			(uint16_t)alerts };
	}
}

struct verdict classify(const struct rules *r, const struct facts *facts)
{
	const struct view view = view_of(&r->settings, facts);
	const enum age_kind age = (enum age_kind)(
		(view.basis != DAY_NONE) * (AGE_TOO_YOUNG + (view.age >= view.count)));
	const struct rules_case *of = &r->cases[case_place(facts, age)];
	struct verdict v = verdict_of_row(of->row);
	v.route = (enum route)of->route;
	const bool after = is_after(v.decision);
	const bool in_time = after & (view.count <= LAST_DAY - (int64_t)view.basis);
	v.basis = either(after, view.basis, DAY_NONE);
	v.age = either(after, view.age, 0);
	v.eligible =
		either(in_time, (day_t)((uint32_t)view.basis + (uint32_t)view.count), DAY_NONE);
	/* The article gives a number of days, not whether the last of them counts: then no purge is
	 * documented, nor a block, which never is. */
	v.documented &= (!after) | (view.age != view.count);
	v.alerts = of->alerts | (alerts_of_user(&view) & (0 - (uint32_t)after));
	return v;
}

const char *decision_name(enum decision decision)
{
	static const char *const names[] = { "purge", "not-yet", "blocked", "keep",
		"undetermined" };
	return names[decision];
}

const char *decision_reason_name(enum reason_of_decision reason)
{
	static const char *const names[WHY_COUNT] = {
		[WHY_UNKNOWN_STATUS] = "unknown-status",
		[WHY_ACTIVE] = "active",
		[WHY_UNKNOWN_SOURCE_SYSTEM] = "unknown-source-system",
		[WHY_MANAGED_IN_PLATFORM] = "managed-in-platform",
		[WHY_NOT_NATIVE] = "not-native",
		[WHY_UNKNOWN_DEEPLINK_FLAG] = "unknown-deeplink-flag",
		[WHY_NO_ACCOUNT_TYPE] = "no-account-type",
		[WHY_SETTING_OFF] = "setting-off",
		[WHY_CONTRADICTORY_HISTORY] = "contradictory-history",
		[WHY_NO_INACTIVATION_RECORD] = "no-inactivation-record",
		[WHY_NO_TERMINATION_DATE] = "no-termination-date",
		[WHY_RETENTION_RUNNING] = "retention-running",
		[WHY_PERSON_GUID] = "person-guid",
		[WHY_EXTERNAL_INACTIVE] = "external-inactive",
		[WHY_INTERNAL_TERMINATED] = "internal-terminated",
	};
	return names[reason];
}

const char *route_name(enum route route)
{
	static const char *const names[] = { "", "native-user-deletion", "drtm", "sap-services",
		"none" };
	return names[route];
}

const char *alert_name(enum alert alert)
{
	static const char *const names[ALERT_COUNT] = {
		[ALERT_INSTRUCTOR] = "instructor",
		[ALERT_TEACHES_LATER] = "teaches-later",
		[ALERT_ADMIN] = "admin",
		[ALERT_ON_HOLD] = "on-hold",
		[ALERT_BOUNDARY] = "boundary",
		[ALERT_PERSON_GUID] = "person-guid",
		[ALERT_PERSON_GUID_UNKNOWN] = "person-guid-unknown",
		[ALERT_SOURCE_DISAGREES] = "source-disagrees",
		[ALERT_DATE_FROM_REPORT] = "date-from-report",
		[ALERT_DATES_DISAGREE] = "dates-disagree",
	};
	return names[alert];
}
