#include "crew.h"

#include "splitter.h"

#include <pthread.h>
#include <stdlib.h>

/*
 * A batch has as many bytes as the reader's block, but this many times as many if no record ends.
 */
#define BLOCKS_MOST 16

/*
 * What one thread writes again and again is not beside what another one does: a line of memory goes
 * from one processor to the other each time.
 */
#define APART 128

struct batch {
	_Alignas(APART) struct buffer bytes;
	void *result;
	bool done;  /* it is worked on */
	bool whole; /* it ends with a record, as far as quotes tell */
	bool plain; /* all of it are records, and there is a result */
	struct batch_counts counts;
};

/*
 * A ring of batches: `cut` of them, from `oldest` on, are cut and not yet taken. Each of the
 * threads, of which the caller's is one, cuts a batch, works on it and takes what is done: so the
 * bytes stay with the processor that has them. One thread cuts at a time, and one takes.
 */
struct crew {
	struct source source; /* what the caller's reader reads, batch after batch */
	const struct crew_work *work;
	struct reader *reader;
	struct error *error; /* the caller's, set by who takes */

	/* Who cuts has these. */
	struct source *input;
	bool input_ended;
	bool input_failed; /* that was its end; why, is said when all before it has been taken */
	struct error why;
	struct buffer rest; /* bytes behind the last cut */
	uint64_t cut_bytes; /* before it */

	/* Who takes has these. */
	struct slice reread; /* what the caller's reader has not had of the oldest batch */
	bool rereading;

	pthread_t *workers; /* the threads besides the caller's, who alone knows of them */
	size_t worker_count;

	pthread_mutex_t lock; /* of what follows, and of what is done */
	pthread_cond_t changed;
	struct batch *batches;
	size_t count;
	size_t oldest; /* changed by who takes */
	size_t cut;    /* batches from the oldest on */
	bool cutting;
	bool taking;
	bool all_cut;
	bool ended;
	int result;
};

void *crew_memory(size_t size)
{
	size = (size + APART - 1) / APART * APART;
	void *memory = aligned_alloc(APART, size);
	return memory ? memset(memory, 0, size) : NULL;
}

static struct batch *batch_at(struct crew *c, size_t place)
{
	return &c->batches[(c->oldest + place) % c->count];
}

/* A reader of a batch: the headings and columns are those of the whole. */
static int part_open(struct reader *part, const struct reader *whole)
{
	*part = (struct reader){ .file = whole->file,
		.options = whole->options,
		.headings = whole->headings,
		.heading_count = whole->heading_count,
		.wanted = whole->wanted,
		.wanted_count = whole->wanted_count,
		.input_ended = true,
		.line = 1 };
	memcpy(part->wanted_text, whole->wanted_text, sizeof part->wanted_text);
	part->splitter = splitter_new(&part->options);
	return part->splitter ? 0 : -1;
}

static void part_release(struct reader *part)
{
	part->wanted = NULL; /* it is the whole's */
	reader_release(part);
}

/* Makes the result of a batch, or finds that it is not plain. */
static void work_on(const struct crew *c, struct batch *b)
{
	struct reader part;
	struct error unsaid = { 0 };
	enum read_result got = READ_FAILED;
	uint64_t records = 0;
	b->plain = false;
	if (!b->whole || part_open(&part, c->reader) != 0)
		return;
	part.input = b->bytes;
	while ((got = reader_next(&part, &unsaid)) == READ_RECORD)
		if (!c->work->work(
			    c->work->context, b->result, &part.record, records++ == 0, &unsaid))
			break;
	b->plain = got == READ_END && records;
	b->counts.records = records;
	b->counts.lines = part.line - 1;
	b->counts.blank_lines = part.blank_lines;
	b->bytes = part.input;
	part.input = (struct buffer){ 0 };
	part_release(&part);
	error_release(&unsaid);
}

/*
 * Where the last record ends, if all of them are plain; 0: nowhere. If they are not, the batch will
 * not be either, and the caller's reader finds where its records end.
 */
static size_t last_end(const struct crew *c, struct slice bytes)
{
	bool quotes = c->reader->options.format == FORMAT_CSV;
	bool inside = quotes && slice_count(bytes, '"') % 2;
	while (bytes.len) {
		const char *feed = memrchr(bytes.ptr, '\n', bytes.len);
		if (!feed)
			break;
		size_t end = (size_t)(feed - bytes.ptr) + 1;
		if (quotes && slice_count(slice_skip(bytes, end), '"') % 2)
			inside = !inside;
		if (!inside)
			return end;
		bytes.len = end - 1;
	}
	return 0;
}

/* Says why no batch can be cut any more, once those before it are taken. */
static int cut_failed(struct crew *c)
{
	c->input_ended = c->input_failed = true;
	return error_memory(&c->why);
}

