#include "clean_plan.h"

#include "test.h"

#include <unistd.h>

/* "Y", "N", "Y?" where it is assumed, or "STATUS:LINE: TEXT"; then what was said. */
static void check(bool user_sf, const char *rows, const char *want, int line)
{
	char path[] = "/tmp/clean-plan-test-XXXXXX";
	struct error e = { 0 };
	struct buffer got = { 0 };
	enum way way = WAY_MANUAL;
	bool assumed = false;
	char *said = NULL;
	size_t length = 0;
	int fd = mkstemp(path);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
	FILE *stream = open_memstream(&said, &length);
	struct messages messages = { .program = "x", .stream = stream };
	CHECK(file && fputs("file,key,value,secret,line\n", file) >= 0 && fputs(rows, file) >= 0);
	CHECK(file && fclose(file) == 0);
	if (clean_plan_read(path, FORMAT_CSV, user_sf, &way, &assumed, &messages, &e) == 0) {
		buffer_printf(&got, "%s%s",
			way == WAY_CLEAN  ? "Y"
			: way == WAY_KEEP ? "N"
					  : "-",
			assumed ? "?" : "");
	} else {
		buffer_printf(&got, "%d", (int)e.status);
		buffer_append(&got, slice_skip(buffer_slice(&e.text), strlen(path)));
	}
	fclose(stream);
	CHECK((length > 0) == assumed);
	test_slices(buffer_slice(&got), slice_from(want), __FILE__, line, rows);
	unlink(path);
	free(said);
	buffer_release(&got);
	error_release(&e);
}

#define USER(rows, want) check(false, rows, want, __LINE__)
#define SF(rows, want)   check(true, rows, want, __LINE__)
#define KEY              "user.connector.inactiveRule.cleanDevPlan"
#define WRONG(key, got)  ": column \"value\": wrong value of " key " (got \"" got "\", want Y or N)"

int main(void)
{
	USER("CONNECTORS," KEY ",Y,N,1\n", "Y");
	USER("CONNECTORS," KEY ",N,N,1\n", "N");
	USER("CONNECTORS," KEY ",y,N,1\n", "Y");
	USER("CONNECTORS," KEY ",n,N,1\n", "N");
	SF("CONNECTORS,sf" KEY ",n,N,1\n", "N");
	/* Each connector has its own. */
	SF("CONNECTORS," KEY ",N,N,1\n", "Y?");
	USER("CONNECTORS,sf" KEY ",N,N,1\n", "Y?");
	SF("CONNECTORS," KEY ",Y,N,1\nCONNECTORS,sf" KEY ",N,N,2\n", "N");
	USER("CONNECTORS," KEY ",Y,N,1\nCONNECTORS,sf" KEY ",N,N,2\n", "Y");
	/* Absent and empty, also under another case. */
	USER("CONNECTORS," KEY ",,N,1\n", "Y?");
	USER("CONNECTORS,other,N,N,1\n", "Y?");
	USER("CONNECTORS,,,N,0\n", "Y?");
	USER("CONNECTORS,user.connector.inactiverule.cleanDevPlan,N,N,1\n", "Y?");
	/* The last counts. */
	USER("CONNECTORS," KEY ",Y,N,1\nCONNECTORS," KEY ",N,N,2\n", "N");
	USER("CONNECTORS," KEY ",N,N,1\nCONNECTORS," KEY ",,N,2\n", "Y?");
	USER("connectors," KEY ",N,N,1\n", "N");
	USER("LMS_ADMIN," KEY ",N,N,1\n", "3: the configuration file CONNECTORS is missing");
	USER("", "3: the configuration file CONNECTORS is missing");
	USER("CONNECTORS," KEY ",yes,N,1\n", "3:2" WRONG(KEY, "yes"));
	USER("CONNECTORS," KEY ",true,N,1\n", "3:2" WRONG(KEY, "true"));
	USER("CONNECTORS," KEY ", N,N,1\n", "3:2" WRONG(KEY, " N"));
	USER("CONNECTORS," KEY ",\x19,N,1\n", "3:2" WRONG(KEY, "\\x19"));
	SF("CONNECTORS,sf" KEY ",1,N,1\n", "3:2" WRONG("sf" KEY, "1"));
	USER("CONNECTORS," KEY ",N,N,1\nconnectors," KEY ",Y,N,1\n",
		"3:3: CONNECTORS is there under two names: \"CONNECTORS\" and \"connectors\"");
	return test_report("clean_plan_test");
}
