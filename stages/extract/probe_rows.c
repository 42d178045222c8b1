/*
 * The rows of --probe.
 */
#include "probe.h"
#include "show.h"

#include <inttypes.h>

static const char *const columns[] = { "input", "member", "stream", "encoding", "bom", "newline",
	"delimiter", "column", "heading", "format", "evidence" };

/* A row that is made, and what all rows of its member have. */
struct rows {
	struct run *run;
	struct probe *probe;
	const struct reader *reader; /* NULL: no table */
	struct buffer input;
	struct buffer path;
	struct buffer encoding;
	const char *newline;
	const char *delimiter;
	char one[2]; /* where that is a byte */
	struct buffer format;
	struct buffer evidence;
};

/* What is known of the text as a whole. */
static int tell_encoding(struct rows *r)
{
	const struct probe *p = r->probe;
	const struct tally *t = &p->tally;
	struct buffer *evidence = &r->evidence;
	int failed = 0;
	if (!p->encoding)
		return 0;
	if (t->bad) {
		r->run->stage.look = true;
		failed |= buffer_append(&r->encoding, SLICE("not "));
		if (strcmp(p->encoding, "UTF-8") == 0)
			failed |= buffer_printf(evidence,
				"byte 0x%02X in line %" PRIu64
				" is no UTF-8; --encoding NAME says what it is",
				t->bad_byte, t->bad_line);
		else
			failed |= buffer_printf(evidence,
				"the bytes of line %" PRIu64 " are invalid in %s", t->bad_line,
				SHOW(slice_from(p->encoding)));
	}
	return failed | show_append(&r->encoding, slice_from(p->encoding));
}

/* More of what stands in the first row. */
static int tell_member(struct rows *r)
{
	const struct probe *p = r->probe;
	struct buffer *evidence = &r->evidence;
	const struct buffer *why = &p->candidates.why;
	int failed = 0;
	bool header_bad = p->tally.bad && p->fit == FIT_NOTHING;
	if (p->encoding && why->len && !header_bad)
		failed |= buffer_printf(
			evidence, "%s%.*s", evidence->len ? "; " : "", (int)why->len, why->ptr);
	if (p->encoding && p->fit == FIT_CONFIG)
		failed |= buffer_printf(
			evidence, "%slooks like a configuration file", evidence->len ? "; " : "");
	if (p->evidence.len)
		failed |= buffer_printf(evidence, "%s%.*s", evidence->len ? "; " : "",
			(int)p->evidence.len, p->evidence.ptr);
	if (p->rejects) {
		r->run->stage.look = true;
		failed |= buffer_printf(evidence,
			"%s%" PRIu64 " rejected, the first in line %" PRIu64 ": %s",
			evidence->len ? "; " : "", p->rejects, p->first_reject.line,
			reason_text(p->first_reject.reason));
	}
	return failed;
}

static void find_delimiter(struct rows *r)
{
	const struct dialect *d = &r->probe->candidates.dialect;
	if (d->format == FORMAT_FEED) {
		r->delimiter = "|" FEED_END;
		r->newline = FEED_END;
	} else if (d->format == FORMAT_TSV || d->delimiter == '\t') {
		r->delimiter = "tab";
	} else if (r->reader->heading_count > 1) {
		r->one[0] = d->delimiter;
		r->delimiter = r->one;
	}
}

/* Writes the row; what stands in the first one alone is used up by it. */
static int put(struct rows *r, const char *stream, const char *column, struct slice heading)
{
	struct stage *s = &r->run->stage;
	const struct probe *p = r->probe;
	const struct slice fields[] = { buffer_slice(&r->input), buffer_slice(&r->path),
		slice_from(stream), buffer_slice(&r->encoding),
		slice_from(!p->encoding ? ""
			   : p->bom     ? "Y"
					: "N"),
		slice_from(r->newline), slice_from(r->delimiter), slice_from(column), heading,
		buffer_slice(&r->format), buffer_slice(&r->evidence) };
	int result = writer_record(&s->writer, fields, sizeof fields / sizeof *fields, &s->error);
	buffer_clear(&r->format);
	buffer_clear(&r->evidence);
	return result;
}

