/*
 * Which keys of a configuration file are secrets, and what becomes of the others in a refresh:
 * schemas/config-keys.csv, `file,key,class,policy,why`.
 *
 * `file` and `key` are PCRE2 expressions that have to match the whole name, without case; the first
 * row that matches both decides. An overlay's rows come first, but they cannot take a secret away:
 * where the compiled-in rows by themselves call a key a secret, the compiled-in row stands.
 */
#ifndef SECRET_H
#define SECRET_H

#include "pattern.h"

enum key_class { KEY_UNKNOWN, KEY_SECRET, KEY_ENVIRONMENT, KEY_BEHAVIOUR };

/* What a refresh should do with a key. An empty policy is keep-target. */
enum key_policy {
	POLICY_KEEP_TARGET,
	POLICY_TAKE_SOURCE,
	POLICY_ASK,
	POLICY_RETYPE,
	POLICY_REGENERATE,
};

/* No real key is as long; a longer one is taken for a secret without running a pattern on it. */
#define CONFIG_KEY_LIMIT 1024

struct config_key_row {
	struct pattern file;
	struct pattern key;
	enum key_class class;
	enum key_policy policy;
	bool compiled_in;
	bool applies; /* to the file that was asked about last */
};

struct config_keys {
	struct config_key_row *rows;
	size_t count;
	size_t room;
	struct buffer file; /* asked about last, so that its rows are matched once a file */
	bool asked;
};

struct key_rule {
	enum key_class class;
	enum key_policy policy;
};

/*
 * `schemas` is the folder of the overlay, or NULL. -1 with the error set and nothing to release: a
 * row with an unknown class or policy, or an expression that does not compile, is status 3.
 */
int config_keys_load(struct config_keys *k, const char *schemas, struct error *e);

/* The same with a file of the user's before all other rows, an overlay as well. NULL: none. */
int config_keys_load_policy(
	struct config_keys *k, const char *policy, const char *schemas, struct error *e);

/*
 * What is known of a key, both names in UTF-8. No row: KEY_UNKNOWN and keep-target. -1 with the
 * error set when an expression needs too much work; the error does not show the key.
 */
int config_keys_find(struct config_keys *k, struct slice file, struct slice key,
	struct key_rule *rule, struct error *e);

void config_keys_release(struct config_keys *k);

#endif