/* Reads on until there are `most` bytes, or no more. */
static int fill(struct crew *c, struct buffer *bytes, size_t most)
{
	while (!c->input_ended && bytes->len < most) {
		if (buffer_reserve(bytes, most - bytes->len) != 0)
			return cut_failed(c);
		ssize_t got = c->input->read(
			c->input, bytes->ptr + bytes->len, most - bytes->len, &c->why);
		c->input_failed = got < 0;
		c->input_ended = got <= 0;
		bytes->len += got > 0 ? (size_t)got : 0;
	}
	return 0;
}

/* Cuts a batch off the input: 1; 0 when there is nothing left; -1 with why. */
static int cut_batch(struct crew *c, struct batch *b)
{
	size_t end = 0;
	buffer_clear(&b->bytes);
	b->done = false;
	b->counts = (struct batch_counts){ 0 };
	if (buffer_append(&b->bytes, buffer_slice(&c->rest)) != 0)
		return cut_failed(c);
	buffer_clear(&c->rest);
	size_t block = c->reader->options.block;
	for (size_t most = block; end == 0 && most <= BLOCKS_MOST * block; most *= 2) {
		if (fill(c, &b->bytes, most) != 0)
			return -1;
		end = c->input_ended ? b->bytes.len : last_end(c, buffer_slice(&b->bytes));
		if (c->input_ended)
			break;
	}
	b->whole = end > 0 && !c->input_failed;
	if (!b->whole)
		end = b->bytes.len;
	if (buffer_append(&c->rest, slice_skip(buffer_slice(&b->bytes), end)) != 0)
		return cut_failed(c);
	b->bytes.len = end;
	c->cut_bytes += end;
	b->counts.end = c->cut_bytes;
	if (c->work->read_bytes)
		b->counts.read_bytes = c->work->read_bytes(c->work->context);
	return end > 0;
}

/* With the lock: a batch that was cut has its place in the ring, if there is one. */
static void note_cut(struct crew *c, int got)
{
	c->cut += got > 0;
	c->all_cut |= got <= 0;
}

/* With the lock: cuts a batch and works on it. */
static void cut_and_work(struct crew *c)
{
	struct batch *b = batch_at(c, c->cut);
	c->cutting = true;
	pthread_mutex_unlock(&c->lock);
	int got = cut_batch(c, b);
	pthread_mutex_lock(&c->lock);
	c->cutting = false;
	note_cut(c, got);
	pthread_cond_broadcast(&c->changed);
	if (got <= 0)
		return;
	pthread_mutex_unlock(&c->lock);
	work_on(c, b);
	pthread_mutex_lock(&c->lock);
	b->done = true;
	pthread_cond_broadcast(&c->changed);
}

/* The end of the input: 0, or -1 with the error set. */
static int input_end(struct crew *c)
{
	if (!c->input_failed)
		return 0;
	error_release(c->error);
	*c->error = c->why;
	c->why = (struct error){ 0 };
	return -1;
}

static void drop_oldest(struct crew *c)
{
	pthread_mutex_lock(&c->lock);
	c->oldest = (c->oldest + 1) % c->count;
	c->cut--;
	pthread_mutex_unlock(&c->lock);
}

/* Waits until the oldest batch is worked on; false: there is none. */
static bool wait_for_oldest(struct crew *c)
{
	pthread_mutex_lock(&c->lock);
	while (c->cut && !batch_at(c, 0)->done)
		pthread_cond_wait(&c->changed, &c->lock);
	bool there = c->cut;
	pthread_mutex_unlock(&c->lock);
	return there;
}

/*
 * The bytes that the caller's reader asks for while it reads a batch once more. A record of it may
 * go on in the next ones, whose results are then of no use.
 */
static ssize_t crew_read(struct source *source, char *into, size_t room, struct error *e)
{
	struct crew *c = (struct crew *)source;
	(void)e; /* it is the caller's, as c->error is */
	while (c->reread.len == 0) {
		if (c->rereading)
			drop_oldest(c);
		c->rereading = false;
		if (!wait_for_oldest(c)) {
			struct batch *b = batch_at(c, 0);
			int got = cut_batch(c, b);
			b->done = true;
			pthread_mutex_lock(&c->lock);
			note_cut(c, got);
			pthread_mutex_unlock(&c->lock);
			if (got <= 0)
				return input_end(c);
		}
		c->reread = buffer_slice(&batch_at(c, 0)->bytes);
		c->rereading = true;
	}
	size_t length = room < c->reread.len ? room : c->reread.len;
	memcpy(into, c->reread.ptr, length);
	c->reread = slice_skip(c->reread, length);
	return (ssize_t)length;
}

/* Nobody else cuts meanwhile. */
static void hold_cutting(struct crew *c)
{
	pthread_mutex_lock(&c->lock);
	while (c->cutting)
		pthread_cond_wait(&c->changed, &c->lock);
	c->cutting = true;
	pthread_mutex_unlock(&c->lock);
}

