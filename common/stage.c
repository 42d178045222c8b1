#include "stage.h"

#include "rule.h"
#include "schema.h"
#include "show.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#define SHARED_ROWS 18
#define ROWS_MOST   48
#define ALSO        (sizeof((struct stage *)0)->also / sizeof(struct output *))

/* The options that every stage has, in the order of --help. */
static size_t shared_rows(struct stage *s, struct option_row rows[SHARED_ROWS])
{
	const struct option_row all[] = {
		{ 'o', "output", "FILE", OPTION_TEXT, &s->output_path,
			"write there, whole or not at all, instead of to standard output", NULL, 0,
			0 },
		{ 0, "input-format", "csv|tsv", OPTION_WORD, &s->input_format,
			"format of the streams that are read; default csv", "csv|tsv", 0, 0 },
		{ 0, "output-format", "csv|tsv", OPTION_WORD, &s->output_format,
			"format of the stream that is written; default csv", "csv|tsv", 0, 0 },
		{ 0, "tsv", NULL, OPTION_FLAG, &s->both_tsv, "TSV for both", NULL, 0, 0 },
		{ 0, "carry", "COLUMN[,...]", OPTION_LIST, &s->carry,
			"append these input columns to the output, unchanged", NULL, 0, 0 },
		{ 0, "rejects", "FILE", OPTION_TEXT, &s->rejects_path,
			"write the rejected rows there, as CSV", NULL, 0, 0 },
		{ 0, "max-rejects", "N", OPTION_NUMBER, &s->max_rejects,
			"stop with status 3 after more than N rejected rows", NULL, 0, UINT64_MAX },
		{ 0, "strict", NULL, OPTION_FLAG, &s->strict, "the same as --max-rejects 0", NULL,
			0, 0 },
		{ 0, "summary", "FILE", OPTION_TEXT, &s->summary_path,
			"write the counts there, as CSV", NULL, 0, 0 },
		{ 'q', "quiet", NULL, OPTION_FLAG, &s->quiet, "no line with the main counts", NULL,
			0, 0 },
		{ 0, "jobs", "N", OPTION_NUMBER, &s->jobs,
			"workers, by default the cores, 8 at most; the result is the same bytes "
			"for every "
			"N",
			NULL, 1, 1024 },
		{ 0, "progress", "auto|always|never", OPTION_WORD, &s->progress_when,
			"a progress line on standard error; auto: on a terminal, after a second",
			"auto|always|never", 0, 0 },
		{ 0, "schemas", "DIR", OPTION_TEXT, &s->schemas,
			"files that overlay the compiled-in schemas", NULL, 0, 0 },
		{ 0, "explain", NULL, OPTION_FLAG, &s->explain,
			"print the rule catalogue, or with an operand that one rule", NULL, 0, 0 },
		{ 0, "help", NULL, OPTION_FLAG, &s->help, "print this help", NULL, 0, 0 },
		{ 0, "version", NULL, OPTION_FLAG, &s->version, "print the version", NULL, 0, 0 },
	};
	_Static_assert(sizeof all / sizeof *all <= SHARED_ROWS, "room for the shared options");
	memcpy(rows, all, sizeof all);
	return sizeof all / sizeof *all;
}

/* What --help, --version and --explain print. */
static int stage_answer(struct stage *s, const struct option_row *rows, size_t own, size_t count,
	struct buffer *text)
{
	int failed = 0;
	if (s->help) {
		failed |= buffer_printf(text, "usage: %s %s\n\n%s\n\n", s->messages.program,
			s->about->synopsis, s->about->purpose);
		failed |= options_help(text, rows, own);
		failed |= buffer_append(text, SLICE("\nWhat every stage has:\n"));
		failed |= options_help(text, rows + own, count - own);
	} else if (s->version) {
		failed |= buffer_printf(text, "%s (lms-filters) %s\n", s->about->name, VERSION);
	} else {
		if (s->operand_count > 1)
			return stage_usage(s, "--explain takes one rule at most");
		return rules_explain(
			text, s->about->name, slice_from(s->operands[0]), s->schemas, &s->error);
	}
	return failed ? error_memory(&s->error) : 0;
}

/*
 * A descriptor that is closed would be given to the next file that is opened, and a message would
 * land in the output. It becomes one that nothing can be read from or written to.
 */
static void occupy_standard_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

