#include "dialect.h"

#include "test.h"

/* Does the text hold the parts of `want`, which have "~" between, in their order? */
static bool holds_parts(struct buffer *text, const char *want)
{
	const char *at = buffer_text(text);
	for (struct slice rest = slice_from(want); rest.ptr && at;) {
		struct slice part = slice_cut(&rest, '~');
		at = memmem(at, strlen(at), part.ptr, part.len);
		if (at)
			at += part.len;
	}
	return at;
}

/* "FORMAT DELIMITER" with the positions of user_id and status, or parts of "STATUS: TEXT". */
static void check_stream(const char *stream_name, enum format format, char given,
	const char *prefix, const char *want, int line)
{
	struct error e = { 0 };
	struct stream stream;
	struct heading_map map;
	struct dialect found = { .delimiter = '?' };
	struct binding bindings[STREAM_COLUMNS] = { 0 };
	struct buffer got = { 0 };
	bool table = !stream_name;
	CHECK_NUMBER(stream_load(&stream, table ? "users" : stream_name, &e), 0);
	CHECK_NUMBER(heading_map_load(&map, &stream, NULL, NULL, &e), 0);
	enum dialect_result result = dialect_find(slice_from(prefix), "x", NULL, format, given,
		table ? NULL : &map, bindings, &found, &e);
	if (result == DIALECT_FOUND)
		buffer_printf(&got, "%s %c %d %d",
			found.format == FORMAT_TSV    ? "tsv"
			: found.format == FORMAT_FEED ? "feed"
						      : "csv",
			found.delimiter == '\t' ? 'T' : found.delimiter,
			table ? 0 : bindings[0].position, table ? 0 : bindings[1].position);
	else if (result == DIALECT_NONE && found.needed)
		buffer_printf(&got, "none %d under %c: %s", (int)found.needed, found.delimiter,
			buffer_text(&e.text));
	else
		buffer_printf(&got, "%s%d: %s", result == DIALECT_NONE ? "none " : "",
			(int)e.status, buffer_text(&e.text));
	if (!test_note(holds_parts(&got, want), __FILE__, line, prefix))
		fprintf(stderr, "\tgot  %s\n\twant %s\n", buffer_text(&got), want);
	CHECK(!memmem(got.ptr, got.len, "s3cret", 6));
	heading_map_release(&map);
	stream_release(&stream);
	buffer_release(&got);
	error_release(&e);
}

#define USERS(prefix, want)        check_stream("users", FORMAT_CSV, 0, prefix, want, __LINE__)
#define GIVEN(given, prefix, want) check_stream("users", FORMAT_CSV, given, prefix, want, __LINE__)
#define TSV(prefix, want)          check_stream("users", FORMAT_TSV, 0, prefix, want, __LINE__)
#define TABLE(prefix, want)        check_stream(NULL, FORMAT_CSV, 0, prefix, want, __LINE__)

#define ALL_TRIED "tried the delimiters~\",\"~\";\"~tab~\"|\""

