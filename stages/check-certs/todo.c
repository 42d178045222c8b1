#include "choice.h"
#include "run.h"

#include "show.h"
#include "todo_stream.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *const statuses[] = { "done", "todo", "blocked", "unknown", "not-applicable" };

static int certificate_append(struct buffer *out, const struct collected *c, day_t as_of)
{
	char day[DAY_TEXT];
	int failed = buffer_append(out, c->subject) | buffer_append(out, SLICE(", "));
	failed |= show_append(out, c->place);
	if (c->life.not_before > as_of)
		failed |= buffer_printf(out, ", from %s", day_write(day, c->life.not_before).ptr);
	if (c->life.not_after != DAY_NONE)
		failed |= buffer_printf(out, ", until %s", day_write(day, c->life.not_after).ptr);
	return failed;
}

static int choice_append(
	struct buffer *out, const struct choice *choice, const struct step_facts *facts)
{
	char day[DAY_TEXT];
	int failed = 0;
	if (choice->count > 1 || choice->renamed)
		failed |= buffer_printf(out, "%" PRIu64 " could be the new one: ", choice->count);
	for (uint64_t i = 0; i < choice->count && i < CHOICE_NAMED; i++) {
		failed |= i ? buffer_append(out, SLICE("; ")) : 0;
		failed |= certificate_append(out, &choice->certificates[i], facts->as_of);
	}
	if (choice->count > CHOICE_NAMED)
		failed |=
			buffer_printf(out, "; and %" PRIu64 " more", choice->count - CHOICE_NAMED);
	if (choice->renamed)
		failed |= buffer_printf(out, "; not of the name of the one that ends on %s",
			day_write(day, facts->due).ptr);
	return failed;
}

static int year_append(struct buffer *out, enum why why, const struct step_facts *facts)
{
	if (why == WHY_OTHER_YEAR)
		return buffer_printf(out,
			"the step is of %d: what has to be done in %d is not known", facts->year,
			year_of(facts->as_of));
	if (!facts->year)
		return buffer_printf(out, "nothing is asked of tenants of this kind");
	return buffer_printf(out, "in %d nothing was asked of tenants of this kind", facts->year);
}

static int lack_append(
	struct buffer *out, const struct step_facts *facts, const struct choice *choice)
{
	char day[DAY_TEXT];
	day_t beyond =
		facts->due == DAY_NONE || facts->due < facts->as_of ? facts->as_of : facts->due;
	int failed = buffer_printf(out,
		"no input has an end-entity certificate that begins in time and lasts beyond %s",
		day_write(day, beyond).ptr);
	return failed | choice_append_unfit(out, choice);
}

static int evidence_append(struct buffer *out, enum why why, const struct step_facts *facts,
	const struct choice *choice)
{
	char day[DAY_TEXT];
	switch (why) {
	case WHY_KIND_UNKNOWN:
		return buffer_printf(out, "the file of tenants does not say whether it is on NEO");
	case WHY_WAIVED:
	case WHY_OTHER_YEAR:
		return year_append(out, why, facts);
	case WHY_AT_HAND:
	case WHY_SEVERAL:
		return choice_append(out, choice, facts);
	case WHY_OVERDUE:
		return buffer_printf(out, "overdue; no input proves that it was done");
	case WHY_NOT_YET:
		return buffer_printf(out, "only after %s", day_write(day, facts->after).ptr);
	case WHY_NO_CERTIFICATE:
		return lack_append(out, facts, choice);
	case WHY_NOTHING:
		break;
	}
	return 0;
}

/* What an import would take, for each step. */
struct todo {
	struct writer writer;
	struct choice *choices;
	bool *lacking;   /* a step that is to be done has none */
	bool several;    /* of a step more than one could be the new certificate */
	bool other_year; /* a step is not known of the as-of day's year */
};

