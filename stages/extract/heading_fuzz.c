/*
 * Heading maps: what a map binds is where it says, a value it gives is one that the column may
 * hold, and the map written again from what was read is the same map.
 *
 * Input: a letter for the stream, the lines of a map, `%%`, headings with | between, `%%`, raw
 * values with | between.
 */
#include "heading.h"

#include "word.h"
#include "writer.h"

#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#define MOST 64

static struct stream *stream_made(unsigned letter)
{
	static struct stream streams[6];
	static const char *const names[6] = { "users", "status-history", "classes", "holds",
		"assignments", "leavers" };
	struct error e = { 0 };
	struct stream *s = &streams[letter % 6];
	if (s->count == 0)
		REQUIRE(stream_load(s, names[letter % 6], &e) == 0);
	return s;
}

/* A map from memory: the same as heading_map_load. */
static int load(
	struct heading_map *m, const struct stream *stream, struct slice text, struct error *e)
{
	char path[32];
	int fd = memfd_create("map", 0);
	REQUIRE(fd >= 0 && (text.len == 0 || write(fd, text.ptr, text.len) == (ssize_t)text.len));
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	int result = heading_map_load(m, stream, path, NULL, e);
	close(fd);
	return result;
}

static size_t split(struct slice text, struct slice parts[MOST])
{
	size_t count = 0;
	for (struct slice rest = text; rest.ptr && count < MOST;)
		parts[count++] = slice_cut(&rest, '|');
	return count;
}

static void put_escaped(struct buffer *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (memchr("|=\\", text.ptr[i], 3))
			buffer_put(out, '\\');
		buffer_put(out, text.ptr[i]);
	}
}

static void check_rules(const struct heading_map *m, const struct heading_map *again)
{
	REQUIRE(m->count == again->count);
	for (size_t i = 0; i < m->count; i++) {
		const struct heading_rule *a = m->rules[i];
		const struct heading_rule *b = again->rules[i];
		REQUIRE(a->column == b->column && a->level == b->level);
		REQUIRE(a->has_format == b->has_format && a->value_count == b->value_count);
		REQUIRE(slice_equal(buffer_slice(&a->heading), buffer_slice(&b->heading)));
		REQUIRE(slice_equal(buffer_slice(&a->line_start), buffer_slice(&b->line_start)));
		for (size_t j = 0; j < a->value_count; j++) {
			const struct heading_value *v = &a->values[j];
			const struct heading_value *w = &b->values[j];
			REQUIRE(slice_equal(buffer_slice(&v->raw), buffer_slice(&w->raw)));
			REQUIRE(slice_equal(
				buffer_slice(&v->canonical), buffer_slice(&w->canonical)));
		}
	}
}

/* Writes the rules of the map, loads them again and compares. */
static void check_again(const struct heading_map *m)
{
	struct writer w;
	struct buffer values = { 0 };
	struct error e = { 0 };
	struct heading_map again;
	const struct slice header[] = { SLICE("values"), SLICE("format"), SLICE("heading"),
		SLICE("column"), SLICE("stream") };
	writer_init(&w, NULL, FORMAT_CSV);
	REQUIRE(writer_record(&w, header, 5, &e) == 0);
	for (size_t i = 0; i < m->count && m->rules[i]->level == LEVEL_MAP; i++) {
		const struct heading_rule *rule = m->rules[i];
		buffer_clear(&values);
		for (size_t j = 0; j < rule->value_count; j++) {
			if (j)
				buffer_put(&values, '|');
			put_escaped(&values, buffer_slice(&rule->values[j].raw));
			buffer_put(&values, '=');
			put_escaped(&values, buffer_slice(&rule->values[j].canonical));
		}
		const struct slice fields[] = { buffer_slice(&values),
			rule->has_format ? buffer_slice(&rule->format.text) : SLICE(""),
			buffer_slice(&rule->heading),
			slice_from(m->stream->columns[rule->column].name),
			slice_from(m->stream->name) };
		REQUIRE(writer_record(&w, fields, 5, &e) == 0);
	}
	REQUIRE(load(&again, m->stream, buffer_slice(&w.pending), &e) == 0);
	check_rules(m, &again);
	heading_map_release(&again);
	writer_release(&w);
	buffer_release(&values);
}

static void check_value(struct heading_map *m, const struct binding *b,
	const struct stream_column *c, struct slice raw)
{
	struct slice got = SLICE("?");
	int known = heading_value(m, b, c, raw, &got);
	REQUIRE(known >= 0);
	if (c->type == TYPE_WORD && known)
		REQUIRE(got.len == 0 || word_place(c->words, got) >= 0);
	if (!known)
		REQUIRE(c->type == TYPE_WORD && slice_equal(got, raw));
}

static void check_bound(struct heading_map *m, const struct slice *headings, size_t count,
	const struct binding *bindings, enum bind_result result, const struct slice *raws,
	size_t raw_count)
{
	heading_note_bound(m, bindings);
	for (size_t i = 0; i < m->stream->count; i++) {
		const struct binding *b = &bindings[i];
		struct buffer folded = { 0 };
		if (!b->rule)
			continue;
		REQUIRE(b->rule->column == (int)i && b->rule->used);
		REQUIRE(b->position >= -1 && b->position < (int)count);
		REQUIRE((b->position < 0) == (b->rule->folded.len == 0));
		if (b->position >= 0) {
			fold_append(&m->folding, &folded, headings[b->position]);
			REQUIRE(slice_equal(buffer_slice(&folded), buffer_slice(&b->rule->folded)));
			int found = heading_find(m, headings, count, headings[b->position]);
			REQUIRE(found == b->position || (found == -2 && result == BIND_MISSING));
		}
		buffer_release(&folded);
		heading_format(b);
		for (size_t j = 0; j < raw_count; j++)
			check_value(m, b, &m->stream->columns[i], raws[j]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = { (const char *)data, size };
	struct slice headings[MOST];
	struct slice raws[MOST];
	struct buffer missing = { 0 };
	struct buffer text = { 0 };
	struct error e = { 0 };
	struct heading_map m;
	const struct place place = { "x", 1, { NULL, 0 } };
	size_t bound;
	const struct stream *stream = stream_made(fuzz_byte(&rest));
	struct slice map = fuzz_part(&rest);
	size_t count = split(fuzz_part(&rest), headings);
	size_t raw_count = split(rest, raws);
	buffer_append(&text, SLICE("stream,column,heading,format,values\n"));
	buffer_append(&text, map);
	if (load(&m, stream, buffer_slice(&text), &e) != 0) {
		REQUIRE(e.status == STATUS_INPUT && e.text.len > 0);
	} else {
		struct binding bindings[STREAM_COLUMNS];
		check_again(&m);
		enum bind_result result =
			heading_bind(&m, headings, count, &place, bindings, &missing, &bound, &e);
		REQUIRE(result == BIND_FAILED || (result == BIND_MISSING) == (missing.len > 0));
		if (result == BIND_FAILED)
			REQUIRE(e.status == STATUS_INPUT && e.text.len > 0);
		else
			check_bound(&m, headings, count, bindings, result, raws, raw_count);
		heading_map_release(&m);
	}
	error_release(&e);
	buffer_release(&missing);
	buffer_release(&text);
	return 0;
}
