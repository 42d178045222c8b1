/* Rejected rows, their messages and their file; the summary. */
#include "rejects.h"
#include "summary.h"

#include "test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* A file's bytes into `out`; an absent file is "absent". */
/* The way a stage ends its rejects. */
static int close_rejects(struct rejects *r, struct messages *m, struct error *e)
{
	int result = rejects_finish(r, m, e);
	if (result == 0)
		result = output_publish(&r->output, e);
	rejects_release(r);
	return result;
}

static struct slice content(const char *path, struct buffer *out)
{
	buffer_clear(out);
	FILE *file = fopen(path, "r");
	if (!file)
		return SLICE("absent");
	for (int c; (c = getc(file)) != EOF;)
		buffer_put(out, (char)c);
	fclose(file);
	return buffer_slice(out);
}

/* Messages into memory. */
struct heard {
	struct messages messages;
	char *text;
	size_t length;
};

static void listen(struct heard *h)
{
	*h = (struct heard){ 0 };
	h->messages =
		(struct messages){ .program = "p", .stream = open_memstream(&h->text, &h->length) };
}

static struct slice heard(struct heard *h)
{
	fflush(h->messages.stream);
	return (struct slice){ h->text, h->length };
}

static void fall_silent(struct heard *h)
{
	fclose(h->messages.stream);
	free(h->text);
}

static void test_names(void)
{
	static const char *const names[REASON_COUNT] = { "wrong-field-count", "nul-byte",
		"bad-encoding", "bad-quoting", "lone-cr", "record-too-long", "bad-date",
		"unknown-value", "empty-value", "duplicate-key" };
	for (int i = 0; i < REASON_COUNT; i++) {
		CHECK_TEXT(slice_from(reason_name((enum reason)i)), names[i]);
		CHECK(reason_text((enum reason)i) && *reason_text((enum reason)i));
	}
}

#define HEADER "file,line,column,reason,got,record\n"

