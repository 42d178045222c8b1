#include "run.h"

#include "todo.h"
#include "todo_stream.h"

#include <stdlib.h>

/* The whole files, changed or not, in the order of their paths. */
static int restored_make(struct run *run, struct error *e)
{
	run->restored = calloc(run->current.count, sizeof *run->restored);
	if (!run->restored)
		return error_memory(e);
	for (size_t i = 0; i < run->current.count; i++) {
		const struct plan *plan = &run->plans[i];
		struct slice bytes = buffer_slice(&plan->current->bytes);
		if (plan->count)
			bytes = buffer_slice(&plan->result);
		run->restored[i] = (struct restored){ plan->current->path, bytes };
	}
	return 0;
}

static int archive_write(struct run *run, struct error *e)
{
	if (output_open(&run->archive, run->archive_path, e) != 0)
		return -1;
	run->archive.closed = true; /* it holds secrets */
	run->stage.also[0] = &run->archive;
	return pack_write(&run->archive, run->archive_path, run->restored, run->current.count, e);
}

static int todo_make(struct run *run, struct error *e)
{
	struct writer writer;
	if (output_open(&run->todo, run->todo_path, e) != 0)
		return -1;
	run->stage.also[1] = &run->todo;
	writer_init(&writer, &run->todo, (enum format)run->stage.output_format);
	int result = todo_stream_header(&writer, e);
	for (size_t i = 0; result == 0 && i < run->changes.count; i++)
		if (step_is_task(run->changes.items[i].step))
			result = todo_write(&writer, &run->changes.items[i], e);
	if (result == 0)
		result = writer_flush(&writer, e);
	writer_release(&writer);
	return result;
}

int run_write(struct run *run)
{
	struct stage *s = &run->stage;
	struct error *e = &s->error;
	if (restored_make(run, e) != 0 ||
		(run->output_dir && tree_write(&run->tree, run->output_dir, run->restored,
					    run->current.count, e) != 0) ||
		(run->archive_path && archive_write(run, e) != 0) ||
		(run->todo_path && todo_make(run, e) != 0))
		return -1;
	/* Standard output comes last: what has left cannot be taken back. */
	if (output_open(&s->output, s->output_path, e) != 0)
		return -1;
	return output_write(&s->output, buffer_slice(&run->patch), e);
}
