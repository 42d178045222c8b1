#include "describe.h"

#include "schema.h"
#include "stream.h"

/* What the streams' dates are between (date.h). */
#define FIRST_DAY "1900-01-01"
#define LAST_DAY  "9998-12-31"

static int put_string(struct buffer *out, struct slice text)
{
	int failed = buffer_put(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.ptr[i];
		if (byte < 0x20) {
			failed |= buffer_printf(out, "\\u%04x", byte);
			continue;
		}
		if (byte == '"' || byte == '\\')
			failed |= buffer_put(out, '\\');
		failed |= buffer_put(out, text.ptr[i]);
	}
	return failed | buffer_put(out, '"');
}

static int put_type(struct buffer *out, enum column_type type)
{
	switch (type) {
	case TYPE_DAY:
		return buffer_printf(
			out, "      \"type\": \"date\",\n      \"format\": \"default\",\n");
	case TYPE_MOMENT:
		return buffer_printf(out, "      \"type\": \"datetime\",\n"
					  "      \"format\": \"%%Y-%%m-%%dT%%H:%%M:%%S\",\n");
	case TYPE_TEXT:
	case TYPE_WORD:
		break;
	}
	return buffer_printf(out, "      \"type\": \"string\",\n");
}

/* What comes between a constraint and the one before it. */
static int next(struct buffer *out, size_t *count)
{
	return (*count)++ ? buffer_append(out, SLICE(", ")) : 0;
}

static int put_constraints(struct buffer *out, const struct stream_column *c)
{
	size_t count = 0;
	int failed = buffer_printf(out, "      \"constraints\": {");
	if (c->refused)
		failed |= next(out, &count) | buffer_printf(out, "\"required\": true");
	if (c->unique)
		failed |= next(out, &count) | buffer_printf(out, "\"unique\": true");
	if (c->type == TYPE_DAY)
		failed |= next(out, &count) |
			  buffer_printf(out, "\"minimum\": \"%s\", \"maximum\": \"%s\"", FIRST_DAY,
				  LAST_DAY);
	if (c->type == TYPE_MOMENT)
		failed |= next(out, &count) |
			  buffer_printf(out,
				  "\"minimum\": \"%sT00:00:00\", \"maximum\": \"%sT23:59:59\"",
				  FIRST_DAY, LAST_DAY);
	if (c->type == TYPE_WORD) {
		failed |= next(out, &count) | buffer_printf(out, "\"enum\": [");
		for (struct slice rest = slice_from(c->words); rest.ptr;) {
			failed |= put_string(out, slice_cut(&rest, '|'));
			failed |= rest.ptr ? buffer_append(out, SLICE(", ")) : 0;
		}
		failed |= buffer_put(out, ']');
	}
	return failed | buffer_printf(out, "}\n");
}

static int put_schema(struct buffer *out, const struct stream *s)
{
	int failed = buffer_printf(out, "{\n  \"name\": \"%s\",\n  \"fields\": [\n", s->name);
	size_t count = 0;
	for (size_t i = 0; i < s->count; i++) {
		const struct stream_column *c = &s->columns[i];
		if (c->input)
			continue;
		failed |= buffer_printf(
			out, "%s    {\n      \"name\": \"%s\",\n", count++ ? ",\n" : "", c->name);
		failed |= put_type(out, c->type);
		failed |= buffer_printf(out, "      \"description\": ");
		failed |= put_string(out, slice_from(c->description));
		failed |= buffer_printf(out, ",\n");
		failed |= put_constraints(out, c);
		failed |= buffer_printf(out, "    }");
	}
	failed |= buffer_printf(out, "\n  ],\n  \"missingValues\": [\"\"]");
	for (size_t i = 0; i < s->count; i++)
		if (s->columns[i].unique)
			failed |= buffer_printf(
				out, ",\n  \"primaryKey\": [\"%s\"]", s->columns[i].name);
	return failed | buffer_printf(out, "\n}\n");
}

/* The streams stand together in the file. */
static int name_take(void *context, const struct schema_row *row, struct error *e)
{
	struct buffer *names = context;
	struct slice last = buffer_slice(names);
	const char *blank = last.len ? memrchr(last.ptr, ' ', last.len) : NULL;
	if (blank)
		last = slice_skip(last, (size_t)(blank - last.ptr) + 1);
	if (slice_equal(last, row->fields[0]))
		return 0;
	int failed = names->len ? buffer_append(names, SLICE(", ")) : 0;
	failed |= buffer_append(names, row->fields[0]);
	return failed ? error_memory(e) : 0;
}

static int no_such_stream(struct error *e)
{
	static const char *const columns[] = { "stream", NULL };
	struct buffer names = { 0 };
	struct error why = { 0 };
	error_set(e, STATUS_USAGE, "option --describe: there is no such stream");
	if (schema_read("streams.csv", NULL, columns, name_take, &names, &why) == 0)
		error_hint(e, "the streams are %.*s", (int)names.len, names.ptr);
	error_release(&why);
	buffer_release(&names);
	return -1;
}

int describe_stream(struct buffer *out, const char *name, struct error *e)
{
	struct stream stream;
	if (stream_load(&stream, name, e) != 0)
		return -1;
	int result = 0;
	if (stream.count == 0)
		result = no_such_stream(e);
	else if (put_schema(out, &stream) != 0)
		result = error_memory(e);
	stream_release(&stream);
	return result;
}
