#include "run.h"

#include "contradiction.h"
#include "show.h"
#include "todo_stream.h"
#include "word.h"

#include <inttypes.h>

static int read_seen(struct run *run)
{
	struct error *e = &run->stage.error;
	struct seen *seen = &run->seen;
	enum format format = (enum format)run->stage.input_format;
	if ((run->config_path && config_see(&seen->config, run->config_path, format, e) != 0) ||
		(run->changes_path &&
			changes_see(&seen->changes, run->changes_path, format, e) != 0) ||
		(run->jobs_before_path && jobs_see(&seen->jobs, run->jobs_before_path,
						  run->jobs_after_path, format, e) != 0) ||
		(run->reports_path &&
			reports_see(&seen->reports, run->reports_path, format, e) != 0) ||
		(run->admins_path && admins_see(&seen->admins, run->admins_path, run->users_path,
					     &run->facts, format, e) != 0))
		return -1;
	return 0;
}

static int read_inputs(struct run *run)
{
	struct stage *s = &run->stage;
	struct error *e = &s->error;
	enum format format = (enum format)s->input_format;
	if (catalogue_read(&run->catalogue, s->schemas, e) != 0 ||
		facts_read(&run->facts, run->facts_path, format, e) != 0 ||
		(run->holidays_path &&
			holidays_read(&run->holidays, run->holidays_path, format, e) != 0) ||
		(run->done_path &&
			told_read(&run->told, run->done_path, format, &run->catalogue, e) != 0))
		return -1;
	if (read_seen(run) != 0)
		return -1;
	/* A report that recurs tells what the facts leave out. */
	if (run->seen.reports.recurring.count &&
		facts_show(&run->facts, FACT_RECURRING_REPORTS, SLICE("Y"), run->reports_path) != 0)
		return error_memory(e);
	return 0;
}

/* The facts that decide whether the task applies: those that say no, or those that are missing. */
static void say_condition(struct run *run, const struct task *task, enum truth truth)
{
	for (size_t i = 0; i < task->applies.count; i++) {
		const struct term *term = &task->applies.terms[i];
		if (term_truth(term, &run->facts) != truth)
			continue;
		if (truth == TRUTH_UNKNOWN)
			finding_say_no_fact(&run->finding, term->fact);
		else if (run->finding.evidence.len)
			finding_add_fact(&run->finding, &run->facts, term->fact);
		else
			finding_say_fact(&run->finding, &run->facts, term->fact);
	}
}

/* How the task stands, with the evidence of its proof. */
static struct standing task_standing(struct run *run, const struct task *task)
{
	const struct fact_value *refresh = &run->facts.of[FACT_REFRESH_DAY];
	const struct known known = { &run->facts, &run->seen, run->as_of };
	struct standing s = { .applies = proof_applies(task->proof, &task->applies, &known),
		.phase = task->phase,
		.dated = task->when.given,
		.due = DAY_NONE,
		.refresh = refresh->given ? refresh->day : DAY_NONE,
		.as_of = run->as_of };
	if (s.dated && refresh->given)
		s.due = due_day(&task->when, &run->holidays, refresh->day);
	prove(task->proof, &known, &run->finding);
	s.proof = run->finding.status;
	s.refuted = run->finding.refuted;
	if (s.applies != TRUTH_TRUE) {
		finding_start(&run->finding, TASK_TODO);
		say_condition(run, task, s.applies);
	}
	return s;
}

