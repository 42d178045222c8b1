#include "roster.h"

#include "show.h"

/* Did somebody who knows the list say what the heading is? */
static bool is_known(const struct stream *leavers, const struct binding *bindings,
	const struct option_list *carried, struct slice heading, int position)
{
	for (size_t i = 0; i < leavers->count; i++)
		if (bindings[i].rule && bindings[i].position == position)
			return true;
	for (size_t i = 0; i < carried->count; i++)
		if (slice_equal(carried->items[i], heading))
			return true;
	int column = stream_find(leavers, heading);
	return column >= 0 && !leavers->columns[column].input;
}

int roster_check(const struct reader *r, const struct stream *leavers,
	const struct binding *bindings, const struct option_list *carried, struct error *e)
{
	for (size_t i = 0; i < r->heading_count; i++) {
		struct slice heading = r->headings[i];
		if (is_known(leavers, bindings, carried, heading, (int)i))
			continue;
		struct place place = { r->file, r->header_line, show_name(heading) };
		error_at(e, STATUS_INPUT, &place,
			"no list of leavers has this heading: it may tell who leaves and who "
			"stays, or be of another stream");
		error_hint(e, "a line of --map says it: leavers,status,HEADING,,RAW=inactive|…; or "
			      "that all leave: leavers,status,,,=inactive");
		return 0;
	}
	return 1;
}
