#include "masking.h"

#include "test.h"

/* One letter a natural line: `.` shown, `v` a secret's value hidden, `#` all of it hidden. */
static void check(struct config_keys *keys, const char *bytes, const char *want)
{
	struct error e = { 0 };
	struct properties p;
	struct masking m;
	struct buffer got = { 0 };
	if (!CHECK(properties_read(&p, "CONNECTORS", slice_from(bytes), &e) == 0))
		return;
	masking_init(&m, keys, &p, SLICE("CONNECTORS"), (struct slice){ NULL, 0 });
	for (struct property_line line = { 0 }; properties_line(&p, &line);) {
		int mask = masking_line(&m, &line, &e);
		if (!CHECK(mask >= 0))
			break;
		buffer_put(&got, ".v#"[mask]);
	}
	if (!slice_equal(buffer_slice(&got), slice_from(want)))
		fprintf(stderr, "%s\n", bytes);
	CHECK_TEXT(buffer_slice(&got), want);
	buffer_release(&got);
	masking_release(&m);
	properties_release(&p);
}

int main(void)
{
	struct error e = { 0 };
	struct config_keys keys;
	CHECK_NUMBER(config_keys_load(&keys, NULL, &e), 0);

	check(&keys, "a=1\nftp.password=x\nb=2\n", ".v.");
	check(&keys, "ftp.password=x\\\n y\\\n z\nb=2", "vvv.");
	check(&keys, "ftp.pass\\u0077ord=x", "v");
	check(&keys, "ftp.password x\nftp.password:x\n\tftp.password\n", "vv#");

	/* The rest of a wrapped secret. */
	check(&keys, "k.password=QUJD\nREVG\nR0g=\nSUo==\nb=2\nSUo=\n", "v###..");
	check(&keys, "k.password=QUJD\n\n# remark\nREVG\n", "v.##");
	check(&keys, "k.password=correct horse\nbattery staple\nb=2", "v#.");
	check(&keys, "k.password=QUJD\n=AbCd\nb: 2", "v#.");
	check(&keys, "k.password=QUJD\nb =\nREVG\n", "v..");
	check(&keys, "k.password=\nQUJD\n", "v#");
	check(&keys, "bare\nb=1\nbare\n", "...");
	check(&keys, "# SFTP password: x\\\nQUJD\na=b\n", "##.");
	check(&keys, "# passwords: see\\\nreal.key=1\n", "#.");

	/* A real entry without a value. */
	check(&keys, "secret.keyring=QUJD\nconnector.pgp.passphrase=\nb=2", "vv.");
	check(&keys, "k.password=QUJD\nsome.thing=\nb=2", "v#.");
	check(&keys, "k.password=\nsome.thing=\nQUJD=\n", "v..");
	check(&keys, "k.password=\nQUJD=\n", "v#");

	/* Armour, with its own headers and blank lines. */
	check(&keys,
		"k.keyring=-----BEGIN PGP X-----\nVersion: 1\n\nQUJD\na=b\n=AbCd\n-----END PGP "
		"X-----\nb=2",
		"v######.");
	check(&keys,
		"k.keyring=\n-----BEGIN A-----\na: b\n-----END A-----\n-----BEGIN B-----\nc: d\n"
		"-----END B-----\nb: 2",
		"v######.");
	check(&keys, "k.keyring=-----BEGIN A-----\nVersion: 1\nQUJD\n", "v..");
	check(&keys,
		"k.keyring=-----BEGIN A-----\nb: 1\nl.keyring=-----BEGIN B-----\n-----END B-----\n",
		"v.v#");
	check(&keys, "k.keyring=-----BEGIN A-----QUJD-----END A-----\nb: 1\n", "v.");

	/* Commented out. */
	check(&keys, "#k.password=x\nb=2\n", "#.");
	check(&keys, "#! k.password = x\nQUJD\nREVG=\nb=2\n", "###.");
	check(&keys, "#k.password=x\n#QUJD\nb=2\n#QUJD\n", "##..");
	check(&keys, "#k.password=x\\\nb=2\nc=3\n", "##.");
	check(&keys, "#k.password=x\\\r\n#y\\\r\nb=2\r\nc=3\r\n", "###.");
	check(&keys, "#k.password=-----BEGIN A\n#Version: 1\nb=2\n#-----END A\nc=3\n", "####.");
	check(&keys, "# Passwords: see the vault\nsome=\nbare\n", "#..");
	check(&keys, "# Passwords: -----BEGIN A\nb=2\n# -----END A\n", "#..");
	check(&keys, "# path C:\\\nb=2\n", "..");
	check(&keys, "# password \\uXYZ\n", "#");

	/* A name of several words. */
	check(&keys, "SFTP password=x\nsftp:password=y\nSFTP user=z\n", "vv.");
	check(&keys, "k.password=QUJD\ntwo words==\nlong prose, with commas=1\n", "v##");
	check(&keys, "copy=PASSWORD=NOTACTIVE\n", ".");

	config_keys_release(&keys);
	return test_report("masking");
}
