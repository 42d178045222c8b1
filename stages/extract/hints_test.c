#include "hints.h"

#include "test.h"

/* The column that a heading of the stream may be; empty: none. */
static void check(const char *stream_name, const char *heading, const char *want, int line)
{
	struct error e = { 0 };
	struct stream stream;
	struct hints h;
	CHECK_NUMBER(stream_load(&stream, stream_name, &e), 0);
	CHECK_NUMBER(hints_load(&h, &stream, NULL, &e), 0);
	int column = hints_find(&h, slice_from(heading));
	test_slices(slice_from(column < 0 ? "" : stream.columns[column].name), slice_from(want),
		__FILE__, line, heading);
	CHECK(column >= -1);
	hints_release(&h);
	stream_release(&stream);
}

#define USERS(heading, want) check("users", heading, want, __LINE__)

int main(void)
{
	USERS("User ID", "user_id");
	USERS(" benutzer-id ", "user_id");
	USERS("ID  de usuario", "user_id");
	USERS("Actif", "status");
	USERS("Austrittsdatum", "terminated_on");
	USERS("DATA DI CESSAZIONE", "terminated_on");
	USERS("Inativo desde", "inactivated_on");
	USERS("Bronsysteem", "source_system");
	USERS("Zugehöriger Kursleiter", "instructor_id");
	USERS("ZUGEHÖRIGER KURSLEITER", "instructor_id");
	USERS("Organization", "");
	USERS("", "");
	USERS("Start Date", "");
	check("classes", "Fecha de inicio", "starts_on", __LINE__);
	check("holds", "Geldig tot", "expires_on", __LINE__);
	check("status-history", "Dernière mise à jour", "changed_at", __LINE__);
	return test_report("hints_test");
}
