#include "spool.h"

#include "show.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define SPOOL_MEMORY ((size_t)1 << 20)

void spool_init(struct spool *s, size_t memory)
{
	*s = (struct spool){ .memory = memory ? memory : SPOOL_MEMORY, .fd = -1 };
}

static const char *spool_folder(void)
{
	const char *folder = getenv("TMPDIR");
	return folder && *folder ? folder : "/tmp";
}

static int spool_failed(struct error *e)
{
	int number = errno;
	return error_set(e, STATUS_SYSTEM, "%s: a temporary file: %s",
		SHOW(slice_from(spool_folder())), strerror(number));
}

static int spool_create(struct spool *s, struct error *e)
{
	const char *folder = spool_folder();
	s->fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (s->fd >= 0)
		return 0;
	/* Not every file system has files without a name. */
	if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)
		return spool_failed(e);
	struct buffer path = { 0 };
	if (buffer_printf(&path, "%s/spool-XXXXXX", folder) != 0 || !buffer_text(&path)) {
		buffer_release(&path);
		return error_memory(e);
	}
	s->fd = mkostemp(path.ptr, O_CLOEXEC);
	int result = s->fd < 0 || unlink(path.ptr) != 0 ? spool_failed(e) : 0;
	buffer_release(&path);
	return result;
}

/* At an offset of its own, since a library may seek in the same descriptor. */
static int spool_write(struct spool *s, struct slice bytes, struct error *e)
{
	while (bytes.len) {
		ssize_t put = pwrite(s->fd, bytes.ptr, bytes.len, (off_t)s->filed);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return spool_failed(e);
		s->filed += (uint64_t)put;
		bytes = slice_skip(bytes, (size_t)put);
	}
	return 0;
}

int spool_file(struct spool *s, struct error *e)
{
	if (s->fd < 0 && spool_create(s, e) != 0)
		return -1;
	if (spool_write(s, buffer_slice(&s->pending), e) != 0)
		return -1;
	buffer_clear(&s->pending);
	return s->fd;
}

int spool_append(struct spool *s, struct slice bytes, struct error *e)
{
	if (s->pending.len + bytes.len > s->memory) {
		if (spool_file(s, e) < 0)
			return -1;
		if (bytes.len > s->memory)
			return spool_write(s, bytes, e);
	}
	return buffer_append(&s->pending, bytes) == 0 ? 0 : error_memory(e);
}

uint64_t spool_size(const struct spool *s)
{
	return s->filed + s->pending.len;
}

static ssize_t spool_read(struct source *source, char *into, size_t room, struct error *e)
{
	struct spool_source *r = (struct spool_source *)source;
	struct spool *s = r->spool;
	uint64_t left = r->end - r->at;
	size_t length = left < room ? (size_t)left : room;
	if (length == 0)
		return 0;
	if (r->at >= s->filed) {
		memcpy(into, s->pending.ptr + (r->at - s->filed), length);
		r->at += length;
		return (ssize_t)length;
	}
	if (length > s->filed - r->at)
		length = (size_t)(s->filed - r->at);
	ssize_t got;
	do
		got = pread(s->fd, into, length, (off_t)r->at);
	while (got < 0 && errno == EINTR);
	if (got == 0)
		errno = EIO; /* somebody cut the file */
	if (got <= 0)
		return spool_failed(e);
	r->at += (uint64_t)got;
	return got;
}

void spool_source_init(struct spool_source *r, struct spool *s, uint64_t from, uint64_t length)
{
	*r = (struct spool_source){
		.source.read = spool_read,
		.spool = s,
		.at = from,
		.end = from + length,
	};
}

void spool_release(struct spool *s)
{
	if (s->fd >= 0)
		close(s->fd);
	buffer_release(&s->pending);
	spool_init(s, s->memory);
}
