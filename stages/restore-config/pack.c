#include "pack.h"

#include "show.h"
#include "utf8.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

static bool ends_with(const char *path, const char *end)
{
	size_t length = strlen(path);
	size_t tail = strlen(end);
	return length > tail && strcasecmp(path + length - tail, end) == 0;
}

bool pack_knows(const char *path)
{
	return ends_with(path, ".zip") || ends_with(path, ".tar");
}

/* Where libarchive writes to. */
struct sink {
	struct output *output;
	struct error *error;
};

static la_ssize_t sink_write(struct archive *a, void *context, const void *bytes, size_t length)
{
	struct sink *sink = context;
	(void)a;
	if (output_write(sink->output, (struct slice){ bytes, length }, sink->error) != 0)
		return -1;
	return (la_ssize_t)length;
}

/* libarchive's own words, where no write has failed before. */
static int archive_failed(struct archive *a, const char *path, struct error *e)
{
	if (e->status != STATUS_DONE)
		return -1;
	const char *why = archive_error_string(a);
	return error_set(e, STATUS_SYSTEM, "%s: %s", SHOW(slice_from(path)),
		why ? why : "the archive cannot be written");
}

static int file_pack(
	struct archive *a, const char *archive, const struct restored *file, struct error *e)
{
	struct place place = { file->path, 0, { NULL, 0 } };
	struct slice path = slice_from(file->path);
	if (utf8_valid(path) < path.len)
		return error_at(e, STATUS_INPUT, &place,
			"its path is not UTF-8, as an archive would need it");
	struct archive_entry *entry = archive_entry_new();
	if (!entry)
		return error_memory(e);
	archive_entry_set_pathname(entry, file->path);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0600);
	archive_entry_set_size(entry, (la_int64_t)file->bytes.len);
	/* Before 1980, where the local time of a zip begins: the same in every zone. */
	archive_entry_set_mtime(entry, 0, 0);
	int result = archive_write_header(a, entry) == ARCHIVE_OK ? 0 : -1;
	archive_entry_free(entry);
	if (result == 0 && file->bytes.len &&
		archive_write_data(a, file->bytes.ptr, file->bytes.len) !=
			(la_ssize_t)file->bytes.len)
		result = -1;
	return result == 0 ? 0 : archive_failed(a, archive, e);
}

/* Stored, not compressed: the bytes must not depend on the version of a library. */
static int format_set(struct archive *a, const char *path)
{
	if (ends_with(path, ".tar"))
		return archive_write_set_format_pax_restricted(a);
	int result = archive_write_set_format_zip(a);
	if (result == ARCHIVE_OK)
		result = archive_write_zip_set_compression_store(a);
	if (result == ARCHIVE_OK)
		result = archive_write_set_options(a, "zip:hdrcharset=UTF-8");
	return result;
}

int pack_write(struct output *o, const char *path, const struct restored *files, size_t count,
	struct error *e)
{
	struct sink sink = { o, e };
	struct archive *a = archive_write_new();
	if (!a)
		return error_memory(e);
	/* Names are UTF-8, and libarchive asks the locale what they are. */
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
	int result = 0;
	if (format_set(a, path) != ARCHIVE_OK ||
		archive_write_open(a, &sink, NULL, sink_write, NULL) != ARCHIVE_OK)
		result = archive_failed(a, path, e);
	for (size_t i = 0; result == 0 && i < count; i++)
		result = file_pack(a, path, &files[i], e);
	if (result == 0 && archive_write_close(a) != ARCHIVE_OK)
		result = archive_failed(a, path, e);
	archive_write_free(a);
	if (before)
		uselocale(before);
	if (utf8)
		freelocale(utf8);
	return result;
}
