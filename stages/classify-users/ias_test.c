#include "ias.h"

#include "test.h"

#include <stdlib.h>
#include <unistd.h>

/* "on", "off", or "STATUS:LINE: TEXT" of a config stream with these rows. */
static void check_as(
	enum format format, const char *head, const char *rows, const char *want, int line)
{
	char path[] = "/tmp/ias-test-XXXXXX";
	struct error e = { 0 };
	struct buffer got = { 0 };
	bool ias = false;
	int fd = mkstemp(path);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
	CHECK(file && fputs(head, file) >= 0 && fputs(rows, file) >= 0);
	CHECK(file && fclose(file) == 0);
	if (ias_read(path, format, &ias, &e) == 0) {
		buffer_append(&got, ias ? SLICE("on") : SLICE("off"));
	} else {
		buffer_printf(&got, "%d", (int)e.status);
		buffer_append(&got, slice_skip(buffer_slice(&e.text), strlen(path)));
	}
	test_slices(buffer_slice(&got), slice_from(want), __FILE__, line, rows);
	unlink(path);
	buffer_release(&got);
	error_release(&e);
}

#define HEAD            "file,key,value,secret,line\n"
#define IAS(rows, want) check_as(FORMAT_CSV, HEAD, rows, want, __LINE__)
#define NAME            "SAP CLOUD IDENTITY SERVICES"
#define KEY             "activateIASAuthentication"
#define NEITHER(got)    " of " NAME " is neither on nor off (got \"" got "\", want true or false)"

int main(void)
{
	IAS(NAME "," KEY ",true,N,1\n", "on");
	IAS(NAME "," KEY ",false,N,1\n", "off");
	IAS(NAME "," KEY ",TRUE,N,1\n", "on");
	IAS(NAME "," KEY ",fAlse,N,1\n", "off");
	IAS("sap_cloud_identity_services," KEY ",true,N,1\n", "on");
	IAS("SapCloudIdentityServices," KEY ",true,N,1\n", "on");
	/* Of several the last counts. */
	IAS(NAME "," KEY ",true,N,1\n" NAME "," KEY ",false,N,2\n", "off");
	IAS(NAME "," KEY ",maybe,N,1\n" NAME "," KEY ",true,N,2\n" NAME ",other,false,N,3\n", "on");
	IAS(NAME "," KEY ",true,N,1\n" NAME "," KEY ",,N,2\n",
		"3:3: column \"value\": " KEY NEITHER(""));
	/* Other files and other keys. */
	IAS("LMS_ADMIN," KEY ",false,N,1\n" NAME "," KEY ",true,N,1\n", "on");
	IAS(NAME "," KEY "2,false,N,1\n" NAME "," KEY ",true,N,1\n", "on");
	IAS(NAME "," KEY ",yes,N,1\n", "3:2: column \"value\": " KEY NEITHER("yes"));
	IAS(NAME "," KEY ",true ,N,1\n", "3:2: column \"value\": " KEY NEITHER("true "));
	IAS(NAME "," KEY ",1,N,1\n", "3:2: column \"value\": " KEY NEITHER("1"));
	IAS(NAME ",x,true,N,1\n", "3: " NAME " has no key " KEY);
	IAS(NAME ",,,N,0\n", "3: " NAME " has no key " KEY);
	IAS("LMS_ADMIN," KEY ",true,N,1\n", "3: the configuration file " NAME " is missing");
	IAS("", "3: the configuration file " NAME " is missing");
	IAS(NAME ",activateiasauthentication,true,N,1\n",
		"3:2: " NAME ": key " KEY " is spelled in another case");
	IAS(NAME ",ACTIVATEIASAUTHENTICATION,true,N,1\n" NAME "," KEY ",false,N,2\n", "off");
	/* Of which tenant is each? */
	IAS(NAME "," KEY ",true,N,1\nSAP_CLOUD_IDENTITY_SERVICES," KEY ",false,N,1\n",
		"3:3: " NAME " is there under two names: \"" NAME
		"\" and \"SAP_CLOUD_IDENTITY_SERVICES\"");
	check_as(FORMAT_TSV, "value\tkey\tfile\n", "true\t" KEY "\t" NAME "\n", "on", __LINE__);
	check_as(FORMAT_CSV, "file,key\n", "x,y\n",
		"3:1: needed columns are missing: \"value\" (got \"file\", \"key\")", __LINE__);
	check_as(FORMAT_CSV, HEAD, NAME "," KEY ",true\n",
		"3:2: wrong number of fields (got \"3\")", __LINE__);
	return test_report("ias_test");
}