int main(void)
{
	USERS("user_id,status\n", "csv , 0 1");
	USERS("user_id;status\n1;2,3,4\n", "csv ; 0 1");
	USERS("x\tstatus\tuser_id", "csv T 2 1");
	USERS("STUD_ID|NOTACTIVE|\n", "csv | 0 1");
	USERS("\"Status\";\"ID (User)\"\n", "csv ; 1 0");
	USERS("\"a;b\",user_id,\"c|d\",status\n", "csv , 1 3");
	USERS("a,b;user_id;status\n", "csv ; 1 2");
	USERS("\xEF\xBB\xBF\"user_id\"|status\n", "csv | 0 1");
	USERS("\n\r\nuser_id,status\n", "csv , 0 1");
	USERS("user_id,status\n\"never closed", "csv , 0 1");

	check_stream("holds", FORMAT_CSV, 0, "user_id\n1;2\n", "csv , 0 ", __LINE__);
	check_stream("holds", FORMAT_CSV, 0, "\"user_id\"\n", "csv , 0 ", __LINE__);
	check_stream("holds", FORMAT_CSV, 0, "user_id!##!\n1!##!\n", "feed | 0 ", __LINE__);

	USERS("user_id,nothing\n", "none 1 under ,: x:1: no heading for status (with the delimiter "
				   "\",\": \"user_id\", "
				   "\"nothing\")");
	USERS("a;user_id;b\n",
		"none 1 under ;: x:1: no heading for status (with the delimiter \";\": "
		"\"a\", \"user_id\", \"b\")");
	USERS("a,b\n1,2\n",
		"none 3: x:1: no heading of the stream users is found (~" ALL_TRIED "~a,b");
	/* Nothing of what may be a secret. */
	USERS("ftp.password=s3cret,x\n",
		"none 3: x:1: no heading of the stream users is found (~" ALL_TRIED
		"~may be a secret and is not shown");
	USERS("key : s3cret\r\n",
		"none 3: x:1: no heading of the stream users is found (~" ALL_TRIED "~key :");
	USERS("user_id,status,user_id\n",
		"3: x:1: heading \"user_id\" stands twice (columns 1 and 3), and column "
		"\"user_id\" comes from it");
	USERS("", "none 3: x: there is no header: the input is empty");

	GIVEN(';', "user_id;status\n", "csv ; 0 1");
	GIVEN(':', "user_id:status\n", "csv : 0 1");
	GIVEN(';', "user_id,status\n",
		"none 3: x:1: no heading of the stream users is found "
		"(tried the delimiter~\";\"~user_id,status");
	GIVEN(',', "user_id;status\n",
		"none 3: x:1: no heading of the stream users is found "
		"(tried the delimiter~\",\"~user_id;status");

	/* A feed; its delimiter may be named. */
	USERS("STUD_ID|x|NOTACTIVE!##!\n1||Y!##!\n", "feed | 0 2");
	GIVEN('|', "STUD_ID|x|NOTACTIVE|!##!\n1||Y|!##!\n", "feed | 0 2");
	GIVEN('|', "STUD_ID|NOTACTIVE\na!##!b|Y\n", "csv | 0 1");
	TABLE("a|b!##!\n1|2!##!\n", "feed | 0 0");
	TABLE("a!##!\n1!##!\n", "feed | 0 0");
	/*
	 * The end mark of a feed where none belongs: what it stands behind would not be what it is.
	 */
#define MARKED "ends with the end mark of a connector feed (!##!)"
	USERS("STUD_ID,NOTACTIVE,Person GUID!##!\n1,Y,G!##!\n",
		"3: x:1: column \"Person GUID!##!\": the heading " MARKED);
	USERS("NOTACTIVE;STUD_ID !##! \r\n1;Y!##!\r\n",
		"3: x:1: column \"STUD_ID !##! \": ~" MARKED);
	USERS("STUD_ID,NOTACTIVE,!##!\n1,Y,!##!\n", "3: x:1: column \"!##!\": ~" MARKED);
	USERS("\nSTUD_ID,NOTACTIVE\n1,Y!##!\n",
		"3: x:3: the record " MARKED ", the header does not");
	USERS("STUD_ID,NOTACTIVE\n1,Y,!##!\n", "3: x:2: the record " MARKED);
	USERS("STUD_ID,NOTACTIVE\n1,\"Y\"!##!\n", "3: x:2: the record " MARKED);
	USERS("STUD_ID,x!##!\n1,Y!##!\n", "none 3: x:1: column \"x!##!\": the heading " MARKED);
	GIVEN(':', "STUD_ID:NOTACTIVE!##!\n", "3: x:1: column \"NOTACTIVE!##!\": ~" MARKED);
	TSV("STUD_ID\tNOTACTIVE!##!\n", "3: x:1: column \"NOTACTIVE!##!\": ~" MARKED);
	TABLE("a,b!##!\n1,2!##!\n", "3: x:1: column \"b!##!\": the heading " MARKED);
	TABLE("a\n1!##!\n", "3: x:2: the record " MARKED);
	USERS("\"STUD_ID\",\"NOTACTIVE\"!##!\n", "none 3: ~\"STUD_ID\",\"NOTACTIVE\"!##!");
	/* With | it is the header that is wrong. */
	USERS("STUD_ID|NOTACTIVE\n1|Y!##!\n2|N!##!\n",
		"3: x:1: the header of the feed has no end mark (!##!) in its line");
	USERS("STUD_ID|x\n1|Y|!##!\n2|N|!##!\n",
		"none 3: x:1: the header of the feed has no end mark (!##!) in its line");
	TABLE("a|b\n1|2!##!\n", "3: x:1: the header of the feed has no end mark");
	/* Somewhere else it is data. */
	USERS("STUD_ID,NOTACTIVE,x\n1,Y,\"a!##!\"\n", "csv , 0 1");
	USERS("STUD_ID,NOTACTIVE\n1!##!,Y\n", "csv , 0 1");
	USERS("STUD_ID|NOTACTIVE\n1!##!|Y\n", "csv | 0 1");
	TSV("STUD_ID\tNOTACTIVE\n1\tY!##!\n", "tsv T 0 1");
	TABLE("a\n!##! 1\n", "csv , 0 0");
	/* A header that no delimiter makes readable. */
	USERS("\"a\"b\n1!##!\n", "3: x:1: the header cannot be read: ");

	TSV("user_id\tstatus\n", "tsv T 0 1");
	TSV("user_id\t\"status\"\n",
		"none 1 under \t: x:1: no heading for status (with the delimiter tab: \"user_id\", "
		"\"\"status\"\")");

	TABLE("a,b\n", "csv , 0 0");
	TABLE("a;b\n", "csv ; 0 0");
	TABLE("a\tb\n", "csv T 0 0");
	TABLE("\"x\"|b\n", "csv | 0 0");
	TABLE("alone\n", "csv , 0 0");
	TABLE("\"a;b|c\"\n", "csv , 0 0");
	TABLE("a,b;c\n", "3: x:1: the header can be read with several delimiters~\",\"~\";\"");
	TABLE("", "none 3: x: there is no header: the input is empty");
	return test_report("dialect_test");
}
