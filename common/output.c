#include "output.h"

#include "show.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The temporary files that a signal must remove. A handler can be given nothing, so this is the
 * one thing of the library that lives at file scope.
 */
#define GUARDED 8
static const char *volatile guarded[GUARDED];
static const char *const *volatile guarded_paths;

static void guard_handle(int number)
{
	for (size_t i = 0; i < GUARDED; i++)
		if (guarded[i])
			unlink(guarded[i]);
	for (const char *const *path = guarded_paths; path && *path; path++)
		if (unlink(*path) != 0)
			rmdir(*path);
	/* SA_RESETHAND has put the default back: the process ends as the signal wants it. */
	raise(number);
}

void output_guard_paths(const char *const *paths)
{
	guarded_paths = paths;
}

void output_guard(void)
{
	static const int numbers[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGXFSZ,
		SIGXCPU };
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct sigaction present;
		/* What the caller has set to be ignored (nohup) stays so. */
		if (sigaction(numbers[i], NULL, &present) != 0 || present.sa_handler == SIG_IGN)
			continue;
		struct sigaction action = { .sa_handler = guard_handle,
			.sa_flags = (int)SA_RESETHAND };
		sigemptyset(&action.sa_mask);
		sigaction(numbers[i], &action, NULL);
	}
}

static void guard_add(const char *path)
{
	for (size_t i = 0; i < GUARDED; i++) {
		if (!guarded[i]) {
			guarded[i] = path;
			return;
		}
	}
}

static void guard_remove(const char *path)
{
	for (size_t i = 0; i < GUARDED; i++)
		if (guarded[i] == path)
			guarded[i] = NULL;
}

/* As much as the system gives to anybody, in bytes. */
#define PIPE_ROOM (1 << 20)

/* No signal comes between the making of a file and the note that it has to be removed. */
static int temporary_open(struct output *o)
{
	sigset_t all;
	sigset_t before;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	o->fd = mkostemp(o->temporary, O_CLOEXEC);
	int reason = errno;
	if (o->fd >= 0)
		guard_add(o->temporary);
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = reason;
	return o->fd < 0 ? -1 : 0;
}

static void output_forget(struct output *o)
{
	guard_remove(o->temporary);
	free(o->temporary);
	free(o->target);
	o->temporary = NULL;
	o->target = NULL;
	o->fd = -1;
}

static int output_open_in_place(struct output *o, const char *path, struct error *e)
{
	o->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	return o->fd < 0 ? error_system(e, path) : 0;
}

/*
 * Standard output or standard error, where this is the file that it goes to: /dev/stdout of a
 * redirected run. The shell goes on writing to that very file, so it must not be replaced.
 */
static int standard_descriptor(const struct stat *about)
{
	struct stat standard;
	for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++)
		if (S_ISREG(about->st_mode) && fstat(fd, &standard) == 0 &&
			standard.st_dev == about->st_dev && standard.st_ino == about->st_ino)
			return fd;
	return -1;
}

/* Where a link to a file that does not exist yet leads: allocated, or NULL with errno set. */
static char *link_target(const char *path)
{
	char *at = strdup(path);
	/* As many steps as the system itself would take. */
	for (int steps = 0; at && steps < 40; steps++) {
		char to[PATH_MAX];
		ssize_t length = readlink(at, to, sizeof to);
		if (length < 0)
			return at;
		struct buffer next = { 0 };
		const char *slash = strrchr(at, '/');
		size_t folder = slash && to[0] != '/' ? (size_t)(slash - at) + 1 : 0;
		if (buffer_append(&next, (struct slice){ at, folder }) != 0 ||
			buffer_append(&next, (struct slice){ to, (size_t)length }) != 0 ||
			!buffer_text(&next))
			buffer_release(&next);
		free(at);
		at = next.ptr;
	}
	errno = at ? ELOOP : ENOMEM;
	free(at);
	return NULL;
}

