#include "zip_end.h"

#include "zip_bytes.h"
#include "zip_error.h"

#include <inttypes.h>
#include <stdlib.h>

#define END_MARK     SLICE("PK\5\6")
#define END_SIZE     ((size_t)22)
#define LOCATOR_MARK SLICE("PK\6\7")
#define LOCATOR_SIZE ((size_t)20)
#define END64_MARK   SLICE("PK\6\6")
#define END64_SIZE   ((size_t)56)

/* libarchive looks for the end in so many last bytes. */
#define TAIL ((size_t)16384)

/* bsdtar fills what it writes to a pipe up to a multiple of this, with zeros. */
#define PADDING ((size_t)10240)

static bool marked(struct slice bytes, size_t at, struct slice mark)
{
	return at + mark.len <= bytes.len && memcmp(bytes.ptr + at, mark.ptr, mark.len) == 0;
}

static bool only_zeros(struct slice bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (bytes.ptr[i] != '\0')
			return false;
	return true;
}

/* The last mark of an end that starts before `before`; SIZE_MAX: there is none. */
static size_t last_end(struct slice tail, size_t before)
{
	if (tail.len < END_SIZE)
		return SIZE_MAX;
	size_t at = tail.len - END_SIZE + 1;
	if (at > before)
		at = before;
	while (at-- > 0)
		if (marked(tail, at, END_MARK))
			return at;
	return SIZE_MAX;
}

/* Where the comment of the end at `at` ends. */
static size_t comment_end(struct slice tail, size_t at)
{
	return at + END_SIZE + zip_16(tail.ptr + at + 20);
}

/* Takes the numbers of zip64, which stand before the end at `at`. */
static int end64_take(const char *name, struct slice tail, size_t at, uint64_t offset,
	struct zip_end *end, uint64_t *size, struct error *e)
{
	const char *locator = tail.ptr + at - LOCATOR_SIZE;
	size_t place = at - LOCATOR_SIZE - END64_SIZE;
	if (at < LOCATOR_SIZE + END64_SIZE || !marked(tail, place, END64_MARK) ||
		zip_64(locator + 8) != offset + place || zip_64(tail.ptr + place + 4) != 44)
		return zip_refuse(
			name, SLICE(""), e, "the records of its end are not where they should be");
	const char *end64 = tail.ptr + place;
	if (zip_32(locator + 4) != 0 || zip_32(locator + 16) != 1 || zip_32(end64 + 16) != 0 ||
		zip_32(end64 + 20) != 0)
		return zip_refuse(name, SLICE(""), e, "it is one of several parts");
	if (zip_64(end64 + 24) != zip_64(end64 + 32))
		return zip_refuse(name, SLICE(""), e,
			"the records of its end disagree about the number of members");
	uint64_t members = zip_64(end64 + 32);
	*size = zip_64(end64 + 40);
	uint64_t directory = zip_64(end64 + 48);
	const char *last = tail.ptr + at;
	bool same = (zip_16(last + 10) == ZIP_ELSEWHERE_16 || zip_16(last + 10) == members) &&
		    (zip_32(last + 12) == ZIP_ELSEWHERE_32 || zip_32(last + 12) == *size) &&
		    (zip_32(last + 16) == ZIP_ELSEWHERE_32 || zip_32(last + 16) == directory);
	if (!same)
		return zip_refuse(name, SLICE(""), e, "the two records of its end disagree");
	*end = (struct zip_end){ directory, offset + place, members };
	return 0;
}

/* What the end at `at` of the tail, which starts at `offset`, says of the directory. */
static int end_take(const char *name, struct slice tail, size_t at, uint64_t offset,
	struct zip_end *end, struct error *e)
{
	const char *last = tail.ptr + at;
	if (zip_16(last + 4) != 0 && zip_16(last + 4) != ZIP_ELSEWHERE_16)
		return zip_refuse(name, SLICE(""), e, "it is one of several parts");
	if (zip_16(last + 6) != zip_16(last + 4) || zip_16(last + 8) != zip_16(last + 10))
		return zip_refuse(name, SLICE(""), e, "it is one of several parts");
	uint64_t size = zip_32(last + 12);
	*end = (struct zip_end){ zip_32(last + 16), offset + at, zip_16(last + 10) };
	if (at >= LOCATOR_SIZE && marked(tail, at - LOCATOR_SIZE, LOCATOR_MARK)) {
		if (end64_take(name, tail, at, offset, end, &size, e) != 0)
			return -1;
	} else if (zip_16(last + 4) != 0) {
		return zip_refuse(name, SLICE(""), e, "it is one of several parts");
	}
	if (size > end->behind || end->directory != end->behind - size)
		return zip_refuse(
			name, SLICE(""), e, "its directory is not where its end says it is");
	return 0;
}

