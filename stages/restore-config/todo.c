#include "todo.h"

#include "todo_stream.h"

#include <inttypes.h>
#include <stdio.h>

#define PLACE "System Administration > Configuration > System Configuration > "

static const char *prefix_of(enum step step)
{
	return step == STEP_RETYPE ? "RETYPE" : step == STEP_REGENERATE ? "REGENERATE" : "REVIEW";
}

/* What has to be done, around the key, which stands between the two texts. */
static void task_of(const struct change *change, const char **front, const char **rear)
{
	bool rest = slice_equal(change->key, SLICE("***"));
	*rear = "";
	if (change->step == STEP_RETYPE && rest) {
		*front = "Check the wrapped secret of this file";
		*rear = ": no file can restore it";
	} else if (change->step == STEP_RETYPE) {
		*front = "Type the secret ";
		*rear = " again as it is in plain text: no file can restore it";
	} else if (change->step == STEP_REGENERATE) {
		*front = "Generate the secret ";
		*rear = " anew and give it to those who use it";
	} else if (change->refused) {
		*front = "Put ";
		*rear = " back by hand: in its place a line would be read in another way, or a "
			"secret would stand in the patch";
	} else if (change->key.len == 0 && change->file_missing) {
		*front = "Look at the file as a whole: it is on one side only";
	} else if (change->kind == CHANGE_ADDED) {
		*front = "Decide whether ";
		*rear = " stays: it was not there before";
	} else {
		*front = "Decide which value ";
		*rear = " shall have";
	}
}

static const char *kind_name(enum change_kind kind)
{
	static const char *const names[] = { "added", "removed", "changed", "same", "unknown" };
	return names[kind];
}

/* What the rows say: how it changed, and the lines. */
static int evidence_append(struct buffer *out, const struct change *change)
{
	int failed = buffer_printf(out, "%s", kind_name(change->kind));
	if (change->before.line)
		failed |= buffer_printf(out, "; line %" PRIu32 " before", change->before.line);
	if (change->after.line)
		failed |= buffer_printf(out, "; line %" PRIu32 " now", change->after.line);
	return failed;
}

int todo_write(struct writer *w, const struct change *change, struct error *e)
{
	struct buffer id = { 0 };
	struct buffer task = { 0 };
	struct buffer where = { 0 };
	struct buffer evidence = { 0 };
	const char *front;
	const char *rear;
	enum step step = change->step;
	task_of(change, &front, &rear);
	bool named = !slice_equal(change->key, SLICE("***")) &&
		     !(change->key.len == 0 && change->file_missing);
	int failed = buffer_printf(&id, "%s:", prefix_of(step));
	failed |= buffer_append(&id, change->file) | buffer_put(&id, ':');
	failed |= buffer_append(&id, change->key);
	failed |= buffer_append(&task, slice_from(front));
	failed |= named ? buffer_append(&task, change->key) : 0;
	failed |= buffer_append(&task, slice_from(rear));
	failed |= buffer_append(&where, SLICE(PLACE)) | buffer_append(&where, change->file);
	failed |= evidence_append(&evidence, change);
	const struct todo_row row = {
		.id = buffer_slice(&id),
		.phase = SLICE("after"),
		.task = buffer_slice(&task),
		.where = buffer_slice(&where),
		.status = SLICE("todo"),
		.evidence = buffer_slice(&evidence),
		.source = step == STEP_REGENERATE ? SLICE("KBA 2558226; KBA 2165346")
						  : SLICE("KBA 2165346"),
	};
	int result = failed ? error_memory(e) : todo_stream_row(w, &row, e);
	buffer_release(&id);
	buffer_release(&task);
	buffer_release(&where);
	buffer_release(&evidence);
	return result;
}
