#include "run.h"

#include "show.h"

#include <inttypes.h>
#include <stdlib.h>

/* Checks inputs and outputs against each other. */
static int open_stage(struct run *run)
{
	struct stage *s = &run->stage;
	const char *const sides[] = { run->tenants_path };
	if (stage_open_operands(s, sides, 1) != 0)
		return -1;
	return identities_add(&s->identities, run->todo_path, true, &s->error);
}

static int read_sides(struct run *run)
{
	struct stage *s = &run->stage;
	if (!run->tenants_path)
		return 0;
	if (steps_load(&run->steps, s->schemas, &s->error) != 0)
		return -1;
	return tenants_read(
		&run->tenants, run->tenants_path, (enum format)s->input_format, &s->error);
}

static int read_members(struct run *run)
{
	struct stage *s = &run->stage;
	const struct input_options options = {
		.member = run->member_set ? &run->member : NULL,
		.limits = { run->max_members.value, run->max_unpacked.value, run->max_ratio.value },
	};
	struct member member;
	int more = 1;
	run->inputs = inputs_open(s->operands, s->operand_count, &options, &s->error);
	if (!run->inputs)
		return -1;
	while (more > 0 && (more = inputs_next(run->inputs, &member, &s->error)) > 0)
		if (run_member(run, &member) != 0)
			more = -1;
	size_t inputs = s->operand_count ? s->operand_count : 1;
	while (more == 0 && run->operand < inputs)
		more = run_input_end(run);
	return more;
}

static void tell_issuer(struct run *run, size_t index, const struct issued *issued)
{
	struct collected c = collection_at(&run->collection, index);
	struct collected by = collection_at(&run->collection, issued->by);
	char day[DAY_TEXT];
	bool found = issued->how == ISSUER_FOUND;
	bool first = by.life.not_after != DAY_NONE &&
		     (c.life.not_after == DAY_NONE || by.life.not_after < c.life.not_after);
	if (!notes_take(&run->notes, found ? NOTE_ISSUED : NOTE_OTHER_KEY))
		return;
	message_at(&run->stage.messages, NULL, NULL, "%s: \"%s\" %s \"%s\" of %s%s%s",
		SHOW(c.place), SHOW(c.subject),
		found ? "was issued by" : "names an issuer whose key did not sign it:",
		SHOW(by.subject), SHOW(by.place),
		found && first ? ", which ends before it, on " : "",
		found && first ? day_write(day, by.life.not_after).ptr : "");
}

/* Which certificate issued which: 0, or -1. */
static int tell_issuers(struct run *run)
{
	size_t count = collection_count(&run->collection);
	struct issued *issued = calloc(count + 1, sizeof *issued);
	if (!issued)
		return error_memory(&run->stage.error);
	int result = issuers_find(&run->collection, ISSUERS_BUDGET, issued, &run->stage.error);
	for (size_t i = 0; result == 0 && i < count; i++) {
		run->issuers[issued[i].how]++;
		if (issued[i].how == ISSUER_FOUND || issued[i].how == ISSUER_OTHER)
			tell_issuer(run, i, &issued[i]);
	}
	if (run->issuers[ISSUER_UNCHECKED])
		message_at(&run->stage.messages, NULL,
			"give fewer of them at a time, or those of one issuer with that one",
			"who issued them is not known of %" PRIu64
			" certificates: so many have one name, or so many signatures would have to "
			"be checked",
			run->issuers[ISSUER_UNCHECKED]);
	free(issued);
	return result;
}

void run_check(struct run *run)
{
	if (open_stage(run) != 0 || read_sides(run) != 0 || read_members(run) != 0)
		return;
	if (run_header(run) != 0)
		return;
	if (tell_issuers(run) == 0 && run->todo_path)
		run_write_todo(run);
}

static void summarise(struct run *run)
{
	static const char *const states[] = { "state.expired", "state.expiring",
		"state.not-yet-valid", "state.valid" };
	static const char *const issuers[] = { "issuer.self", "issuer.found", "issuer.other-key",
		"issuer.absent", "issuer.not-checked" };
	static const char *const statuses[] = { "todo.done", "todo.todo", "todo.blocked",
		"todo.unknown", "todo.not-applicable" };
	struct stage *s = &run->stage;
	struct summary *summary = &s->summary;
	struct input_counts counts = { 0 };
	char as_of[DAY_TEXT];
	day_write(as_of, run->as_of);
	if (run->inputs)
		counts = inputs_counts(run->inputs);
	summary_text(summary, "as-of", as_of);
	stage_count(s);
	for (size_t i = 0; i < STATE_COUNT; i++)
		summary_count(summary, states[i], run->states[i]);
	summary_count(summary, "open-ended", run->open_ended);
	summary_count(summary, "same", run->same);
	for (size_t i = 0; i < sizeof issuers / sizeof *issuers; i++)
		summary_count(summary, issuers[i], run->issuers[i]);
	summary_count(summary, "private-keys", run->private_keys);
	summary_count(summary, "passed-over", run->passed_over);
	summary_count(summary, "closed", run->closed);
	summary_count(summary, "members.read", run->members);
	summary_count(summary, "members.without", run->without);
	summary_count(summary, "members.skipped", run->skipped);
	summary_count(summary, "members.ignored", counts.ignored);
	summary_count(summary, "members.unmatched", counts.unmatched);
	for (size_t i = 0; i < STEP_STATUS_COUNT; i++)
		summary_count(summary, statuses[i], run->statuses[i]);
	buffer_printf(&s->line,
		"; expired %" PRIu64 ", expiring %" PRIu64 ", not-yet-valid %" PRIu64
		", valid %" PRIu64,
		run->states[STATE_EXPIRED], run->states[STATE_EXPIRING],
		run->states[STATE_NOT_YET_VALID], run->states[STATE_VALID]);
	if (run->without)
		buffer_printf(&s->line, "; members without %" PRIu64, run->without);
	if (run->private_keys)
		buffer_printf(&s->line, "; private keys %" PRIu64, run->private_keys);
}

int run_close(struct run *run)
{
	notes_finish(&run->notes, &run->stage.messages);
	if (run->stage.opened)
		summarise(run);
	int status = stage_close(&run->stage);
	inputs_close(run->inputs);
	if (run->member_set)
		pattern_release(&run->member);
	collection_release(&run->collection);
	tenants_release(&run->tenants);
	steps_release(&run->steps);
	buffer_release(&run->bytes);
	buffer_release(&run->names[0]);
	buffer_release(&run->names[1]);
	buffer_release(&run->seen);
	buffer_release(&run->where);
	return status;
}
