#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

static ssize_t file_read(struct source *s, char *into, size_t room, struct error *e)
{
	struct file_source *f = (struct file_source *)s;
	ssize_t got;
	while ((got = read(f->fd, into, room)) < 0 && (errno == EINTR || errno == EAGAIN))
		if (errno == EAGAIN)
			poll(&(struct pollfd){ .fd = f->fd, .events = POLLIN }, 1, -1);
	if (got < 0)
		return error_system(e, f->path);
	f->read_bytes += (uint64_t)got;
	return got;
}

int file_source_open(struct file_source *f, const char *path, struct error *e)
{
	*f = (struct file_source){ .source.read = file_read, .path = path, .fd = STDIN_FILENO };
	if (strcmp(path, "-") == 0)
		return 0;
	f->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (f->fd < 0)
		return error_system(e, path);
	struct stat about;
	if (fstat(f->fd, &about) == 0 && S_ISDIR(about.st_mode)) {
		file_source_close(f);
		errno = EISDIR;
		return error_system(e, path);
	}
	return 0;
}

void file_source_close(struct file_source *f)
{
	if (f->fd > STDIN_FILENO)
		close(f->fd);
	f->fd = -1;
}

static ssize_t memory_read(struct source *s, char *into, size_t room, struct error *e)
{
	struct memory_source *m = (struct memory_source *)s;
	if (m->rest.len == 0)
		return m->next ? m->next->read(m->next, into, room, e) : 0;
	size_t length = m->rest.len < room ? m->rest.len : room;
	memcpy(into, m->rest.ptr, length);
	m->rest = slice_skip(m->rest, length);
	return (ssize_t)length;
}

void memory_source_init(struct memory_source *m, struct slice bytes, struct source *next)
{
	*m = (struct memory_source){ .source.read = memory_read, .rest = bytes, .next = next };
}

int source_read_all(struct source *s, struct buffer *out, size_t limit, struct error *e)
{
	while (out->len < limit) {
		size_t room = limit - out->len < 65536 ? limit - out->len : 65536;
		if (buffer_reserve(out, room) != 0)
			return error_memory(e);
		ssize_t got = s->read(s, out->ptr + out->len, room, e);
		if (got <= 0)
			return (int)got;
		out->len += (size_t)got;
	}
	return 0;
}
