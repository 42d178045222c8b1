#include "summary.h"

#include <inttypes.h>

void summary_count(struct summary *s, const char *metric, uint64_t value)
{
	s->memory_failed |= buffer_printf(&s->rows, "%s%c%" PRIu64 "\n", metric, 0, value) != 0;
}

void summary_text(struct summary *s, const char *metric, const char *value)
{
	s->memory_failed |= buffer_printf(&s->rows, "%s%c%s\n", metric, 0, value) != 0;
}

void summary_item(struct summary *s, const char *group, struct slice name, uint64_t value)
{
	s->memory_failed |= buffer_printf(&s->rows, "%s.", group) != 0 ||
			    buffer_append(&s->rows, name) != 0 ||
			    buffer_printf(&s->rows, "%c%" PRIu64 "\n", 0, value) != 0;
}

int summary_open(struct summary *s, const char *path, struct error *e)
{
	return path ? output_open(&s->output, path, e) : 0;
}

static int summary_write(const struct summary *s, struct writer *w, struct error *e)
{
	const struct slice header[] = { SLICE("metric"), SLICE("value") };
	if (writer_record(w, header, 2, e) != 0)
		return -1;
	for (struct slice rest = buffer_slice(&s->rows); rest.len;) {
		struct slice metric = slice_cut(&rest, '\0');
		struct slice value = slice_cut(&rest, '\n');
		if (writer_record(w, (struct slice[]){ metric, value }, 2, e) != 0)
			return -1;
	}
	return writer_flush(w, e);
}

int summary_finish(struct summary *s, struct error *e)
{
	struct writer writer;
	if (s->output.fd < 0)
		return 0;
	if (s->memory_failed)
		return error_memory(e);
	writer_init(&writer, &s->output, FORMAT_CSV);
	int result = summary_write(s, &writer, e);
	writer_release(&writer);
	return result == 0 ? output_finish(&s->output, e) : -1;
}

void summary_release(struct summary *s)
{
	output_discard(&s->output);
	buffer_release(&s->rows);
}
