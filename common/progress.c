#include "progress.h"

#include <inttypes.h>
#include <time.h>
#include <unistd.h>

/* Records between two looks at the clock. */
#define PROGRESS_STEP 4096

static double now(void)
{
	struct timespec t = { 0 };
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void progress_init(struct progress *p, struct messages *m, enum progress_when when)
{
	bool terminal = isatty(fileno(m->stream));
	*p = (struct progress){
		.messages = m, .started = now(), .always = when == PROGRESS_ALWAYS
	};
	p->wanted = p->always || (when == PROGRESS_AUTO && terminal);
}

static void progress_show(struct progress *p, double at)
{
	fprintf(p->messages->stream, "\r%s: %" PRIu64 " records, %" PRIu64 " MB, %.1f s",
		p->messages->program, p->records, p->bytes / 1000000, at - p->started);
	fflush(p->messages->stream);
	p->messages->progress_shown = true;
	p->shown = at;
}

void progress_tell(struct progress *p, uint64_t records, uint64_t bytes)
{
	p->records = records;
	p->bytes = bytes;
	if (!p->wanted || records < p->next)
		return;
	p->next = records + PROGRESS_STEP;
	double at = now();
	if (at - (p->shown > 0 ? p->shown : p->started) >= 1)
		progress_show(p, at);
}

void progress_end(struct progress *p)
{
	if (!p->wanted || (p->shown <= 0 && !p->always))
		return;
	progress_show(p, now());
	fputc('\n', p->messages->stream);
	p->messages->progress_shown = false;
	p->wanted = false;
}
