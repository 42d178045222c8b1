#include "run.h"

#include "show.h"

/* Every row counts: one that was set aside would read as a key that is not there. */
static int row_broken(const struct reader *reader, struct error *e)
{
	const struct reject *reject = &reader->reject;
	struct place place = { reader->file, reject->line, reject->column };
	/* Of what stands there only a count is shown: it may be a secret. */
	if (reject->reason == REASON_WRONG_FIELD_COUNT)
		error_at(e, STATUS_INPUT, &place, "%s (got \"%s\", want %s)",
			reason_text(reject->reason), SHOW(reject->got), SHOW(reject->wanted));
	else
		error_at(e, STATUS_INPUT, &place, "%s", reason_text(reject->reason));
	return error_hint(e, "a row less would be a key less, so none is set aside; "
			     "`extract --as config` makes this stream");
}

static int rows_read(struct run *run, enum side side, struct reader *reader,
	const struct column *columns, const struct file_source *file)
{
	struct error *e = &run->stage.error;
	for (;;) {
		enum read_result got = reader_next(reader, e);
		if (got == READ_END || got == READ_FAILED)
			return got == READ_END ? 0 : -1;
		if (got == READ_REJECT)
			return row_broken(reader, e);
		struct place place = { reader->file, reader->record.line, { NULL, 0 } };
		if (comparison_take(&run->comparison, side, &reader->record, columns, &place, e) !=
			0)
			return -1;
		progress_tell(
			&run->stage.progress, ++run->rows_read, run->bytes_read + file->read_bytes);
	}
}

int streams_read(struct run *run, enum side side)
{
	struct stage *s = &run->stage;
	const struct reader_options options = { .format = (enum format)s->input_format };
	struct column columns[CONFIG_COLUMNS];
	struct file_source file;
	struct reader reader;
	config_columns(columns);
	if (file_source_open(&file, run->paths[side], &s->error) != 0)
		return -1;
	int result = reader_open(&reader, &file.source, file.path, &options, &s->error);
	if (result == 0) {
		result = reader_bind(&reader, columns, CONFIG_COLUMNS, &s->error);
		if (result == 0 && side == SIDE_AFTER)
			result = stage_header(s, change_columns, CHANGE_COLUMNS);
		if (result == 0)
			result = rows_read(run, side, &reader, columns, &file);
		run->blank_lines += reader.blank_lines;
		reader_release(&reader);
	}
	run->bytes_read += file.read_bytes;
	file_source_close(&file);
	return result;
}
