#include "run.h"

#include "show.h"
#include "todo_stream.h"

static const char *const statuses[] = { "done", "todo", "blocked", "unknown", "not-applicable" };

/* Does it begin in time, and outlast the as-of day and the last day of the old one? */
static bool serves(const struct collected *c, day_t as_of, day_t due)
{
	day_t latest = due == DAY_NONE || due < as_of ? as_of : due;
	if (c->authority || c->not_before == DAY_NONE || c->not_before > latest)
		return false;
	return c->not_after == DAY_NONE ||
	       (c->not_after >= as_of && (due == DAY_NONE || c->not_after > due));
}

/*
 * The certificate that an import would take: of those that sign no others and serve, the one that
 * lasts longest. Without a place where there is none.
 */
static struct collected certificate_choose(const struct collection *all, day_t as_of, day_t due)
{
	struct collected chosen = { 0 };
	int64_t longest = INT64_MIN;
	for (size_t i = 0; i < collection_count(all); i++) {
		struct collected c = collection_at(all, i);
		int64_t ends = c.not_after == DAY_NONE ? INT64_MAX : c.not_after;
		if (!serves(&c, as_of, due) || ends <= longest)
			continue;
		longest = ends;
		chosen = c;
	}
	return chosen;
}

static int certificate_append(struct buffer *out, const struct collected *c, day_t as_of)
{
	char day[DAY_TEXT];
	int failed = buffer_append(out, c->subject) | buffer_append(out, SLICE(", "));
	failed |= show_append(out, c->place);
	if (c->not_before > as_of)
		failed |= buffer_printf(out, ", from %s", day_write(day, c->not_before).ptr);
	if (c->not_after != DAY_NONE)
		failed |= buffer_printf(out, ", until %s", day_write(day, c->not_after).ptr);
	return failed;
}

static int evidence_append(struct buffer *out, enum why why, const struct step_facts *facts,
	const struct collected *certificate)
{
	char day[DAY_TEXT];
	switch (why) {
	case WHY_KIND_UNKNOWN:
		return buffer_printf(out, "the file of tenants does not say whether it is on NEO");
	case WHY_WAIVED:
		return buffer_printf(
			out, "in %d nothing was asked of tenants of this kind", facts->waived);
	case WHY_OTHER_YEAR:
		return buffer_printf(out,
			"in %d nothing was asked of tenants of this kind; of other years nothing "
			"is known",
			facts->waived);
	case WHY_AT_HAND:
		return certificate_append(out, certificate, facts->as_of);
	case WHY_OVERDUE:
		return buffer_printf(out, "overdue; no input proves that it was done");
	case WHY_NOT_YET:
		return buffer_printf(out, "not before %s", day_write(day, facts->from).ptr);
	case WHY_NO_CERTIFICATE:
		return buffer_printf(out,
			"no input has an end-entity certificate that begins in time and lasts "
			"beyond %s",
			day_write(day, facts->due == DAY_NONE ? facts->as_of : facts->due).ptr);
	case WHY_NOTHING:
		break;
	}
	return 0;
}

/* One step of one tenant. */
static int step_write(struct run *run, struct writer *w, uint32_t tenant, const struct step *step)
{
	struct stage *s = &run->stage;
	const struct tenant *about = keys_value(&run->tenants.ids, tenant);
	const struct collected certificate =
		certificate_choose(&run->collection, run->as_of, step->due);
	const struct step_facts facts = {
		.kind_known = about->ips != IPS_UNKNOWN,
		.waived = step->waived,
		.certificate = step->certificate,
		.from = step->from[about->environment],
		.due = step->due,
		.as_of = run->as_of,
		.at_hand = certificate.place.len > 0,
	};
	struct verdict verdict = step_verdict(&facts);
	struct buffer id = { 0 };
	struct buffer evidence = { 0 };
	char due[DAY_TEXT];
	int failed = buffer_append(&id, buffer_slice(&step->name)) | buffer_put(&id, ':') |
		     buffer_append(&id, keys_at(&run->tenants.ids, tenant)) |
		     evidence_append(&evidence, verdict.why, &facts, &certificate);
	const struct todo_row row = {
		.id = buffer_slice(&id),
		.task = buffer_slice(&step->task),
		.where = buffer_slice(&step->where),
		.status = slice_from(statuses[verdict.status]),
		.due_on = step->due == DAY_NONE ? SLICE("") : day_write(due, step->due),
		.evidence = buffer_slice(&evidence),
		.source = buffer_slice(&step->source),
	};
	int result = failed ? error_memory(&s->error) : todo_stream_row(w, &row, &s->error);
	run->statuses[verdict.status]++;
	s->look |= verdict.status == STEP_BLOCKED;
	buffer_release(&id);
	buffer_release(&evidence);
	return result;
}

int run_write_todo(struct run *run)
{
	struct error *e = &run->stage.error;
	struct writer writer;
	if (output_open(&run->todo, run->todo_path, e) != 0)
		return -1;
	run->stage.also[0] = &run->todo;
	writer_init(&writer, &run->todo, (enum format)run->stage.output_format);
	int result = todo_stream_header(&writer, e);
	for (uint32_t i = 0; i < run->tenants.ids.count; i++) {
		const struct tenant *tenant = keys_value(&run->tenants.ids, i);
		for (size_t j = 0; result == 0 && j < run->steps.count; j++)
			if (run->steps.items[j].ips == tenant->ips)
				result = step_write(run, &writer, i, &run->steps.items[j]);
	}
	if (result == 0)
		result = writer_flush(&writer, e);
	writer_release(&writer);
	return result;
}
