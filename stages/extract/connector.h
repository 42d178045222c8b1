/*
 * What the configuration file CONNECTORS says of the feeds of User Connector-SF: which heading is
 * which field, which values mean inactive, what an empty field means, how many header rows there
 * are (KBA 2602352, 2326028, 2316465, 2185911).
 */
#ifndef CONNECTOR_H
#define CONNECTOR_H

#include "config_value.h"
#include "heading.h"

#define CONNECTOR_KEYS 18
#define CONNECTOR_SKIP "sfuser.connector.input.file.header.skip.records.count"

struct connector {
	struct heading_config core[4]; /* the headings of the core file */
	size_t core_count;
	struct heading_config extended[3]; /* those of the extended file; none without a date */
	size_t extended_count;
	bool extended_ends;                  /* TERM_DTE is among them */
	bool null_updates_sf;                /* sfuser.connector.updateOnNull lists NOTACTIVE */
	bool null_updates;                   /* user.connector.updateOnNull does */
	const struct config_value *user_key; /* a mapping of the User Connector's, or NULL */
	bool skip_given; /* how many header rows follow the first is said: `skip` */
	uint64_t skip;

	struct config_value values[CONNECTOR_KEYS]; /* what the rest points into */
	struct buffer words;
};

/*
 * Reads the keys from a config stream. -1 with the error set and nothing to release: status 3,
 * located in the stream, for a stream without the file and for a value that is none.
 */
int connector_read(struct connector *c, const char *path, enum format format, struct error *e);

void connector_release(struct connector *c);

#endif