static void test_file(const char *path)
{
	struct rejects r;
	struct heard h;
	struct error e = { 0 };
	struct buffer bytes = { 0 };
	listen(&h);
	CHECK_NUMBER(rejects_open(&r, path, UINT64_MAX, &e), 0);
	const struct reject rows[] = {
		{ .reason = REASON_BAD_DATE,
			.line = 3,
			.column = SLICE("Ended"),
			.got = SLICE("2023-02-29\\"),
			.wanted = SLICE("a day"),
			.hint = SLICE("look"),
			.raw = SLICE("1,\"a\nb\",2023-02-29\\") },
		{ .reason = REASON_NUL_BYTE,
			.line = 5,
			.column = SLICE("a,b"),
			.got = SLICE("x\0\\"),
			.raw = SLICE("x\0\\,\xFF\xC3\xA9\xED\xA0\x80,\x1B\r") },
		{ .reason = REASON_BAD_ENCODING,
			.line = 6,
			.got = SLICE("\xE9"),
			.raw = SLICE("\xE9") },
		{ .reason = REASON_BAD_QUOTING, .line = 7, .raw = SLICE("a\"") },
		{ .reason = REASON_WRONG_FIELD_COUNT,
			.line = 8,
			.got = SLICE("1"),
			.wanted = SLICE("3"),
			.raw = SLICE("") },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		CHECK_NUMBER(rejects_add(&r, &h.messages, "in.zip!a,b", &rows[i], &e), 0);
	CHECK_NUMBER(r.count, 5);
	CHECK_NUMBER(access(path, F_OK), -1);
	CHECK_NUMBER(close_rejects(&r, &h.messages, &e), 0);
	CHECK_TEXT(content(path, &bytes), HEADER
		"\"in.zip!a,b\",3,Ended,bad-date,2023-02-29\\,\"1,\"\"a\nb\"\","
		"2023-02-29\\\\\"\n"
		"\"in.zip!a,b\",5,\"a,b\",nul-byte,x\\x00\\\\,\"x\\x00\\\\,\\xFF\xC3\xA9\\xED"
		"\\xA0\\x80,\x1B\r\"\n"
		"\"in.zip!a,b\",6,,bad-encoding,\\xE9,\\xE9\n"
		"\"in.zip!a,b\",7,,bad-quoting,,\"a\"\"\"\n"
		"\"in.zip!a,b\",8,,wrong-field-count,1,\n");
	CHECK_TEXT(heard(&h),
		"p: in.zip!a,b:3: column \"Ended\": no such date (got \"2023-02-29\\\", want a "
		"day)\nhint: look\n"
		"p: in.zip!a,b:5: column \"a,b\": a NUL byte (got \"x\\x00\\\")\n"
		"p: in.zip!a,b:6: bytes that are invalid in the encoding (got \"\\xE9\")\n"
		"p: in.zip!a,b:7: a quote inside an unquoted field, or bytes after a closing "
		"quote\n"
		"p: in.zip!a,b:8: wrong number of fields (got \"1\", want 3)\n");
	rejects_release(&r); /* harmless */
	CHECK(content(path, &bytes).len > 10);
	unlink(path);
	fall_silent(&h);
	buffer_release(&bytes);
	error_release(&e);
}

static size_t lines_of(struct slice text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == '\n';
	return count;
}

/* Of one reason and column ten are shown; of another, ten more. */
static void test_shown(const char *path)
{
	struct rejects r;
	struct heard h;
	struct error e = { 0 };
	struct buffer bytes = { 0 };
	for (int with_file = 0; with_file < 2; with_file++) {
		listen(&h);
		CHECK_NUMBER(rejects_open(&r, with_file ? path : NULL, UINT64_MAX, &e), 0);
		for (uint64_t i = 0; i < 25; i++) {
			struct reject reject = { .reason = i % 5 ? REASON_BAD_DATE : REASON_LONE_CR,
				.line = i,
				.column = i % 2 ? SLICE("a") : SLICE("b") };
			CHECK_NUMBER(rejects_add(&r, &h.messages, "x", &reject, &e), 0);
		}
		CHECK_NUMBER(lines_of(heard(&h)), 25);
		struct reject more = {
			.reason = REASON_BAD_DATE, .line = 99, .column = SLICE("a")
		};
		CHECK_NUMBER(rejects_add(&r, &h.messages, "x", &more, &e), 0);
		CHECK_NUMBER(lines_of(heard(&h)), 25);
		CHECK_NUMBER(close_rejects(&r, &h.messages, &e), 0);
		/* That one was not shown is said, and where to find it. */
		CHECK_NUMBER(lines_of(heard(&h)), with_file ? 26 : 27);
		CHECK(memmem(h.text, h.length, "bad-date", 8) != NULL);
		CHECK((memmem(h.text, h.length, "--rejects", 9) != NULL) == !with_file);
		fall_silent(&h);
	}
	CHECK_NUMBER(lines_of(content(path, &bytes)), 27);
	unlink(path);
	buffer_release(&bytes);
	error_release(&e);
}

static void test_limit(const char *path)
{
	struct buffer bytes = { 0 };
	for (uint64_t limit = 0; limit < 3; limit++) {
		struct rejects r;
		struct heard h;
		struct error e = { 0 };
		struct reject reject = { .reason = REASON_LONE_CR, .line = 4 };
		listen(&h);
		CHECK_NUMBER(rejects_open(&r, path, limit, &e), 0);
		for (uint64_t i = 0; i < limit; i++)
			CHECK_NUMBER(rejects_add(&r, &h.messages, "x", &reject, &e), 0);
		CHECK_NUMBER(rejects_add(&r, &h.messages, "x", &reject, &e), -1);
		CHECK_NUMBER(e.status, STATUS_INPUT);
		CHECK(memmem(e.text.ptr, e.text.len, "x:4: ", 5) == e.text.ptr);
		/* The one too many is in the file as well. */
		CHECK_NUMBER(close_rejects(&r, &h.messages, &e), 0);
		CHECK_NUMBER(lines_of(content(path, &bytes)), limit + 2);
		unlink(path);
		fall_silent(&h);
		error_release(&e);
	}
	buffer_release(&bytes);
}

static void test_discard(const char *path)
{
	struct rejects r;
	struct heard h;
	struct error e = { 0 };
	struct buffer bytes = { 0 };
	listen(&h);
	CHECK_NUMBER(rejects_open(&r, path, 5, &e), 0);
	rejects_add(&r, &h.messages, "x", &(struct reject){ .column = SLICE("c") }, &e);
	rejects_release(&r);
	CHECK_TEXT(content(path, &bytes), "absent");
	rejects_release(&r);
	/* Without a row, a header. */
	CHECK_NUMBER(rejects_open(&r, path, 5, &e), 0);
	CHECK_NUMBER(close_rejects(&r, &h.messages, &e), 0);
	CHECK_TEXT(content(path, &bytes), HEADER);
	unlink(path);
	CHECK_NUMBER(rejects_open(&r, "/nowhere.example/x", 5, &e), -1);
	CHECK_NUMBER(e.status, STATUS_SYSTEM);
	rejects_release(&r);
	fall_silent(&h);
	buffer_release(&bytes);
	error_release(&e);
}

static void test_summary(const char *path)
{
	struct error e = { 0 };
	struct buffer bytes = { 0 };
	for (int rows = 0; rows < 2; rows++) {
		struct summary s = { .output = OUTPUT_CLOSED };
		CHECK_NUMBER(summary_open(&s, path, &e), 0);
		if (rows) {
			summary_text(&s, "as-of", "2024-06-30");
			summary_count(&s, "read", 0);
			summary_count(&s, "written", UINT64_MAX);
			summary_text(&s, "odd", "");
		}
		CHECK_NUMBER(summary_finish(&s, &e), 0);
		CHECK_NUMBER(output_publish(&s.output, &e), 0);
		CHECK_TEXT(content(path, &bytes), rows ? "metric,value\nas-of,2024-06-30\nread,0\n"
							 "written,18446744073709551615\nodd,\n"
						       : "metric,value\n");
		summary_release(&s);
		unlink(path);
	}
	/* None is asked for: the counts are taken, and nothing is written. */
	struct summary s = { .output = OUTPUT_CLOSED };
	CHECK_NUMBER(summary_open(&s, NULL, &e), 0);
	summary_count(&s, "read", 1);
	CHECK_NUMBER(summary_finish(&s, &e), 0);
	summary_release(&s);
	/* A file that was finished and not published leaves nothing. */
	s = (struct summary){ .output = OUTPUT_CLOSED };
	CHECK_NUMBER(summary_open(&s, path, &e), 0);
	CHECK_NUMBER(summary_finish(&s, &e), 0);
	summary_release(&s);
	CHECK(access(path, F_OK) != 0);
	CHECK_NUMBER(summary_open(&s, path, &e), 0);
	s.memory_failed = true;
	CHECK_NUMBER(summary_finish(&s, &e), -1);
	CHECK_NUMBER(e.status, STATUS_SYSTEM);
	summary_release(&s);
	buffer_release(&bytes);
	error_release(&e);
}

/* Of a text that was converted, what stands for invalid bytes is told as the bytes themselves. */
static void test_converted(const char *path)
{
	struct error e = { 0 };
	struct rejects r;
	struct buffer bytes = { 0 };
	struct heard h;
	listen(&h);
	const struct reject rows[] = {
		{ .reason = REASON_BAD_ENCODING,
			.line = 2,
			.got = SLICE("\xC0\x8A"),
			.raw = SLICE("M\xC3\xBC\\,\xC0\x8A"),
			.encoding = "UTF-16LE" },
		{ .reason = REASON_BAD_ENCODING,
			.line = 3,
			.got = SLICE("a\xED\xA0\xBD"),
			.raw = SLICE("a\xED\xA0\xBD"),
			.encoding = "utf-16be" },
		{ .reason = REASON_BAD_ENCODING,
			.line = 4,
			.got = SLICE("\x81\xFF\x8D\xFF"),
			.raw = SLICE("\x81\xFF\x8D\xFF"),
			.encoding = "WINDOWS-1252" },
		{ .reason = REASON_BAD_ENCODING,
			.line = 5,
			.got = SLICE("\xC0\x8A"),
			.raw = SLICE("\xC0\x8A") },
		{ .reason = REASON_NUL_BYTE,
			.line = 6,
			.got = SLICE("a\0b"),
			.raw = SLICE("a\0b"),
			.encoding = "UTF-16LE" },
	};
	CHECK_NUMBER(rejects_open(&r, path, UINT64_MAX, &e), 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		CHECK_NUMBER(rejects_add(&r, &h.messages, "x", &rows[i], &e), 0);
	CHECK_NUMBER(close_rejects(&r, &h.messages, &e), 0);
	CHECK_TEXT(content(path, &bytes), "file,line,column,reason,got,record\n"
					  "x,2,,bad-encoding,\\x0A,\"M\xC3\xBC\\\\,\\x0A\"\n"
					  "x,3,,bad-encoding,a\\xD8\\x3D,a\\xD8\\x3D\n"
					  "x,4,,bad-encoding,\\x81\\x8D\\xFF,\\x81\\x8D\\xFF\n"
					  "x,5,,bad-encoding,\\xC0\\x8A,\\xC0\\x8A\n"
					  "x,6,,nul-byte,a\\x00b,a\\x00b\n");
#define INVALID "bytes that are invalid in the encoding (got \""
	CHECK_TEXT(heard(&h), "p: x:2: " INVALID "\\x0A\")\n"
			      "p: x:3: " INVALID "a\\xD8\\x3D\")\n"
			      "p: x:4: " INVALID "\\x81\\x8D\\xFF\")\n"
			      "p: x:5: " INVALID "\\xC0\\x8A\")\n"
			      "p: x:6: a NUL byte (got \"a\\x00b\")\n");
	fall_silent(&h);
	unlink(path);
	buffer_release(&bytes);
	error_release(&e);
}

int main(void)
{
	char path[] = "/tmp/rejects-test-XXXXXX";
	int fd = mkstemp(path);
	if (!CHECK(fd >= 0))
		return test_report("rejects_test");
	close(fd);
	unlink(path);
	test_names();
	test_file(path);
	test_shown(path);
	test_converted(path);
	test_limit(path);
	test_discard(path);
	test_summary(path);
	return test_report("rejects_test");
}