int output_open(struct output *o, const char *path, struct error *e)
{
	*o = OUTPUT_CLOSED;
	o->path = path && strcmp(path, "-") != 0 ? path : "-";
	if (strcmp(o->path, "-") == 0) {
		o->fd = STDOUT_FILENO;
		/* A large pipe lets both ends work at once; where it is none, nothing happens. */
		fcntl(o->fd, F_SETPIPE_SZ, PIPE_ROOM);
		return 0;
	}
	struct stat about;
	bool exists = stat(path, &about) == 0;
	if (!exists && errno != ENOENT)
		return error_system(e, path);
	if (exists && S_ISDIR(about.st_mode)) {
		errno = EISDIR;
		return error_system(e, path);
	}
	int standard = exists ? standard_descriptor(&about) : -1;
	if (standard >= 0) {
		o->fd = dup(standard);
		return o->fd < 0 ? error_system(e, path) : 0;
	}
	if (exists && !S_ISREG(about.st_mode))
		return output_open_in_place(o, path, e);
	/* The new file takes the place of what a link leads to, not of the link. */
	o->target = exists ? realpath(path, NULL) : link_target(path);
	struct buffer name = { 0 };
	const char *slash = o->target ? strrchr(o->target, '/') : NULL;
	size_t folder = slash ? (size_t)(slash - o->target) + 1 : 0;
	if (!o->target || buffer_append(&name, (struct slice){ o->target, folder }) != 0 ||
		buffer_printf(&name, ".%.200s.XXXXXX", o->target + folder) != 0 ||
		!buffer_text(&name)) {
		buffer_release(&name);
		output_forget(o);
		return error_system(e, path);
	}
	o->temporary = name.ptr;
	if (temporary_open(o) != 0) {
		error_system(e, path);
		output_forget(o);
		return -1;
	}
	return 0;
}

int output_write(struct output *o, struct slice bytes, struct error *e)
{
	while (bytes.len) {
		ssize_t put = write(o->fd, bytes.ptr, bytes.len);
		if (put < 0 && errno == EINTR)
			continue;
		/* Somebody at the other end of the descriptor may have made it non-blocking. */
		if (put < 0 && errno == EAGAIN) {
			poll(&(struct pollfd){ .fd = o->fd, .events = POLLOUT }, 1, -1);
			continue;
		}
		if (put < 0)
			return error_system(
				e, strcmp(o->path, "-") == 0 ? "standard output" : o->path);
		bytes = slice_skip(bytes, (size_t)put);
		o->written = true;
	}
	return 0;
}

/* A file that is replaced keeps its mode; a new one gets what the umask leaves. */
static mode_t output_mode(const struct output *o)
{
	struct stat about;
	if (stat(o->target, &about) == 0)
		return about.st_mode & 07777;
	if (o->closed)
		return 0600;
	mode_t mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

/*
 * Makes the new name itself durable. Not every file system can; the file's content is safe by now.
 */
static void sync_folder(const char *target)
{
	char *copy = strdup(target);
	if (!copy)
		return;
	char *slash = strrchr(copy, '/');
	if (slash)
		slash[slash == copy] = '\0';
	int fd = open(slash ? copy : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(copy);
}

int output_finish(struct output *o, struct error *e)
{
	if (o->fd < 0)
		return 0;
	int result = 0;
	const char *name = strcmp(o->path, "-") == 0 ? "standard output" : o->path;
	if (o->temporary && (fchmod(o->fd, output_mode(o)) != 0 || fsync(o->fd) != 0))
		result = error_system(e, name);
	/* Network file systems tell of a failed write only here. */
	if (close(o->fd) != 0 && result == 0)
		result = error_system(e, name);
	o->fd = -1;
	return result;
}

int output_publish(struct output *o, struct error *e)
{
	int result = 0;
	if (!o->temporary)
		return 0;
	if (rename(o->temporary, o->target) != 0) {
		result = error_system(e, o->path);
		unlink(o->temporary);
	} else {
		sync_folder(o->target);
	}
	output_forget(o);
	return result;
}

int output_commit(struct output *o, struct error *e)
{
	return output_finish(o, e) == 0 ? output_publish(o, e) : -1;
}

void output_discard(struct output *o)
{
	if (o->fd >= 0 && o->fd != STDOUT_FILENO)
		close(o->fd);
	if (o->temporary)
		unlink(o->temporary);
	output_forget(o);
}