static void let_cutting(struct crew *c)
{
	pthread_mutex_lock(&c->lock);
	c->cutting = false;
	pthread_mutex_unlock(&c->lock);
}

/*
 * Reads the oldest batch record after record: 1; 0 at the end of the input; -1. Where the last of
 * it is one that the caller passes over, he goes on, and the next batch is read with it.
 */
static int read_again(struct crew *c)
{
	int got = 1;
	hold_cutting(c);
	c->reread = buffer_slice(&batch_at(c, 0)->bytes);
	c->rereading = true;
	while (got > 0 && (c->reread.len || reader_bytes(c->reader).len))
		got = c->work->next(c->work->context);
	if (c->rereading)
		drop_oldest(c);
	c->rereading = false;
	let_cutting(c);
	return got;
}

/* Takes the oldest batch: 1; 0 at the end of the input; -1. */
static int take_oldest(struct crew *c)
{
	struct batch *b = batch_at(c, 0);
	struct reader *r = c->reader;
	b->counts.first_line = r->line;
	int taken = b->plain ? c->work->take(c->work->context, b->result, &b->counts) : 0;
	if (taken < 0)
		return -1;
	if (taken == 0)
		return read_again(c);
	r->line += b->counts.lines;
	r->blank_lines += b->counts.blank_lines;
	drop_oldest(c);
	return 1;
}

/* With the lock. */
static void take(struct crew *c)
{
	c->taking = true;
	pthread_mutex_unlock(&c->lock);
	int taken = take_oldest(c);
	pthread_mutex_lock(&c->lock);
	c->taking = false;
	if (taken <= 0) {
		c->ended = true;
		c->result = taken;
	}
	pthread_cond_broadcast(&c->changed);
}

/*
 * What each of the threads does: what is done is taken first, then as much is cut as there is room
 * for.
 */
static void *go(void *context)
{
	struct crew *c = context;
	pthread_mutex_lock(&c->lock);
	while (!c->ended) {
		if (c->cut && !c->taking && batch_at(c, 0)->done) {
			take(c);
		} else if (!c->all_cut && !c->cutting && c->cut < c->count) {
			cut_and_work(c);
		} else if (c->all_cut && c->cut == 0 && !c->taking) {
			c->ended = true;
			c->result = input_end(c);
			pthread_cond_broadcast(&c->changed);
		} else {
			pthread_cond_wait(&c->changed, &c->lock);
		}
	}
	pthread_mutex_unlock(&c->lock);
	return NULL;
}

static int crew_open(struct crew *c, size_t jobs, struct error *e)
{
	struct reader *r = c->reader;
	c->count = jobs > 1 ? 2 * jobs : 1;
	c->batches = crew_memory(c->count * sizeof *c->batches);
	c->workers = calloc(jobs, sizeof *c->workers);
	bool memory = c->batches && c->workers;
	for (size_t i = 0; memory && i < c->count; i++)
		memory = (c->batches[i].result = c->work->result_new(c->work->context)) != NULL;
	/*
	 * What the reader has read already comes first; from then on it gets its bytes from here.
	 */
	struct splitter *splitter = splitter_new(&r->options);
	if (!memory || !splitter || buffer_append(&c->rest, reader_bytes(r)) != 0) {
		if (splitter)
			splitter->release(splitter);
		return error_memory(e);
	}
	r->splitter->release(r->splitter);
	r->splitter = splitter;
	r->input.len = r->input_at = 0;
	c->input_ended = r->input_ended;
	r->input_ended = false;
	r->source = &c->source;
	/* With fewer threads than were wanted it only takes longer. */
	while (c->worker_count + 1 < jobs &&
		pthread_create(&c->workers[c->worker_count], NULL, go, c) == 0)
		c->worker_count++;
	return 0;
}

static void crew_close(struct crew *c)
{
	for (size_t i = 0; i < c->worker_count; i++)
		pthread_join(c->workers[i], NULL);
	for (size_t i = 0; c->batches && i < c->count; i++) {
		buffer_release(&c->batches[i].bytes);
		if (c->batches[i].result)
			c->work->result_free(c->batches[i].result);
	}
	free(c->batches);
	free(c->workers);
	buffer_release(&c->rest);
	error_release(&c->why);
	c->reader->source = c->input;
}

int crew_run(const struct crew_work *work, struct reader *r, size_t jobs, struct error *e)
{
	struct crew c = { .source = { crew_read },
		.work = work,
		.reader = r,
		.error = e,
		.input = r->source,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.changed = PTHREAD_COND_INITIALIZER };
	int result = crew_open(&c, jobs, e);
	if (result == 0) {
		go(&c);
		result = c.result;
	}
	crew_close(&c);
	return result;
}
