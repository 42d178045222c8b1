#include "stored.h"

#include "input_limits.h"
#include "magic.h"

#include <errno.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

ssize_t stored_read(struct stored *s, uint64_t at, char *into, size_t room, struct error *e)
{
	ssize_t got;
	do
		got = pread(s->fd, into, room, (off_t)(s->base + at));
	while (got < 0 && errno == EINTR);
	return got < 0 ? error_system(e, s->name) : got;
}

/* What a read gives next, of a pipe. */
static ssize_t pipe_read(struct stored *s, char *into, size_t room, struct error *e)
{
	ssize_t got;
	do
		got = read(s->fd, into, room);
	while (got < 0 && errno == EINTR);
	return got < 0 ? error_system(e, s->name) : got;
}

static ssize_t stored_source_read(struct source *source, char *into, size_t room, struct error *e)
{
	struct stored *s = (struct stored *)source;
	ssize_t got;
	if (s->at < s->head.len) {
		size_t length = s->head.len - (size_t)s->at;
		if (length > room)
			length = room;
		memcpy(into, s->head.ptr + s->at, length);
		got = (ssize_t)length;
	} else if (s->anywhere) {
		got = stored_read(s, s->at, into, room, e);
	} else {
		got = pipe_read(s, into, room, e);
	}
	if (got > 0)
		s->at += (uint64_t)got;
	return got;
}

static int stored_start(struct stored *s, struct error *e)
{
	struct stat about;
	if (fstat(s->fd, &about) != 0)
		return error_system(e, s->name);
	off_t base = S_ISREG(about.st_mode) ? lseek(s->fd, 0, SEEK_CUR) : -1;
	if (base >= 0) {
		s->anywhere = true;
		s->base = (uint64_t)base;
		s->size = about.st_size > base ? (uint64_t)(about.st_size - base) : 0;
	}
	if (buffer_reserve(&s->head, MAGIC_HEAD) != 0)
		return error_memory(e);
	while (s->head.len < MAGIC_HEAD) {
		char *into = s->head.ptr + s->head.len;
		size_t room = MAGIC_HEAD - s->head.len;
		ssize_t got = s->anywhere ? stored_read(s, s->head.len, into, room, e)
					  : pipe_read(s, into, room, e);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		s->head.len += (size_t)got;
	}
	return 0;
}

int stored_open(struct stored *s, int fd, const char *name, struct error *e)
{
	*s = (struct stored){
		.source.read = stored_source_read,
		.name = name,
		.fd = fd,
		.owned = fd != STDIN_FILENO,
	};
	spool_init(&s->spool, 0);
	if (stored_start(s, e) == 0)
		return 0;
	stored_close(s);
	return -1;
}

static int over_limit(struct stored *s, uint64_t limit, struct error *e)
{
	struct place place = { .file = s->name };
	error_at(e, STATUS_INPUT, &place, "has more than %" PRIu64 " bytes", limit);
	return error_hint(e, "--max-unpacked raises the limit");
}

static int stored_spool(struct stored *s, uint64_t limit, struct error *e)
{
	struct buffer block = { 0 };
	int result = buffer_reserve(&block, 65536) == 0 ? 0 : error_memory(e);
	while (result == 0) {
		ssize_t got = stored_source_read(&s->source, block.ptr, block.cap, e);
		if (got <= 0) {
			result = (int)got;
			break;
		}
		result = s->at > limit ? over_limit(s, limit, e)
				       : spool_append(&s->spool,
						 (struct slice){ block.ptr, (size_t)got }, e);
	}
	buffer_release(&block);
	return result;
}

int stored_anywhere(struct stored *s, uint64_t limit, struct error *e)
{
	if (s->anywhere)
		return 0;
	if (stored_spool(s, limit, e) != 0)
		return -1;
	int file = spool_file(&s->spool, e);
	if (file < 0)
		return -1;
	if (s->owned)
		close(s->fd);
	s->fd = file;
	s->owned = false; /* the spool's */
	s->anywhere = true;
	s->base = 0;
	s->size = spool_size(&s->spool);
	s->at = 0;
	return 0;
}

void stored_close(struct stored *s)
{
	if (s->owned)
		close(s->fd);
	s->fd = -1;
	s->owned = false;
	buffer_release(&s->head);
	spool_release(&s->spool);
}
