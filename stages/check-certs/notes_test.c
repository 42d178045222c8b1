#include "notes.h"

#include "test.h"

#include <stdlib.h>

static void check_notes(enum note note, int count, int told, const char *want)
{
	struct notes notes = { { 0 } };
	char *text = NULL;
	size_t length = 0;
	struct messages messages = { .program = "p", .stream = open_memstream(&text, &length) };
	int taken = 0;
	if (!CHECK(messages.stream))
		return;
	for (int i = 0; i < count; i++)
		taken += notes_take(&notes, note);
	notes_finish(&notes, &messages);
	fclose(messages.stream);
	CHECK_NUMBER(taken, told);
	CHECK_TEXT(slice_from(text), want);
	free(text);
}

static void test_limit(void)
{
	check_notes(NOTE_SAME, 0, 0, "");
	check_notes(NOTE_SAME, 10, 10, "");
	check_notes(NOTE_SAME, 11, 10, "p: and 1 more: the same certificate as one before\n");
	check_notes(NOTE_OTHER_KEY, 25, 10,
		"p: and 15 more: names an issuer whose key did not sign it\n");
}

/* Each kind has its ten. */
static void test_kinds(void)
{
	struct notes notes = { { 0 } };
	for (int i = 0; i < 10; i++)
		for (int note = 0; note < NOTE_COUNT; note++)
			CHECK(notes_take(&notes, (enum note)note));
	for (int note = 0; note < NOTE_COUNT; note++)
		CHECK(!notes_take(&notes, (enum note)note));
}

int main(void)
{
	test_limit();
	test_kinds();
	return test_report("notes");
}
