#include "roster.h"

#include "schema.h"
#include "show.h"

/* The columns of streams that have users, and of leavers. */
struct others {
	const struct stream *leavers;
	struct folding folding;
	struct buffer stream;  /* the present one's name */
	bool users;            /* it has users */
	struct buffer heading; /* what is looked for, folded */
	struct buffer found;   /* the stream that has it; empty: none */
};

static const char *const columns[] = { "stream", "column", NULL };

/* The rows of a stream stand together, and the users come first. */
static int take_column(void *context, const struct schema_row *row, struct error *e)
{
	struct others *o = context;
	struct slice stream = row->fields[0];
	struct slice column = row->fields[1];
	if (!slice_equal(buffer_slice(&o->stream), stream)) {
		buffer_clear(&o->stream);
		if (buffer_append(&o->stream, stream) != 0)
			return error_memory(e);
		o->users = slice_equal(column, SLICE("user_id"));
	}
	bool other = o->users && o->found.len == 0 && stream_find(o->leavers, column) < 0;
	if (other && slice_equal(column, buffer_slice(&o->heading)) &&
		buffer_append(&o->found, stream) != 0)
		return error_memory(e);
	return 0;
}

/* Which other stream has the heading as a column: 0, or -1 with the error set. */
static int find_other(struct others *o, struct slice heading, struct error *e)
{
	buffer_clear(&o->heading);
	buffer_clear(&o->found);
	buffer_clear(&o->stream);
	if (fold_append(&o->folding, &o->heading, heading) != 0)
		return error_memory(e);
	return schema_read("streams.csv", NULL, columns, take_column, o, e);
}

static int refuse(
	const struct reader *r, struct slice heading, struct slice stream, struct error *e)
{
	struct place place = { r->file, r->header_line, show_name(heading) };
	if (stream.len)
		error_at(e, STATUS_INPUT, &place,
			"no list of leavers has this heading, but the stream %.*s has",
			(int)stream.len, stream.ptr);
	else
		error_at(e, STATUS_INPUT, &place,
			"the heading may tell who leaves and who stays, and nothing says how");
	error_hint(e, "a line of --map says it: leavers,status,HEADING,,RAW=inactive|…; or that "
		      "all leave: leavers,status,,,=inactive");
	return 0;
}

int roster_check(
	const struct reader *r, const struct stream *leavers, const char *schemas, struct error *e)
{
	struct others others = { .leavers = leavers };
	struct hints hints;
	int status = stream_find(leavers, SLICE("status"));
	int result = 1;
	if (hints_load(&hints, leavers, schemas, e) != 0)
		return -1;
	folding_init(&others.folding);
	for (size_t i = 0; result == 1 && i < r->heading_count; i++) {
		int column = hints_find(&hints, r->headings[i]);
		if (column == -2)
			result = error_memory(e);
		else if (column == status)
			result = refuse(r, r->headings[i], SLICE(""), e);
		else if (find_other(&others, r->headings[i], e) != 0)
			result = -1;
		else if (others.found.len)
			result = refuse(r, r->headings[i], buffer_slice(&others.found), e);
	}
	folding_release(&others.folding);
	buffer_release(&others.stream);
	buffer_release(&others.heading);
	buffer_release(&others.found);
	hints_release(&hints);
	return result;
}
