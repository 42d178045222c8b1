#include "input.h"

#include "container.h"
#include "folder.h"
#include "show.h"
#include "zip_end.h"
#include "zip_sizes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct inputs {
	char *const *paths; /* NULL: standard input alone */
	size_t count;
	size_t next;
	struct input_limits limits;
	struct selection selection;

	struct folder *folder; /* the one that is gone through, or NULL */
	struct buffer name;    /* of the present file */
	struct stored stored;
	bool is_open;                /* `stored` */
	struct zip_end_source plain; /* over it, where it is a pipe that holds no archive */
	bool is_zip;
	struct container *container; /* in it, or NULL */
	struct zip_sizes sizes;      /* of its members, once they were asked for */
	struct buffer member_name;
	uint64_t read_bytes; /* of the files before the present one */
};

static const char *input_path(const struct inputs *in, size_t i)
{
	return in->paths ? in->paths[i] : "-";
}

struct inputs *inputs_open(
	char *const *paths, size_t count, const struct input_options *options, struct error *e)
{
	bool seen = false;
	for (size_t i = 0; i < count; i++) {
		bool standard = strcmp(paths[i], "-") == 0;
		if (standard && seen) {
			error_set(e, STATUS_USAGE, "standard input (-) can be read only once");
			return NULL;
		}
		seen |= standard;
	}
	struct inputs *in = calloc(1, sizeof *in);
	if (!in) {
		error_memory(e);
		return NULL;
	}
	in->paths = count ? paths : NULL;
	in->count = count ? count : 1;
	in->limits = options->limits;
	in->selection.pattern = options->member;
	return in;
}

static uint64_t present_bytes(const struct inputs *in)
{
	if (!in->is_open)
		return 0;
	return in->container ? container_packed(in->container) : in->stored.at;
}

static void file_close(struct inputs *in)
{
	in->read_bytes += present_bytes(in);
	container_close(in->container);
	in->container = NULL;
	if (in->is_open)
		stored_close(&in->stored);
	zip_end_source_release(&in->plain);
	zip_sizes_release(&in->sizes);
	in->is_open = false;
}

/* Fills the member of the present archive: 1, 0 when it has no more, -1. */
static int container_member(struct inputs *in, struct member *member, struct error *e)
{
	struct container_member from;
	int more = container_next(in->container, &from, e);
	if (more <= 0)
		return more;
	bool single = container_single(in->container);
	struct buffer *name = &in->member_name;
	buffer_clear(name);
	/* A compressed standard input has no other name than its content. */
	bool same = single && slice_equal(buffer_slice(&in->name), from.path);
	int failed = buffer_append(name, buffer_slice(&in->name));
	if (!same)
		failed |= buffer_put(name, '!') | buffer_append(name, from.path);
	if (failed || !buffer_text(name))
		return error_memory(e);
	*member = (struct member){
		.name = name->ptr,
		.path = from.path,
		.source = from.source,
		.skipped = from.skipped,
		.only = in->count == 1 && !in->folder && single,
		.input = input_path(in, in->next - 1),
		.bytes = from.bytes,
	};
	return 1;
}

/* The file, whose path is `path`, as one member: 1, or 0 when it is not wanted, -1. */
static int plain_member(
	struct inputs *in, struct slice path, struct member *member, struct error *e)
{
	int wanted = in->folder ? selection_take(&in->selection, path, e) : 1;
	if (wanted <= 0)
		return wanted;
	bool anywhere = in->stored.anywhere;
	if (anywhere && zip_end_absent(&in->stored, false, e) != 0)
		return -1;
	zip_end_source_init(&in->plain, &in->stored.source, in->name.ptr);
	*member = (struct member){
		.name = in->name.ptr,
		.path = path,
		.source = anywhere ? &in->stored.source : &in->plain.source,
		.only = in->count == 1 && !in->folder,
		.input = input_path(in, in->next - 1),
		.bytes = anywhere ? in->stored.size : BYTES_UNKNOWN,
	};
	return 1;
}

/*
 * Opens the file of the descriptor, which is taken over; `in->name` is its name already. 1 with its
 * first member, 0 when it has none, -1.
 */
static int file_open(
	struct inputs *in, int fd, struct slice path, struct member *member, struct error *e)
{
	if (stored_open(&in->stored, fd, in->name.ptr, e) != 0)
		return -1;
	in->is_open = true;
	enum magic magic = magic_of(buffer_slice(&in->stored.head), path);
	in->is_zip = magic == MAGIC_ZIP;
	if (magic == MAGIC_PGP) {
		if (in->folder) {
			int wanted = selection_take(&in->selection, path, e);
			if (wanted <= 0)
				return wanted;
		}
		struct place place = { .file = in->name.ptr };
		error_at(e, STATUS_INPUT, &place, "a PGP message");
		return error_hint(e, "decrypt it first (gpg --decrypt)");
	}
	if (!magic_is_archive(magic))
		return plain_member(in, path, member, e);
	if (stored_anywhere(&in->stored, in->limits.unpacked, e) != 0 ||
		(magic != MAGIC_ZIP && zip_end_absent(&in->stored, true, e) != 0))
		return -1;
	in->container = container_open(
		&in->stored, magic, path, !in->folder, &in->selection, &in->limits, e);
	return in->container ? container_member(in, member, e) : -1;
}

