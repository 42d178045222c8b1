#include "match.h"

#include "test.h"

#include <stdlib.h>
#include <unistd.h>

#define MAP_HEAD "stream,column,heading,format,values\n"
#define MAPS     3

/* Maps of one stream, for the length of a check. */
struct made {
	struct stream stream;
	struct maps maps;
	struct maps extended;
	struct option_list paths;
	struct slice items[MAPS];
	char names[MAPS][32];
	struct error error;
};

/* The lines of the maps have a line with % between them; NULL: there is no --map. */
static bool begin(struct made *m, const char *stream, const char *lines,
	const struct heading_config *core, const struct heading_config *extended)
{
	*m = (struct made){ .paths.items = m->items };
	for (struct slice rest = slice_from(lines ? lines : ""); lines && rest.ptr;) {
		struct slice map = slice_cut(&rest, '%');
		char *name = m->names[m->paths.count];
		snprintf(name, sizeof m->names[0], "/tmp/match-test-XXXXXX");
		int fd = mkstemp(name);
		FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
		CHECK(file && fprintf(file, MAP_HEAD "%.*s", (int)map.len, map.ptr) > 0);
		CHECK(file && fclose(file) == 0);
		m->items[m->paths.count++] = slice_from(name);
	}
	CHECK_NUMBER(stream_load(&m->stream, stream, &m->error), 0);
	const struct maps_options first = { &m->paths, NULL, core, core ? 1 : 0 };
	const struct maps_options second = { &m->paths, NULL, extended, 1 };
	bool good = maps_open(&m->maps, &m->stream, &first, &m->error) == 0;
	if (good && extended)
		good = maps_open(&m->extended, &m->stream, &second, &m->error) == 0;
	for (size_t i = 0; i < m->paths.count; i++)
		unlink(m->names[i]);
	return CHECK(good);
}

static void end(struct made *m)
{
	maps_release(&m->maps);
	maps_release(&m->extended);
	stream_release(&m->stream);
	error_release(&m->error);
}

/* Which of the maps fits a header, "1", "2" …; "none"; or "failed". Of leavers also by what. */
static void check(struct made *m, const char *header, const char *want, int line)
{
	static const char *const sources[] = { "nothing", "status", "list", "extended" };
	const struct match_options options = { .maps = &m->maps,
		.extended = &m->extended,
		.leavers = strcmp(m->stream.name, "leavers") == 0 };
	struct match found = { 0 };
	char got[32];
	enum dialect_result result =
		match_find(&options, slice_from(header), "x", &found, &m->error);
	const struct maps *of = found.source == LEAVER_SOURCE_EXTENDED ? &m->extended : &m->maps;
	if (result != DIALECT_FOUND)
		snprintf(got, sizeof got, "%s", result == DIALECT_NONE ? "none" : "failed");
	else if (options.leavers)
		snprintf(got, sizeof got, "%d %s", (int)(found.map - of->items) + 1,
			sources[found.source]);
	else
		snprintf(got, sizeof got, "%d", (int)(found.map - of->items) + 1);
	test_slices(slice_from(got), slice_from(want), __FILE__, line, header);
	CHECK((result == DIALECT_FOUND) == (m->error.status == STATUS_DONE));
	error_release(&m->error);
}

#define MATCH(header, want) check(&m, header, want, __LINE__)

static void test_several(void)
{
	struct made m;
	if (!begin(&m, "assignments",
		    "assignments,object_type,,,=cohort\nassignments,object_id,Cohort ID,,\n%"
		    "assignments,object_type,,,=item\nassignments,object_id,ID (Item),,\n%"
		    "users,user_id,Login,,\n",
		    NULL, NULL))
		return;
	/* What says nothing about the stream is no map of it. */
	CHECK_NUMBER(m.maps.count, 2);
	CHECK(m.maps.items[0].strict && m.maps.items[1].strict);
	MATCH("STUD_ID,Cohort ID\n", "1");
	MATCH("STUD_ID;ID (Item)\n", "2");
	MATCH("STUD_ID;ID (Item);Cohort ID\n", "failed");
	MATCH("STUD_ID,object_id\n", "none");
	MATCH("user_id,object_type,object_id\n", "none");
	MATCH("a,b\n", "none");
	MATCH("STUD_ID,STUD_ID,Cohort ID\n", "failed");
	end(&m);
	/*
	 * Of two that fit, the one whose lines are all of use; but not of three of which two are.
	 */
	if (!begin(&m, "assignments",
		    "assignments,object_type,,,=item\nassignments,origin,Who,,\n%"
		    "assignments,object_type,,,=history\nassignments,status,State,,\n%"
		    "assignments,object_type,,,=survey\nassignments,status,State,,\n",
		    NULL, NULL))
		return;
	MATCH("STUD_ID,object_id,Who\n", "1");
	MATCH("STUD_ID,object_id,State\n", "failed");
	MATCH("STUD_ID,object_id,State,Who\n", "failed");
	MATCH("STUD_ID,object_id\n", "failed");
	end(&m);
	if (!begin(&m, "assignments", "users,user_id,Login,,\n%users,user_id,Name,,\n", NULL, NULL))
		return;
	CHECK_NUMBER(m.maps.count, 1);
	CHECK(!m.maps.items[0].strict);
	MATCH("user_id,object_type,object_id\n", "1");
	end(&m);
}

