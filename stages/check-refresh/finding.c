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
	f->refuted = false;
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

void file_counts_init(struct file_counts *counts)
{
	*counts = (struct file_counts){ 0 };
	keys_init(&counts->files, sizeof(uint64_t));
}

int file_counts_add(struct file_counts *counts, struct slice file)
{
	uint32_t index = keys_add(&counts->files, file);
	if (index == KEY_NONE)
		return -1;
	++*(uint64_t *)keys_value(&counts->files, index);
	counts->rows++;
	return 0;
}

void finding_add_files(struct finding *f, const struct file_counts *counts)
{
	uint32_t files = counts->files.count;
	for (uint32_t i = 0; i < files && i < IDS_SHOWN; i++)
		finding_add(f, "%s%s %" PRIu64, i ? ", " : "", SHOW(keys_at(&counts->files, i)),
			*(uint64_t *)keys_value(&counts->files, i));
	if (files > IDS_SHOWN)
		finding_add(f, " and %" PRIu32 " more", files - IDS_SHOWN);
}

void file_counts_release(struct file_counts *counts)
{
	keys_release(&counts->files);
}
