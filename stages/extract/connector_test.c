#include "connector.h"

#include "test.h"

#include <stdlib.h>
#include <unistd.h>

/*
 * What the lines KEY|VALUE of CONNECTORS give: "core: COLUMN<HEADING(VALUES) …; extended: …; …", or
 * the error from its line on.
 */
static void check(const char *lines, const char *want, int line)
{
	char path[] = "/tmp/connector-test-XXXXXX";
	struct connector c;
	struct error e = { 0 };
	struct buffer got = { 0 };
	int fd = mkstemp(path);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
	CHECK(file && fputs("file,key,value\nOTHER,sfuser.connector.updateOnNull,NOTACTIVE\n",
			      file) >= 0);
	for (struct slice rest = slice_from(lines); file && rest.len;) {
		struct slice one = slice_cut(&rest, '\n');
		struct slice key = slice_cut(&one, '|');
		fprintf(file, "Connectors,%.*s,\"%.*s\"\n", (int)key.len, key.ptr, (int)one.len,
			one.len ? one.ptr : "");
	}
	CHECK(file && fclose(file) == 0);
	if (connector_read(&c, path, FORMAT_CSV, &e) == 0) {
		buffer_printf(&got, "core");
		for (size_t i = 0; i < c.core_count + c.extended_count; i++) {
			const struct heading_config *r =
				i < c.core_count ? &c.core[i] : &c.extended[i - c.core_count];
			buffer_printf(&got, "%s %s<%.*s(%.*s)",
				i == c.core_count ? "; extended" : "", r->column,
				(int)r->heading.len, r->heading.ptr, (int)r->values.len,
				r->values.len ? r->values.ptr : "");
		}
		buffer_printf(&got, "%s%s%s", c.null_updates_sf ? "; null sf" : "",
			c.null_updates ? "; null" : "", c.extended_ends ? "; ends" : "");
		if (c.skip_given)
			buffer_printf(&got, "; skip %d", (int)c.skip);
		connector_release(&c);
	} else {
		buffer_printf(&got, "%d%s", (int)e.status, buffer_text(&e.text) + strlen(path));
	}
	test_slices(buffer_slice(&got), slice_from(want), __FILE__, line, lines);
	unlink(path);
	buffer_release(&got);
	error_release(&e);
}

#define CHECK_KEYS(lines, want) check(lines, want, __LINE__)
#define MAPPED                  "sfuser.field.mapping.data."
#define EXTENDED                "sfuser.extendeduser.field.mapping.data."
#define TRANSFORM               "sfuser.field.transform.data.NOTACTIVE."
#define SKIPPED                 "sfuser.connector.input.file.header.skip.records.count"

static void test_keys(void)
{
	CHECK_KEYS("a|b", "core");
	CHECK_KEYS(MAPPED "NOTACTIVE|STATUS", "core status<STATUS(Y=inactive|N=active)");
	CHECK_KEYS(MAPPED "NOTACTIVE|STATUS\n" TRANSFORM "Y|x,X\n" TRANSFORM "N|a",
		"core status<STATUS(x=inactive|X=inactive|a=active)");
	CHECK_KEYS(MAPPED "NOTACTIVE|S\n" TRANSFORM "Y|a=b", "core status<S(a\\=b=inactive)");
	CHECK_KEYS(
		MAPPED "NOTACTIVE|A\n" MAPPED "NOTACTIVE|B", "core status<B(Y=inactive|N=active)");
	CHECK_KEYS(MAPPED "NOTACTIVE|\n" MAPPED "STUD_ID| \n" TRANSFORM "Y|x", "core");
	CHECK_KEYS(MAPPED "HIRE_DTE|HIREDATE\n" MAPPED "TERM_DTE| END \n" MAPPED "STUD_ID|USERID",
		"core user_id<USERID() effective_on<END() hired_on<HIREDATE()");
	CHECK_KEYS(EXTENDED "STUD_ID|USERID", "core");
	CHECK_KEYS(EXTENDED "HIRE_DTE|H\n" EXTENDED "STUD_ID|USERID",
		"core; extended user_id<USERID() hired_on<H()");
	CHECK_KEYS(EXTENDED "TERM_DTE|EXIT_DATE", "core; extended effective_on<EXIT_DATE(); ends");
	CHECK_KEYS("sfuser.connector.updateOnNull|SUPER, NOTACTIVE ,X", "core; null sf");
	CHECK_KEYS("user.connector.updateOnNull|NOTACTIVE", "core; null");
	CHECK_KEYS("user.connector.updateOnNull|NOTACTIVE2,notactive", "core");
	CHECK_KEYS(SKIPPED "|0", "core; skip 0");
	CHECK_KEYS(SKIPPED "| 12 ", "core; skip 12");
	CHECK_KEYS(SKIPPED "|", "core");
}

static void test_wrong(void)
{
	CHECK_KEYS("", "3: the configuration file CONNECTORS is missing");
	CHECK_KEYS(SKIPPED "|-1",
		"3:3: column \"value\": " SKIPPED ": no number of records (got \"-1\")");
	CHECK_KEYS("x|y\n" SKIPPED "|1.5",
		"3:4: column \"value\": " SKIPPED ": no number of records (got \"1.5\")");
	CHECK_KEYS(SKIPPED "|1000000000",
		"3:3: column \"value\": " SKIPPED ": no number of records (got \"1000000000\")");
	CHECK_KEYS(TRANSFORM "Y|x, y",
		"3:3: column \"value\": " TRANSFORM
		"Y: a value is empty or has a blank before or behind it (got "
		"\" y\")");
	CHECK_KEYS(TRANSFORM "Y|x,,y",
		"3:3: column \"value\": " TRANSFORM
		"Y: a value is empty or has a blank before or behind it (got "
		"\"\")");
	CHECK_KEYS(TRANSFORM "Y|x,y\n" TRANSFORM "N|z,y",
		"3:3: column \"value\": " TRANSFORM
		"Y: a value means both active and inactive (got \"y\")");
	CHECK_KEYS("sfuser.field.mapping.data.notactive|STATUS",
		"3:3: CONNECTORS: key " MAPPED "NOTACTIVE is spelled in another case");
}

int main(void)
{
	test_keys();
	test_wrong();
	return test_report("connector_test");
}
