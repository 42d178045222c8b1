/* Errors, and the messages that tell of them. */
#include "message.h"
#include "show.h"

#include "test.h"

#include <errno.h>
#include <stdlib.h>

static const struct place place = { "users.csv", 12, { "status", 6 } };

static void check_error(
	struct error *e, int result, enum status status, const char *text, const char *hint)
{
	CHECK_NUMBER(result, -1);
	CHECK_NUMBER(e->status, status);
	CHECK_TEXT(buffer_slice(&e->text), text);
	CHECK_TEXT(buffer_slice(&e->hint), hint);
}

static void test_error(void)
{
	struct error e = { 0 };
	check_error(&e, error_set(&e, STATUS_USAGE, "no %s (got %d)", "x", 3), STATUS_USAGE,
		"no x (got 3)", "");
	check_error(&e, error_hint(&e, "try %d", 4), STATUS_USAGE, "no x (got 3)", "try 4");
	check_error(&e, error_hint(&e, "try again"), STATUS_USAGE, "no x (got 3)", "try again");
	/* A new error drops the old one's hint. */
	check_error(&e, error_at(&e, STATUS_INPUT, &place, "wrong (got \"%s\")", SHOW(SLICE("\n"))),
		STATUS_INPUT, "users.csv:12: column \"status\": wrong (got \"\\x0A\")", "");
	check_error(&e, error_at(&e, STATUS_INPUT, NULL, "nowhere"), STATUS_INPUT, "nowhere", "");
	errno = ENOSPC;
	check_error(&e, error_system(&e, "out\n.csv"), STATUS_SYSTEM,
		"out\\x0A.csv: No space left on device", "");
	check_error(&e, error_memory(&e), STATUS_SYSTEM, "out of memory", "");
	error_release(&e);
	CHECK(e.status == STATUS_DONE && e.text.ptr == NULL && e.hint.ptr == NULL);
	error_release(&e);
}

static void check_place(struct place where, const char *want)
{
	struct buffer out = { 0 };
	buffer_put(&out, '>');
	CHECK_NUMBER(place_append(&out, &where), 0);
	CHECK_TEXT(slice_skip(buffer_slice(&out), 1), want);
	buffer_release(&out);
}

static void test_place(void)
{
	check_place(place, "users.csv:12: column \"status\": ");
	check_place((struct place){ NULL, 12, SLICE("status") }, "");
	check_place((struct place){ "a.zip!b", 0, { NULL, 0 } }, "a.zip!b: ");
	check_place((struct place){ "a", 0, SLICE("b") }, "a: column \"b\": ");
	check_place((struct place){ "a\x1B", UINT64_MAX, SLICE("b\xFF") },
		"a\\x1B:18446744073709551615: column \"b\\xFF\": ");
}

/* What has been printed since the last call. */
static void check_printed(FILE *stream, char **text, const size_t *length, const char *want)
{
	fflush(stream);
	CHECK_TEXT(((struct slice){ *text, *length }), want);
	rewind(stream);
}

static void test_message(void)
{
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);
	struct messages m = { .program = "extract", .stream = stream };
	struct error e = { 0 };
	message_error(&m, &e);
	check_printed(stream, &text, &length, "extract: out of memory\n");
	error_set(&e, STATUS_INPUT, "no header");
	message_error(&m, &e);
	check_printed(stream, &text, &length, "extract: no header\n");
	error_hint(&e, "give one");
	m.progress_shown = true;
	message_error(&m, &e);
	check_printed(stream, &text, &length, "\r\033[Kextract: no header\nhint: give one\n");
	CHECK(!m.progress_shown);
	message_at(&m, &place, "look %s", "there are %d", 3);
	check_printed(stream, &text, &length,
		"extract: users.csv:12: column \"status\": there are 3\nhint: look %s\n");
	message_at(&m, NULL, NULL, "%s", "done");
	check_printed(stream, &text, &length, "extract: done\n");
	fclose(stream);
	free(text);
	error_release(&e);
}

int main(void)
{
	test_error();
	test_place();
	test_message();
	return test_report("error_test");
}