static int end_find(
	const char *name, struct slice tail, uint64_t offset, struct zip_end *end, struct error *e)
{
	size_t at = last_end(tail, SIZE_MAX);
	if (at == SIZE_MAX)
		return zip_damaged(name, "the end of its directory is missing", e);
	size_t behind = comment_end(tail, at);
	if (behind > tail.len)
		return zip_damaged(name, "its end is cut", e);
	if (tail.len - behind >= PADDING || !only_zeros(slice_skip(tail, behind)))
		return zip_refuse(name, SLICE(""), e, "there are bytes behind its end");
	if (tail.len - at > TAIL)
		return zip_refuse(name, SLICE(""), e, "its comment is too long");
	if (end_take(name, tail, at, offset, end, e) != 0)
		return -1;
	/* Some look for the mark alone, and give up when there is no end behind it. */
	struct slice comment = slice_skip(tail, at + END_SIZE);
	if (comment.len && memmem(comment.ptr, comment.len, END_MARK.ptr, END_MARK.len))
		return zip_refuse(name, SLICE(""), e, "it has two ends");
	/* A zip in the zip may show its own end, but not where this one's could be. */
	for (size_t other = last_end(tail, at); other != SIZE_MAX; other = last_end(tail, other)) {
		size_t reach = comment_end(tail, other);
		if (offset + other >= end->directory || reach == behind || reach == tail.len)
			return zip_refuse(name, SLICE(""), e, "it has two ends");
	}
	return 0;
}

/* Reads up to `most` of the last bytes. */
static int tail_read(struct stored *from, size_t most, struct buffer *tail, struct error *e)
{
	size_t size = from->size < most ? (size_t)from->size : most;
	if (buffer_reserve(tail, size) != 0)
		return error_memory(e);
	while (tail->len < size) {
		ssize_t got = stored_read(from, from->size - size + tail->len,
			tail->ptr + tail->len, size - tail->len, e);
		if (got < 0)
			return -1;
		if (got == 0)
			return zip_damaged(from->name, "it became shorter", e);
		tail->len += (size_t)got;
	}
	return 0;
}

int zip_end_find(struct stored *from, struct zip_end *end, struct error *e)
{
	struct buffer tail = { 0 };
	int result = tail_read(from, ZIP_END_MOST + PADDING + LOCATOR_SIZE + END64_SIZE, &tail, e);
	if (result == 0)
		result = end_find(from->name, buffer_slice(&tail), from->size - tail.len, end, e);
	buffer_release(&tail);
	return result;
}

bool zip_end_shows(struct slice tail, bool exact)
{
	if (tail.len > ZIP_END_MOST)
		tail = slice_skip(tail, tail.len - ZIP_END_MOST);
	size_t at = tail.len ? last_end(tail, SIZE_MAX) : SIZE_MAX;
	return at != SIZE_MAX && (!exact || comment_end(tail, at) == tail.len);
}

static int zip_end_seen(const char *name, struct error *e)
{
	return zip_refuse(name, SLICE(""), e, "it ends as a zip and does not start as one");
}

int zip_end_absent(struct stored *from, bool exact, struct error *e)
{
	struct buffer tail = { 0 };
	int result = tail_read(from, ZIP_END_MOST, &tail, e);
	if (result == 0 && zip_end_shows(buffer_slice(&tail), exact))
		result = zip_end_seen(from->name, e);
	buffer_release(&tail);
	return result;
}

static ssize_t zip_end_read(struct source *source, char *into, size_t room, struct error *e)
{
	struct zip_end_source *s = (struct zip_end_source *)source;
	ssize_t got = s->from->read(s->from, into, room, e);
	if (got < 0)
		return -1;
	if (got == 0)
		return zip_end_shows(buffer_slice(&s->tail), false) ? zip_end_seen(s->name, e) : 0;
	struct slice last = { into, (size_t)got };
	if (last.len > ZIP_END_MOST)
		last = slice_skip(last, last.len - ZIP_END_MOST);
	size_t keep = ZIP_END_MOST - last.len;
	/* Twice the room, so that the bytes are moved once in a while only. */
	if (s->tail.len > keep && s->tail.len + last.len > 2 * ZIP_END_MOST) {
		memmove(s->tail.ptr, s->tail.ptr + s->tail.len - keep, keep);
		s->tail.len = keep;
	}
	return buffer_append(&s->tail, last) == 0 ? got : error_memory(e);
}

void zip_end_source_init(struct zip_end_source *s, struct source *from, const char *name)
{
	*s = (struct zip_end_source){ .source.read = zip_end_read, .from = from, .name = name };
}

void zip_end_source_release(struct zip_end_source *s)
{
	buffer_release(&s->tail);
}
