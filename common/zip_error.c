#include "zip_error.h"

int zip_damaged(const char *archive, const char *why, struct error *e)
{
	struct place place = { .file = archive };
	return error_at(e, STATUS_INPUT, &place, "damaged or truncated (%s)", why);
}

int zip_refuse(const char *archive, struct slice member, struct error *e, const char *format, ...)
{
	struct buffer name = { 0 };
	struct buffer what = { 0 };
	buffer_append(&name, slice_from(archive));
	if (member.len) {
		buffer_put(&name, '!');
		buffer_append(&name, member);
	}
	va_list arguments;
	va_start(arguments, format);
	buffer_vprintf(&what, format, arguments);
	va_end(arguments);
	struct place place = { .file = buffer_text(&name) };
	error_at(e, STATUS_INPUT, &place, "%.*s", (int)what.len, what.ptr);
	buffer_release(&name);
	buffer_release(&what);
	return error_hint(e, "programs read such a zip differently; unpack it with one that you "
			     "trust, and give the folder");
}
