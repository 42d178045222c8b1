#include "labels.h"

#include "test.h"

static size_t split(const char *text, struct slice parts[16])
{
	size_t count = 0;
	for (struct slice rest = slice_from(text); rest.ptr && count < 16;)
		parts[count++] = slice_cut(&rest, '|');
	return count;
}

/* Is the record, with | between, a second header row? */
static void check(const char *stream_name, bool feed, const char *header, const char *record,
	int want, int line)
{
	struct error e = { 0 };
	struct stream stream;
	struct heading_map map;
	struct conversion c;
	struct slice headings[16];
	struct slice fields[16];
	struct buffer missing = { 0 };
	size_t bound;
	const struct place place = { "x", 1, { NULL, 0 } };
	size_t count = split(header, headings);
	const struct record row = { .fields = fields, .count = split(record, fields) };
	CHECK_NUMBER(row.count, count);
	CHECK_NUMBER(stream_load(&stream, stream_name, &e), 0);
	CHECK_NUMBER(heading_map_load(&map, &stream, NULL, NULL, &e), 0);
	CHECK_NUMBER(convert_init(&c, &map, NULL, &e), 0);
	c.feed = feed;
	heading_bind(&map, headings, count, &place, c.bindings, &missing, &bound, &e);
	test_numbers(labels_row(&c, headings, &row, &e), want, __FILE__, line, record);
	buffer_release(&missing);
	convert_release(&c);
	heading_map_release(&map);
	stream_release(&stream);
	error_release(&e);
}

#define FEED(header, record, want)  check("users", true, header, record, want, __LINE__)
#define TABLE(header, record, want) check("users", false, header, record, want, __LINE__)
#define HOLDS(header, record, want) check("holds", true, header, record, want, __LINE__)

static void test_feeds(void)
{
	/* The headings once more. */
	FEED("STATUS|USERID|x", "Status|User ID|Other", 1);
	FEED("STATUS|USERID|x", "active|User ID|x", 0);
	/* A value that nobody has named is no label, though it is a usual one. */
	FEED("NOTACTIVE|STUD_ID", "Inaktiv|000123", 0);
	FEED("NOTACTIVE|STUD_ID", "Inaktiv|Benutzer-ID", 1);
	FEED("x|y", "x|y", 0);

	/*
	 * Labels: a heading in other words, one that is known, one that is usual, in any language.
	 */
	FEED("STUD_ID|NOTACTIVE|TERM_DTE", "Student ID|Not Active|Termination Date", 1);
	FEED("STUD_ID|NOTACTIVE|TERM_DTE", "Personnel Number|Out|Exit Date", 1);
	FEED("STUD_ID|NOTACTIVE|TERM_DTE", "Benutzer-ID|Nicht aktiv|Austrittsdatum", 1);
	FEED("STUD_ID|NOTACTIVE|x", "Student ID||", 0);
	FEED("STUD_ID|NOTACTIVE|x", "x|Inactive?|Student ID", 0);

	/* A value of its column makes it a record, whatever else it has. */
	FEED("STUD_ID|NOTACTIVE|TERM_DTE", "Student ID|Y|", 0);
	FEED("STUD_ID|NOTACTIVE|TERM_DTE", "Student ID|Not Active|JAN-13-2021", 0);
	FEED("STUD_ID|NOTACTIVE|TERM_DTE", "Student ID|Not Active|JAN-33-2021", 0);
	FEED("STUD_ID|NOTACTIVE|TERM_DTE", "Student ID|Not Active|2021-01-13", 0);
	FEED("STUD_ID|NOTACTIVE|TERM_DTE", "Student ID|Not Active|03/04/2021", 0);
	FEED("STUD_ID|NOTACTIVE|TERM_DTE", "Student ID|Not Active|ENE-13-2021", 0);
	FEED("STUD_ID|NOTACTIVE|TERM_DTE", "Student ID|Not Active|13.1.21", 0);
	/* No value, and no label: an unknown value, to be told of. */
	FEED("STUD_ID|NOTACTIVE|TERM_DTE", "000123|maybe|", 0);
	FEED("STUD_ID|NOTACTIVE|TERM_DTE", "000123|maybe|soon", 0);
	FEED("STUD_ID|NOTACTIVE|TERM_DTE", "||", 0);

	/* Without words and dates all has to be a label. An id may be one by chance. */
	HOLDS("STUD_ID|REASON|OWNER", "User ID|Matter|Requested By", 1);
	HOLDS("STUD_ID|REASON|OWNER", "User ID|Matter|", 1);
	HOLDS("STUD_ID|REASON|OWNER", "User|Accident|legal", 0);
	HOLDS("STUD_ID|REASON|OWNER", "User||", 0);
	HOLDS("STUD_ID|REASON|OWNER|EXPIRES_ON", "User|Matter|Owner|2027-01-01", 0);
	HOLDS("STUD_ID|x", "User|y", 0);
	HOLDS("USERID|x", "User ID|y", 1);
}

static void test_tables(void)
{
	TABLE("STATUS|USERID|x", "Status|User ID|Other", 1);
	TABLE("STUD_ID|NOTACTIVE|TERM_DTE", "Student ID|Not Active|Termination Date", 1);
	TABLE("STUD_ID|NOTACTIVE|Name, First", "Student ID|Not Active|x", 1);
	TABLE("STUD_ID|NOTACTIVE|TERM_DTE", "Student ID|N|", 0);
	/* Only of a connector: other headings are words for people already. */
	TABLE("user_id|status|x", "User ID|Status|Other", 0);
	TABLE("Student ID|NOTACTIVE|TERM_DTE", "User ID|Not Active|Term Date", 0);
	TABLE("x|y", "x|y", 0);
}

int main(void)
{
	test_feeds();
	test_tables();
	return test_report("labels_test");
}