/* The evidence: what makes the verdict differ from the proof, then the proof's own. */
static void write_evidence(struct run *run, const struct verdict *v, const struct told_row *told)
{
	struct finding whole = { .evidence = run->text };
	char day[DAY_TEXT];
	finding_start(&whole, v->status);
	if (v->overdue)
		finding_say(&whole, "overdue: %s: refresh_day=%s",
			SHOW(slice_from(run->facts_path)),
			day_write(day, run->facts.of[FACT_REFRESH_DAY].day).ptr);
	if (v->early)
		finding_say(&whole, "the refresh is still to come: %s",
			day_write(day, run->facts.of[FACT_REFRESH_DAY].day).ptr);
	if (v->same_day)
		finding_say(&whole, "what is seen on %s may be older than the refresh of that day",
			day_write(day, run->as_of).ptr);
	if (v->no_refresh)
		finding_say_no_fact(&whole, FACT_REFRESH_DAY);
	if (told)
		finding_say(&whole, "%s: done%s%s", SHOW(slice_from(run->told.path)),
			told->note.len ? ", " : "", SHOW(told->note));
	if (run->finding.evidence.len)
		finding_say(
			&whole, "%.*s", (int)run->finding.evidence.len, run->finding.evidence.ptr);
	run->text = whole.evidence;
	run->finding.memory_failed |= whole.memory_failed;
}

static void count_task(struct run *run, const struct task *task, const struct verdict *v, day_t due)
{
	run->statuses[task->phase][v->status]++;
	run->overdue += v->overdue;
	run->stage.look |= v->status == TASK_BLOCKED;
	if (v->status == TASK_DONE || v->status == TASK_NOT_APPLICABLE)
		return;
	run->left[task->who]++;
	if (due != DAY_NONE && due >= run->as_of &&
		(run->next_due == DAY_NONE || due < run->next_due))
		run->next_due = due;
}

/* What a person tells may have no effect: that must be seen. */
static void tell_no_effect(struct run *run, const struct task *task, const struct standing *s,
	const struct verdict *v, const struct told_row *told)
{
	struct place place = { run->told.path, told->line, SLICE("id") };
	struct slice why = buffer_slice(&run->finding.evidence);
	const char *hint = "leave the row out, or mend the fact";
	const char *what = ", but ";
	if (s->applies == TRUTH_UNKNOWN) {
		hint = "give the fact in --facts: without it the task stays unknown";
		what = ", but it is not known whether it applies: ";
	} else if (s->applies == TRUTH_FALSE) {
		what = ", but does not apply: ";
	} else if (s->proof != TASK_BLOCKED) {
		hint = "export again where this is older than what was done, or leave the row out";
	}
	if (v->outweighed || s->applies != TRUTH_TRUE)
		message_at(&run->stage.messages, &place, hint, "%s is told to be done%s%.*s",
			SHOW(task->id), what, (int)why.len, why.ptr ? why.ptr : "");
}

static int write_task(struct run *run, const struct task *task)
{
	struct stage *s = &run->stage;
	struct standing standing = task_standing(run, task);
	struct told_row told = { 0 };
	char due[DAY_TEXT];
	standing.told = told_find(&run->told, task->id, &told);
	struct verdict verdict = task_judge(&standing);
	if (standing.told)
		tell_no_effect(run, task, &standing, &verdict, &told);
	write_evidence(run, &verdict, standing.told ? &told : NULL);
	if (run->finding.memory_failed)
		return error_memory(&s->error);
	count_task(run, task, &verdict, standing.due);
	const struct todo_row row = {
		.id = task->id,
		.phase = word_at(PHASE_WORDS, (int)task->phase),
		.task = task->text,
		.where = task->where,
		.status = slice_from(task_status_name(verdict.status)),
		.due_on = verdict.status != TASK_NOT_APPLICABLE && day_in_range(standing.due)
				  ? day_write(due, standing.due)
				  : SLICE(""),
		.evidence = buffer_slice(&run->text),
		.source = task->source,
	};
	s->written++;
	return todo_stream_row(&s->writer, &row, &s->error);
}

