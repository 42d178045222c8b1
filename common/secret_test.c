#include "secret.h"

#include "test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder with an overlay of these rows; the caller removes it. */
static void overlay_make(char folder[64], const char *rows)
{
	char path[96];
	snprintf(folder, 64, "/tmp/secret_test.XXXXXX");
	CHECK(mkdtemp(folder) != NULL);
	snprintf(path, sizeof path, "%s/config-keys.csv", folder);
	FILE *file = fopen(path, "w");
	CHECK(file != NULL);
	if (!file)
		return;
	fprintf(file, "file,key,class,policy,why\n%s", rows);
	fclose(file);
}

static void overlay_remove(const char *folder)
{
	char path[96];
	snprintf(path, sizeof path, "%s/config-keys.csv", folder);
	unlink(path);
	rmdir(folder);
}

static void check(struct config_keys *k, const char *file, const char *key, enum key_class class,
	enum key_policy policy)
{
	struct error e = { 0 };
	struct key_rule rule;
	if (!CHECK(config_keys_find(k, slice_from(file), slice_from(key), &rule, &e) == 0)) {
		fprintf(stderr, "\t%.*s\n", (int)e.text.len, e.text.ptr);
		error_release(&e);
		return;
	}
	if (!CHECK(rule.class == class && rule.policy == policy))
		fprintf(stderr, "\t%s: %s: class %d, policy %d\n", file, key, (int)rule.class,
			(int)rule.policy);
}

static void test_compiled_in(void)
{
	struct error e = { 0 };
	struct config_keys k;
	CHECK_NUMBER(config_keys_load(&k, NULL, &e), 0);
	check(&k, "CONNECTORS", "connector.ftp.password", KEY_SECRET, POLICY_RETYPE);
	check(&k, "anything", "Connector.FTP.Password", KEY_SECRET, POLICY_RETYPE);
	check(&k, "connectors", "connector.pgp.passphrase", KEY_SECRET, POLICY_RETYPE);
	check(&k, "iContent", "one\nftppwd\ntwo", KEY_SECRET, POLICY_RETYPE);
	check(&k, "BIZX", "oauth.client.secret", KEY_SECRET, POLICY_REGENERATE);
	check(&k, "SAP CLOUD IDENTITY SERVICES", "ipsURL", KEY_ENVIRONMENT, POLICY_KEEP_TARGET);
	check(&k, "sap_cloud_identity_services", "ipsurl", KEY_ENVIRONMENT, POLICY_KEEP_TARGET);
	check(&k, "LMS_ADMIN", "enablePurgeLog", KEY_BEHAVIOUR, POLICY_ASK);
	check(&k, "LMS_ADMIN", "invalidXMLContentCleanup", KEY_UNKNOWN, POLICY_KEEP_TARGET);
	check(&k, "LMS_ADMIN", "", KEY_UNKNOWN, POLICY_KEEP_TARGET);
	check(&k, "LMS_ADMIN", "enableRandomPasswordGenerationForNewUsers", KEY_BEHAVIOUR,
		POLICY_ASK);
	char long_key[CONFIG_KEY_LIMIT + 2];
	memset(long_key, 'x', sizeof long_key);
	long_key[CONFIG_KEY_LIMIT + 1] = '\0';
	check(&k, "LMS_ADMIN", long_key, KEY_SECRET, POLICY_RETYPE);
	check(&k, "LMS_ADMIN", long_key + 1, KEY_UNKNOWN, POLICY_KEEP_TARGET);
	config_keys_release(&k);
}

/* An overlay adds and refines; it takes no secret away. */
static void test_overlay(void)
{
	struct error e = { 0 };
	struct config_keys k;
	char folder[64];
	overlay_make(folder, ".*,sample\\.public,behaviour,,\n"
			     ".*,sample\\..*,secret,regenerate,\n"
			     ".*,connector\\.ftp\\.password,environment,take-source,\n"
			     ".*,connector\\.ftp\\.(passwd),secret,ask,\n"
			     "BIZX,enablePurgeLog,environment,,\n"
			     ".*,enableRandom.*,secret,,\n");
	CHECK_NUMBER(config_keys_load(&k, folder, &e), 0);
	check(&k, "X", "sample.one", KEY_SECRET, POLICY_REGENERATE);
	check(&k, "X", "sample.public", KEY_BEHAVIOUR, POLICY_KEEP_TARGET);
	check(&k, "CONNECTORS", "connector.ftp.password", KEY_SECRET, POLICY_RETYPE);
	check(&k, "CONNECTORS", "connector.ftp.passwd", KEY_SECRET, POLICY_ASK);
	check(&k, "BIZX", "enablePurgeLog", KEY_ENVIRONMENT, POLICY_KEEP_TARGET);
	check(&k, "LMS_ADMIN", "enablePurgeLog", KEY_BEHAVIOUR, POLICY_ASK);
	check(&k, "BIZX", "enableRandomPasswordGenerationForNewUsers", KEY_SECRET,
		POLICY_KEEP_TARGET);
	config_keys_release(&k);
	overlay_remove(folder);
}

