#include "row_log.h"

#include "pages.h"

#include <stdlib.h>

/*
 * A row is the length of its key, the key and the digest. The length is a byte; or LENGTH_LONG, and
 * 32 bits. Where NEXT_PIECE stands in its place, a pointer follows to where the row is.
 */
#define LENGTH_LONG 254
#define NEXT_PIECE  255

/* Pieces double in size up to this one, which needs no large page (pages.h). */
#define PIECE_FIRST ((size_t)4 << 10)
#define PIECE_MOST  ((size_t)256 << 10)

/* So much stays free behind all rows of a piece: what leads to the next one, and a key's slack. */
#define PIECE_END SLICE_SLACK
_Static_assert(PIECE_END > sizeof(char *), "what leads to the next piece has room");

/* The bytes that a row takes at most. */
static size_t row_size(size_t key_length)
{
	return 1 + sizeof(uint32_t) + key_length + sizeof(uint64_t);
}

/* A row where one begins, or in the piece that is gone on in there. */
static struct logged_row row_at(const char *at)
{
	unsigned char kind = (unsigned char)*at;
	while (kind == NEXT_PIECE) {
		const char *next;
		memcpy(&next, at + 1, sizeof next);
		at = next;
		kind = (unsigned char)*at;
	}
	uint32_t length = kind;
	at++;
	if (kind == LENGTH_LONG) {
		memcpy(&length, at, sizeof length);
		at += sizeof length;
	}
	struct logged_row row = { .key = { at, length } };
	memcpy(&row.digest, at + length, sizeof row.digest);
	return row;
}

static const char *row_end(struct slice key)
{
	return key.ptr + key.len + sizeof(uint64_t);
}

struct logged_row row_log_after(struct slice key)
{
	return row_at(row_end(key));
}

struct logged_row row_log_at(const struct row_log *l, uint32_t index)
{
	struct logged_row row = row_at(l->marks[index / ROW_LOG_MARKED]);
	for (uint32_t more = index % ROW_LOG_MARKED; more > 0; more--)
		row = row_log_after(row.key);
	return row;
}

static char *piece_rows(struct row_log_piece *piece)
{
	return (char *)(piece + 1);
}

/* Room for so many bytes behind the last row: 0, or -1 without memory. */
static int make_room(struct row_log *l, size_t size)
{
	struct row_log_piece *last = l->piece;
	if (last && last->size - (size_t)(last->end - (char *)last) >= size + PIECE_END)
		return 0;
	size_t piece_size = !last                         ? PIECE_FIRST
			    : last->size < PIECE_MOST / 2 ? last->size * 2
							  : PIECE_MOST;
	if (piece_size < sizeof *last + size + PIECE_END)
		piece_size = sizeof *last + size + PIECE_END;
	struct row_log_piece *piece = pages_new(piece_size);
	if (!piece)
		return -1;
	*piece = (struct row_log_piece){ last, piece_size, piece_rows(piece) };
	if (last) {
		*last->end = (char)NEXT_PIECE;
		memcpy(last->end + 1, &piece->end, sizeof piece->end);
	}
	l->piece = piece;
	return 0;
}

static int mark(struct row_log *l)
{
	size_t count = l->count / ROW_LOG_MARKED;
	if (count == l->mark_room) {
		size_t room = l->mark_room ? l->mark_room * 2 : 16;
		char **marks = realloc(l->marks, room * sizeof *marks);
		if (!marks)
			return -1;
		l->marks = marks;
		l->mark_room = room;
	}
	l->marks[count] = l->piece->end;
	return 0;
}

int row_log_add(struct row_log *l, struct slice key, uint64_t digest)
{
	if (key.len > UINT32_MAX || make_room(l, row_size(key.len)) != 0 ||
		(l->count % ROW_LOG_MARKED == 0 && mark(l) != 0))
		return -1;
	char *at = l->piece->end;
	if (key.len < LENGTH_LONG) {
		*at++ = (char)key.len;
	} else {
		const uint32_t length = (uint32_t)key.len;
		*at++ = (char)LENGTH_LONG;
		memcpy(at, &length, sizeof length);
		at += sizeof length;
	}
	/* The digest goes over what of a short key's slack is copied. */
	if (key.len <= SLICE_SLACK)
		memcpy(at, key.ptr, SLICE_SLACK);
	else
		memcpy(at, key.ptr, key.len);
	memcpy(at + key.len, &digest, sizeof digest);
	l->piece->end = at + key.len + sizeof digest;
	l->count++;
	return 0;
}

static void drop_piece(struct row_log *l)
{
	struct row_log_piece *piece = l->piece;
	l->piece = piece->before;
	pages_free(piece, piece->size);
}

/* The piece in which a row begins, which has not been forgotten, is the last one from now on. */
static void cut_at(struct row_log *l, char *at)
{
	while ((uintptr_t)at - (uintptr_t)l->piece >= l->piece->size)
		drop_piece(l);
	l->piece->end = at;
}

void row_log_forget(struct row_log *l, uint32_t index)
{
	if (index >= l->count)
		return;
	struct logged_row row = row_log_at(l, index);
	size_t before = row.key.len < LENGTH_LONG ? 1 : 1 + sizeof(uint32_t);
	cut_at(l, (char *)(uintptr_t)(row.key.ptr - before));
	l->count = index;
}

void row_log_release(struct row_log *l)
{
	while (l->piece)
		drop_piece(l);
	free(l->marks);
	*l = (struct row_log){ 0 };
}
