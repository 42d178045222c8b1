#include "convert_hint.h"

#include "date_shape.h"
#include "show.h"
#include "writer.h"

static int hint_value(struct buffer *out, struct slice raw, struct slice canonical)
{
	int failed = heading_escape(out, raw) | buffer_put(out, '=');
	return failed | heading_escape(out, canonical) | buffer_put(out, '|');
}

/*
 * What a line of the map has to repeat, since it would be all that counts: the values that are
 * known from elsewhere.
 */
static int hint_known(
	struct buffer *out, const struct binding *b, const struct stream_column *column)
{
	const struct heading_rule *naming = heading_naming(b);
	int failed = 0;
	for (struct slice rest = slice_from(column->words); !naming && rest.ptr;) {
		struct slice word = slice_cut(&rest, '|');
		failed |= hint_value(out, word, word);
	}
	for (const struct heading_rule *rule = naming; rule; rule = rule->next) {
		if (rule->level != naming->level || rule->level == LEVEL_MAP)
			break;
		for (size_t i = 0; i < rule->value_count; i++)
			failed |= hint_value(out, buffer_slice(&rule->values[i].raw),
				buffer_slice(&rule->values[i].canonical));
	}
	return failed;
}

int convert_hint_value(const struct heading_map *map, const struct binding *b,
	const struct stream_column *column, struct slice raw, struct buffer *out)
{
	const struct heading_rule *naming = heading_naming(b);
	if (naming && naming->hint)
		return buffer_append(out, slice_from(naming->hint));
	struct buffer value = { 0 };
	struct writer w;
	writer_init(&w, NULL, FORMAT_CSV);
	int failed = 0;
	if (raw.len > SHOW_LIMIT)
		raw.len = SHOW_LIMIT;
	failed |= hint_known(&value, b, column);
	failed |= heading_escape(&value, raw);
	failed |= buffer_append(&value, SLICE("=?"));
	/* The field after the separator, quoted where it has to be. */
	writer_field(&w, buffer_slice(&value));
	failed |= buffer_append(out, SLICE("a line for "));
	failed |= heading_map_name(map, out);
	failed |= buffer_append(out, SLICE(", with one of "));
	failed |= buffer_append(out, slice_from(column->words));
	failed |= buffer_append(out, SLICE(" for the \"?\": "));
	failed |= show_append(out, buffer_slice(&b->rule->line_start));
	failed |= buffer_put(out, ',');
	failed |= show_append(out, buffer_slice(&w.pending));
	failed |= w.memory_failed;
	buffer_release(&value);
	writer_release(&w);
	return failed ? -1 : 0;
}

/* Appends a format in quotes, for a command line; nothing where the shape has none. */
static int hint_format(const struct date_shape *shape, struct buffer *out)
{
	struct buffer format = { 0 };
	bool other = shape->kind == SHAPE_NAMED && !date_shape_english(shape->name);
	int failed =
		date_shape_format(shape, shape->short_parts, other ? "MON(…)" : "MON", &format);
	if (format.len)
		failed |= buffer_printf(out, "%s\"%s\"%s", out->len ? " or " : "",
			SHOW(buffer_slice(&format)),
			other ? " with the names of the twelve months" : "");
	buffer_release(&format);
	return failed;
}

int convert_hint_formats(struct slice raw, struct buffer *out)
{
	struct date_shape shape;
	date_shape_read(&shape, raw);
	if (shape.kind != SHAPE_EITHER)
		return hint_format(&shape, out);
	shape.kind = SHAPE_DAY_FIRST;
	int failed = hint_format(&shape, out);
	shape.kind = SHAPE_MONTH_FIRST;
	return failed | hint_format(&shape, out);
}
