#include "heading.h"

#include "show.h"

#include "test.h"

#include <stdlib.h>
#include <unistd.h>

#define MAP_HEAD "stream,column,heading,format,values\n"

/* A stream and its map, for the length of a check. */
struct made {
	struct stream stream;
	struct heading_map map;
	struct error error;
	char path[32];
	bool loaded;
};

static bool begin(struct made *m, const char *stream, const char *rules)
{
	*m = (struct made){ .path = "/tmp/heading-test-XXXXXX" };
	CHECK_NUMBER(stream_load(&m->stream, stream, &m->error), 0);
	if (rules) {
		int fd = mkstemp(m->path);
		FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
		CHECK(file && fputs(MAP_HEAD, file) >= 0 && fputs(rules, file) >= 0);
		CHECK(file && fclose(file) == 0);
	}
	m->loaded =
		heading_map_load(&m->map, &m->stream, rules ? m->path : NULL, NULL, &m->error) == 0;
	if (rules)
		unlink(m->path);
	return m->loaded;
}

static void end(struct made *m)
{
	if (m->loaded)
		heading_map_release(&m->map);
	stream_release(&m->stream);
	error_release(&m->error);
}

/* The headings, one after the other with "|" between: how many. */
static size_t split(const char *header, struct slice headings[16])
{
	size_t count = 0;
	for (struct slice rest = slice_from(header); rest.ptr && count < 16;)
		headings[count++] = slice_cut(&rest, '|');
	return count;
}

/*
 * What a header binds: "COLUMN=POSITION" for each bound column of the stream, " missing: …", or
 * "STATUS: TEXT".
 */
static void check_bind(
	const char *stream, const char *rules, const char *header, const char *want, int line)
{
	struct made m;
	struct slice headings[16];
	struct binding bindings[STREAM_COLUMNS];
	struct buffer missing = { 0 };
	struct buffer got = { 0 };
	size_t bound = 0;
	size_t count = split(header, headings);
	const struct place place = { "x", 1, { NULL, 0 } };
	if (CHECK(begin(&m, stream, rules))) {
		enum bind_result result = heading_bind(
			&m.map, headings, count, &place, bindings, &missing, &bound, &m.error);
		for (size_t i = 0; result != BIND_FAILED && i < m.stream.count; i++)
			if (bindings[i].rule)
				buffer_printf(&got, "%s%s=%d", got.len ? " " : "",
					m.stream.columns[i].name, bindings[i].position);
		if (result == BIND_MISSING)
			buffer_printf(&got, " missing: %.*s", (int)missing.len, missing.ptr);
		CHECK((missing.len > 0) == (result == BIND_MISSING));
		if (result == BIND_FAILED)
			buffer_printf(
				&got, "%d: %s", (int)m.error.status, buffer_text(&m.error.text));
	} else {
		fprintf(stderr, "%s\n", buffer_text(&m.error.text));
	}
	test_slices(buffer_slice(&got), slice_from(want), __FILE__, line, header);
	buffer_release(&got);
	buffer_release(&missing);
	end(&m);
}

#define BIND(stream, rules, header, want) check_bind(stream, rules, header, want, __LINE__)

/* A map that says what all rows are was made for one kind of report, and is no other's. */
static void test_bind_strictly(void)
{
	static const char cohorts[] = "assignments,object_type,,,=cohort\n"
				      "assignments,object_id,Cohort ID,,\n"
				      "assignments,origin,,,=\n";
	BIND("assignments", cohorts, "ID (User)|Cohort ID",
		"user_id=0 object_type=-1 object_id=1 origin=-1");
	BIND("assignments", cohorts, "ID (User)|ID (Item)",
		"user_id=0 object_type=-1 origin=-1 missing: object_id");
	BIND("assignments", cohorts, "ID (User)|object_id",
		"user_id=0 object_type=-1 origin=-1 missing: object_id");
	BIND("assignments", "assignments,object_id,Cohort ID,,\n",
		"ID (User)|ID (Item)|object_type", "user_id=0 object_type=2 object_id=1");
	/* What the map does not name may come from elsewhere; what it names may not. */
	BIND("assignments", "assignments,object_type,,,=item\n", "ID (User)|ID (Item)|ADD_USER",
		"user_id=0 object_type=-1 object_id=1 origin=2");
	BIND("assignments", "assignments,object_type,,,=item\nassignments,origin,Who,,\n",
		"ID (User)|ID (Item)|ADD_USER", "user_id=0 object_type=-1 object_id=1");
}

/* What is read and not written has no heading but those that are named for it. */
static void test_bind_input(void)
{
	BIND("leavers", NULL, "STUD_ID|NOTACTIVE|TERM_DTE|HIRE_DTE",
		"user_id=0 effective_on=2 status=1 hired_on=3");
	BIND("leavers", NULL, "user_id|status|hired_on", "user_id=0");
	BIND("leavers", "leavers,status,STATUS,,A=active\n", "user_id|status",
		"user_id=0 status=1");
}

