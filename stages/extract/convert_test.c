#include "convert.h"

#include "show.h"

#include "test.h"

#include <stdlib.h>
#include <unistd.h>

/* A conversion of one header, for the length of a test. */
struct made {
	struct stream stream;
	struct heading_map map;
	struct conversion conversion;
	struct date_format other;
	struct slice headings[16];
	size_t count;
	struct error error;
	struct buffer row;
	struct buffer got;
};

static size_t split(const char *text, struct slice parts[16])
{
	size_t count = 0;
	for (struct slice rest = slice_from(text); rest.ptr && count < 16;)
		parts[count++] = slice_cut(&rest, '|');
	return count;
}

static void bind(struct made *m, const char *header)
{
	struct buffer missing = { 0 };
	size_t bound;
	const struct place place = { "x", 1, { NULL, 0 } };
	m->count = split(header, m->headings);
	CHECK_NUMBER(heading_bind(&m->map, m->headings, m->count, &place, m->conversion.bindings,
			     &missing, &bound, &m->error),
		BIND_DONE);
	buffer_release(&missing);
}

static void begin(struct made *m, const char *stream, const char *rules, const char *other,
	const char *header)
{
	char path[] = "/tmp/convert-test-XXXXXX";
	*m = (struct made){ 0 };
	CHECK_NUMBER(convert_init(&m->conversion, &m->map, NULL, &m->error), 0);
	m->conversion.file = "x";
	int fd = mkstemp(path);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
	CHECK(file && fprintf(file, "stream,column,heading,format,values\n%s", rules) > 0);
	CHECK(file && fclose(file) == 0);
	CHECK_NUMBER(stream_load(&m->stream, stream, &m->error), 0);
	CHECK_NUMBER(heading_map_load(&m->map, &m->stream, path, NULL, &m->error), 0);
	unlink(path);
	if (other) {
		CHECK_NUMBER(date_format_compile(&m->other, slice_from(other), &m->error), 0);
		m->conversion.other_format = &m->other;
	}
	bind(m, header);
}

static void end(struct made *m)
{
	convert_release(&m->conversion);
	if (m->conversion.other_format)
		date_format_release(&m->other);
	heading_map_release(&m->map);
	stream_release(&m->stream);
	error_release(&m->error);
	buffer_release(&m->row);
	buffer_release(&m->got);
}

/* The cells with "|" between, "!REASON HEADING/GOT; HINT", or "STATUS: TEXT". */
static void check(struct made *m, const char *row, const char *want, int line)
{
	struct slice fields[16];
	struct reject reject = { 0 };
	struct record record = { .line = 7, .raw = slice_from(row), .fields = fields };
	/* With slack behind it, as a reader has it. */
	buffer_clear(&m->row);
	CHECK_NUMBER(buffer_append(&m->row, record.raw), 0);
	record.count = split(buffer_text(&m->row), fields);
	CHECK_NUMBER(record.count, m->count);
	buffer_clear(&m->got);
	switch (convert_record(&m->conversion, m->headings, &record, &reject, &m->error)) {
	case CONVERT_DONE:
		for (size_t i = 0; i < m->conversion.count; i++) {
			if (i)
				buffer_put(&m->got, '|');
			buffer_append(&m->got, m->conversion.cells[i]);
		}
		break;
	case CONVERT_REJECT:
		CHECK_NUMBER(reject.line, 7);
		CHECK_TEXT(reject.raw, row);
		buffer_printf(&m->got, "!%s %s/%s; ", reason_name(reject.reason),
			SHOW(reject.column), SHOW(reject.got));
		CHECK((reject.wanted.len > 0) == (reject.reason == REASON_BAD_DATE));
		buffer_append(&m->got, reject.hint);
		break;
	case CONVERT_FAILED:
		CHECK(m->error.hint.len > 0);
		buffer_printf(&m->got, "%d: %s", (int)m->error.status, buffer_text(&m->error.text));
		break;
	}
	test_slices(buffer_slice(&m->got), slice_from(want), __FILE__, line, row);
}

