/* Connector feeds: what is a record, and what is wrong with one. */
#include "transcript_test.h"

/* "hLINE A|B", "LINE a|b", "!LINE REASON GOT", "end" or "STATUS TEXT; HINT", with LF after each. */
static void tell(struct buffer *out, const char *input, size_t block)
{
	struct memory_source memory;
	struct error e = { 0 };
	struct reader r;
	enum read_result got = READ_FAILED;
	const struct reader_options options = { .format = FORMAT_FEED, .block = block };
	memory_source_init(&memory, slice_from(input), NULL);
	if (reader_open(&r, &memory.source, "x", &options, &e) == 0) {
		buffer_printf(out, "h%" PRIu64, r.header_line);
		tell_fields(out, r.headings, r.heading_count);
		while ((got = reader_next(&r, &e)) > READ_END) {
			if (got == READ_RECORD) {
				buffer_printf(out, "%" PRIu64, r.record.line);
				tell_fields(out, r.record.fields, r.record.count);
			} else {
				buffer_printf(out, "!%" PRIu64 " %s %s\n", r.reject.line,
					reason_name(r.reject.reason), SHOW(r.reject.got));
			}
		}
		reader_release(&r);
	}
	if (got == READ_END)
		buffer_append(out, SLICE("end\n"));
	else
		buffer_printf(out, "%d %s; %s\n", (int)e.status, buffer_text(&e.text),
			buffer_text(&e.hint));
	error_release(&e);
}

static void check(const char *input, const char *want, int line)
{
	static const size_t blocks[] = { 1, 2, 3, 5, 64, 4096 };
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
		struct buffer got = { 0 };
		tell(&got, input, blocks[i]);
		test_slices(buffer_slice(&got), slice_from(want), __FILE__, line, input);
		buffer_release(&got);
	}
}

#define FEED(input, want) check(input, want, __LINE__)

#define PARTED(line)                                                                               \
	"3 x:" line ": the header of the feed has no end mark (!##!) in its line; every record "   \
	"of a feed ends with !##!, the header too; take the feed anew, or mend its first line\n"

int main(void)
{
	/* With a | before the end mark and without, with blanks around | and without. */
	FEED("A|B!##!\n1|2!##!\n", "h1 A|B\n2 1|2\nend\n");
	FEED("A|B|!##!\r\n1|2|!##!\r\n", "h1 A|B\n2 1|2\nend\n");
	FEED("A | B !##! 1 | 2!##!", "h1 A|B\n1 1|2\nend\n");
	FEED("A|B|!##!\n1|2!##!\n1||!##!\n", "h1 A|B\n2 1|2\n3 1|\nend\n");
	FEED("A|B!##!\n1|2|!##!\n", "h1 A|B\n!2 wrong-field-count 3\nend\n");
	/* Line ends are data in a record, and stand between records. */
	FEED("\n\nA|B!##!\n1|a\nb\r\nc!##!\n\n2|d!##!",
		"h3 A|B\n4 1|a\\x0Ab\\x0D\\x0Ac\n8 2|d\nend\n");
	/* In the header they are none: it has lost its end mark. */
	FEED("A|B\n1|2!##!\n3|4!##!\n", PARTED("1"));
	FEED("A|B|\r\n1|2|!##!\r\n", PARTED("1"));
	FEED("\nA|B\r1|2!##!\r", PARTED("2"));
	FEED("A|B\n!##!\n1|2!##!\n", PARTED("1"));
	FEED("A|B!##!\n1|2\n",
		"h1 A|B\n3 x:2: this record of the feed has no end mark (!##!); the feed was "
		"cut short; take it anew\n");
	return test_report("reader_feed_test");
}
