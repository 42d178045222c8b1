#include "table.h"

#include "show.h"

/*
 * The streams about configurations, which are those with a column `file`, may hold a secret in any
 * field once a row is out of shape: of them only a count of fields is shown.
 */
static bool may_be_secret(const struct column *columns, size_t count, const struct reject *reject)
{
	bool file = false;
	for (size_t i = 0; i < count; i++)
		file |= strcmp(columns[i].name, "file") == 0;
	return file && reject->reason != REASON_WRONG_FIELD_COUNT;
}

static int table_reject(const char *name, const struct reject *reject, bool quiet, struct error *e)
{
	struct place place = { name, reject->line, reject->column };
	if (reject->got.len && !quiet)
		error_at(e, STATUS_INPUT, &place, "%s (got \"%s\")", reason_text(reject->reason),
			SHOW(reject->got));
	else
		error_at(e, STATUS_INPUT, &place, "%s", reason_text(reject->reason));
	return error_hint(
		e, "only the main input may have rejected rows; this file must be mended");
}

static int read_rows(struct source *source, const char *name, enum format format,
	const char *example, struct column *columns, size_t count, table_take *take, void *context,
	struct error *e)
{
	/* Most are small, the compiled-in ones among them, and several are read before the first row. */
	const struct reader_options options = { .format = format, .block = 32768 };
	struct reader reader;
	if (reader_open(&reader, source, name, &options, e) != 0)
		return -1;
	int result = reader_bind(&reader, columns, count, e);
	if (result != 0 && example && e->status == STATUS_INPUT)
		error_hint(e, "the headings have to be %s%s", example,
			format == FORMAT_TSV ? ", with tabs for the commas" : "");
	if (result == 0)
		result = reader_want(&reader, columns, count, e);
	while (result == 0) {
		enum read_result got = reader_next(&reader, e);
		if (got == READ_END)
			break;
		struct place place = { name, reader.record.line, { NULL, 0 } };
		if (got == READ_RECORD)
			result = take(context, &reader.record, &place, e);
		else
			result = got == READ_REJECT
					 ? table_reject(name, &reader.reject,
						   may_be_secret(columns, count, &reader.reject), e)
					 : -1;
	}
	reader_release(&reader);
	return result;
}

int table_read_source(struct source *source, const char *name, enum format format,
	struct column *columns, size_t count, table_take *take, void *context, struct error *e)
{
	return read_rows(source, name, format, NULL, columns, count, take, context, e);
}

int table_read_written(const char *path, enum format format, const char *example,
	struct column *columns, size_t count, table_take *take, void *context, struct error *e)
{
	struct file_source file;
	if (file_source_open(&file, path, e) != 0)
		return -1;
	int result =
		read_rows(&file.source, path, format, example, columns, count, take, context, e);
	file_source_close(&file);
	return result;
}

int table_read(const char *path, enum format format, struct column *columns, size_t count,
	table_take *take, void *context, struct error *e)
{
	return table_read_written(path, format, NULL, columns, count, take, context, e);
}
