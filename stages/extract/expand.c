#include "expand.h"

#include "show.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

#define BLOCK ((size_t)16384)

static int damaged(struct expand *x, const char *why, struct error *e)
{
	struct place place = { .file = x->from->name };
	return error_at(e, STATUS_INPUT, &place, "damaged or truncated (%s)",
		SHOW(slice_from(why ? why : "no reason is known")));
}

/* The next packed bytes, into `block`. */
static ssize_t take(struct expand *x, struct error *e)
{
	ssize_t got = stored_read(x->from, x->packed, x->block, BLOCK, e);
	if (got > 0)
		x->packed += (uint64_t)got;
	return got;
}

/*
 * gzip is done with zlib, since libarchive 3.6 does not compare the sum and the length that a gzip
 * file ends with.
 */
static ssize_t gzip_read(struct expand *x, char *into, size_t room, struct error *e)
{
	z_stream *z = &x->gzip;
	z->next_out = (Bytef *)into;
	z->avail_out = (uInt)(room < (1u << 30) ? room : 1u << 30);
	uInt wanted = z->avail_out;
	while (z->avail_out == wanted) {
		if (z->avail_in == 0) {
			ssize_t got = take(x, e);
			if (got < 0)
				return -1;
			if (got == 0)
				return x->in_stream ? damaged(x, "it ends too early", e) : 0;
			z->next_in = (Bytef *)x->block;
			z->avail_in = (uInt)got;
		}
		/* Behind a stream there may be padding, or another stream. */
		if (!x->in_stream && *z->next_in == 0) {
			z->next_in++;
			z->avail_in--;
			continue;
		}
		x->in_stream = true;
		int result = inflate(z, Z_NO_FLUSH);
		if (result == Z_STREAM_END) {
			x->in_stream = false;
			result = inflateReset(z);
		}
		if (result == Z_MEM_ERROR)
			return error_memory(e);
		if (result != Z_OK && result != Z_BUF_ERROR)
			return damaged(x, z->msg, e);
	}
	return (ssize_t)(wanted - z->avail_out);
}

static la_ssize_t packed_read(struct archive *a, void *data, const void **block)
{
	struct expand *x = data;
	*block = x->block;
	ssize_t got = take(x, x->error);
	if (got < 0) {
		x->failed = true;
		archive_set_error(a, -1, "it cannot be read");
	}
	return got;
}

static ssize_t library_read(struct expand *x, char *into, size_t room, struct error *e)
{
	x->error = e;
	la_ssize_t got = archive_read_data(x->archive, into, room);
	if (x->failed)
		return -1;
	if (got < 0)
		return damaged(x, archive_error_string(x->archive), e);
	if (got == 0 && (uint64_t)archive_filter_bytes(x->archive, -1) != x->from->size)
		return damaged(x, "there are bytes behind its end", e);
	return got;
}

static ssize_t expand_read(struct source *source, char *into, size_t room, struct error *e)
{
	struct expand *x = (struct expand *)source;
	if (x->ended)
		return 0;
	/* In steps small enough for the limits to hold. */
	if (room > 4 * BLOCK)
		room = 4 * BLOCK;
	ssize_t got = x->archive ? library_read(x, into, room, e) : gzip_read(x, into, room, e);
	if (got < 0)
		return -1;
	x->ended = got == 0;
	x->unpacked += (uint64_t)got;
	if (limits_check(x->limits, x->from->name, x->unpacked, x->packed, e) != 0)
		return -1;
	return got;
}

static int filter_enable(struct archive *a, enum magic magic)
{
	/* Only the one that the first bytes name: nothing is tried on hostile bytes. */
	switch ((int)magic) {
	case MAGIC_BZIP2:
		return archive_read_support_filter_bzip2(a);
	case MAGIC_XZ:
		return archive_read_support_filter_xz(a);
	case MAGIC_LZMA:
		return archive_read_support_filter_lzma(a);
	case MAGIC_ZSTD:
		return archive_read_support_filter_zstd(a);
	case MAGIC_LZ4:
		return archive_read_support_filter_lz4(a);
	case MAGIC_LZIP:
		return archive_read_support_filter_lzip(a);
	default:
		return archive_read_support_filter_compress(a);
	}
}

static int library_open(struct expand *x, enum magic magic, struct error *e)
{
	x->archive = archive_read_new();
	if (!x->archive)
		return error_memory(e);
	struct archive *a = x->archive;
	x->error = e;
	/* A libarchive built without the library would start a program instead. */
	if (filter_enable(a, magic) != ARCHIVE_OK)
		return damaged(x, "libarchive was built without this compression", e);
	archive_read_support_format_raw(a);
	archive_read_support_format_empty(a);
	struct archive_entry *entry;
	int result = archive_read_open(a, x, NULL, packed_read, NULL);
	if (result == ARCHIVE_OK)
		result = archive_read_next_header(a, &entry);
	if (x->failed)
		return -1;
	if (result == ARCHIVE_EOF && archive_errno(a) == 0)
		x->ended = true; /* compressed nothing */
	else if (result != ARCHIVE_OK)
		return damaged(x, archive_error_string(a), e);
	if (archive_filter_code(a, 0) == ARCHIVE_FILTER_NONE)
		return damaged(x, "it ends too early", e);
	x->twice = archive_filter_count(a) > 2;
	return 0;
}

int expand_open(struct expand *x, struct stored *from, enum magic magic,
	const struct input_limits *limits, struct error *e)
{
	*x = (struct expand){
		.source.read = expand_read,
		.from = from,
		.limits = limits,
		.block = malloc(BLOCK),
	};
	int result = x->block ? 0 : error_memory(e);
	if (result == 0 && magic != MAGIC_GZIP)
		result = library_open(x, magic, e);
	else if (result == 0 && inflateInit2(&x->gzip, 16 + MAX_WBITS) != Z_OK)
		result = error_memory(e);
	if (result != 0)
		expand_close(x);
	return result;
}

void expand_close(struct expand *x)
{
	if (x->archive)
		archive_read_free(x->archive);
	else
		inflateEnd(&x->gzip);
	free(x->block);
	*x = (struct expand){ 0 };
}
