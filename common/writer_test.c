#include "writer.h"

#include "transcript_test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* A writer whose output is a file in memory. */
struct made {
	struct output output;
	struct writer writer;
	struct buffer bytes;
	struct error error;
};

static void begin(struct made *m, enum format format)
{
	*m = (struct made){ .output = { .path = "made", .fd = memfd_create("made", 0) } };
	CHECK(m->output.fd >= 0);
	writer_init(&m->writer, &m->output, format);
}

/* What has left for the output so far. */
static struct slice left(struct made *m)
{
	off_t length = lseek(m->output.fd, 0, SEEK_END);
	buffer_clear(&m->bytes);
	CHECK(length >= 0 && buffer_reserve(&m->bytes, (size_t)length + 1) == 0);
	CHECK(pread(m->output.fd, m->bytes.ptr, (size_t)length, 0) == length);
	m->bytes.len = (size_t)length;
	return buffer_slice(&m->bytes);
}

static void end(struct made *m)
{
	writer_release(&m->writer);
	output_discard(&m->output);
	buffer_release(&m->bytes);
	error_release(&m->error);
}

static void check_field(enum format format, struct slice field, const char *want)
{
	struct made m;
	begin(&m, format);
	CHECK_NUMBER(
		writer_record(&m.writer, (struct slice[]){ SLICE("x"), field }, 2, &m.error), 0);
	CHECK_NUMBER(writer_flush(&m.writer, &m.error), 0);
	CHECK_TEXT(slice_skip(left(&m), 2), want);
	end(&m);
}

static void test_fields(void)
{
	check_field(FORMAT_CSV, SLICE(""), "\n");
	check_field(FORMAT_CSV, (struct slice){ NULL, 0 }, "\n");
	check_field(FORMAT_CSV, SLICE(" a;b\t|'\\ "), " a;b\t|'\\ \n");
	check_field(FORMAT_CSV, SLICE("a,b"), "\"a,b\"\n");
	check_field(FORMAT_CSV, SLICE("\""), "\"\"\"\"\n");
	check_field(FORMAT_CSV, SLICE("a\"\"b"), "\"a\"\"\"\"b\"\n");
	check_field(FORMAT_CSV, SLICE("a\nb"), "\"a\nb\"\n");
	check_field(FORMAT_CSV, SLICE("a\r"), "\"a\r\"\n");
	check_field(FORMAT_CSV, SLICE("\xC3\xA9"), "\xC3\xA9\n");
	check_field(FORMAT_TSV, SLICE(""), "\n");
	check_field(FORMAT_TSV, SLICE("a,\"b\""), "a,\"b\"\n");
	check_field(FORMAT_TSV, SLICE("\t\n\r\\"), "\\t\\n\\r\\\\\n");
	check_field(FORMAT_TSV, SLICE("\\!"), "\\\\!\n");
}

static void test_one_column(void)
{
	static const char *const want[] = { "\"\"\na\n\"\"\n", "\na\n\n" };
	for (int format = FORMAT_CSV; format <= FORMAT_TSV; format++) {
		struct made m;
		begin(&m, (enum format)format);
		writer_record(&m.writer, &SLICE(""), 1, &m.error);
		writer_record(&m.writer, &SLICE("a"), 1, &m.error);
		writer_record(&m.writer, &(struct slice){ NULL, 0 }, 1, &m.error);
		CHECK_NUMBER(m.writer.records, 3);
		CHECK_NUMBER(writer_flush(&m.writer, &m.error), 0);
		CHECK_TEXT(left(&m), want[format]);
		end(&m);
	}
}

static void test_incomplete(void)
{
	static const char *const want[] = { "a,b\n\"incomplete", "a\tb\n\\!" };
	const struct slice fields[] = { SLICE("a"), SLICE("b") };
	for (int format = FORMAT_CSV; format <= FORMAT_TSV; format++) {
		struct made m;
		begin(&m, (enum format)format);
		/* Nothing was written: nothing to mark. */
		CHECK_NUMBER(writer_incomplete(&m.writer, &m.error), 0);
		CHECK_TEXT(left(&m), "");
		writer_record(&m.writer, fields, 2, &m.error);
		writer_field(&m.writer, SLICE("begun and not ended"));
		CHECK_NUMBER(writer_incomplete(&m.writer, &m.error), 0);
		CHECK_TEXT(left(&m), want[format]);
		end(&m);
	}
}

