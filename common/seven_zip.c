#include "seven_zip.h"

#include "seven_zip_list.h"
#include "unpack.h"
#include "zip_bytes.h"

#include <inttypes.h>
#include <lzma.h>
#include <stdlib.h>

#define START_SIZE ((size_t)32)

struct seven_zip {
	struct stored *from;
	const struct input_limits *limits;
	uint64_t most; /* bytes of the list, unpacked */
};

static int damaged(const struct seven_zip *z, struct error *e)
{
	return unpack_refuse(z->from->name, SLICE(""),
		"damaged or truncated (its list of members cannot be read)", e);
}

static int too_long(const struct seven_zip *z, struct error *e)
{
	struct place place = { .file = z->from->name };
	error_at(e, STATUS_INPUT, &place,
		"its list of members is larger than %" PRIu64 " members need", z->limits->members);
	return error_hint(e, "--max-members raises the limit");
}

/* A list that is not packed. */
static int list_check(const struct seven_zip *z, struct slice bytes, struct error *e)
{
	struct seven_zip_list list = { .rest = bytes };
	struct seven_zip_list *l = &list;
	struct seven_zip_streams s = { 0 };
	uint64_t most = z->limits->members;
	unsigned id = seven_zip_byte(l);
	seven_zip_want(l, id == SEVEN_ZIP_HEADER);
	id = seven_zip_byte(l);
	while (!l->bad && id == SEVEN_ZIP_PROPERTIES) {
		while (seven_zip_byte(l) != SEVEN_ZIP_END)
			seven_zip_take(l, seven_zip_number(l));
		id = seven_zip_byte(l);
	}
	if (id == SEVEN_ZIP_MAIN_STREAMS) {
		int failed = seven_zip_streams(l, &s, most);
		free(s.known);
		if (failed)
			return error_memory(e);
		id = s.parts > most ? SEVEN_ZIP_END : seven_zip_byte(l);
	}
	uint64_t files = id == SEVEN_ZIP_FILES ? seven_zip_number(l) : 0;
	seven_zip_want(l, id == SEVEN_ZIP_FILES || id == SEVEN_ZIP_END);
	if (l->bad)
		return damaged(z, e);
	uint64_t stated = files > s.parts ? files : s.parts;
	if (s.folders > stated)
		stated = s.folders;
	if (limits_members(z->limits, z->from->name, stated, e) != 0)
		return -1;
	if (s.packed / 4 > most)
		return too_long(z, e);
	return limits_dictionary(z->from->name, s.dictionary, e);
}

/* The whole list, of `size` bytes from `at`. */
static int list_read(
	const struct seven_zip *z, uint64_t at, uint64_t size, struct buffer *out, struct error *e)
{
	if (size > z->most)
		return too_long(z, e);
	if (at > z->from->size || size > z->from->size - at)
		return damaged(z, e);
	if (buffer_reserve(out, (size_t)size) != 0)
		return error_memory(e);
	while (out->len < size) {
		ssize_t got = stored_read(
			z->from, at + out->len, out->ptr + out->len, (size_t)size - out->len, e);
		if (got < 0)
			return -1;
		if (got == 0)
			return damaged(z, e);
		out->len += (size_t)got;
	}
	return 0;
}

/*
 * The coder's id and properties as liblzma has them: false, when it is none that lists are packed
 * by.
 */
static bool filter_of(const struct seven_zip_streams *s, lzma_filter *filter)
{
	*filter = (lzma_filter){ .id = LZMA_VLI_UNKNOWN };
	if (slice_equal(s->coder, SLICE("\x03\x01\x01")))
		filter->id = LZMA_FILTER_LZMA1;
	else if (slice_equal(s->coder, SLICE("\x21")))
		filter->id = LZMA_FILTER_LZMA2;
	return s->coders == 1 && filter->id != LZMA_VLI_UNKNOWN &&
	       lzma_properties_decode(filter, NULL, (const uint8_t *)s->properties.ptr,
		       s->properties.len) == LZMA_OK;
}

