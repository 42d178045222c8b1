/*
 * The same records, rejects, lines and errors with any number of workers as with a reader alone,
 * wherever the batches are cut.
 */
#include "crew.h"

#include "test.h"

#include <sched.h>
#include <stdlib.h>

/* What a reader found, in words. */
struct told {
	struct buffer text;
	struct reader reader;
	struct error e;
	bool refuses;      /* results with a record that starts with an x are not taken */
	struct slice rows; /* the input behind the header; empty: it is not known */
	uint64_t end;      /* of the last result that was taken */
};

static void tell_record(struct buffer *text, const struct record *record, uint64_t lines)
{
	buffer_printf(text, "record %" PRIu64 ":", lines + record->line);
	for (size_t i = 0; i < record->count; i++) {
		buffer_append(text, record->fields[i]);
		buffer_put(text, '|');
	}
	buffer_append(text, record->raw);
	buffer_put(text, '\n');
}

/* Of a batch: its records, and the line of each on its own. */
struct result {
	struct buffer lines;
	struct buffer texts;
	bool refused;
};

static void *result_new(void *context)
{
	(void)context;
	return crew_memory(sizeof(struct result));
}

static void result_free(void *result)
{
	struct result *r = result;
	buffer_release(&r->lines);
	buffer_release(&r->texts);
	free(r);
}

/* Lets another thread go first, now and then, so that they meet each other in all orders. */
static void give_way(const struct record *record)
{
	if ((record->line * 7 + record->raw.len) % 5 == 0)
		sched_yield();
}

static bool work(const void *context, void *result, const struct record *record, bool first,
	struct error *unsaid)
{
	const struct told *t = context;
	struct result *r = result;
	struct record moved = *record;
	give_way(record);
	if (first) {
		buffer_clear(&r->lines);
		buffer_clear(&r->texts);
		r->refused = false;
	}
	if (record->raw.len && record->raw.ptr[0] == 'y')
		return error_set(unsaid, STATUS_INPUT, "said of no record") == 0;
	r->refused |= t->refuses && record->raw.len && record->raw.ptr[0] == 'x';
	/* What stands before the colon depends on the line, which is not yet known. */
	moved.line = 0;
	size_t start = r->texts.len;
	tell_record(&r->texts, &moved, 0);
	const uint64_t note[2] = { record->line, r->texts.len - start };
	buffer_append(&r->lines, (struct slice){ (const char *)note, sizeof note });
	return true;
}

static uint64_t read_bytes(const void *context)
{
	const struct told *t = context;
	return t->reader.heading_count + 5; /* any number that nothing else gives */
}

static int take(void *context, void *result, const struct batch_counts *counts)
{
	struct told *t = context;
	struct result *r = result;
	struct slice texts = buffer_slice(&r->texts);
	if (r->refused)
		return 0;
	CHECK_NUMBER(counts->records, r->lines.len / 16);
	CHECK_NUMBER(counts->read_bytes, t->reader.heading_count + 5);
	CHECK(counts->end > t->end);
	t->end = counts->end;
	CHECK(!t->rows.len || t->end == t->rows.len ||
		(t->end < t->rows.len && t->rows.ptr[t->end - 1] == '\n'));
	for (size_t at = 0; at < r->lines.len; at += 16) {
		uint64_t note[2];
		memcpy(note, r->lines.ptr + at, sizeof note);
		buffer_printf(&t->text, "record %" PRIu64, counts->first_line - 1 + note[0]);
		buffer_append(&t->text, (struct slice){ texts.ptr + strlen("record 0"),
						note[1] - strlen("record 0") });
		texts = slice_skip(texts, note[1]);
	}
	return 1;
}

static int next(void *context)
{
	struct told *t = context;
	enum read_result got = reader_next(&t->reader, &t->e);
	if (got == READ_END || got == READ_FAILED)
		return got == READ_END ? 0 : -1;
	if (got == READ_RECORD) {
		tell_record(&t->text, &t->reader.record, 0);
		return 1;
	}
	buffer_printf(&t->text, "reject %" PRIu64 " %d:", t->reader.reject.line,
		(int)t->reader.reject.reason);
	buffer_append(&t->text, t->reader.reject.raw);
	buffer_put(&t->text, '\n');
	return 1;
}

static const struct crew_work crew_of_test = { .result_new = result_new,
	.result_free = result_free,
	.work = work,
	.read_bytes = read_bytes,
	.take = take,
	.next = next };

/* Reads with `jobs` workers, or with 0 by the reader alone. */
static void tell(struct told *t, struct slice input, struct source *then, enum format format,
	size_t jobs, size_t block)
{
	struct memory_source source;
	struct crew_work crew = crew_of_test;
	const struct reader_options options = { .format = format, .block = block };
	memory_source_init(&source, input, then);
	buffer_clear(&t->text);
	t->e = (struct error){ 0 };
	t->rows = input;
	slice_cut(&t->rows, '\n');
	t->rows.len *= !then && t->rows.ptr;
	t->end = 0;
	crew.context = t;
	if (reader_open(&t->reader, &source.source, "made", &options, &t->e) == 0) {
		int got = 1;
		if (jobs)
			got = crew_run(&crew, &t->reader, jobs, &t->e);
		while (!jobs && got > 0)
			got = next(t);
		buffer_printf(
			&t->text, "end %d, %" PRIu64 " blank lines\n", got, t->reader.blank_lines);
		reader_release(&t->reader);
	}
	buffer_append(&t->text, buffer_slice(&t->e.text));
	error_release(&t->e);
}

