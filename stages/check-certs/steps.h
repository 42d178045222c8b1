/*
 * The import steps, schemas/cert-steps.csv: what has to be done, in which kind of tenant, between
 * which days.
 */
#ifndef STEPS_H
#define STEPS_H

#include "rules.h"
#include "tenants.h"

struct step {
	enum ips ips;
	struct buffer name;
	struct buffer task;
	struct buffer where;
	struct buffer source;
	enum step_certificate certificate;
	int year; /* 0: any */
	bool waived;
	day_t after[ENVIRONMENT_COUNT]; /* DAY_NONE: no day is known, as for `due` */
	day_t due;
};

struct steps {
	struct step *items; /* in the order of the file */
	size_t count;
	bool own[IPS_COUNT]; /* the overlay has steps of this kind: no others count then */
};

/* `schemas` is the overlay's folder, or NULL: 0, or -1 with the error set. */
int steps_load(struct steps *s, const char *schemas, struct error *e);

void steps_release(struct steps *s);

#endif
