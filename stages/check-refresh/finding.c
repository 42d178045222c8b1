#include "finding.h"

#include "show.h"

#include <inttypes.h>

const char *task_status_name(enum task_status status)
{
	static const char *const names[TASK_STATUS_COUNT] = { "done", "todo", "blocked", "unknown",
		"not-applicable" };
	return names[status];
}

void finding_start(struct finding *f, enum task_status status)
{
	f->status = status;
	buffer_clear(&f->evidence);
}

void finding_say(struct finding *f, const char *format, ...)
{
	va_list arguments;
	if (f->evidence.len)
		finding_add(f, "; ");
	va_start(arguments, format);
	f->memory_failed |= buffer_vprintf(&f->evidence, format, arguments) != 0;
	va_end(arguments);
}

void finding_add(struct finding *f, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	f->memory_failed |= buffer_vprintf(&f->evidence, format, arguments) != 0;
	va_end(arguments);
}

void finding_release(struct finding *f)
{
	buffer_release(&f->evidence);
}

int id_list_add(struct id_list *list, struct slice id)
{
	if (list->count++ >= IDS_SHOWN)
		return 0;
	return buffer_printf(&list->text, "%s%s", list->count > 1 ? ", " : "", SHOW(id));
}

void finding_add_ids(struct finding *f, const struct id_list *list)
{
	f->memory_failed |= buffer_append(&f->evidence, buffer_slice(&list->text)) != 0;
	if (list->count > IDS_SHOWN)
		finding_add(f, " and %" PRIu64 " more", list->count - IDS_SHOWN);
}

void id_list_release(struct id_list *list)
{
	buffer_release(&list->text);
}