/* A policy goes before the overlay, and takes no secret away either. */
static void test_policy(void)
{
	struct error e = { 0 };
	struct config_keys k;
	char folder[64];
	char other[64];
	char policy[96];
	overlay_make(folder, ".*,feature.*,behaviour,ask,\n");
	overlay_make(other, ".*,feature\\.one,behaviour,take-source,\n"
			    ".*,.*password,behaviour,take-source,\n"
			    ".*,.*token,secret,regenerate,\n");
	snprintf(policy, sizeof policy, "%s/config-keys.csv", other);
	CHECK_NUMBER(config_keys_load_policy(&k, policy, folder, &e), 0);
	check(&k, "X", "feature.one", KEY_BEHAVIOUR, POLICY_TAKE_SOURCE);
	check(&k, "X", "feature.two", KEY_BEHAVIOUR, POLICY_ASK);
	check(&k, "X", "ftp.password", KEY_SECRET, POLICY_RETYPE);
	check(&k, "X", "some.token", KEY_SECRET, POLICY_REGENERATE);
	config_keys_release(&k);
	CHECK_NUMBER(config_keys_load_policy(&k, policy, NULL, &e), 0);
	check(&k, "X", "feature.two", KEY_UNKNOWN, POLICY_KEEP_TARGET);
	config_keys_release(&k);
	overlay_remove(other);
	CHECK_NUMBER(config_keys_load_policy(&k, policy, folder, &e), -1);
	CHECK_NUMBER(e.status, STATUS_SYSTEM);
	error_release(&e);
	overlay_remove(folder);
}

static void test_bad_rows(void)
{
	static const struct {
		const char *row;
		const char *want;
	} cases[] = {
		{ ".*,a,private,ask,\n",
			"column \"class\": unknown class (got \"private\", want secret, "
			"environment or behaviour)" },
		{ ".*,a,,ask,\n",
			"column \"class\": unknown class (got \"\", want secret, environment "
			"or behaviour)" },
		{ ".*,a,secret,never,\n", "column \"policy\": unknown policy (got \"never\", want "
					  "keep-target, take-source, ask, retype or regenerate)" },
		{ ".*,a(,secret,,\n", "column \"key\": not a regular expression (got \"a(\")" },
		{ "[,a,secret,,\n", "column \"file\": not a regular expression (got \"[\")" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct error e = { 0 };
		struct config_keys k;
		struct buffer want = { 0 };
		char folder[64];
		overlay_make(folder, cases[i].row);
		CHECK_NUMBER(config_keys_load(&k, folder, &e), -1);
		CHECK_NUMBER(e.status, STATUS_INPUT);
		buffer_printf(&want, "%s/config-keys.csv:2: %s", folder, cases[i].want);
		CHECK_SLICE(buffer_slice(&e.text), buffer_slice(&want));
		buffer_release(&want);
		error_release(&e);
		overlay_remove(folder);
	}
}

/* An expression that would run for ever ends with an error that does not show the key. */
static void test_endless(void)
{
	struct error e = { 0 };
	struct config_keys k;
	struct key_rule rule;
	char folder[64];
	overlay_make(folder, ".*,(a+)+(a+)+[bd],secret,,\n");
	CHECK_NUMBER(config_keys_load(&k, folder, &e), 0);
	struct slice key = SLICE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac");
	CHECK_NUMBER(config_keys_find(&k, SLICE("X"), key, &rule, &e), -1);
	CHECK_NUMBER(e.status, STATUS_INPUT);
	CHECK(e.text.len && !memmem(e.text.ptr, e.text.len, "aaaa", 4));
	error_release(&e);
	config_keys_release(&k);
	overlay_remove(folder);
}

int main(void)
{
	test_compiled_in();
	test_overlay();
	test_policy();
	test_bad_rows();
	test_endless();
	return test_report("secret");
}
