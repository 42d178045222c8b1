#include "schema.h"

#include "show.h"
#include "table.h"

#include <dirent.h>
#include <errno.h>
#include <unistd.h>

struct schema_context {
	const char *file;
	bool compiled_in;
	const struct column *columns;
	size_t count;
	schema_take *take;
	void *context;
};

static int schema_take_row(
	void *context, const struct record *record, const struct place *place, struct error *e)
{
	const struct schema_context *s = context;
	struct schema_row row = {
		.file = s->file, .line = place->line, .compiled_in = s->compiled_in
	};
	for (size_t i = 0; i < s->count; i++)
		row.fields[i] = record_field(record, s->columns[i].index);
	return s->take(s->context, &row, e);
}

static int schema_read_source(struct source *source, const char *file, bool compiled_in,
	const char *const *columns, schema_take *take, void *context, struct error *e)
{
	struct column wanted[SCHEMA_COLUMNS];
	size_t count = 0;
	for (; count < SCHEMA_COLUMNS && columns[count]; count++)
		wanted[count] = (struct column){ .name = columns[count], .needed = true };
	struct schema_context s = { file, compiled_in, wanted, count, take, context };
	return table_read_source(source, file, FORMAT_CSV, wanted, count, schema_take_row, &s, e);
}

int schema_read_file(const char *path, const char *const *columns, schema_take *take, void *context,
	struct error *e)
{
	struct file_source file;
	if (file_source_open(&file, path, e) != 0)
		return -1;
	int result = schema_read_source(&file.source, path, false, columns, take, context, e);
	file_source_close(&file);
	return result;
}

/* The overlay's file of this name, where there is one. */
static int schema_read_overlay(const char *name, const char *directory, const char *const *columns,
	schema_take *take, void *context, struct error *e)
{
	struct buffer path = { 0 };
	int result = -1;
	if (buffer_printf(&path, "%s/%s", directory, name) != 0 || !buffer_text(&path))
		error_memory(e);
	else if (access(path.ptr, F_OK) != 0 && errno == ENOENT)
		result = 0;
	else
		result = schema_read_file(path.ptr, columns, take, context, e);
	buffer_release(&path);
	return result;
}

int schema_read(const char *name, const char *directory, const char *const *columns,
	schema_take *take, void *context, struct error *e)
{
	if (directory && schema_read_overlay(name, directory, columns, take, context, e) != 0)
		return -1;
	for (const struct schema_file *f = schema_files; f->name; f++) {
		if (strcmp(f->name, name) == 0) {
			struct memory_source memory;
			memory_source_init(&memory, (struct slice){ f->bytes, f->len }, NULL);
			return schema_read_source(
				&memory.source, name, true, columns, take, context, e);
		}
	}
	return error_set(e, STATUS_SYSTEM, "%s: no such schema is compiled in", name);
}

static const struct schema_file *schema_find(const char *name)
{
	for (const struct schema_file *f = schema_files; f->name; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

/* What a stream holds is agreed between all stages, so no overlay changes it. */
static bool schema_fixed(const char *name)
{
	return strcmp(name, "streams.csv") == 0;
}

/* Is the folder's file, byte for byte, the compiled-in one? 1, 0, or -1 with the error set. */
static int schema_same(const char *directory, const struct schema_file *f, struct error *e)
{
	struct buffer path = { 0 };
	struct buffer bytes = { 0 };
	struct file_source file;
	int result = -1;
	if (buffer_printf(&path, "%s/%s", directory, f->name) != 0 || !buffer_text(&path)) {
		error_memory(e);
	} else if (file_source_open(&file, path.ptr, e) == 0) {
		if (source_read_all(&file.source, &bytes, f->len + 1, e) == 0)
			result = slice_equal(
				buffer_slice(&bytes), (struct slice){ f->bytes, f->len });
		file_source_close(&file);
	}
	buffer_release(&path);
	buffer_release(&bytes);
	return result;
}

/* A file of the folder that is called .csv: 0, or -1 where it cannot be an overlay. */
static int schema_check_file(const char *directory, const char *name, struct error *e)
{
	const struct schema_file *f = schema_find(name);
	/* A whole copy of the schemas, to be edited, has the fixed ones too. */
	int same = f && schema_fixed(name) ? schema_same(directory, f, e) : 0;
	if (same < 0 || same > 0 || (f && !schema_fixed(name)))
		return same < 0 ? -1 : 0;
	struct place place = { directory, 0, { NULL, 0 } };
	error_at(e, STATUS_INPUT, &place, "\"%s\" overlays no schema", SHOW(slice_from(name)));
	struct buffer names = { 0 };
	for (f = schema_files; f->name; f++)
		if (!schema_fixed(f->name))
			buffer_printf(&names, "%s%s", names.len ? ", " : "", f->name);
	error_hint(e, "what can be overlaid is %.*s", (int)names.len, names.ptr);
	buffer_release(&names);
	return -1;
}

int schema_check_directory(const char *directory, struct error *e)
{
	DIR *folder = opendir(directory);
	if (!folder)
		return error_system(e, directory);
	int result = 0;
	for (struct dirent *entry; result == 0 && (entry = readdir(folder));) {
		const char *dot = strrchr(entry->d_name, '.');
		if (dot && strcmp(dot, ".csv") == 0)
			result = schema_check_file(directory, entry->d_name, e);
	}
	closedir(folder);
	return result;
}
