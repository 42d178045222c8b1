#include "labels.h"

#include "date_shape.h"
#include "hints.h"

/* What the bound cells of a record are. */
struct look {
	size_t bound;
	size_t filled;
	size_t repeated; /* the heading once more */
	size_t typed;    /* filled, of columns of words or dates */
	size_t values;   /* of these, the ones that their columns may hold */
};

static bool is_technical(struct slice heading)
{
	bool letter = false;
	for (size_t i = 0; i < heading.len; i++) {
		char c = heading.ptr[i];
		bool capital = c >= 'A' && c <= 'Z';
		letter |= capital;
		if (!capital && !(c >= '0' && c <= '9') && c != '_' && c != '-')
			return false;
	}
	return letter;
}

static bool all_technical(const struct conversion *c, const struct slice *headings)
{
	for (size_t i = 0; i < c->map->stream->count; i++) {
		const struct binding *b = &c->bindings[i];
		if (b->rule && b->position >= 0 && !is_technical(headings[b->position]))
			return false;
	}
	return true;
}

/* Is the cell the heading, but for case, blanks and _? 1, 0, or -1 without memory. */
static int is_heading(const struct heading_map *m, struct slice heading, struct slice cell)
{
	struct buffer want = { 0 };
	struct buffer got = { 0 };
	int failed = fold_name_append(&m->folding, &want, heading) |
		     fold_name_append(&m->folding, &got, cell);
	int same = slice_equal(buffer_slice(&want), buffer_slice(&got));
	buffer_release(&want);
	buffer_release(&got);
	return failed ? -1 : same;
}

/* May the column hold the cell, as far as it shows? 1, 0, or -1 without memory. */
static int is_value(const struct conversion *c, size_t column, struct slice cell)
{
	const struct stream_column *about = &c->map->stream->columns[column];
	const struct binding *b = &c->bindings[column];
	struct slice canonical;
	int known = heading_value(c->map, b, about, cell, &canonical);
	if (known < 0 || about->type == TYPE_WORD)
		return known;
	struct date_shape shape;
	const struct date_format *format;
	moment_t moment;
	/* A date in a form that nobody has named is one all the same. */
	date_shape_read(&shape, cell);
	return canonical.ptr != cell.ptr || shape.kind != SHAPE_NONE ||
	       convert_moment(c, b, cell, &format, &moment) != DATE_FORM;
}

/* Looks at one cell: 0, or -1 without memory. */
static int look_at(const struct conversion *c, size_t column, struct slice heading,
	struct slice cell, struct look *look)
{
	int repeated = is_heading(c->map, heading, cell);
	enum column_type type = c->map->stream->columns[column].type;
	look->bound++;
	look->repeated += repeated > 0;
	if (cell.len == 0 || repeated < 0)
		return repeated < 0 ? -1 : 0;
	look->filled++;
	if (type == TYPE_TEXT)
		return 0;
	int value = is_value(c, column, cell);
	look->typed++;
	look->values += value > 0;
	return value < 0 ? -1 : 0;
}

/* Is the cell a label of the column? 1, 0, or -1 without memory. */
static int is_label(const struct heading_map *m, struct hints *hints, int column,
	struct slice heading, struct slice cell)
{
	struct buffer folded = { 0 };
	int repeated = is_heading(m, heading, cell);
	if (repeated != 0)
		return repeated;
	int failed = fold_append(&m->folding, &folded, cell);
	bool known = !failed && heading_rule_of(m, column, buffer_slice(&folded));
	buffer_release(&folded);
	if (failed || known)
		return failed ? -1 : 1;
	/* "Inaktiv" may be a label or a value that nobody has named: no record is lost for that. */
	if (m->stream->columns[column].type == TYPE_WORD)
		return 0;
	int usual = hints_find(hints, cell);
	return usual == -2 ? -1 : usual == column;
}

/* How many filled cells are labels of their columns; -1 with the error set. */
static int count_labels(const struct conversion *c, const struct slice *headings,
	const struct record *record, struct error *e)
{
	struct hints hints;
	int count = 0;
	if (hints_load(&hints, c->map->stream, c->map->schemas, e) != 0)
		return -1;
	for (size_t i = 0; count >= 0 && i < c->map->stream->count; i++) {
		const struct binding *b = &c->bindings[i];
		struct slice cell = record_field(record, b->position);
		if (!b->rule || b->position < 0 || cell.len == 0)
			continue;
		int label = is_label(c->map, &hints, (int)i, headings[b->position], cell);
		count = label < 0 ? error_memory(e) : count + label;
	}
	hints_release(&hints);
	return count;
}

int labels_row(const struct conversion *c, const struct slice *headings,
	const struct record *record, struct error *e)
{
	struct look look = { 0 };
	if (!c->feed && !all_technical(c, headings))
		return 0;
	for (size_t i = 0; i < c->map->stream->count; i++) {
		const struct binding *b = &c->bindings[i];
		if (b->rule && b->position >= 0 &&
			look_at(c, i, headings[b->position], record->fields[b->position], &look) !=
				0)
			return error_memory(e);
	}
	if (look.bound && look.repeated == look.bound)
		return 1;
	/* Most first records are told by this, before the labels have to be read. */
	if (look.values || (look.typed == 0 && look.filled < 2))
		return 0;
	int labels = count_labels(c, headings, record, e);
	if (labels < 0)
		return -1;
	return look.typed ? labels > 0 : (size_t)labels == look.filled;
}