static void test_leavers(void)
{
	const struct heading_config core = { "c", 1, "status", SLICE("STATUS"),
		SLICE("out=inactive"), NULL };
	const struct heading_config dates = { "c", 2, "effective_on", SLICE("EXIT_DATE"), SLICE(""),
		NULL };
	struct made m;
	if (begin(&m, "leavers", NULL, &core, &dates)) {
		MATCH("STATUS|USERID!##!", "1 status");
		MATCH("USERID|EXIT_DATE!##!", "1 extended");
		MATCH("USERID|EXIT_DATE|STATUS!##!", "1 status");
		MATCH("USERID|EXIT_DATE|NOTACTIVE!##!", "1 status");
		MATCH("USERID|TERM_DTE!##!", "none");
		MATCH("user_id,effective_on\n", "1 list");
		MATCH("user_id,EXIT_DATE\n", "1 extended");
		end(&m);
	}
	if (begin(&m, "leavers", NULL, NULL, NULL)) {
		MATCH("STATUS|USERID!##!", "none");
		MATCH("USERID|EXIT_DATE!##!", "none");
		MATCH("STUD_ID|NOTACTIVE!##!", "1 status");
		MATCH("USER_ID\n", "1 list");
		end(&m);
	}
	if (begin(&m, "leavers", "leavers,user_id,Who,,\nleavers,status,,,=inactive\n", NULL,
		    NULL)) {
		MATCH("Who,Name\n", "1 status");
		end(&m);
	}
}

/* The configuration's values compare to the byte. */
static void test_config(void)
{
	const struct heading_config core = { "c", 7, "status", SLICE("STATUS"),
		SLICE("out=inactive|OUT=inactive|in=active"), NULL };
	const struct slice headings[] = { SLICE("status"), SLICE("NOTACTIVE"), SLICE("USERID") };
	const struct place place = { "x", 1, { NULL, 0 } };
	struct binding b[STREAM_COLUMNS];
	struct buffer missing = { 0 };
	struct slice got;
	struct made m;
	size_t bound;
	if (!begin(&m, "leavers", NULL, &core, NULL))
		return;
	struct heading_map *map = m.maps.items;
	CHECK(heading_bind(map, headings, 3, &place, b, &missing, &bound, &m.error) == BIND_DONE);
	int status = stream_find(&m.stream, SLICE("status"));
	const struct stream_column *column = &m.stream.columns[status];
	CHECK_NUMBER(b[status].position, 0);
	CHECK(b[status].rule->level == LEVEL_CONFIG && b[status].rule->line == 7);
	CHECK(match_configured(&b[status]));
	CHECK_NUMBER(heading_value(map, &b[status], column, SLICE("OUT"), &got), 1);
	CHECK_TEXT(got, "inactive");
	CHECK_NUMBER(heading_value(map, &b[status], column, SLICE("in"), &got), 1);
	CHECK_TEXT(got, "active");
	CHECK_NUMBER(heading_value(map, &b[status], column, SLICE("Out"), &got), 0);
	CHECK_NUMBER(heading_value(map, &b[status], column, SLICE("inactive"), &got), 0);
	CHECK_NUMBER(heading_value(map, &b[status], column, SLICE(""), &got), 1);
	buffer_release(&missing);
	end(&m);
}

int main(void)
{
	test_several();
	test_leavers();
	test_config();
	return test_report("match_test");
}