static uint32_t random_next(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static void test_same(struct slice input, enum format format, uint32_t *seed)
{
	struct told alone = { 0 };
	struct told crew = { .refuses = random_next(seed) % 2 };
	tell(&alone, input, NULL, format, 0, 0);
	for (size_t jobs = 1; jobs <= 3; jobs++) {
		size_t block = jobs == 3 ? 1 + random_next(seed) % 100 : 1 + random_next(seed) % 20;
		tell(&crew, input, NULL, format, jobs, block);
		CHECK_SLICE(buffer_slice(&crew.text), buffer_slice(&alone.text));
	}
	buffer_release(&alone.text);
	buffer_release(&crew.text);
}

static void test_random(const char *alphabet, size_t letters, enum format format, uint32_t seed,
	size_t most, int rounds)
{
	struct buffer input = { 0 };
	for (int round = 0; round < rounds; round++) {
		buffer_clear(&input);
		buffer_append(&input, format == FORMAT_TSV ? SLICE("a\tb\n") : SLICE("a,b\n"));
		for (size_t left = random_next(&seed) % most; left; left--)
			buffer_put(&input, alphabet[random_next(&seed) % letters]);
		test_same(buffer_slice(&input), format, &seed);
	}
	buffer_release(&input);
}

/* Mostly records, some that go over lines, and a few that are none. */
static void test_records(uint32_t seed, int rounds)
{
	static const char *const records[] = { "a,b\n", "1,2\r\n", "\"a,\nb\",c\n", "x,1\n",
		"y,2\n", "\"say \"\"so\"\"\",\n", ",\n", "M\xC3\xBCller,\"\r\n\"\n" };
	static const char *const others[] = { "\n", "a\n", "a\"b,c\n", "\"a\"b,\"c\n", "\xFF,a\n",
		"a\rb,c\n", "\r\n", "\"never closed,a\n", "\"incomplete", "a,b" };
	struct buffer input = { 0 };
	for (int round = 0; round < rounds; round++) {
		unsigned rare = 2 + random_next(&seed) % 60;
		buffer_clear(&input);
		buffer_append(&input, SLICE("a,b\n"));
		for (unsigned left = random_next(&seed) % 60; left; left--)
			buffer_append(
				&input, slice_from(random_next(&seed) % rare
							   ? records[random_next(&seed) % 8]
							   : others[random_next(&seed) % 10]));
		test_same(buffer_slice(&input), FORMAT_CSV, &seed);
	}
	buffer_release(&input);
}

/* The source fails: all that came before is told as by the reader alone, then why. */
static ssize_t fail(struct source *s, char *into, size_t room, struct error *e)
{
	(void)s;
	memset(into, 0, room);
	return error_set(e, STATUS_SYSTEM, "the disk is gone");
}

static void test_failing(void)
{
	static const char *const inputs[] = { "a,b\n1,2\n3,4\n5,6\n7,8\n",
		"a,b\n1,2\n3\n5,6\n7,8\n9,1", "a,b\n", "a,b\n\n\n", "a,b\n1,\"2\n",
		"a,b\n1,2\n\"3\nx\",4\ny,6\nx,8\n9,1\n" };
	struct source failing = { fail };
	for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
		struct told alone = { 0 };
		tell(&alone, slice_from(inputs[i]), &failing, FORMAT_CSV, 0, 0);
		CHECK(strstr(buffer_text(&alone.text), "the disk is gone"));
		for (size_t jobs = 1; jobs <= 4; jobs++) {
			for (size_t block = 1; block < 30; block += 4) {
				struct told crew = { .refuses = block % 3 == 0 };
				tell(&crew, slice_from(inputs[i]), &failing, FORMAT_CSV, jobs,
					block);
				CHECK_SLICE(buffer_slice(&crew.text), buffer_slice(&alone.text));
				buffer_release(&crew.text);
			}
		}
		buffer_release(&alone.text);
	}
}

#define ALPHABET(letters) letters, sizeof(letters) - 1

int main(void)
{
	test_random(ALPHABET("a\",\r\n"), FORMAT_CSV, 1, 60, test_rounds(3000));
	test_random(ALPHABET("aaaa,,,,\n\n\"\r\n"), FORMAT_CSV, 2, 200, test_rounds(2000));
	test_random(ALPHABET("xay,,\n\n"), FORMAT_CSV, 3, 200, test_rounds(2000));
	test_random(ALPHABET("xay\t\t\n\n\\n"), FORMAT_TSV, 4, 200, test_rounds(2000));
	test_records(5, test_rounds(4000));
	test_failing();
	return test_report("crew_test");
}
