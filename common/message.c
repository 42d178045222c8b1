#include "message.h"

static void message_print(struct messages *m, struct slice text, struct slice hint)
{
	if (m->progress_shown)
		fputs("\r\033[K", m->stream);
	m->progress_shown = false;
	fprintf(m->stream, "%s: %.*s\n", m->program, (int)text.len, text.ptr);
	if (hint.len)
		fprintf(m->stream, "hint: %.*s\n", (int)hint.len, hint.ptr);
	fflush(m->stream);
}

void message_error(struct messages *m, const struct error *e)
{
	/* The text is empty only when there was no memory to write it. */
	struct slice text = e->text.len ? buffer_slice(&e->text) : SLICE("out of memory");
	message_print(m, text, buffer_slice(&e->hint));
}

void message_at(
	struct messages *m, const struct place *place, const char *hint, const char *format, ...)
{
	struct buffer text = { 0 };
	va_list arguments;
	va_start(arguments, format);
	place_append(&text, place);
	buffer_vprintf(&text, format, arguments);
	va_end(arguments);
	message_print(m, buffer_slice(&text), slice_from(hint));
	buffer_release(&text);
}
