/*
 * What was seen in the side inputs: counts, and the first ids of each kind, so that memory stays
 * small. A path is NULL where the input was not given. All of { 0 } is "nothing was given".
 */
#ifndef SEEN_H
#define SEEN_H

#include "error.h"
#include "facts.h"
#include "finding.h"
#include "keys.h"
#include "reader.h"
#include "way_in.h"

/*
 * The configuration files that KBA 2165346 names as the ones to back up at least, CONFIG_NAMED of
 * them; then those that tell more, the page of deployment locations by any name of its copy.
 */
enum {
	CONFIG_BIZX,
	CONFIG_CONNECTORS,
	CONFIG_REPORT_SYSTEM,
	CONFIG_ICONTENT,
	CONFIG_NAMED,
	CONFIG_IDENTITY = CONFIG_NAMED,
	CONFIG_DEPLOYMENT,
	CONFIG_KNOWN = CONFIG_DEPLOYMENT + 4,
};

extern const char *const config_names[CONFIG_KNOWN];

struct config_seen {
	const char *path;
	uint64_t files;
	bool there[CONFIG_NAMED];
	bool filled[CONFIG_NAMED]; /* it has an entry */
	bool ias_on;               /* the last activateIASAuthentication is true */
};

/* The actions of a config-changes stream, the empty one last. */
#define CHANGE_ACTIONS "restore|retype|regenerate|review|accept"
enum {
	CHANGE_RESTORE,
	CHANGE_RETYPE,
	CHANGE_REGENERATE,
	CHANGE_REVIEW,
	CHANGE_ACCEPT,
	CHANGE_NONE,
	CHANGE_ACTION_COUNT,
};

/* Which task has the secrets of a file typed again; KBA 2165346 tells of the first two. */
enum retype {
	RETYPE_CONNECTORS,
	RETYPE_DEPLOYMENT, /* iContent and the text of the deployment locations */
	RETYPE_OTHER,
	RETYPE_COUNT,
};

struct changes_seen {
	const char *path;
	uint64_t rows;
	uint64_t actions[CHANGE_ACTION_COUNT];
	struct file_counts retype[RETYPE_COUNT];
	struct file_counts regenerate;
	struct id_list
		missing[RETYPE_COUNT]; /* files on one side only: their keys are not listed */
};

/* Rows with an action that is left to somebody. */
uint64_t changes_left(const struct changes_seen *c);

struct reports_seen {
	const char *path;
	uint64_t rows;
	bool has_recurring, has_enabled; /* the columns */
	struct id_list recurring;
	struct id_list running;     /* recurring and enabled */
	uint64_t recurring_unknown; /* the field is empty */
	uint64_t running_unknown;   /* of the recurring ones: whether it is enabled is not known */
};

/* Jobs that were enabled before the refresh. */
struct jobs_seen {
	const char *before_path, *after_path;
	struct keys before;
	uint64_t enabled[2];     /* of customers, of the system */
	struct id_list lost[2];  /* not enabled any more */
	uint64_t absent[2];      /* of these: not there at all */
	uint64_t owners_unknown; /* of the lost ones of customers: it is not known whose they are */
};
enum { JOBS_CUSTOMER, JOBS_SYSTEM };

struct admins_seen {
	const char *path, *users_path;
	uint64_t rows;
	bool has_email, has_roles;
	struct id_list at_source; /* with an address of the source */
	struct id_list without_email;
	struct id_list email_unclear; /* it is not one plain address */
	struct id_list developers;    /* hold REPORT_DEVELOPER, not locked */
	struct id_list developers_locked;
	struct id_list developers_lock_unknown;
	struct id_list ways_in[WAY_IN_COUNT]; /* those with ALL and ALL_CONNECTOR */
	struct keys ids;     /* of the administrators, with the user of those who may be a way in */
	struct keys related; /* these users */
};

struct seen {
	struct config_seen config;
	struct changes_seen changes;
	struct reports_seen reports;
	struct jobs_seen jobs;
	struct admins_seen admins;
};

void seen_init(struct seen *s);
void seen_release(struct seen *s);

/*
 * Each reads one input, in which a bad row is status 3: 0, or -1 with the error set. No message
 * shows a value of a configuration.
 */
int config_see(struct config_seen *c, const char *path, enum format format, struct error *e);
int changes_see(struct changes_seen *c, const char *path, enum format format, struct error *e);
int reports_see(struct reports_seen *r, const char *path, enum format format, struct error *e);
int jobs_see(struct jobs_seen *j, const char *before, const char *after, enum format format,
	struct error *e);

/* `users` may be NULL. Of the facts the domain of the source's addresses and IAS count. */
int admins_see(struct admins_seen *a, const char *path, const char *users,
	const struct facts *facts, enum format format, struct error *e);

/* Sets the error of a cell that is not what its column may hold; `shown` false: it is not shown. */
int cell_wrong(const struct place *place, const char *column, struct slice got, bool shown,
	const char *want, const char *stream, struct error *e);

/* Y: 1, N: 0, empty: -1, else -2 with the error set. */
int cell_flag(struct slice value, const struct place *place, const char *column, const char *stream,
	struct error *e);

#endif
