#include "expand.h"

#include "archive_library.h"
#include "show.h"

#include <inttypes.h>
#include <stdlib.h>

#define BLOCK ((size_t)16384)

/* What unpacks with a dictionary needs a little more than that. */
#define DECODER (LIMITS_DICTIONARY + (UINT64_C(1) << 20))

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

/* liblzma can be told how much memory it may take, which libarchive does not pass on. */
static int lzma_open(struct expand *x, enum magic magic, struct error *e)
{
	const uint32_t flags = LZMA_CONCATENATED | LZMA_TELL_UNSUPPORTED_CHECK;
	lzma_ret result;
	x->lzma = (lzma_stream)LZMA_STREAM_INIT;
	if (magic == MAGIC_XZ)
		result = lzma_stream_decoder(&x->lzma, DECODER, flags);
	else if (magic == MAGIC_LZIP)
		result = lzma_lzip_decoder(&x->lzma, DECODER, flags);
	else
		result = lzma_alone_decoder(&x->lzma, DECODER);
	return result == LZMA_OK ? 0 : error_memory(e);
}

static int lzma_failed(struct expand *x, lzma_ret result, struct error *e)
{
	switch ((int)result) {
	case LZMA_MEM_ERROR:
		return error_memory(e);
	case LZMA_MEMLIMIT_ERROR:
		return limits_dictionary(x->from->name, UINT64_MAX, e);
	case LZMA_BUF_ERROR:
		return damaged(x, "it ends too early", e);
	case LZMA_OPTIONS_ERROR:
	case LZMA_UNSUPPORTED_CHECK:
		return damaged(x, "it uses what is not known", e);
	default:
		return damaged(x, "its bytes do not fit together", e);
	}
}

static ssize_t lzma_read(struct expand *x, char *into, size_t room, struct error *e)
{
	lzma_stream *z = &x->lzma;
	z->next_out = (uint8_t *)into;
	z->avail_out = room;
	lzma_ret result = LZMA_OK;
	while (z->avail_out == room && result == LZMA_OK) {
		if (z->avail_in == 0 && !x->taken) {
			ssize_t got = take(x, e);
			if (got < 0)
				return -1;
			z->next_in = (const uint8_t *)x->block;
			z->avail_in = (size_t)got;
			x->taken = got == 0;
		}
		result = lzma_code(z, x->taken ? LZMA_FINISH : LZMA_RUN);
	}
	if (result != LZMA_OK && result != LZMA_STREAM_END)
		return lzma_failed(x, result, e);
	if (result == LZMA_STREAM_END && (z->avail_in || x->packed < x->from->size))
		return damaged(x, "there are bytes behind its end", e);
	return (ssize_t)(room - z->avail_out);
}

static la_ssize_t packed_read(struct archive *a, void *data, const void **block)
{
	struct expand *x = data;
	*block = x->block;
	ssize_t got = take(x, x->error);
	if (got < 0) {
		x->failed = true;
		la.set_error(a, -1, "it cannot be read");
	}
	return got;
}

static int library_failed(struct expand *x, struct error *e)
{
	const char *why = la.error_string(x->archive);
	/* zstd has a limit of its own, which is the same. */
	if (why && strstr(why, "too much memory"))
		return limits_dictionary(x->from->name, UINT64_MAX, e);
	return damaged(x, why, e);
}

static ssize_t library_read(struct expand *x, char *into, size_t room, struct error *e)
{
	x->error = e;
	la_ssize_t got = la.read_data(x->archive, into, room);
	if (x->failed)
		return -1;
	if (got < 0)
		return library_failed(x, e);
	if (got == 0 && (uint64_t)la.filter_bytes(x->archive, -1) != x->from->size)
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
	ssize_t got;
	if (x->archive)
		got = library_read(x, into, room, e);
	else if (x->magic == MAGIC_GZIP)
		got = gzip_read(x, into, room, e);
	else
		got = lzma_read(x, into, room, e);
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
		return la.read_support_filter_bzip2(a);
	case MAGIC_ZSTD:
		return la.read_support_filter_zstd(a);
	case MAGIC_LZ4:
		return la.read_support_filter_lz4(a);
	default:
		return la.read_support_filter_compress(a);
	}
}

static int library_open(struct expand *x, enum magic magic, struct error *e)
{
	if (archive_library_load(x->from->name, e) != 0)
		return -1;
	x->archive = la.read_new();
	if (!x->archive)
		return error_memory(e);
	struct archive *a = x->archive;
	x->error = e;
	/* A libarchive built without the library would start a program instead. */
	if (filter_enable(a, magic) != ARCHIVE_OK)
		return damaged(x, "libarchive was built without this compression", e);
	la.read_support_format_raw(a);
	la.read_support_format_empty(a);
	struct archive_entry *entry;
	int result = la.read_open(a, x, NULL, packed_read, NULL);
	if (result == ARCHIVE_OK)
		result = la.read_next_header(a, &entry);
	if (x->failed)
		return -1;
	if (result == ARCHIVE_EOF && !la.error_string(a))
		x->ended = true; /* compressed nothing */
	else if (result != ARCHIVE_OK)
		return library_failed(x, e);
	if (la.filter_code(a, 0) == ARCHIVE_FILTER_NONE)
		return damaged(x, "it ends too early", e);
	x->twice = la.filter_count(a) > 2;
	return 0;
}

int expand_open(struct expand *x, struct stored *from, enum magic magic,
	const struct input_limits *limits, struct error *e)
{
	*x = (struct expand){
		.source.read = expand_read,
		.from = from,
		.limits = limits,
		.magic = magic,
		.block = malloc(BLOCK),
	};
	int result = x->block ? 0 : error_memory(e);
	if (result != 0)
		return -1;
	if (magic == MAGIC_XZ || magic == MAGIC_LZMA || magic == MAGIC_LZIP)
		result = lzma_open(x, magic, e);
	else if (magic != MAGIC_GZIP)
		result = library_open(x, magic, e);
	else if (inflateInit2(&x->gzip, 16 + MAX_WBITS) != Z_OK)
		result = error_memory(e);
	if (result != 0)
		expand_close(x);
	return result;
}

void expand_close(struct expand *x)
{
	if (x->archive)
		la.read_free(x->archive);
	inflateEnd(&x->gzip);
	lzma_end(&x->lzma);
	free(x->block);
	*x = (struct expand){ 0 };
}