bool stage_start(struct stage *s, const struct stage_about *about, const struct option_row *rows,
	size_t count, int argc, char **argv)
{
	occupy_standard_descriptors();
	*s = (struct stage){ .about = about, .output = OUTPUT_CLOSED };
	s->messages =
		(struct messages){ .program = program_invocation_short_name, .stream = stderr };
	s->rejects.output = s->summary.output = OUTPUT_CLOSED;
	struct option_row all[ROWS_MOST];
	if (count > ROWS_MOST - SHARED_ROWS)
		return stage_usage(s, "too many options are declared") == 0;
	if (count)
		memcpy(all, rows, count * sizeof *rows);
	size_t total = count + shared_rows(s, all + count);
	int first;
	if (options_read(all, total, argc, argv, &first, &s->error) != 0)
		return false;
	s->operands = argv + first;
	s->operand_count = (size_t)(argc - first);
	if (s->both_tsv)
		s->input_format = s->output_format = FORMAT_TSV;
	if (s->schemas && schema_check_directory(s->schemas, &s->error) != 0)
		return false;
	if (!s->help && !s->version && !s->explain)
		return true;
	struct buffer text = { 0 };
	if (stage_answer(s, all, count, total, &text) == 0 &&
		output_open(&s->output, NULL, &s->error) == 0)
		output_write(&s->output, buffer_slice(&text), &s->error);
	buffer_release(&text);
	return false;
}

int stage_usage(struct stage *s, const char *format, ...)
{
	struct buffer text = { 0 };
	va_list arguments;
	va_start(arguments, format);
	buffer_vprintf(&text, format, arguments);
	va_end(arguments);
	error_set(&s->error, STATUS_USAGE, "%.*s", (int)text.len, text.ptr ? text.ptr : "");
	buffer_release(&text);
	return error_hint(&s->error, "--help lists the options");
}

int stage_open(struct stage *s, const char *const *inputs, size_t count)
{
	struct error *e = &s->error;
	const char *output = s->output_path ? s->output_path : "-";
	for (size_t i = 0; i < count; i++)
		if (identities_add(&s->identities, inputs[i], false, e) != 0)
			return -1;
	/* The folder of the overlay: no output may lie in it. */
	if (identities_add(&s->identities, s->schemas, false, e) != 0 ||
		identities_add(&s->identities, output, true, e) != 0 ||
		identities_add(&s->identities, s->rejects_path, true, e) != 0 ||
		identities_add(&s->identities, s->summary_path, true, e) != 0)
		return -1;
	for (size_t i = 0; i < ALSO; i++)
		if (identities_add(&s->identities, s->also_paths[i], true, e) != 0)
			return -1;
	if (identities_add_folder(&s->identities, s->also_folder, e) != 0)
		return -1;
	output_guard();
	s->opened = true;
	progress_init(&s->progress, &s->messages, (enum progress_when)s->progress_when);
	uint64_t limit = s->max_rejects.given ? s->max_rejects.value : UINT64_MAX;
	if (rejects_open(&s->rejects, s->rejects_path, s->strict ? 0 : limit, e) != 0)
		return -1;
	return summary_open(&s->summary, s->summary_path, e);
}

int stage_open_operands(struct stage *s, const char *const *sides, size_t count)
{
	const char **files = calloc(s->operand_count + count + 1, sizeof *files);
	size_t filled = 0;
	if (!files)
		return error_memory(&s->error);
	for (size_t i = 0; i < s->operand_count; i++)
		files[filled++] = s->operands[i];
	if (s->operand_count == 0)
		files[filled++] = "-";
	for (size_t i = 0; i < count; i++)
		files[filled++] = sides[i];
	int result = stage_open(s, files, filled);
	free(files);
	return result;
}

int stage_header(struct stage *s, const char *const *names, size_t count)
{
	if (output_open(&s->output, s->output_path, &s->error) != 0)
		return -1;
	writer_init(&s->writer, &s->output, (enum format)s->output_format);
	for (size_t i = 0; i < count; i++)
		writer_field(&s->writer, slice_from(names[i]));
	for (size_t i = 0; i < s->carry.count; i++)
		writer_field(&s->writer, s->carry.items[i]);
	return writer_end(&s->writer, &s->error);
}

int stage_reject(struct stage *s, const struct reader *r, const struct reject *reject)
{
	struct reject told = *reject;
	told.encoding = r->options.encoding;
	if (s->hides && s->hides(s->hides_context, told.raw)) {
		told.raw = SLICE("***");
		/* A count of fields, or a line, is all that is ours. */
		if (told.reason != REASON_WRONG_FIELD_COUNT && told.reason != REASON_DUPLICATE_KEY)
			told.got = told.got.len ? SLICE("***") : SLICE("");
	}
	return rejects_add(&s->rejects, &s->messages, r->file, &told, &s->error);
}

enum read_result stage_next(struct stage *s, struct reader *r, uint64_t bytes_read)
{
	for (;;) {
		enum read_result got = reader_next(r, &s->error);
		if (got == READ_END || got == READ_FAILED)
			return got;
		progress_tell(&s->progress, ++s->read, bytes_read);
		if (got == READ_RECORD)
			return got;
		struct reject reject = r->reject;
		struct buffer hint = { 0 };
		if (reject.reason == REASON_BAD_ENCODING && !s->decoded) {
			reject_encoding_hint(&hint, r->options.encoding);
			reject.hint = buffer_slice(&hint);
		}
		int result = stage_reject(s, r, &reject);
		buffer_release(&hint);
		if (result != 0)
			return READ_FAILED;
	}
}