static int tell_words(struct rows *r, struct candidate *c, size_t column, const struct survey *one)
{
	const struct survey_values *v = one->values;
	size_t unknown = 0;
	int failed = 0;
	for (size_t i = 0; i < v->count && !v->hidden; i++) {
		struct slice canonical;
		if (heading_value(&c->map, &c->conversion.bindings[column],
			    &c->stream.columns[column], buffer_slice(&v->raw[i]), &canonical))
			continue;
		if (unknown++ == 0)
			failed |= buffer_printf(
				&r->evidence, "%sunknown values:", r->evidence.len ? "; " : "");
		failed |= buffer_printf(&r->evidence, "%s \"%s\"", unknown > 1 ? "," : "",
			SHOW(buffer_slice(&v->raw[i])));
	}
	if (v->hidden)
		failed |= buffer_printf(&r->evidence,
			"%sthe values are not shown: one may be a secret",
			r->evidence.len ? "; " : "");
	if (v->more)
		failed |= buffer_printf(&r->evidence, "%smore values than a map lists",
			r->evidence.len ? "; " : "");
	return failed;
}

static int put_column(struct rows *r, struct candidate *c, size_t i)
{
	const struct stream_column *column = &c->stream.columns[i];
	const struct binding *b = &c->conversion.bindings[i];
	const char *join = r->evidence.len ? "; " : "";
	struct slice heading = SLICE("");
	int failed = 0;
	if (!b->rule) {
		failed |= buffer_printf(&r->evidence, "%sno heading%s", join,
			column->always ? " for a needed column" : "");
	} else if (b->position < 0) {
		failed |= buffer_printf(&r->evidence, "%sa constant: \"%s\"", join,
			SHOW(buffer_slice(&b->rule->values[0].canonical)));
	} else {
		const struct survey *one = &r->probe->surveys.items[b->position];
		heading = r->reader->headings[b->position];
		if (column->type == TYPE_WORD && one->values)
			failed |= tell_words(r, c, i, one);
		if ((column->type == TYPE_DAY || column->type == TYPE_MOMENT) && one->dates)
			failed |= date_survey_tell(one->dates, &r->format, &r->evidence);
	}
	if (failed)
		return error_memory(&r->run->stage.error);
	return put(r, c->stream.name, column->name, heading);
}

/* A heading that is bound to nothing. */
static int put_unbound(struct rows *r, const char *stream, struct slice heading)
{
	struct error *e = &r->run->stage.error;
	int shown = discretion_heading(&r->probe->candidates.discretion, heading, e);
	if (shown < 0)
		return -1;
	if (heading.len == 0 &&
		buffer_printf(&r->evidence, "%san empty heading", r->evidence.len ? "; " : "") != 0)
		return error_memory(e);
	return put(r, stream, "", shown ? heading : SLICE("***"));
}

static int put_stream(struct rows *r, struct candidate *c)
{
	int result = 0;
	for (size_t i = 0; result == 0 && i < c->stream.count; i++)
		result = put_column(r, c, i);
	for (size_t i = 0; result == 0 && i < r->reader->heading_count; i++) {
		bool bound = false;
		for (size_t j = 0; j < c->stream.count && !bound; j++)
			bound = c->conversion.bindings[j].rule &&
				c->conversion.bindings[j].position == (int)i;
		if (!bound)
			result = put_unbound(r, c->stream.name, r->reader->headings[i]);
	}
	return result;
}

static int put_member(struct rows *r)
{
	struct probe *p = r->probe;
	bool chosen = false;
	int result = 0;
	if (!r->reader)
		return put(r, p->encoding && p->fit == FIT_CONFIG ? "config" : "", "", SLICE(""));
	for (size_t i = 0; result == 0 && i < p->candidates.count; i++) {
		if (!p->candidates.items[i].chosen)
			continue;
		chosen = true;
		result = put_stream(r, &p->candidates.items[i]);
	}
	for (size_t i = 0; result == 0 && !chosen && i < r->reader->heading_count; i++)
		result = put_unbound(r, "", r->reader->headings[i]);
	return result;
}

int probe_rows(struct run *run, const struct member *member, const struct reader *reader)
{
	struct stage *s = &run->stage;
	struct probe *p = run->probe;
	struct rows r = {
		.run = run, .probe = p, .reader = reader, .newline = "", .delimiter = ""
	};
	if (s->writer.records == 0 &&
		stage_header(s, columns, sizeof columns / sizeof *columns) != 0)
		return -1;
	if (!member)
		return 0;
	int failed = member_names(member, &r.input, &r.path);
	if (p->encoding) {
		bool marked = !reader && p->candidates.marked;
		r.newline = marked ? FEED_END : tally_newline(&p->tally);
		failed |= tell_encoding(&r) | tell_member(&r);
	} else {
		failed |= buffer_printf(&r.evidence, "skipped: %s", member->skipped);
	}
	if (reader) {
		find_delimiter(&r);
		s->look |= p->fit != FIT_STREAM;
	}
	int result = failed ? error_memory(&s->error) : put_member(&r);
	buffer_release(&r.input);
	buffer_release(&r.path);
	buffer_release(&r.encoding);
	buffer_release(&r.format);
	buffer_release(&r.evidence);
	return result;
}
