#include "error.h"

#include "show.h"

#include <errno.h>
#include <inttypes.h>

int place_append(struct buffer *out, const struct place *place)
{
	if (!place || !place->file)
		return 0;
	int failed = show_append(out, slice_from(place->file));
	if (place->line)
		failed |= buffer_printf(out, ":%" PRIu64, place->line);
	failed |= buffer_append(out, SLICE(": "));
	if (place->column.len)
		failed |= buffer_printf(out, "column \"%s\": ", SHOW(show_name(place->column)));
	return failed ? -1 : 0;
}

__attribute__((format(printf, 4, 0))) static int error_fill(struct error *e, enum status status,
	const struct place *place, const char *format, va_list arguments)
{
	e->status = status;
	buffer_clear(&e->text);
	buffer_clear(&e->hint);
	place_append(&e->text, place);
	e->what = e->text.len;
	buffer_vprintf(&e->text, format, arguments);
	return -1;
}

int error_set(struct error *e, enum status status, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	error_fill(e, status, NULL, format, arguments);
	va_end(arguments);
	return -1;
}

int error_at(
	struct error *e, enum status status, const struct place *place, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	error_fill(e, status, place, format, arguments);
	va_end(arguments);
	return -1;
}

int error_system(struct error *e, const char *what)
{
	int number = errno;
	return error_set(e, STATUS_SYSTEM, "%s: %s", SHOW(slice_from(what)), strerror(number));
}

int error_memory(struct error *e)
{
	return error_set(e, STATUS_SYSTEM, "out of memory");
}

int error_hint(struct error *e, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	buffer_clear(&e->hint);
	buffer_vprintf(&e->hint, format, arguments);
	va_end(arguments);
	return -1;
}

void error_release(struct error *e)
{
	buffer_release(&e->text);
	buffer_release(&e->hint);
	e->status = STATUS_DONE;
}