/* The next file of the present folder: 1, 0 when there is nothing wanted in it, -1; or the folder
 * has come to its end and is closed. */
static int folder_member(struct inputs *in, struct member *member, struct error *e)
{
	struct folder_entry entry;
	int more = folder_next(in->folder, &entry, e);
	if (more < 0)
		return -1;
	if (more == 0) {
		folder_close(in->folder);
		in->folder = NULL;
		return 0;
	}
	if (selection_ignores(entry.path)) {
		in->selection.ignored++;
		folder_pass(in->folder);
		return 0;
	}
	if (entry.folder)
		return 0;
	const char *input = input_path(in, in->next - 1);
	size_t length = strlen(input);
	while (length > 1 && input[length - 1] == '/')
		length--;
	buffer_clear(&in->name);
	int failed = buffer_append(&in->name, (struct slice){ input, length });
	if (input[length - 1] != '/')
		failed |= buffer_put(&in->name, '/');
	failed |= buffer_append(&in->name, entry.path);
	if (failed || !buffer_text(&in->name))
		return error_memory(e);
	if (entry.skipped) {
		int wanted = selection_take(&in->selection, entry.path, e);
		*member = (struct member){
			.name = in->name.ptr,
			.path = entry.path,
			.skipped = entry.skipped,
			.input = input,
			.bytes = BYTES_UNKNOWN,
		};
		return wanted;
	}
	int fd = folder_file(in->folder, e);
	return fd < 0 ? -1 : file_open(in, fd, entry.path, member, e);
}

/* The next input, a file or a folder: 1, 0 when there is nothing wanted in it, -1. */
static int input_member(struct inputs *in, struct member *member, struct error *e)
{
	const char *path = input_path(in, in->next++);
	int fd = STDIN_FILENO;
	if (strcmp(path, "-") != 0)
		fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat about;
	if (fd < 0 || fstat(fd, &about) != 0) {
		error_system(e, path);
		if (fd > STDIN_FILENO)
			close(fd);
		return -1;
	}
	if (S_ISDIR(about.st_mode) && fd != STDIN_FILENO) {
		in->folder = folder_open(fd, path, e);
		return in->folder ? 0 : -1;
	}
	buffer_clear(&in->name);
	if (buffer_append(&in->name, slice_from(path)) != 0 || !buffer_text(&in->name)) {
		if (fd != STDIN_FILENO)
			close(fd);
		return error_memory(e);
	}
	return file_open(in, fd, slice_from(path), member, e);
}

int inputs_next(struct inputs *in, struct member *member, struct error *e)
{
	int found = 0;
	if (in->container)
		found = container_member(in, member, e);
	while (found == 0) {
		file_close(in);
		if (in->folder)
			found = folder_member(in, member, e);
		else if (in->next < in->count)
			found = input_member(in, member, e);
		else
			break;
	}
	return found;
}

int inputs_packed(struct inputs *in, const struct member *member, uint64_t *bytes, struct error *e)
{
	*bytes = BYTES_UNKNOWN;
	if (!in->container)
		return 0;
	if (container_single(in->container))
		*bytes = in->stored.size;
	if (!in->is_zip)
		return 0;
	if (!in->sizes.known && zip_sizes_read(&in->sizes, &in->stored, e) != 0)
		return -1;
	zip_sizes_find(&in->sizes, member->path, bytes);
	return 0;
}

int member_names(const struct member *member, struct buffer *input, struct buffer *path)
{
	struct slice name = slice_from(member->name);
	size_t length = strlen(member->input);
	buffer_clear(input);
	buffer_clear(path);
	/* A folder may have been given with a "/" at its end, or as "/". */
	while (length > 1 && member->input[length - 1] == '/')
		length--;
	name = slice_skip(name, length < name.len ? length : name.len);
	if (name.len && (*name.ptr == '/' || *name.ptr == '!'))
		name = slice_skip(name, 1);
	return show_append(input, slice_from(member->input)) | show_append(path, name);
}

struct input_counts inputs_counts(const struct inputs *in)
{
	return (struct input_counts){
		.ignored = in->selection.ignored,
		.unmatched = in->selection.unmatched,
		.sample = buffer_slice(&in->selection.sample),
		.read_bytes = in->read_bytes + present_bytes(in),
	};
}

void inputs_close(struct inputs *in)
{
	if (!in)
		return;
	file_close(in);
	folder_close(in->folder);
	buffer_release(&in->name);
	buffer_release(&in->member_name);
	selection_release(&in->selection);
	free(in);
}
