/*
 * Archives made by the tests, and what the inputs give of them, as text.
 */
#ifndef MADE_TEST_H
#define MADE_TEST_H

#include "input.h"

#include "test.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* One member of an archive that a test makes. */
struct made {
	const char *path;
	const char *content; /* NULL: it is what `type` says, and a link leads to "x" */
	unsigned type;
};

#define FILES(...) ((const struct made[]){ __VA_ARGS__, { NULL, NULL, 0 } })

static inline void put_file(const char *path, const void *bytes, size_t length)
{
	FILE *file = fopen(path, "wb");
	CHECK(file && fwrite(bytes, 1, length, file) == length);
	CHECK(file && fclose(file) == 0);
}

static inline void put_text(const char *path, const char *text)
{
	put_file(path, text, strlen(text));
}

static inline void get_file(const char *path, struct buffer *out)
{
	struct error e = { 0 };
	struct file_source file;
	CHECK_NUMBER(file_source_open(&file, path, &e), 0);
	CHECK_NUMBER(source_read_all(&file.source, out, SIZE_MAX, &e), 0);
	file_source_close(&file);
}

/* `options` may be NULL, as for archive_write_set_options. */
static inline void make(
	const char *path, int format, int filter, const char *options, const struct made *files)
{
	struct archive *a = archive_write_new();
	CHECK(archive_write_set_format(a, format) == ARCHIVE_OK);
	archive_write_add_filter(a, filter);
	if (options && strstr(options, "encryption"))
		archive_write_set_passphrase(a, "secret");
	CHECK(archive_write_set_options(a, options) == ARCHIVE_OK);
	CHECK(archive_write_open_filename(a, path) == ARCHIVE_OK);
	for (; files->path; files++) {
		struct archive_entry *entry = archive_entry_new();
		archive_entry_set_pathname(entry, files->path);
		archive_entry_set_filetype(entry, files->content ? AE_IFREG : files->type);
		archive_entry_set_perm(entry, 0644);
		archive_entry_set_mtime(entry, 1, 0);
		if (!files->content && files->type == AE_IFLNK)
			archive_entry_set_symlink(entry, "x");
		if (!files->content && files->type == AE_IFREG)
			archive_entry_set_hardlink(entry, "x");
		size_t length = files->content ? strlen(files->content) : 0;
		archive_entry_set_size(entry, (la_int64_t)length);
		CHECK(archive_write_header(a, entry) == ARCHIVE_OK);
		if (length)
			CHECK(archive_write_data(a, files->content, length) == (la_ssize_t)length);
		archive_entry_free(entry);
	}
	CHECK(archive_write_close(a) == ARCHIVE_OK);
	archive_write_free(a);
}

/*
 * What the inputs give, as text: "PATH=CONTENT;" for each member, "PATH!REASON;" for a skipped one,
 * and at an error "STATUS: TEXT". With one path, names are checked to start with it.
 */
static inline struct slice given(
	char *const *paths, size_t count, const struct input_options *options, struct buffer *out)
{
	struct error e = { 0 };
	struct member m;
	buffer_clear(out);
	struct inputs *in = inputs_open(paths, count, options, &e);
	int more = in ? 0 : -1;
	while (in && (more = inputs_next(in, &m, &e)) > 0) {
		CHECK((m.source == NULL) == (m.skipped != NULL));
		if (count == 1)
			CHECK(strncmp(m.name, paths[0], strlen(paths[0])) == 0);
		buffer_append(out, m.path);
		if (m.skipped)
			buffer_printf(out, "!%s", m.skipped);
		else
			buffer_put(out, '=');
		if (m.source && source_read_all(m.source, out, SIZE_MAX, &e) != 0) {
			more = -1;
			break;
		}
		buffer_put(out, ';');
	}
	inputs_close(in);
	if (more < 0) {
		CHECK(e.status != STATUS_DONE && e.text.len > 0);
		buffer_printf(out, "%d: %.*s", (int)e.status, (int)e.text.len, e.text.ptr);
	}
	error_release(&e);
	return buffer_slice(out);
}

static inline struct slice given_with(
	const char *path, const struct input_options *options, struct buffer *out)
{
	char name[64];
	snprintf(name, sizeof name, "%s", path);
	char *paths[] = { name };
	return given(paths, 1, options, out);
}

static inline struct slice given_one(const char *path, struct buffer *out)
{
	return given_with(path, &(struct input_options){ .limits = INPUT_LIMITS }, out);
}

/* A folder of its own for the test, which it goes to. */
static inline bool folder_begin(char path[32])
{
	snprintf(path, 32, "/tmp/made-test-XXXXXX");
	return mkdtemp(path) && chdir(path) == 0;
}

/* Removes the folder and the files in it. */
static inline void folder_end(const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	while (folder && (entry = readdir(folder)))
		unlink(entry->d_name);
	if (folder)
		closedir(folder);
	CHECK(rmdir(path) == 0);
}

#endif