static int list_unpack(const struct seven_zip *z, const struct seven_zip_streams *s,
	struct buffer *out, struct error *e)
{
	struct buffer packed = { 0 };
	lzma_filter filters[2] = { { .id = LZMA_VLI_UNKNOWN }, { .id = LZMA_VLI_UNKNOWN } };
	lzma_stream stream = LZMA_STREAM_INIT;
	if (s->full > z->most)
		return too_long(z, e);
	if (!filter_of(s, filters) || s->at > UINT64_MAX - START_SIZE)
		return damaged(z, e);
	lzma_options_lzma *options = filters[0].options;
	/* No more of what went before is ever looked at. */
	if (options->dict_size > s->full)
		options->dict_size =
			s->full < LZMA_DICT_SIZE_MIN ? LZMA_DICT_SIZE_MIN : (uint32_t)s->full;
	int failed = list_read(z, START_SIZE + s->at, s->size, &packed, e);
	if (!failed && buffer_reserve(out, (size_t)s->full) != 0)
		failed = error_memory(e);
	if (!failed && lzma_raw_decoder(&stream, filters) != LZMA_OK)
		failed = damaged(z, e);
	if (!failed) {
		stream.next_in = (const uint8_t *)packed.ptr;
		stream.avail_in = packed.len;
		stream.next_out = (uint8_t *)out->ptr;
		stream.avail_out = (size_t)s->full;
		lzma_ret result = lzma_code(&stream, LZMA_RUN);
		out->len = (size_t)s->full - stream.avail_out;
		if ((result != LZMA_OK && result != LZMA_STREAM_END) || stream.avail_out)
			failed = result == LZMA_MEM_ERROR ? error_memory(e) : damaged(z, e);
	}
	lzma_end(&stream);
	free(options);
	buffer_release(&packed);
	return failed;
}

/* A list that says how the list itself is packed, from behind its id. */
static int packed_check(const struct seven_zip *z, struct seven_zip_list *l, struct error *e)
{
	struct seven_zip_streams s = { 0 };
	struct buffer bytes = { 0 };
	int failed = seven_zip_streams(l, &s, 1);
	free(s.known);
	if (failed)
		return error_memory(e);
	if (l->bad || s.packed == 0 || s.folders != 1)
		return damaged(z, e);
	if (s.encrypted)
		return 0;
	failed = list_unpack(z, &s, &bytes, e);
	if (!failed)
		failed = list_check(z, buffer_slice(&bytes), e);
	buffer_release(&bytes);
	return failed;
}

int seven_zip_check(struct stored *from, const struct input_limits *limits, struct error *e)
{
	char start[START_SIZE];
	uint64_t members = limits->members < UINT64_MAX / 512 ? limits->members : UINT64_MAX / 512;
	const struct seven_zip z = { from, limits, 65536 + 256 * members };
	struct buffer bytes = { 0 };
	ssize_t got = stored_read(from, 0, start, sizeof start, e);
	if (got < 0)
		return -1;
	if ((size_t)got < sizeof start)
		return damaged(&z, e);
	uint64_t at = zip_64(start + 12);
	uint64_t size = zip_64(start + 20);
	if (at > UINT64_MAX - START_SIZE || size > UINT64_MAX - START_SIZE - at)
		return damaged(&z, e);
	if (START_SIZE + at + size < from->size)
		return unpack_refuse(from->name, SLICE(""), UNPACK_BEHIND, e);
	if (size == 0)
		return 0;
	int failed = list_read(&z, START_SIZE + at, size, &bytes, e);
	if (!failed) {
		struct seven_zip_list list = { .rest = buffer_slice(&bytes) };
		if (seven_zip_byte(&list) == SEVEN_ZIP_ENCODED)
			failed = packed_check(&z, &list, e);
		else
			failed = list_check(&z, buffer_slice(&bytes), e);
	}
	buffer_release(&bytes);
	return failed;
}