static void test_bind(void)
{
	BIND("users", NULL, "user_id|status", "user_id=0 status=1");
	BIND("users", NULL, "STATUS|x|STUD_ID|y", "user_id=2 status=0");
	BIND("users", NULL, "NOTACTIVE|Stud_Id", "user_id=1 status=0");
	/* Without case, and with blanks folded. */
	BIND("users", NULL, "  PERSON \t guid |status|id (user)",
		"user_id=2 status=1 person_guid=0");
	BIND("users", NULL, "status", "status=0 missing: user_id");
	BIND("users", NULL, "x|y", " missing: user_id, status");
	/* What nothing binds may be there twice. */
	BIND("users", NULL, "x|user_id|x||status|", "user_id=1 status=4");
	BIND("users", NULL, "user_id|status|USER_ID",
		"3: x:1: heading \"user_id\" stands twice (columns 1 and 3), and column "
		"\"user_id\" comes from it");
	BIND("users", NULL, "STUD_ID|USERID|status",
		"3: x:1: two headings could be column \"user_id\": \"STUD_ID\" and \"USERID\" "
		"(columns 1 and 2)");
	/* The map goes before what is compiled in. */
	BIND("users", "users,user_id,Login,,\n", "STUD_ID|login|status", "user_id=1 status=2");
	BIND("users", "users,user_id,USERID,,\n", "STUD_ID|USERID|status", "user_id=1 status=2");
	BIND("users", "users,user_id,Nowhere,,\n", "STUD_ID|status", "user_id=0 status=1");
	BIND("users", "users,user_id,A,,\nusers,user_id,B,,\n", "B|status", "user_id=0 status=1");
	BIND("users", "users,user_id,A,,\nusers,user_id,B,,\n", "A|B|status",
		"3: x:1: two headings could be column \"user_id\": \"A\" and \"B\" (columns 1 and "
		"2)");
	BIND("users", "leavers,user_id,Login,,\n", "Login|status|userid", "user_id=2 status=1");
	/* One heading for two columns. */
	BIND("users", "users,terminated_on,Ended,,\nusers,inactivated_on,Ended,,\n",
		"user_id|status|Ended", "user_id=0 status=1 terminated_on=2 inactivated_on=2");
	/* A line without a column is about a heading that is not used, whatever else it says. */
	BIND("users", "users,,STATUS,?,\"a=?|b\"\nusers,,,,\nusers,user_id,A,,\n", "A|status",
		"user_id=0 status=1");
	/* A constant. */
	BIND("users", "users,account_type,,,=internal\n", "user_id|status",
		"user_id=0 status=1 account_type=-1");
	BIND("users", "users,status,,,=inactive\n", "user_id|status", "user_id=0 status=-1");
	BIND("users", "users,status,,,=inactive\nusers,status,Active,,Y=active\n", "user_id|Active",
		"3: x:1: column \"status\" could be a constant or heading \"Active\" (column 2)");
	/* A table that lacks what is needed is none of the stream, whatever else it has twice. */
	BIND("users", NULL, "x|status|STATUS", "status=1 missing: user_id");
}

/* A map that is wrong, and what is said of it after its path. */
static void check_wrong(const char *stream, const char *rules, const char *want, int line)
{
	struct made m;
	if (test_note(!begin(&m, stream, rules), __FILE__, line, rules)) {
		struct slice got = slice_skip(buffer_slice(&m.error.text), strlen(m.path));
		test_slices(got, slice_from(want), __FILE__, line, rules);
		CHECK_NUMBER(m.error.status, STATUS_INPUT);
	}
	end(&m);
}

#define WRONG(stream, rules, want) check_wrong(stream, rules, want, __LINE__)

