#include "zip_sizes.h"

#include "member_name.h"
#include "zip_bytes.h"
#include "zip_end.h"
#include "zip_entry.h"

static int size_note(struct zip_sizes *s, const struct zip_entry *entry, struct buffer *name)
{
	buffer_clear(name);
	if (member_name_append(name, entry->name) != 0)
		return -1;
	uint32_t index = keys_add(&s->paths, buffer_slice(name));
	if (index == KEY_NONE)
		return -1;
	*(uint64_t *)keys_value(&s->paths, index) = entry->packed;
	return 0;
}

static int directory_read(
	struct zip_sizes *s, const struct zip_end *end, struct zip_view *view, struct error *e)
{
	struct buffer name = { 0 };
	uint64_t at = end->directory;
	int got = 1;
	for (uint64_t i = 0; got > 0 && i < end->members; i++) {
		struct zip_entry entry;
		struct slice header;
		got = zip_view_get(view, at, ZIP_DIRECTORY_SIZE, &header, e);
		if (got <= 0)
			break;
		size_t size = zip_entry_directory_size(header);
		got = zip_view_get(view, at, size, &header, e);
		if (got > 0 && !zip_entry_directory(&entry, header) &&
			size_note(s, &entry, &name) != 0)
			got = error_memory(e);
		at += size;
	}
	buffer_release(&name);
	return got < 0 ? -1 : 0;
}

int zip_sizes_read(struct zip_sizes *s, struct stored *from, struct error *e)
{
	struct zip_end end;
	struct zip_view view;
	keys_init(&s->paths, sizeof(uint64_t));
	s->known = true;
	if (zip_end_find(from, &end, e) != 0 || zip_view_open(&view, from, 65536, e) != 0)
		return -1;
	int result = directory_read(s, &end, &view, e);
	zip_view_close(&view);
	return result;
}

bool zip_sizes_find(const struct zip_sizes *s, struct slice path, uint64_t *packed)
{
	uint32_t index = keys_find(&s->paths, path);
	if (index != KEY_NONE)
		*packed = *(const uint64_t *)keys_value(&s->paths, index);
	return index != KEY_NONE;
}

void zip_sizes_release(struct zip_sizes *s)
{
	if (s->known)
		keys_release(&s->paths);
	s->known = false;
}
