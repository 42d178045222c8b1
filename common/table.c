#include "table.h"

#include "crew.h"
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

/* A table while it is read; all is borrowed but the reader. */
struct table {
	struct reader reader;
	const char *name;
	struct column *columns;
	size_t count;
	table_take *take;
	void *context;
	const struct table_crew *crew; /* NULL: row after row */
	struct error *e;
};

/* Takes the next row: 1; 0 at the end; -1. */
static int next(void *context)
{
	struct table *t = context;
	struct reader *r = &t->reader;
	enum read_result got = reader_next(r, t->e);
	struct place place = { t->name, r->record.line, { NULL, 0 } };
	switch (got) {
	case READ_END:
		return 0;
	case READ_FAILED:
		return -1;
	case READ_REJECT:
		return table_reject(
			t->name, &r->reject, may_be_secret(t->columns, t->count, &r->reject), t->e);
	case READ_RECORD:
		break;
	}
	return t->take(t->context, &r->record, &place, t->e) == 0 ? 1 : -1;
}

static void *result_new(void *context)
{
	const struct table *t = context;
	return t->crew->result_new(t->context);
}

static bool work(const void *context, void *result, const struct record *row, bool first,
	struct error *unsaid)
{
	const struct table *t = context;
	(void)unsaid;
	return t->crew->work(t->context, result, row, first);
}

static int take_result(void *context, void *result, const struct batch_counts *counts)
{
	struct table *t = context;
	(void)counts;
	return t->crew->take(t->context, result, t->e) == 0 ? 1 : -1;
}

static int read_all(struct table *t)
{
	if (t->crew) {
		const struct crew_work crew = { .context = t,
			.result_new = result_new,
			.result_free = t->crew->result_free,
			.work = work,
			.take = take_result,
			.next = next };
		return crew_run(&crew, &t->reader, t->crew->jobs, t->e);
	}
	int got = 1;
	while (got > 0)
		got = next(t);
	return got;
}

static int read_rows(
	struct table *t, struct source *source, enum format format, const char *example)
{
	/*
	 * Most are small, the compiled-in ones among them, and several are read before the first
	 * row.
	 */
	const struct reader_options options = { .format = format, .block = t->crew ? 0 : 32768 };
	if (reader_open(&t->reader, source, t->name, &options, t->e) != 0)
		return -1;
	int result = reader_bind(&t->reader, t->columns, t->count, t->e);
	if (result != 0 && example && t->e->status == STATUS_INPUT)
		error_hint(t->e, "the headings have to be %s%s", example,
			format == FORMAT_TSV ? ", with tabs for the commas" : "");
	if (result == 0)
		result = reader_want(&t->reader, t->columns, t->count, t->e);
	if (result == 0)
		result = read_all(t);
	reader_release(&t->reader);
	return result;
}

static int read_file(struct table *t, enum format format, const char *example)
{
	struct file_source file;
	if (file_source_open(&file, t->name, t->e) != 0)
		return -1;
	int result = read_rows(t, &file.source, format, example);
	file_source_close(&file);
	return result;
}

int table_read_source(struct source *source, const char *name, enum format format,
	struct column *columns, size_t count, table_take *take, void *context, struct error *e)
{
	struct table t = { .name = name,
		.columns = columns,
		.count = count,
		.take = take,
		.context = context,
		.e = e };
	return read_rows(&t, source, format, NULL);
}

int table_read_written(const char *path, enum format format, const char *example,
	struct column *columns, size_t count, table_take *take, void *context, struct error *e)
{
	struct table t = { .name = path,
		.columns = columns,
		.count = count,
		.take = take,
		.context = context,
		.e = e };
	return read_file(&t, format, example);
}

int table_read_by(const struct table_crew *crew, const char *path, enum format format,
	struct column *columns, size_t count, table_take *take, void *context, struct error *e)
{
	struct table t = { .name = path,
		.columns = columns,
		.count = count,
		.take = take,
		.context = context,
		.crew = crew,
		.e = e };
	return read_file(&t, format, NULL);
}

int table_read(const char *path, enum format format, struct column *columns, size_t count,
	table_take *take, void *context, struct error *e)
{
	return table_read_written(path, format, NULL, columns, count, take, context, e);
}
