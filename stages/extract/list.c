#include "list.h"

#include "probe.h"

#include <inttypes.h>

static const char *const columns[] = { "input", "member", "bytes", "compressed", "stream" };

static int list_header(struct run *run)
{
	struct stage *s = &run->stage;
	return s->writer.records ? 0 : stage_header(s, columns, sizeof columns / sizeof *columns);
}

static int put_number(struct buffer *out, uint64_t number)
{
	return number == BYTES_UNKNOWN ? 0 : buffer_printf(out, "%" PRIu64, number);
}

static int list_row(struct run *run, const struct member *member, uint64_t bytes)
{
	struct stage *s = &run->stage;
	struct buffer fields[5] = { 0 };
	struct slice slices[5];
	uint64_t packed;
	if (inputs_packed(run->inputs, member, &packed, &s->error) != 0)
		return -1;
	int failed = member_names(member, &fields[0], &fields[1]);
	failed |= put_number(&fields[2], bytes) | put_number(&fields[3], packed);
	if (member->source)
		failed |= probe_streams(run->probe, &fields[4]);
	int result = failed ? error_memory(&s->error) : list_header(run);
	for (size_t i = 0; i < 5; i++)
		slices[i] = buffer_slice(&fields[i]);
	if (result == 0)
		result = writer_record(&s->writer, slices, 5, &s->error);
	for (size_t i = 0; i < 5; i++)
		buffer_release(&fields[i]);
	return result;
}

/* Finds out the stream by the front alone. */
static int look(struct run *run, struct member *member)
{
	struct probe *p = run->probe;
	struct error *e = &run->stage.error;
	struct decoder decoder;
	struct buffer front = { 0 };
	if (run_decode(run, member, &decoder) != 0)
		return -1;
	int result = source_read_all(&decoder.source, &front, DIALECT_PREFIX, e);
	if (result == 0) {
		p->fit = candidates_find(&p->candidates, &p->options, buffer_slice(&front),
			member->name, member->path, e);
		result = p->fit == FIT_FAILED ? -1 : 0;
	}
	buffer_release(&front);
	decoder_release(&decoder);
	return result;
}

static int list_member(struct run *run, const struct member *member)
{
	struct error *e = &run->stage.error;
	if (!member->source) {
		run->skipped++;
		run->stage.look = true;
		return list_row(run, member, member->bytes);
	}
	struct tally tally;
	struct member through = *member;
	tally_init(&tally, member->source);
	through.source = &tally.source;
	if (look(run, &through) != 0)
		return -1;
	uint64_t bytes = member->bytes;
	if (bytes == BYTES_UNKNOWN) {
		if (tally_drain(&tally, e) != 0)
			return -1;
		bytes = tally.bytes;
	}
	if (run_note_member(run, member->name) != 0)
		return -1;
	return list_row(run, member, bytes);
}

const struct task list_task = { probe_open, list_member, list_header };
