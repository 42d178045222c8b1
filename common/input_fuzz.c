/*
 * The archive door: whatever the bytes are, the members come out within the limits or an error with
 * its status; the same for a file that is named and for one that comes through a pipe; and a member
 * that is not read to its end spoils nothing.
 *
 * Input: the bytes of a file. The mutator mends sums, so that more than the first check is reached.
 */
#include "input.h"

#include "fuzz.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

/* Where the file is found under one name, however it was made. */
#define FD   100
#define PATH "/proc/self/fd/100"

#define PIPE_ROOM 65536

static const struct input_limits limits = { 20, 1 << 20, 1000 };

/* Reads all members, at most `most` bytes of each, and tells what came. */
static void read_all(struct buffer *out, size_t most)
{
	char path[] = PATH;
	char *paths[] = { path };
	const struct input_options options = { .limits = limits };
	struct error e = { 0 };
	struct member m;
	size_t members = 0;
	uint64_t bytes = 0;
	struct inputs *in = inputs_open(paths, 1, &options, &e);
	int more;
	REQUIRE(in != NULL);
	while ((more = inputs_next(in, &m, &e)) > 0) {
		REQUIRE((m.source == NULL) == (m.skipped != NULL));
		REQUIRE(strncmp(m.name, PATH, strlen(PATH)) == 0);
		REQUIRE(++members <= limits.members);
		buffer_append(out, m.path);
		buffer_printf(out, m.skipped ? "!%s;" : "=", m.skipped);
		if (!m.source)
			continue;
		size_t before = out->len;
		more = source_read_all(m.source, out, before + most, &e);
		bytes += out->len - before;
		if (more != 0)
			break;
		buffer_put(out, ';');
	}
	inputs_counts(in);
	inputs_close(in);
	REQUIRE(bytes <= limits.unpacked + PIPE_ROOM);
	if (more < 0) {
		REQUIRE(e.status == STATUS_INPUT && e.text.len > 0);
		buffer_printf(out, "%.*s", (int)e.text.len, e.text.ptr);
	}
	error_release(&e);
}

static void put_named(const uint8_t *data, size_t size)
{
	int fd = memfd_create("input", 0);
	REQUIRE(fd >= 0 && write(fd, data, size) == (ssize_t)size && dup2(fd, FD) == FD);
	close(fd);
}

static void put_piped(const uint8_t *data, size_t size)
{
	int ends[2];
	REQUIRE(pipe(ends) == 0 && write(ends[1], data, size) == (ssize_t)size);
	REQUIRE(dup2(ends[0], FD) == FD);
	close(ends[0]);
	close(ends[1]);
}

static bool ends_with(struct slice text, struct slice end)
{
	return text.len >= end.len && slice_equal(slice_skip(text, text.len - end.len), end);
}

/* The one error about a file's end that a pipe can only tell behind its bytes. */
static bool is_end_of_zip(struct slice out)
{
	return slice_equal(out, SLICE(PATH ": it ends as a zip and does not start as one"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buffer named = { 0 };
	struct buffer piped = { 0 };
	if (size > PIPE_ROOM)
		return 0;
	put_named(data, size);
	read_all(&named, SIZE_MAX / 2);
	read_all(&piped, 1);
	buffer_clear(&piped);
	put_piped(data, size);
	read_all(&piped, SIZE_MAX / 2);
	close(FD);
	REQUIRE(slice_equal(buffer_slice(&named), buffer_slice(&piped)) ||
		(is_end_of_zip(buffer_slice(&named)) &&
			ends_with(buffer_slice(&piped), buffer_slice(&named))));
	buffer_release(&named);
	buffer_release(&piped);
	return 0;
}

static uint32_t number_at(const uint8_t *at, size_t bytes)
{
	uint32_t number = 0;
	for (size_t i = bytes; i-- > 0;)
		number = number << 8 | at[i];
	return number;
}

static void put_number(uint8_t *at, uint32_t number)
{
	for (size_t i = 0; i < 4; i++)
		at[i] = (uint8_t)(number >> (8 * i));
}

/* The sums of the tar headers. */
static void mend_tar(uint8_t *data, size_t size)
{
	for (size_t at = 0; at + 512 <= size; at += 512) {
		uint8_t *header = data + at;
		unsigned sum = 0;
		if (memcmp(header + 257, "ustar", 5) != 0)
			continue;
		memset(header + 148, ' ', 8);
		for (size_t i = 0; i < 512; i++)
			sum += header[i];
		snprintf((char *)header + 148, 8, "%06o", sum);
	}
}

/* What a stream of deflate holds: its sum and length. */
static bool inflate_sum(const uint8_t *data, size_t size, uint32_t *sum, uint32_t *length)
{
	uint8_t room[4096];
	z_stream z = { 0 };
	int result = inflateInit2(&z, -MAX_WBITS);
	*sum = (uint32_t)crc32(0, NULL, 0);
	z.next_in = (Bytef *)(uintptr_t)data;
	z.avail_in = (uInt)size;
	while (result == Z_OK && z.total_out < 1 << 20) {
		z.next_out = room;
		z.avail_out = sizeof room;
		result = inflate(&z, Z_NO_FLUSH);
		*sum = (uint32_t)crc32(*sum, room, (uInt)(sizeof room - z.avail_out));
	}
	*length = (uint32_t)z.total_out;
	inflateEnd(&z);
	return result == Z_STREAM_END;
}

/* The sums and lengths of a zip's members, from the local headers that its directory names. */
static void mend_zip(uint8_t *data, size_t size)
{
	for (size_t at = 0; at + 46 <= size; at++) {
		uint8_t *central = data + at;
		if (memcmp(central, "PK\1\2", 4) != 0)
			continue;
		uint32_t start = number_at(central + 42, 4);
		uint32_t packed = number_at(central + 20, 4);
		uint32_t sum;
		uint32_t length;
		if (size < 30 || start > size - 30 || memcmp(data + start, "PK\3\4", 4) != 0)
			continue;
		uint8_t *local = data + start;
		size_t from = start + 30 + number_at(local + 26, 2) + number_at(local + 28, 2);
		if (from > size || packed > size - from)
			continue;
		if (number_at(local + 8, 2) == 8) {
			if (!inflate_sum(data + from, packed, &sum, &length))
				continue;
		} else {
			sum = (uint32_t)crc32(0, data + from, packed);
			length = packed;
		}
		put_number(central + 16, sum);
		put_number(central + 24, length);
		if ((local[6] & 8) == 0) {
			put_number(local + 14, sum);
			put_number(local + 18, packed);
			put_number(local + 22, length);
		}
	}
}

/* The sum and length of a gzip file of one stream without a name. */
static void mend_gzip(uint8_t *data, size_t size)
{
	uint32_t sum;
	uint32_t length;
	if (size < 18 || memcmp(data, "\x1F\x8B\x08", 3) != 0 || data[3] != 0 ||
		!inflate_sum(data + 10, size - 18, &sum, &length))
		return;
	put_number(data + size - 8, sum);
	put_number(data + size - 4, length);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
	size = LLVMFuzzerMutate(data, size, max_size);
	if (seed % 4) {
		mend_tar(data, size);
		mend_zip(data, size);
		mend_gzip(data, size);
	}
	return size;
}
