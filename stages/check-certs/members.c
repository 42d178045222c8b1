#include "run.h"

#include "show.h"

#include <inttypes.h>
#include <openssl/crypto.h>

/* How many members without a certificate a message names. */
#define SEEN_MOST 10

#define NOTHING_KNOWN "neither PEM nor DER nor PKCS #7"

/* Is the member the input itself, and not in it? */
static bool is_input(const struct run *run)
{
	return run->names[1].len == 0;
}

/*
 * Notes a member that gives no certificate, for the message at the input's end; `what` it is
 * instead, or NULL.
 */
static int seen_add(struct run *run, const char *what)
{
	int failed = 0;
	if (is_input(run))
		failed = buffer_append(&run->seen, slice_from(what ? what : NOTHING_KNOWN));
	else if (run->without_here < SEEN_MOST)
		failed = buffer_printf(&run->seen, "%s%s%s%s%s", run->seen.len ? ", " : "",
			SHOW(buffer_slice(&run->names[1])), what ? " (" : "", what ? what : "",
			what ? ")" : "");
	else if (run->without_here == SEEN_MOST)
		failed = buffer_append(&run->seen, SLICE(", …"));
	run->without_here++;
	return failed ? error_memory(&run->stage.error) : 0;
}

static int member_skip(struct run *run, const char *why)
{
	struct stage *s = &run->stage;
	struct place place = { run->file, 0, { NULL, 0 } };
	/* Of an input the error will tell it. */
	if (!is_input(run) && notes_take(&run->notes, NOTE_SKIPPED))
		message_at(&s->messages, &place, NULL, "skipped: %s", why);
	run->skipped++;
	s->look = true;
	return seen_add(run, why);
}

static int member_read(struct run *run, struct source *source)
{
	struct error *e = &run->stage.error;
	struct buffer *bytes = &run->bytes;
	uint64_t before = run->here;
	/* At once and for all members, so that no copy of a key is left behind in memory. */
	if (buffer_reserve(bytes, CONTENT_LIMIT + 1) != 0)
		return error_memory(e);
	buffer_clear(bytes);
	int result = source_read_all(source, bytes, CONTENT_LIMIT + 1, e);
	bool too_long = bytes->len > CONTENT_LIMIT;
	const char *what = bytes->len ? NULL : "empty";
	run->what = NULL;
	if (result == 0 && !too_long)
		result = content_read(bytes->ptr, bytes->len, run->file, run_take, run, e);
	OPENSSL_cleanse(bytes->ptr, bytes->len);
	if (result != 0)
		return -1;
	if (too_long)
		return member_skip(run, "longer than any file of certificates (16 MiB)");
	run->members++;
	if (run->here > before)
		return 0;
	run->without++;
	return seen_add(run, run->what ? run->what : what);
}

int run_input_end(struct run *run)
{
	struct error *e = &run->stage.error;
	size_t count = run->stage.operand_count;
	struct place place = { count ? run->stage.operands[run->operand] : "-", 0, { NULL, 0 } };
	bool found = run->here > 0;
	/* A path in it is shown already, and whole. */
	const char *seen = buffer_text(&run->seen);
	if (!seen)
		return error_memory(e);
	if (!found && run->members_here == 0) {
		error_at(e, STATUS_INPUT, &place, "no certificate: it has no members%s",
			run->member_set ? " that --member finds" : "");
	} else if (!found) {
		error_at(e, STATUS_INPUT, &place, "no certificate (%s%s)",
			is_input(run) ? "" : "seen: ", seen);
		error_hint(e, "PEM, DER and PKCS #7 are read, in files, folders and archives");
	} else if (run->without_here) {
		message_at(&run->stage.messages, &place, NULL,
			"no certificate in %" PRIu64 " of %" PRIu64 " members: %s",
			run->without_here, run->members_here, seen);
	}
	buffer_clear(&run->seen);
	run->here = run->members_here = run->without_here = 0;
	run->operand++;
	return found ? 0 : -1;
}

int run_member(struct run *run, const struct member *member)
{
	struct stage *s = &run->stage;
	while (s->operand_count && s->operands[run->operand] != member->input)
		if (run_input_end(run) != 0)
			return -1;
	run->members_here++;
	run->file = member->name;
	if (member_names(member, &run->names[0], &run->names[1]) != 0)
		return error_memory(&s->error);
	if (!member->source)
		return member_skip(run, member->skipped);
	progress_tell(&s->progress, s->read, inputs_counts(run->inputs).read_bytes);
	return member_read(run, member->source);
}