static void test_wrong(void)
{
	WRONG("users", "users,usr_id,Login,,\n",
		":2: column \"column\": the stream has no such column (got \"usr_id\")");
	WRONG("users", "users,status,Active,,Yes\n",
		":2: column \"values\": a value without \"=\"; \\| \\= \\\\ stand for the bytes "
		"(got \"Yes\")");
	WRONG("users", "users,status,Active,,Yes=active|No=?\n",
		":2: column \"values\": a value is still open: put its canonical value for \"?\" "
		"(got \"No\")");
	WRONG("users", "users,status,Active,,Yes=Active\n",
		":2: column \"values\": the column cannot hold this (got \"Active\")");
	WRONG("status-history", "status-history,status,Active,,x=\n",
		":2: column \"values\": the column cannot hold this (got \"\")");
	WRONG("users", "users,terminated_on,Ended,,soon=2024-02-30\n",
		":2: column \"values\": the column cannot hold this (got \"2024-02-30\")");
	WRONG("users", "users,account_type,,,\n",
		":2: column \"values\": a row without a heading needs one value, =x (got \"\")");
	WRONG("users", "users,account_type,,,A=internal\n",
		":2: column \"values\": a row without a heading needs one value, =x (got "
		"\"A=internal\")");
	WRONG("users", "users,account_type,,,=internal|=external\n",
		":2: column \"values\": one value has two meanings (got \"\")");
	WRONG("users", "users,status,A,,Yes=active|no=inactive|YES=inactive\n",
		":2: column \"values\": one value has two meanings (got \"yes\")");
	WRONG("users", "users,status,A,,Yes=active\nusers,status,a,,yes=inactive\n",
		":3: column \"values\": one value has two meanings (got \"yes\")");
	WRONG("users", "user,status,A,,\n",
		":2: column \"stream\": there is no such stream (got \"user\")");
	WRONG("users", "users,status,A,DD.MM.YYYY,\n",
		":2: column \"format\": the column is no date (got \"DD.MM.YYYY\")");
	WRONG("users", "users,user_id,A,,\nusers,terminated_on,Ended,DD.MM.YY,\n",
		":3: column \"format\": date format \"DD.MM.YY\": a year needs four digits (YYYY)");
	WRONG("users", "users,terminated_on,Ended,?,\n",
		":2: column \"format\": the format is still open: put how the dates are written "
		"(got \"?\")");
	WRONG("users", "users,user_id,A,,a=?\n",
		":2: column \"values\": a value is still open: put its canonical value for \"?\" "
		"(got \"a\")");
	/* Two constants for one column cannot both be meant. */
	struct made m;
	CHECK(!begin(
		&m, "users", "users,account_type,,,=internal\nusers,account_type,,,=external\n"));
	CHECK_NUMBER(m.error.status, STATUS_INPUT);
	end(&m);
}

static void check_value(struct made *m, const struct binding *b, const char *column,
	const char *raw, bool known, const char *want)
{
	struct slice got;
	int at = stream_find(&m->stream, slice_from(column));
	if (!CHECK(at >= 0))
		return;
	CHECK(heading_value(&m->map, &b[at], &m->stream.columns[at], slice_from(raw), &got) ==
		known);
	CHECK_TEXT(got, want);
}

static void test_values(void)
{
	struct made m;
	struct slice headings[16];
	struct binding b[STREAM_COLUMNS];
	struct buffer missing = { 0 };
	size_t bound;
	const struct place place = { "x", 1, { NULL, 0 } };
	size_t count = split("ID|Active|NATIVE_DEEPLINK_USER|Type|Ended|GUID", headings);
	CHECK(begin(&m, "users",
		"users,user_id,ID,,none=000\n"
		"users,status,Active,,Yes=active| not  Active =inactive\n"
		"users,status,active,,a\\|b\\=c\\\\d\\x=inactive\n"
		"users,account_type,Type,,\n"
		"users,terminated_on,Ended,DD.MM.YYYY,never=|start=2000-01-01\n"
		"users,person_guid,GUID,,null=\n"));
	CHECK_NUMBER(heading_bind(&m.map, headings, count, &place, b, &missing, &bound, &m.error),
		BIND_DONE);
	CHECK_NUMBER(bound, 2);
	check_value(&m, b, "status", "Yes", true, "active");
	check_value(&m, b, "status", " yES ", true, "active");
	check_value(&m, b, "status", "NOT active", true, "inactive");
	check_value(&m, b, "status", "A|B=C\\D\\X", true, "inactive");
	check_value(&m, b, "status", "inactive", false, "inactive");
	check_value(&m, b, "status", "No", false, "No");
	check_value(&m, b, "status", "", true, "");
	/* A rule without values knows the canonical words. */
	check_value(&m, b, "account_type", "Internal", true, "internal");
	check_value(&m, b, "account_type", "intern", false, "intern");
	/* Compiled in. */
	check_value(&m, b, "native_deeplink_user", "TRUE", true, "Y");
	check_value(&m, b, "native_deeplink_user", "n", true, "N");
	check_value(&m, b, "native_deeplink_user", "1", false, "1");
	/* Text and dates: what is not in the list is what it is. */
	check_value(&m, b, "user_id", "NONE", true, "000");
	check_value(&m, b, "user_id", "0123 ", true, "0123 ");
	check_value(&m, b, "terminated_on", "Never", true, "");
	check_value(&m, b, "terminated_on", "start", true, "2000-01-01");
	check_value(&m, b, "terminated_on", "01.02.2023", true, "01.02.2023");
	check_value(&m, b, "person_guid", "NULL", true, "");
	CHECK(heading_format(&b[stream_find(&m.stream, SLICE("terminated_on"))]) != NULL);
	CHECK(heading_format(&b[stream_find(&m.stream, SLICE("user_id"))]) == NULL);
	CHECK_NUMBER(heading_find(&m.map, headings, count, SLICE(" guid")), 5);
	CHECK_NUMBER(heading_find(&m.map, headings, count, SLICE("nothing")), -1);
	headings[0] = SLICE("Guid");
	CHECK_NUMBER(heading_find(&m.map, headings, count, SLICE("GUID")), -2);
	buffer_release(&missing);
	end(&m);
}

