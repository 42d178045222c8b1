/*
 * The rows of one configuration file, and what is to be warned about in it.
 */
#ifndef CONFIG_ROWS_H
#define CONFIG_ROWS_H

#include "fingerprint.h"
#include "fold.h"
#include "keys.h"
#include "masking.h"
#include "message.h"
#include "writer.h"

struct config_counts {
	uint64_t files;
	uint64_t entries; /* rows, but for those of files without entries */
	uint64_t secrets; /* rows with secret Y */
	uint64_t warnings;
};

/* What the rows are made of; borrowed. */
struct config_rows {
	const char *member;     /* for messages */
	struct slice name;      /* of the file, for its rows */
	struct slice name_also; /* the one before --rename; empty: the same */
	const struct properties *properties;
	const struct folding *folding;
	const struct fingerprint *fingerprint; /* NULL: secrets are *** */
	struct config_keys *keys;
	struct writer *writer;
	struct messages *messages;
	struct config_counts *counts;
};

/* 0, or -1 with the error set. */
int config_rows_write(const struct config_rows *r, struct error *e);

#endif