#define ROW(row, want) check(&m, row, want, __LINE__)

static void test_values(void)
{
	struct made m;
	begin(&m, "users",
		"users,status,Active,,Yes=active|No=inactive|?=\n"
		"users,account_type,,,=external\n"
		"users,person_guid,GUID,,\"null=|,=comma\"\n",
		NULL, "Active|x|ID (User)|GUID|Shopping Account Type|NATIVE_DEEPLINK_USER");
	/* In the stream's order; what nothing binds is dropped; the constant goes before a heading
	 * that is only compiled in. */
	ROW("Yes|drop|000123|8F|INTERNAL|Y", "000123|active|Y|external|8F");
	CHECK_TEXT(m.conversion.key, "000123");
	ROW(" NO ||123||z|FALSE", "123|inactive|N|external|");
	ROW("yes|| 1 |NULL||", " 1 |active||external|");
	ROW("?||1|||", "1|||external|");
	ROW("||1|,||", "1|||external|comma");
	/* More values than are remembered, and some of them again. */
	for (int i = 0; i < 3; i++) {
		ROW("YES||1|||true", "1|active|Y|external|");
		ROW("yEs||1|||True", "1|active|Y|external|");
		ROW("yES||1|||tRue", "1|active|Y|external|");
		ROW("yeS||1|||TRUE", "1|active|Y|external|");
		ROW("YeS||1|||no", "1|active|N|external|");
		ROW("nO||1|||nO", "1|inactive|N|external|");
		ROW("no||1|||No", "1|inactive|N|external|");
		ROW("No ||1|||NO", "1|inactive|N|external|");
		ROW(" No||1|||y", "1|inactive|Y|external|");
		ROW(" no||1|||n", "1|inactive|N|external|");
	}
	ROW("Yes|||||", "!empty-value ID (User)/; ");
	ROW("Maybe||1|||",
		"!unknown-value Active/Maybe; a line for --map, with one of active|inactive "
		"for the \"?\": users,status,Active,,Maybe=?");
	ROW("a,b\"||1|||",
		"!unknown-value Active/a,b\"; a line for --map, with one of active|inactive "
		"for the \"?\": users,status,Active,,\"a,b\"\"=?\"");
	ROW("a=b\\||1|||",
		"!unknown-value Active/a=b\\; a line for --map, with one of active|inactive "
		"for the \"?\": users,status,Active,,a\\=b\\\\=?");
	ROW("Yes||1|||2",
		"!unknown-value NATIVE_DEEPLINK_USER/2; a line for --map, with one of Y|N for "
		"the \"?\": users,native_deeplink_user,NATIVE_DEEPLINK_USER,,"
		"yes=Y|no=N|true=Y|false=N|y=Y|n=N|2=?");
	CHECK_NUMBER(m.conversion.open_ended, 0);
	end(&m);

	/* Several lines about one heading add up, in a column of text as well. */
	begin(&m, "users",
		"users,person_guid,GUID,,null=\nusers,person_guid,GUID,,none=\nusers,status,,,="
		"active\n",
		NULL, "user_id|GUID");
	ROW("1|none", "1|active|");
	ROW("1|NULL", "1|active|");
	ROW("1|8F", "1|active|8F");
	end(&m);
}

/* What was remembered goes with the header: the next one may mean the contrary. */
static void test_headers(void)
{
	struct made m;
	begin(&m, "users",
		"users,status,Active,,Y=active|N=inactive\nusers,status,Gone,,Y=inactive|N="
		"active\n",
		NULL, "user_id|Active");
	ROW("1|Y", "1|active");
	ROW("1|Y", "1|active");
	convert_forget(&m.conversion);
	bind(&m, "Gone|user_id|TERM_DTE");
	ROW("Y|1|2024-02-29", "1|inactive|2024-02-29");
	ROW("N|1|", "1|active|");
	convert_forget(&m.conversion);
	bind(&m, "Active|user_id");
	ROW("Y|1", "1|active");
	end(&m);
}