void stage_count_read(struct stage *s, uint64_t records, uint64_t bytes_read)
{
	s->read += records;
	progress_tell(&s->progress, s->read, bytes_read);
}

size_t stage_jobs(const struct stage *s)
{
	cpu_set_t cores;
	if (s->jobs.given)
		return (size_t)s->jobs.value;
	if (sched_getaffinity(0, sizeof cores, &cores) != 0)
		return 1;
	int count = CPU_COUNT(&cores);
	return count > 8 ? 8 : (size_t)count;
}

int stage_written(struct stage *s)
{
	s->written++;
	return writer_end(&s->writer, &s->error);
}

void stage_count(struct stage *s)
{
	if (s->error.status != STATUS_DONE)
		s->read = s->written + s->rejects.count + s->filtered;
	summary_count(&s->summary, "read", s->read);
	summary_count(&s->summary, "written", s->written);
	summary_count(&s->summary, "rejected", s->rejects.count);
	summary_count(&s->summary, "filtered", s->filtered);
}

/* The output of a run that failed: none, or, where some of it has left already, its end marked. */
static void stage_abandon(struct stage *s)
{
	struct error ignored = { 0 };
	if (s->output.fd >= 0 && !s->output.temporary &&
		writer_incomplete(&s->writer, &ignored) != 0 && s->error.status != STATUS_SYSTEM)
		message_error(&s->messages, &ignored);
	output_discard(&s->output);
	error_release(&ignored);
}

static void stage_release(struct stage *s)
{
	output_discard(&s->output);
	for (size_t i = 0; i < ALSO; i++)
		if (s->also[i])
			output_discard(s->also[i]);
	rejects_release(&s->rejects);
	summary_release(&s->summary);
	writer_release(&s->writer);
	error_release(&s->error);
	identities_release(&s->identities);
	option_list_release(&s->carry);
	free(s->carried);
	buffer_release(&s->line);
}

/* Writes out rejects and summary, which a run that broke off on its input has as well. */
static int stage_finish_reports(struct stage *s, struct error *e)
{
	return rejects_finish(&s->rejects, &s->messages, e) == 0 ? summary_finish(&s->summary, e)
								 : -1;
}

/* Takes a step with each further output: 0, or -1 with the error set. */
static int stage_also(
	struct stage *s, int (*step)(struct output *o, struct error *e), struct error *e)
{
	for (size_t i = 0; i < ALSO; i++)
		if (s->also[i] && step(s->also[i], e) != 0)
			return -1;
	return 0;
}

/*
 * The last steps of a run that came to its end. Everything that can fail for want of room comes
 * before the first file takes its place, so that a failure leaves none of them.
 */
static void stage_finish(struct stage *s)
{
	struct error *e = &s->error;
	if (writer_flush(&s->writer, e) != 0 || (s->opened && stage_finish_reports(s, e) != 0) ||
		stage_also(s, output_finish, e) != 0 || output_finish(&s->output, e) != 0)
		return;
	if (output_publish(&s->rejects.output, e) == 0 &&
		output_publish(&s->summary.output, e) == 0 && stage_also(s, output_publish, e) == 0)
		output_publish(&s->output, e);
}

/* A run that failed on its input says so, and tells what it had counted until then. */
static void stage_fail(struct stage *s)
{
	struct error late = { 0 };
	enum status status = s->error.status;
	stage_abandon(s);
	message_error(&s->messages, &s->error);
	if (status != STATUS_INPUT || !s->opened)
		return;
	if (stage_finish_reports(s, &late) != 0 || output_publish(&s->rejects.output, &late) != 0 ||
		output_publish(&s->summary.output, &late) != 0) {
		message_error(&s->messages, &late);
		s->error.status = late.status;
	}
	error_release(&late);
}

int stage_close(struct stage *s)
{
	progress_end(&s->progress);
	if (s->error.status == STATUS_DONE)
		stage_finish(s);
	if (s->error.status != STATUS_DONE)
		stage_fail(s);
	enum status status = s->error.status;
	if (status == STATUS_DONE && (s->look || s->rejects.count))
		status = STATUS_LOOK;
	if (s->opened && !s->quiet && status <= STATUS_LOOK)
		message_at(&s->messages, NULL, NULL,
			"read %" PRIu64 ", written %" PRIu64 ", rejected %" PRIu64
			", filtered %" PRIu64 "%.*s",
			s->read, s->written, s->rejects.count, s->filtered, (int)s->line.len,
			s->line.len ? s->line.ptr : "");
	stage_release(s);
	return (int)status;
}