/* Whatever has left ends with a record, and much of it does not wait for the end. */
static void test_blocks(void)
{
	struct made m;
	char field[1000];
	memset(field, 'x', sizeof field);
	begin(&m, FORMAT_CSV);
	size_t seen = 0;
	for (int i = 0; i < 2000; i++) {
		CHECK_NUMBER(writer_record(&m.writer,
				     &(struct slice){ field, (size_t)(i % 1000) + 1 }, 1, &m.error),
			0);
		struct slice bytes = i % 50 ? SLICE("\n") : left(&m);
		CHECK(bytes.len == 0 || bytes.ptr[bytes.len - 1] == '\n');
		seen += i % 50 == 0 && bytes.len > 0;
	}
	CHECK(seen > 10);
	CHECK_NUMBER(writer_flush(&m.writer, &m.error), 0);
	CHECK_NUMBER(left(&m).len, 2 * (1000 * 1001 / 2 + 1000));
	CHECK_NUMBER(writer_flush(&m.writer, &m.error), 0);
	end(&m);
}

static void test_encoded(void)
{
	const struct slice fields[] = { SLICE("a"), SLICE("b,\n\"") };
	static const char *const want[] = { "h\na,\"b,\n\"\"\"\n\"\"\nz\n",
		"h\na\tb,\\n\"\n\nz\n" };
	for (int format = FORMAT_CSV; format <= FORMAT_TSV; format++) {
		struct made m;
		struct writer encoder;
		struct slice bytes;
		begin(&m, (enum format)format);
		writer_init(&encoder, NULL, (enum format)format);
		writer_record(&m.writer, &SLICE("h"), 1, &m.error);
		CHECK_NUMBER(writer_encode(&encoder, fields, 2, &bytes, &m.error), 0);
		CHECK_NUMBER(writer_encoded(&m.writer, bytes, &m.error), 0);
		CHECK_NUMBER(writer_encode(&encoder, &SLICE(""), 1, &bytes, &m.error), 0);
		CHECK_NUMBER(writer_encoded(&m.writer, bytes, &m.error), 0);
		writer_record(&m.writer, &SLICE("z"), 1, &m.error);
		CHECK_NUMBER(m.writer.records, 4);
		CHECK_NUMBER(writer_flush(&m.writer, &m.error), 0);
		CHECK_TEXT(left(&m), want[format]);
		writer_release(&encoder);
		end(&m);
	}
}

static void test_failure(void)
{
	struct made m;
	begin(&m, FORMAT_CSV);
	close(m.output.fd);
	m.output.fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	CHECK_NUMBER(writer_record(&m.writer, &SLICE("a"), 1, &m.error), 0);
	CHECK_NUMBER(writer_flush(&m.writer, &m.error), -1);
	CHECK_NUMBER(m.error.status, STATUS_SYSTEM);
	CHECK_TEXT(buffer_slice(&m.error.text), "made: No space left on device");
	end(&m);
}