static void tell_contradictions(struct run *run)
{
	const struct known known = { &run->facts, &run->seen, run->as_of };
	struct contradiction found[CONTRADICTIONS];
	size_t count = contradictions_find(&known, found);
	for (size_t i = 0; i < count; i++) {
		const struct contradiction *c = &found[i];
		const struct fact_value *value = &run->facts.of[c->fact];
		struct place place = { run->facts_path, value->line, SLICE("value") };
		message_at(&run->stage.messages, &place,
			"the list goes by the fact; mend it where it is wrong",
			"%s is %s, but %s shows %s: %" PRIu64, fact_name(c->fact),
			SHOW(buffer_slice(&value->text)), SHOW(slice_from(c->path)), c->what,
			c->count);
	}
}

static void write_tasks(struct run *run)
{
	struct stage *s = &run->stage;
	if (output_open(&s->output, s->output_path, &s->error) != 0)
		return;
	writer_init(&s->writer, &s->output, (enum format)s->output_format);
	int result = todo_stream_header(&s->writer, &s->error);
	for (size_t i = 0; result == 0 && i < run->catalogue.count; i++) {
		const struct task *task = &run->catalogue.tasks[i];
		progress_tell(&s->progress, ++s->read, 0);
		if (run->phase >= 0 && run->phase != (int)task->phase)
			s->filtered++;
		else
			result = write_task(run, task);
	}
}

void run_check(struct run *run)
{
	struct stage *s = &run->stage;
	const char *const inputs[] = { run->facts_path, run->holidays_path, run->done_path,
		run->config_path, run->changes_path, run->jobs_before_path, run->jobs_after_path,
		run->reports_path, run->admins_path, run->users_path };
	if (run->as_of == DAY_NONE)
		run->as_of = day_today();
	if (stage_open(s, inputs, sizeof inputs / sizeof *inputs) != 0 || read_inputs(run) != 0)
		return;
	tell_contradictions(run);
	write_tasks(run);
}

static uint64_t count_status(const struct run *run, int status)
{
	return run->statuses[PHASE_BEFORE][status] + run->statuses[PHASE_AFTER][status];
}

static void summarise(struct run *run)
{
	/* What needs somebody comes first. */
	static const enum task_status order[TASK_STATUS_COUNT] = { TASK_BLOCKED, TASK_TODO,
		TASK_UNKNOWN, TASK_DONE, TASK_NOT_APPLICABLE };
	struct stage *s = &run->stage;
	struct summary *summary = &s->summary;
	char day[DAY_TEXT];
	summary_text(summary, "as-of", day_write(day, run->as_of).ptr);
	stage_count(s);
	for (int i = 0; i < TASK_STATUS_COUNT; i++)
		summary_item(summary, "status", slice_from(task_status_name(order[i])),
			count_status(run, (int)order[i]));
	for (int phase = PHASE_BEFORE; phase <= PHASE_AFTER; phase++)
		for (int i = 0; i < TASK_STATUS_COUNT; i++)
			summary_item(summary, phase == PHASE_BEFORE ? "before" : "after",
				slice_from(task_status_name(order[i])),
				run->statuses[phase][order[i]]);
	for (int i = 0; i < WHO_COUNT; i++)
		summary_item(summary, "left", word_at("customer|sap|automatic", i), run->left[i]);
	summary_count(summary, "overdue", run->overdue);
	bool next = run->next_due != DAY_NONE && day_in_range(run->next_due);
	summary_text(summary, "next-due", next ? day_write(day, run->next_due).ptr : "");
	for (int i = 0; i < TASK_STATUS_COUNT; i++)
		buffer_printf(&s->line, "%s %s %" PRIu64, i ? "," : ";", task_status_name(order[i]),
			count_status(run, (int)order[i]));
	if (next)
		buffer_printf(&s->line, "; next due %s", day_write(day, run->next_due).ptr);
}

int run_close(struct run *run)
{
	if (run->stage.opened)
		summarise(run);
	int status = stage_close(&run->stage);
	facts_release(&run->facts);
	catalogue_release(&run->catalogue);
	holidays_release(&run->holidays);
	seen_release(&run->seen);
	told_release(&run->told);
	finding_release(&run->finding);
	buffer_release(&run->text);
	return status;
}
