#include "folder.h"

#include "show.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* One folder on the way. Its names are sorted with a "/" after those of folders: "a.txt" comes
 * before "a/b", as in the order of the whole paths. */
struct level {
	DIR *handle;
	char **names;
	size_t count;
	size_t next;
	size_t prefix; /* bytes of the path up to here */
};

struct folder {
	const char *name;
	struct level *levels;
	size_t depth;
	struct buffer path;
	bool descend; /* into the folder that was given last */
};

static int folder_failed(struct folder *f, struct error *e)
{
	int number = errno;
	struct buffer whole = { 0 };
	buffer_printf(&whole, "%s/", f->name);
	buffer_append(&whole, buffer_slice(&f->path));
	error_set(e, STATUS_SYSTEM, "%s: %s", SHOW(buffer_slice(&whole)), strerror(number));
	buffer_release(&whole);
	return -1;
}

static void level_release(struct level *l)
{
	for (size_t i = 0; i < l->count; i++)
		free(l->names[i]);
	free(l->names);
	closedir(l->handle);
}

static int name_order(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

static int level_add(struct level *l, const char *name, bool folder)
{
	if ((l->count & (l->count - 1)) == 0) {
		size_t room = l->count ? l->count * 2 : 1;
		char **names = realloc(l->names, room * sizeof *names);
		if (!names)
			return -1;
		l->names = names;
	}
	size_t length = strlen(name);
	char *copy = malloc(length + 2);
	if (!copy)
		return -1;
	memcpy(copy, name, length);
	memcpy(copy + length, folder ? "/" : "", folder ? 2 : 1);
	l->names[l->count++] = copy;
	return 0;
}

static int level_fill(struct folder *f, struct level *l, struct error *e)
{
	for (;;) {
		errno = 0;
		struct dirent *entry = readdir(l->handle);
		if (!entry)
			break;
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		struct stat about;
		if (fstatat(dirfd(l->handle), entry->d_name, &about, AT_SYMLINK_NOFOLLOW) != 0)
			return folder_failed(f, e);
		if (level_add(l, entry->d_name, S_ISDIR(about.st_mode)) != 0)
			return error_memory(e);
	}
	if (errno != 0)
		return folder_failed(f, e);
	if (l->count)
		qsort(l->names, l->count, sizeof *l->names, name_order);
	return 0;
}

/* Goes down into the folder of the descriptor, which `path` leads to. */
static int folder_enter(struct folder *f, int fd, struct error *e)
{
	struct level *levels = realloc(f->levels, (f->depth + 1) * sizeof *levels);
	if (levels)
		f->levels = levels;
	DIR *handle = levels ? fdopendir(fd) : NULL;
	if (!handle) {
		close(fd);
		return levels ? folder_failed(f, e) : error_memory(e);
	}
	struct level *l = &f->levels[f->depth++];
	*l = (struct level){ .handle = handle, .prefix = f->path.len };
	return level_fill(f, l, e);
}

static int folder_descend(struct folder *f, struct error *e)
{
	struct level *l = &f->levels[f->depth - 1];
	char *name = l->names[l->next - 1];
	name[strlen(name) - 1] = '\0';
	int fd = openat(dirfd(l->handle), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return fd < 0 ? folder_failed(f, e) : folder_enter(f, fd, e);
}

struct folder *folder_open(int fd, const char *name, struct error *e)
{
	struct folder *f = calloc(1, sizeof *f);
	if (!f) {
		close(fd);
		error_memory(e);
		return NULL;
	}
	f->name = name;
	if (folder_enter(f, fd, e) == 0)
		return f;
	folder_close(f);
	return NULL;
}

static const char *kind_of(mode_t mode)
{
	if (S_ISREG(mode) || S_ISDIR(mode))
		return NULL;
	if (S_ISLNK(mode))
		return "a link";
	if (S_ISFIFO(mode))
		return "a FIFO";
	return S_ISSOCK(mode) ? "a socket" : "a device";
}

int folder_next(struct folder *f, struct folder_entry *entry, struct error *e)
{
	if (f->descend && folder_descend(f, e) != 0)
		return -1;
	f->descend = false;
	while (f->depth && f->levels[f->depth - 1].next == f->levels[f->depth - 1].count)
		level_release(&f->levels[--f->depth]);
	if (f->depth == 0)
		return 0;
	struct level *l = &f->levels[f->depth - 1];
	const char *name = l->names[l->next++];
	size_t length = strlen(name);
	f->path.len = l->prefix;
	if (buffer_append(&f->path, (struct slice){ name, length }) != 0 || !buffer_text(&f->path))
		return error_memory(e);
	f->descend = name[length - 1] == '/';
	struct stat about = { .st_mode = S_IFDIR };
	if (!f->descend && fstatat(dirfd(l->handle), name, &about, AT_SYMLINK_NOFOLLOW) != 0)
		return folder_failed(f, e);
	*entry = (struct folder_entry){
		.path = buffer_slice(&f->path),
		.folder = f->descend,
		.skipped = kind_of(about.st_mode),
	};
	return 1;
}

void folder_pass(struct folder *f)
{
	f->descend = false;
}

int folder_file(struct folder *f, struct error *e)
{
	struct level *l = &f->levels[f->depth - 1];
	/* Not to wait, should a FIFO have taken its place by now. */
	int fd = openat(dirfd(l->handle), l->names[l->next - 1],
		O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	return fd < 0 ? folder_failed(f, e) : fd;
}

void folder_close(struct folder *f)
{
	if (!f)
		return;
	while (f->depth)
		level_release(&f->levels[--f->depth]);
	free(f->levels);
	buffer_release(&f->path);
	free(f);
}