/* Random records, written and read again, are the same. */
static void test_round_trip(enum format format, size_t columns)
{
	static const char alphabet[] = "ab\"\",,\t\n\r\\!\xC3\xA9";
	struct buffer want = { 0 };
	struct buffer got = { 0 };
	struct made m;
	srandom(17);
	for (int round = 0; round < 300; round++) {
		begin(&m, format);
		buffer_clear(&want);
		uint64_t line = 1;
		for (int record = 0; record < 8; record++) {
			char bytes[4][12];
			struct slice fields[4];
			buffer_printf(&want, record ? "%" PRIu64 : "h%" PRIu64, line);
			for (size_t i = 0; i < columns; i++) {
				size_t length = (size_t)(random() % 6) + (record == 0);
				for (size_t at = 0; at < length; at++) {
					/* Whole characters: the reader refuses halves. */
					size_t c = (size_t)random() % (sizeof alphabet - 2);
					bool two = alphabet[c] == '\xC3';
					bytes[i][at] = alphabet[c];
					if (two && at + 1 < sizeof bytes[i])
						bytes[i][++at] = '\xA9';
					length += two && at == length;
				}
				fields[i] = (struct slice){ bytes[i], length };
				for (size_t at = 0; format == FORMAT_CSV && at < length; at++)
					line += bytes[i][at] == '\n';
			}
			line++;
			tell_fields(&want, fields, columns);
			CHECK_NUMBER(writer_record(&m.writer, fields, columns, &m.error), 0);
		}
		buffer_append(&want, SLICE("end 0\n"));
		CHECK_NUMBER(writer_flush(&m.writer, &m.error), 0);
		const struct reader_options options = { .format = format,
			.block = 1 + (size_t)random() % 50 };
		if (!slice_equal(transcript(&got, left(&m), &options, 1 + (size_t)random() % 50),
			    buffer_slice(&want)))
			CHECK_SLICE(buffer_slice(&got), buffer_slice(&want));
		end(&m);
	}
	buffer_release(&want);
	buffer_release(&got);
}

/* Fields with slack are written as others are, whatever stands behind them. */
static void test_slack(enum format format)
{
	static const char alphabet[] = "abcdefghijklmnop\",\t\n\r\\";
	char bytes[4][80 + SLICE_SLACK];
	struct writer plain;
	struct writer slack;
	writer_init(&plain, NULL, format);
	writer_init(&slack, NULL, format);
	srandom(23);
	for (int round = 0; round < 20000; round++) {
		struct slice fields[4];
		uint64_t words = 0;
		/* In one round of two most fields have nothing special. */
		size_t letters = round % 2 ? 16 : sizeof alphabet - 1;
		for (size_t i = 0; i < 4; i++) {
			for (size_t at = 0; at < sizeof bytes[i]; at++)
				bytes[i][at] = alphabet[(size_t)random() % letters];
			fields[i] = (struct slice){ bytes[i], (size_t)random() % 81 };
			if (random() % 4 == 0)
				fields[i].len %= 4;
			if (fields[i].len == 0)
				fields[i].ptr = NULL;
			words |= (uint64_t)writer_is_word(fields[i]) << i;
		}
		words &= (uint64_t)random();
		writer_clear(&plain);
		writer_clear(&slack);
		writer_fields(&plain, fields, 4, 0);
		writer_fields_slack(&slack, fields, 4, words);
		CHECK_SLICE(writer_begun(&slack), writer_begun(&plain));
		/* The first by itself, the others by the caller, into the room he asked for. */
		const size_t first = writer_begun(&plain).len;
		writer_clear(&plain);
		writer_fields(&plain, fields, 1, 0);
		const size_t behind = first - writer_begun(&plain).len;
		writer_fields(&plain, fields + 1, 3, 0);
		writer_clear(&slack);
		char *to = writer_first(&slack, fields[0], behind);
		memcpy(to, writer_begun(&plain).ptr + first - behind, behind);
		writer_wrote(&slack, to + behind, 4);
		CHECK_SLICE(writer_begun(&slack), writer_begun(&plain));
		CHECK_NUMBER(slack.fields, 4);
	}
	writer_release(&plain);
	writer_release(&slack);
}

int main(void)
{
	test_slack(FORMAT_CSV);
	test_slack(FORMAT_TSV);
	test_fields();
	test_one_column();
	test_incomplete();
	test_blocks();
	test_encoded();
	test_failure();
	for (size_t columns = 1; columns <= 4; columns++) {
		test_round_trip(FORMAT_CSV, columns);
		test_round_trip(FORMAT_TSV, columns);
	}
	return test_report("writer_test");
}
