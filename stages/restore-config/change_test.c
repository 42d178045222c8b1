#include "change.h"

#include "test.h"

/* Does a rejected record show nothing? The keys are those that are compiled in. */
static void test_hides(void)
{
	static const struct {
		const char *record;
		bool hides;
	} rows[] = {
		{ "", false },
		{ "a,y,altered,2,3,,,,restore,2,2,", false },
		{ "CONNECTORS,connector.ftp.password,altered,x,y", true },
		{ "CONNECTORS\tconnector.ftp.password\tx", true },
		{ "\"CONNECTORS\",\"db.password\",x", true },
		{ "changed,x,y,db.PassWord", true },
		{ "db.password,x", true },
		{ "A\xFC,db.password,x", true },
		{ "A,db.\xFCpassword,x", true },
		{ "A,db.\xFCword,x", false },
		{ "A,b,unknown,***,***", true },
		{ "A,b\nA,password", true },
		{ "A,b\rpassword", true },
		/* By the file that it is in. */
		{ "iContent,x.pwd.y,1", true },
		{ "A,\"x\"password,1", true },
	};
	struct config_keys keys;
	struct error e = { 0 };
	if (!CHECK(config_keys_load(&keys, NULL, &e) == 0))
		return;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (!CHECK(change_hides(&keys, slice_from(rows[i].record)) == rows[i].hides))
			fprintf(stderr, "\t%s\n", rows[i].record);
	/* A value longer than any key is not asked about. */
	static char longer[CONFIG_KEY_LIMIT + 100];
	memset(longer, 'x', sizeof longer);
	memcpy(longer, "A,b,", 4);
	CHECK(!change_hides(&keys, (struct slice){ longer, sizeof longer }));
	memcpy(longer + sizeof longer - 10, ",password,", 10);
	CHECK(change_hides(&keys, (struct slice){ longer, sizeof longer }));
	config_keys_release(&keys);
}

int main(void)
{
	test_hides();
	return test_report("change_test");
}