/* One step of one tenant. */
static int step_write(struct run *run, struct todo *todo, uint32_t tenant, size_t index)
{
	struct stage *s = &run->stage;
	const struct tenant *about = keys_value(&run->tenants.ids, tenant);
	const struct step *step = &run->steps.items[index];
	const struct choice *choice = &todo->choices[index];
	const struct step_facts facts = {
		.kind_known = about->ips != IPS_UNKNOWN,
		.year = step->year,
		.waived = step->waived,
		.certificate = step->certificate,
		.after = step->after[about->environment],
		.due = step->due,
		.as_of = run->as_of,
		.at_hand = choice->count,
		.doubtful = choice->renamed,
	};
	struct verdict verdict = step_verdict(&facts);
	struct buffer id = { 0 };
	struct buffer evidence = { 0 };
	char due[DAY_TEXT];
	int failed = buffer_append(&id, buffer_slice(&step->name)) | buffer_put(&id, ':') |
		     buffer_append(&id, keys_at(&run->tenants.ids, tenant)) |
		     evidence_append(&evidence, verdict.why, &facts, choice);
	/* What is not known of a year has no last day in it either. */
	bool dated = step->due != DAY_NONE && verdict.why != WHY_OTHER_YEAR;
	const struct todo_row row = {
		.id = buffer_slice(&id),
		.task = buffer_slice(&step->task),
		.where = buffer_slice(&step->where),
		.status = slice_from(statuses[verdict.status]),
		.due_on = dated ? day_write(due, step->due) : SLICE(""),
		.evidence = buffer_slice(&evidence),
		.source = buffer_slice(&step->source),
	};
	int result =
		failed ? error_memory(&s->error) : todo_stream_row(&todo->writer, &row, &s->error);
	run->statuses[verdict.status]++;
	s->look |= verdict.status == STEP_BLOCKED;
	todo->other_year |= verdict.why == WHY_OTHER_YEAR;
	todo->lacking[index] |= (verdict.status == STEP_TODO || verdict.status == STEP_BLOCKED) &&
				facts.certificate != CERTIFICATE_NOTHING && facts.at_hand == 0;
	todo->several |= verdict.why == WHY_SEVERAL;
	buffer_release(&id);
	buffer_release(&evidence);
	return result;
}

/* Which certificates would be taken for the new one if it were not for what they may be. */
static void tell_unfit(struct run *run, day_t due)
{
	const struct collection *all = &run->collection;
	for (size_t i = 0; i < collection_count(all); i++) {
		struct collected c = collection_at(all, i);
		enum fitness fitness = fitness_of(&c.life, run->as_of, due);
		bool authority = fitness == FITNESS_AUTHORITY;
		if ((!authority && fitness != FITNESS_UNCLEAR) ||
			!notes_take(&run->notes, NOTE_UNFIT))
			continue;
		message_at(&run->stage.messages, NULL,
			authority ? "an authority's is not what a client shows; if it is meant all "
				    "the same, import it"
				  : NULL,
			"%s: \"%s\" lasts long enough and is not taken for the new certificate: %s",
			SHOW(c.place), SHOW(c.subject),
			authority ? "it may sign others, as an authority's"
				  : "its extensions cannot be read");
	}
}

/* Of each last day once. */
static void tell_lacking(struct run *run, const struct todo *todo)
{
	const struct steps *steps = &run->steps;
	for (size_t i = 0; i < steps->count; i++) {
		bool told = !todo->lacking[i];
		for (size_t j = 0; j < i && !told; j++)
			told = todo->lacking[j] && steps->items[j].due == steps->items[i].due;
		if (!told)
			tell_unfit(run, steps->items[i].due);
	}
}

static void tell_other_year(struct run *run)
{
	message_at(&run->stage.messages, NULL,
		"a file cert-steps.csv in the folder of --schemas has the steps of another year",
		"no import steps are known of %d", year_of(run->as_of));
}

static void tell_several(struct run *run)
{
	message_at(&run->stage.messages, NULL,
		"give the new one alone, or with it the one that it replaces, if they have one "
		"name",
		"which certificate is the new one is not known: see the "
		"evidence of the tasks");
}

static int todo_write(struct run *run, struct todo *todo)
{
	struct error *e = &run->stage.error;
	const struct steps *steps = &run->steps;
	for (size_t i = 0; i < steps->count; i++)
		if (choice_make(&todo->choices[i], &run->collection, run->as_of,
			    steps->items[i].due) != 0)
			return error_memory(e);
	int result = todo_stream_header(&todo->writer, e);
	for (uint32_t i = 0; i < run->tenants.ids.count; i++) {
		const struct tenant *tenant = keys_value(&run->tenants.ids, i);
		for (size_t j = 0; result == 0 && j < steps->count; j++)
			if (steps->items[j].ips == tenant->ips)
				result = step_write(run, todo, i, j);
	}
	if (result == 0)
		tell_lacking(run, todo);
	if (todo->several)
		tell_several(run);
	if (todo->other_year)
		tell_other_year(run);
	return result == 0 ? writer_flush(&todo->writer, e) : -1;
}

int run_write_todo(struct run *run)
{
	struct error *e = &run->stage.error;
	size_t count = run->steps.count ? run->steps.count : 1;
	struct todo todo = { .choices = calloc(count, sizeof *todo.choices),
		.lacking = calloc(count, sizeof *todo.lacking) };
	int result = -1;
	if (!todo.choices || !todo.lacking)
		error_memory(e);
	else
		result = output_open(&run->todo, run->todo_path, e);
	if (result == 0) {
		run->stage.also[0] = &run->todo;
		writer_init(&todo.writer, &run->todo, (enum format)run->stage.output_format);
		result = todo_write(run, &todo);
		writer_release(&todo.writer);
	}
	free(todo.choices);
	free(todo.lacking);
	return result;
}