/* Of a heading that is compiled in as well: the first place that names values names all of them. */
static void test_values_named_first(void)
{
	struct made m;
	struct slice headings[16];
	struct binding b[STREAM_COLUMNS];
	struct buffer missing = { 0 };
	size_t bound;
	const struct place place = { "x", 1, { NULL, 0 } };
	size_t count = split("STUD_ID|NOTACTIVE|SHOPPING_ACCT_TYPE|NATIVE_DEEPLINK_USER", headings);
	CHECK(begin(&m, "users",
		"users,status,NOTACTIVE,,\n"
		"users,status,NOTACTIVE,,N=inactive\n"
		"users,status,NOTACTIVE,,Z=active\n"
		"users,native_deeplink_user,NATIVE_DEEPLINK_USER,,\n"));
	CHECK_NUMBER(heading_bind(&m.map, headings, count, &place, b, &missing, &bound, &m.error),
		BIND_DONE);
	check_value(&m, b, "status", "n", true, "inactive");
	check_value(&m, b, "status", "Z", true, "active");
	check_value(&m, b, "status", "Y", false, "Y");
	check_value(&m, b, "status", "active", false, "active");
	check_value(&m, b, "status", "", true, "");
	CHECK(heading_naming(&b[stream_find(&m.stream, SLICE("status"))])->level == LEVEL_MAP);
	check_value(&m, b, "account_type", "External", true, "external");
	/* A line that names none leaves them to the next. */
	check_value(&m, b, "native_deeplink_user", "false", true, "N");
	check_value(&m, b, "native_deeplink_user", "1", false, "1");
	CHECK(heading_naming(&b[stream_find(&m.stream, SLICE("user_id"))]) == NULL);
	buffer_release(&missing);
	end(&m);
}

static void test_stream(void)
{
	struct error e = { 0 };
	struct stream s;
	CHECK_NUMBER(stream_load(&s, "users", &e), 0);
	CHECK_NUMBER(s.count, 10);
	CHECK_TEXT(slice_from(s.columns[0].name), "user_id");
	CHECK(s.columns[0].unique && s.columns[0].refused && s.columns[0].always);
	CHECK(!s.columns[1].unique && !s.columns[1].refused && s.columns[1].always);
	CHECK(!s.columns[2].always && s.columns[2].type == TYPE_WORD);
	CHECK_TEXT(slice_from(s.columns[3].words), "Y|N");
	CHECK(strncmp(s.columns[3].description, "NATIVE_DEEPLINK_USER", 20) == 0);
	CHECK_NUMBER(s.columns[3].type, TYPE_WORD);
	CHECK_NUMBER(s.columns[5].type, TYPE_DAY);
	CHECK_NUMBER(stream_find(&s, SLICE("admin_id")), 9);
	CHECK_NUMBER(stream_find(&s, SLICE("Admin_id")), -1);
	CHECK_NUMBER(stream_find(&s, SLICE("")), -1);
	stream_release(&s);
	CHECK_NUMBER(stream_load(&s, "status-history", &e), 0);
	CHECK_NUMBER(s.count, 3);
	CHECK_NUMBER(s.columns[1].type, TYPE_MOMENT);
	stream_release(&s);
	error_release(&e);
}

static void test_rule_of(void)
{
	struct made m;
	CHECK(begin(&m, "users", "users,user_id,Login,,\n"));
	const struct heading_rule *rule = heading_rule_of(&m.map, 0, SLICE("login"));
	CHECK(rule && rule->level == LEVEL_MAP);
	CHECK(heading_rule_of(&m.map, 1, SLICE("login")) == NULL);
	CHECK(heading_rule_of(&m.map, 0, SLICE("user_id")) != NULL);
	end(&m);
}

static void test_escape(void)
{
	struct buffer out = { 0 };
	CHECK_NUMBER(heading_escape(&out, SLICE("a|b=c\\d, e")), 0);
	CHECK_TEXT(buffer_slice(&out), "a\\|b\\=c\\\\d, e");
	buffer_release(&out);
}

int main(void)
{
	test_stream();
	test_bind();
	test_bind_strictly();
	test_bind_input();
	test_wrong();
	test_values();
	test_values_named_first();
	test_rule_of();
	test_escape();
	return test_report("heading_test");
}