#define NOT_NAMED(column, got)                                                                     \
	"3: x:7: column \"" column "\": a date in a form that was not named (got \"" got "\")"
#define RANGE "a day from 1900-01-01 to 9998-12-31; "

static void test_days(void)
{
	struct made m;
	begin(&m, "users", "users,inactivated_on,Off,DD.MM.YYYY,never=\nusers,status,,,=inactive\n",
		NULL, "user_id|TERM_DTE|Off");
	ROW("1||", "1|inactive||");
	ROW("1|2024-02-29|29.02.2024", "1|inactive|2024-02-29|2024-02-29");
	ROW("1|2024-02-29 23:59:59|2024-02-29T23:59:59", "1|inactive|2024-02-29|2024-02-29");
	ROW("1||2024-02-28", "1|inactive||2024-02-28");
	ROW("1|9999-12-31|31.12.9999", "1|inactive||");
	ROW("1|9999-12-31 00:00:00|Never", "1|inactive||");
	CHECK_NUMBER(m.conversion.open_ended, 3);
	ROW("1|2023-02-29|", "!bad-date TERM_DTE/2023-02-29; ");
	ROW("1|1899-12-31|", "!bad-date TERM_DTE/1899-12-31; ");
	ROW("1|2024-01-01 24:00:00|", "!bad-date TERM_DTE/2024-01-01 24:00:00; ");
	ROW("1||30.02.2024", "!bad-date Off/30.02.2024; ");
	ROW("1||03/04/2024", "!bad-date Off/03/04/2024; ");
	ROW("1|03/04/2024|", NOT_NAMED("TERM_DTE", "03/04/2024"));
	ROW("1| 2024-02-29|", NOT_NAMED("TERM_DTE", " 2024-02-29"));
	ROW("1|2024-02-29 10:00|", NOT_NAMED("TERM_DTE", "2024-02-29 10:00"));
	ROW("1|JAN-05-2015|", NOT_NAMED("TERM_DTE", "JAN-05-2015"));
	end(&m);

	/* --date-format is for the columns without a format of their own. */
	begin(&m, "users", "users,inactivated_on,Off,DD.MM.YYYY,\nusers,status,,,=inactive\n",
		"MM/DD/YYYY", "user_id|TERM_DTE|Off");
	ROW("1|03/04/2024|03.04.2024", "1|inactive|2024-03-04|2024-04-03");
	ROW("1|2024-03-04|", "1|inactive|2024-03-04|");
	ROW("1|13/04/2024|", "!bad-date TERM_DTE/13/04/2024; ");
	ROW("1|03.04.2024|", "!bad-date TERM_DTE/03.04.2024; ");
	ROW("1||03/04/2024", "!bad-date Off/03/04/2024; ");
	end(&m);

	/* What the map knows goes before the format, and an open end is counted each time. */
	begin(&m, "users",
		"users,inactivated_on,Off,DD.MM.YYYY,01.01.1900=\nusers,terminated_on,End,D.M.YYYY,"
		"\n"
		"users,status,,,=inactive\n",
		NULL, "user_id|End|Off");
	ROW("1|29.2.2024|01.01.1900", "1|inactive|2024-02-29|");
	ROW("1|29.2.2024|01.01.1900", "1|inactive|2024-02-29|");
	ROW("1||02.01.1900", "1|inactive||1900-01-02");
	for (int i = 0; i < 3; i++)
		ROW("1|31.12.9999|", "1|inactive||");
	CHECK_NUMBER(m.conversion.open_ended, 3);
	end(&m);

	/* A day that must be there. */
	begin(&m, "classes", "", NULL, "instructor_id|class_id|starts_on");
	ROW("I1|C1|2026-12-01", "I1|C1|2026-12-01");
	ROW("I1|C1|", "!empty-value starts_on/; ");
	end(&m);

	/* A format that starts with the year is the only one: 2024-03-04 is April there. */
	begin(&m, "users", "users,status,,,=inactive\n", "YYYY-DD-MM", "user_id|TERM_DTE");
	ROW("1|2024-03-04", "1|inactive|2024-04-03");
	ROW("1|2024-03-13", "!bad-date TERM_DTE/2024-03-13; ");
	ROW("1|2024-03-04 10:00:00", "!bad-date TERM_DTE/2024-03-04 10:00:00; ");
	end(&m);
}

