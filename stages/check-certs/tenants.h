/*
 * The tenants that need the certificate: the file of --tenants, tenant,ips,environment.
 */
#ifndef TENANTS_H
#define TENANTS_H

#include "keys.h"
#include "reader.h"

#define IPS_WORDS "neo|converged|unknown"
enum ips { IPS_NEO, IPS_CONVERGED, IPS_UNKNOWN, IPS_COUNT };

#define ENVIRONMENT_WORDS "preview|production"
enum environment { ENVIRONMENT_PREVIEW, ENVIRONMENT_PRODUCTION, ENVIRONMENT_COUNT };

struct tenant {
	enum ips ips;
	enum environment environment;
};

struct tenants {
	struct keys ids; /* in the order of the file; the value is a struct tenant */
};

void tenants_init(struct tenants *t);

/*
 * Reads the file ("-": standard input): 0, or -1 with the error set, status 3 for a tenant that
 * stands twice and any other fault. An empty ips is "unknown".
 */
int tenants_read(struct tenants *t, const char *path, enum format format, struct error *e);

void tenants_release(struct tenants *t);

#endif
