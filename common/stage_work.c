/*
 * The records of the main input, worked on side by side.
 */
#include "crew.h"
#include "stage.h"

/* What the crew's functions need; all is borrowed but `one`. */
struct working {
	struct stage *stage;
	const struct stage_work *work;
	struct reader *reader;
	const uint64_t *bytes_read;
	void *one; /* the result of a record that is read by itself */
};

static void *result_new(void *context)
{
	const struct working *w = context;
	return w->work->result_new(w->work->run);
}

static bool work(const void *context, void *result, const struct record *record, bool first,
	struct error *unsaid)
{
	const struct working *w = context;
	struct reject reject;
	if (first)
		w->work->clear(result);
	return w->work->make(w->work->run, result, record, &reject, unsaid) > 0;
}

static uint64_t read_bytes(const void *context)
{
	const struct working *w = context;
	return *w->bytes_read;
}

static int take(void *context, void *result, const struct batch_counts *counts)
{
	const struct working *w = context;
	stage_count_read(w->stage, counts->records, counts->read_bytes);
	return w->work->take(w->work->run, result) == 0 ? 1 : -1;
}

static int next(void *context)
{
	const struct working *w = context;
	struct stage *s = w->stage;
	struct reject reject;
	enum read_result got = stage_next(s, w->reader, *w->bytes_read);
	if (got != READ_RECORD)
		return got == READ_END ? 0 : -1;
	w->work->clear(w->one);
	int made = w->work->make(w->work->run, w->one, &w->reader->record, &reject, &s->error);
	if (made == 0)
		return stage_reject(s, w->reader, &reject) == 0 ? 1 : -1;
	return made > 0 && w->work->take(w->work->run, w->one) == 0 ? 1 : -1;
}

int stage_work_on(struct stage *s, const struct stage_work *work_of_stage, struct reader *r,
	const uint64_t *bytes_read)
{
	struct working w = { s, work_of_stage, r, bytes_read, NULL };
	const struct crew_work crew = { .context = &w,
		.result_new = result_new,
		.result_free = work_of_stage->result_free,
		.work = work,
		.read_bytes = read_bytes,
		.take = take,
		.next = next };
	w.one = work_of_stage->result_new(work_of_stage->run);
	if (!w.one)
		return error_memory(&s->error);
	int result = crew_run(&crew, r, stage_jobs(s), &s->error);
	work_of_stage->result_free(w.one);
	return result;
}
