#include "tree.h"

#include "output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int tree_may_be(const char *target, struct error *e)
{
	struct stat about;
	DIR *folder = opendir(target);
	/* A link that leads nowhere is there, too. */
	if (!folder && errno == ENOENT)
		return lstat(target, &about) != 0;
	if (!folder && errno == ENOTDIR)
		return 0;
	if (!folder)
		return error_system(e, target);
	bool empty = true;
	for (struct dirent *entry; empty && (entry = readdir(folder));)
		empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
	closedir(folder);
	return empty;
}

/* The target without slashes at its end, links followed; allocated, or NULL. */
static char *target_of(const char *path)
{
	char *real = realpath(path, NULL);
	if (real || errno != ENOENT)
		return real;
	char *copy = strdup(path);
	for (size_t length = copy ? strlen(copy) : 0; length > 1 && copy[length - 1] == '/';)
		copy[--length] = '\0';
	return copy;
}

/*
 * Makes the temporary folder: 0, or -1 with errno set. It stands beside the target, or in it where
 * that is there: it may be somebody's working folder, or the root of another file system.
 */
static int temporary_make(struct tree *t)
{
	struct stat about;
	const char *slash = strrchr(t->target, '/');
	int folder = slash ? (int)(slash - t->target) + 1 : 0;
	int made;
	t->exists = stat(t->target, &about) == 0;
	if (t->exists)
		made = asprintf(&t->temporary, "%s/.restored.XXXXXX", t->target);
	else
		made = asprintf(
			&t->temporary, "%.*s.%.200s.XXXXXX", folder, t->target, t->target + folder);
	if (made < 0)
		t->temporary = NULL;
	if (t->temporary && mkdtemp(t->temporary))
		return 0;
	free(t->temporary);
	t->temporary = NULL;
	return -1;
}

/* Room for all paths that there can be, to be filled from the end: 0, or -1 with errno set. */
static int paths_open(struct tree *t, const struct restored *files, size_t count)
{
	size_t room = 2;
	for (size_t i = 0; i < count; i++)
		for (const char *at = files[i].path; at; at = strchr(at + 1, '/'))
			room++;
	t->room = calloc(room, sizeof *t->room);
	t->paths = t->room ? t->room + room - 1 : NULL;
	return t->room ? 0 : -1;
}

/* Notes a path, which is taken over, before it is made. */
static int path_note(struct tree *t, char *path)
{
	if (!path)
		return -1;
	*--t->paths = path;
	output_guard_paths((const char *const *)t->paths);
	return 0;
}

/* Makes the folders that lead to `path`, which is below the temporary one. */
static int folders_make(struct tree *t, const char *path)
{
	for (const char *at = path + strlen(t->temporary) + 1; (at = strchr(at, '/')); at++) {
		char *folder = strndup(path, (size_t)(at - path));
		struct stat about;
		if (folder && stat(folder, &about) == 0) {
			free(folder);
			continue;
		}
		if (path_note(t, folder) != 0 || mkdir(folder, 0700) != 0)
			return -1;
	}
	return 0;
}

static int bytes_write(int fd, struct slice bytes)
{
	while (bytes.len) {
		ssize_t put = write(fd, bytes.ptr, bytes.len);
		if (put < 0 && errno != EINTR)
			return -1;
		if (put > 0)
			bytes = slice_skip(bytes, (size_t)put);
	}
	return fsync(fd);
}

static int file_write(struct tree *t, const struct restored *file)
{
	char *path;
	if (asprintf(&path, "%s/%s", t->temporary, file->path) < 0)
		path = NULL;
	if (!path || folders_make(t, path) != 0) {
		free(path);
		return -1;
	}
	if (path_note(t, path) != 0)
		return -1;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	int result = bytes_write(fd, file->bytes);
	/* The umask may have taken more than it should. */
	result |= fchmod(fd, 0600);
	return close(fd) | result;
}

int tree_write(struct tree *t, const char *target, const struct restored *files, size_t count,
	struct error *e)
{
	*t = (struct tree){ .target = target_of(target) };
	int result = t->target ? paths_open(t, files, count) : -1;
	/* A signal between the two steps would leave the folder behind. */
	sigset_t all;
	sigset_t before;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	if (result == 0)
		result = temporary_make(t);
	if (result == 0)
		result = path_note(t, strdup(t->temporary));
	int number = errno;
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = number;
	for (size_t i = 0; result == 0 && i < count; i++)
		result = file_write(t, &files[i]);
	if (result == 0)
		return 0;
	error_system(e, target);
	tree_release(t);
	return -1;
}

/* The name of what stands at the top of the temporary folder; NULL for what is deeper. */
static const char *top_name(const struct tree *t, const char *path)
{
	size_t length = strlen(t->temporary);
	if (path[length] != '/' || strchr(path + length + 1, '/'))
		return NULL;
	return path + length + 1;
}

/* Moves all that is in the temporary folder up to the target: 0, or -1 with errno set. */
static int entries_move(struct tree *t)
{
	int from = open(t->temporary, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int to = open(t->target, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = from >= 0 && to >= 0 ? 0 : -1;
	char **path = t->paths;
	for (; result == 0 && *path; path++) {
		const char *name = top_name(t, *path);
		/* What has come there since the start is not written over. */
		if (name)
			result = renameat2(from, name, to, name, RENAME_NOREPLACE);
		if (result != 0 && (errno == EINVAL || errno == ENOSYS))
			result = renameat(from, name, to, name);
	}
	int number = errno;
	/* All or nothing: what was moved goes back, and then away with the rest. */
	while (result != 0 && path-- > t->paths) {
		const char *name = top_name(t, *path);
		if (name)
			renameat2(to, name, from, name, RENAME_NOREPLACE);
	}
	if (from >= 0)
		close(from);
	if (to >= 0)
		close(to);
	errno = number;
	return result == 0 ? rmdir(t->temporary) : -1;
}

int tree_publish(struct tree *t, struct error *e)
{
	if (!t->temporary)
		return 0;
	sigset_t all;
	sigset_t before;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	int result = t->exists ? entries_move(t) : rename(t->temporary, t->target);
	int number = errno;
	if (result == 0) {
		output_guard_paths(NULL);
		free(t->temporary);
		t->temporary = NULL;
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = number;
	return result == 0 ? 0 : error_system(e, t->target);
}

void tree_release(struct tree *t)
{
	for (char **path = t->temporary ? t->paths : NULL; path && *path; path++)
		if (unlink(*path) != 0)
			rmdir(*path);
	output_guard_paths(NULL);
	for (char **path = t->paths; path && *path; path++)
		free(*path);
	free(t->room);
	free(t->temporary);
	free(t->target);
	*t = (struct tree){ 0 };
}
