#include "converted.h"

#include "crew.h"

#include <stdlib.h>

/* How many rows ahead a key is fetched. */
#define AHEAD 32

/* What a row is compared by, and where it stands in its part. */
struct made_row {
	struct unique_made made; /* but for the place of a long key */
	uint64_t line;
};

struct converted {
	struct conversion conversion;
	uint64_t seed; /* of the unique keys */
	struct writer writer;
	struct made_row *rows; /* none where the stream has no unique key */
	size_t row_count;
	size_t row_room;
	struct buffer keys; /* the long ones, one after the other */
	uint64_t count;
};

static void *converted_new(void *context)
{
	const struct sheet *t = context;
	struct converted *made = crew_memory(sizeof *made);
	if (!made)
		return NULL;
	convert_share(&made->conversion, &t->run->conversion);
	made->seed = t->run->unique.seed;
	writer_init(&made->writer, NULL, (enum format)t->run->stage.output_format);
	return made;
}

static void converted_free(void *result)
{
	struct converted *made = result;
	convert_share_release(&made->conversion);
	writer_release(&made->writer);
	buffer_release(&made->keys);
	free(made->rows);
	free(made);
}

static void clear(struct converted *made)
{
	made->conversion.open_ended = 0;
	writer_begin(&made->writer);
	buffer_clear(&made->keys);
	made->row_count = 0;
	made->count = 0;
}

/* Notes what the row, as it is written so far, will be compared by. */
static int note_key(struct converted *made, uint64_t line)
{
	const struct conversion *c = &made->conversion;
	if (made->row_count == made->row_room) {
		size_t room = made->row_room ? made->row_room * 2 : 1024;
		struct made_row *rows = realloc(made->rows, room * sizeof *rows);
		if (!rows)
			return -1;
		made->rows = rows;
		made->row_room = room;
	}
	struct made_row *row = &made->rows[made->row_count++];
	unique_make(&row->made, made->seed, c->key, writer_begun(&made->writer), c->slack);
	row->line = line;
	return c->key.len < KEY_LONG ? 0 : buffer_append(&made->keys, c->key);
}

static bool work(const void *context, void *result, const struct record *record, bool first,
	struct error *unsaid)
{
	const struct sheet *t = context;
	struct converted *made = result;
	struct conversion *c = &made->conversion;
	struct reject reject;
	if (first)
		clear(made);
	enum convert_result converted =
		convert_record(c, t->reader.headings, record, &reject, unsaid);
	bool done = converted == CONVERT_DONE;
	if (done) {
		(c->slack ? writer_fields_slack : writer_fields)(
			&made->writer, c->cells, c->count, c->words);
		done = !made->writer.memory_failed &&
		       (c->key.len == 0 || note_key(made, record->line) == 0);
		sheet_write_positions(t, &made->writer, record);
		done = writer_end(&made->writer, unsaid) == 0 && done;
		made->count++;
	}
	return done;
}

/* Are all keys new? If not, none of them is kept: 1, 0, or -1 with the error set. */
static int add_keys(struct sheet *t, struct converted *made, uint64_t first_line)
{
	struct unique *unique = &t->run->unique;
	const uint32_t known = unique->log.count;
	const size_t count = made->row_count;
	struct slice keys = buffer_slice(&made->keys);
	struct row_place place = { (uint32_t)t->run->member_count - 1, 0 };
	for (size_t i = 0; i < count; i++) {
		struct made_row *row = &made->rows[i];
		struct row_place before;
		if (i + AHEAD < count)
			unique_prefetch(unique, &row[AHEAD].made);
		place.line = first_line - 1 + row->line;
		if (row->made.key.bytes.len >= KEY_LONG) {
			row->made.key.bytes.ptr = keys.ptr;
			keys = slice_skip(keys, row->made.key.bytes.len);
		}
		enum unique_result added = unique_add_made(unique, &row->made, place, &before);
		if (added == UNIQUE_FAILED)
			return error_memory(t->e);
		if (added != UNIQUE_NEW) {
			unique_forget(unique, known);
			return 0;
		}
	}
	return 1;
}

static uint64_t read_bytes(const void *context)
{
	const struct sheet *t = context;
	return inputs_counts(t->run->inputs).read_bytes;
}

static int take(void *context, void *result, const struct batch_counts *counts)
{
	struct sheet *t = context;
	struct stage *s = &t->run->stage;
	struct converted *made = result;
	unique_expect(&t->run->unique,
		counts->records +
			rows_left(t->rows + counts->records, counts->end, t->run->member_bytes));
	int added = add_keys(t, made, counts->first_line);
	if (added <= 0)
		return added;
	stage_count_read(s, counts->records, counts->read_bytes);
	t->rows += counts->records;
	t->run->conversion.open_ended += made->conversion.open_ended;
	s->written += made->count;
	return writer_take(&s->writer, &made->writer, t->e) == 0 ? 1 : -1;
}

int converted_rows(struct sheet *t, int (*one_row)(void *sheet))
{
	const struct crew_work work_of_rows = { .context = t,
		.result_new = converted_new,
		.result_free = converted_free,
		.work = work,
		.read_bytes = read_bytes,
		.take = take,
		.next = one_row };
	return crew_run(&work_of_rows, &t->reader, stage_jobs(&t->run->stage), t->e);
}