/* What the hint at a date in no named form says of its form. */
static void check_hint(const char *raw, const char *want, int line)
{
	struct made m;
	struct reject reject;
	begin(&m, "users", "users,status,,,=inactive\n", NULL, "user_id|TERM_DTE");
	CHECK_NUMBER(buffer_append(&m.row, slice_from(raw)), 0);
	struct slice fields[] = { SLICE("1"), buffer_slice(&m.row) };
	const struct record record = { .line = 7, .fields = fields, .count = 2 };
	CHECK_NUMBER(convert_record(&m.conversion, m.headings, &record, &reject, &m.error),
		CONVERT_FAILED);
	struct slice got = buffer_slice(&m.error.hint);
	const char *end_of_it = got.len ? memmem(got.ptr, got.len, " says how", 9) : NULL;
	struct slice start = SLICE("--date-format ");
	CHECK(end_of_it && got.len > start.len && memcmp(got.ptr, start.ptr, start.len) == 0);
	if (end_of_it)
		got.len = (size_t)(end_of_it - got.ptr);
	test_slices(slice_skip(got, start.len), slice_from(want), __FILE__, line, raw);
	end(&m);
}

#define HINT(raw, want) check_hint(raw, want, __LINE__)

static void test_hints(void)
{
	HINT("JAN-13-2021", "\"MON-DD-YYYY\"");
	HINT("jan-3-2021 10:00:00", "\"MON-D-YYYY HH:mm:ss\"");
	HINT("13-Mar-2021", "\"DD-MON-YYYY\"");
	HINT("ENE-13-2021", "\"MON(…)-DD-YYYY\" with the names of the twelve months");
	HINT("13/04/2024", "\"DD/MM/YYYY\"");
	HINT("04/13/2024", "\"MM/DD/YYYY\"");
	/* Nothing is said for one order where both are possible. */
	HINT("03.04.2024", "\"DD.MM.YYYY\" or \"MM.DD.YYYY\"");
	HINT("2024-03-04 10:00", "\"YYYY-MM-DD HH:mm\"");
	HINT("13/04/24", "DD/MM/YYYY, MM/DD/YYYY, …");
	HINT("soon", "DD/MM/YYYY, MM/DD/YYYY, …");
	HINT("13/04/2024 tomorrow", "DD/MM/YYYY, MM/DD/YYYY, …");
}

static void test_moments(void)
{
	struct made m;
	begin(&m, "status-history",
		"status-history,changed_at,When,MM/DD/YYYY hh:mm:ss AP,epoch=1970-01-01T00:00:00\n",
		NULL, "When|STATUS|user_id");
	ROW("02/29/2024 11:30:00 PM|inactive|1", "1|2024-02-29T23:30:00|inactive");
	ROW("2024-02-29 23:30:00|ACTIVE|1", "1|2024-02-29T23:30:00|active");
	ROW("2024-02-29|active_external|1", "1|2024-02-29T00:00:00|active");
	ROW("EPOCH|active|1", "1|1970-01-01T00:00:00|active");
	CHECK_NUMBER(m.conversion.key.len, 0);
	ROW("|active|1", "!empty-value When/; ");
	/* A moment that never comes is no moment of a change. */
	ROW("9999-12-31 00:00:00|active|1", "!empty-value When/9999-12-31 00:00:00; ");
	ROW("2024-02-29||1", "!empty-value STATUS/; ");
	ROW("2024-02-29|active|", "!empty-value user_id/; ");
	end(&m);
}

int main(void)
{
	test_values();
	test_headers();
	test_days();
	test_hints();
	test_moments();
	return test_report("convert_test");
}
