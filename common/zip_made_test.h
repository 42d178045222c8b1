/*
 * Zips made byte by byte, and what zip_check says of them.
 */
#ifndef ZIP_MADE_TEST_H
#define ZIP_MADE_TEST_H

#include "made_test.h"
#include "zip.h"

#include <fcntl.h>
#include <zlib.h>

/* Where things are in the zip of two members that has neither comments nor extra fields. */
enum {
	LOCAL_A = 0,
	DATA_A = 35,
	LOCAL_B = 37,
	DIRECTORY = 74,
	DIRECTORY_B = 125,
	END = 176,
	WHOLE = 198,
};

static inline void put_number(struct buffer *out, size_t bytes, uint64_t number)
{
	for (size_t i = 0; i < bytes; i++)
		buffer_put(out, (char)(number >> (8 * i) & 0xFF));
}

struct part {
	const char *name;
	const char *data;
	unsigned flags;
};

/* What both headers have, from the flags to the length of the name. */
static inline void put_facts(struct buffer *out, const struct part *part, bool open)
{
	size_t length = strlen(part->data);
	put_number(out, 2, part->flags);
	put_number(out, 2, 0);
	put_number(out, 4, 0x58214C40);
	put_number(out, 4, open ? 0 : crc32(0, (const Bytef *)part->data, (uInt)length));
	put_number(out, 4, open ? 0 : length);
	put_number(out, 4, open ? 0 : length);
	put_number(out, 2, strlen(part->name));
}

static inline void put_end(struct buffer *out, uint64_t members, uint64_t size, uint64_t directory)
{
	buffer_append(out, SLICE("PK\5\6\0\0\0\0"));
	put_number(out, 2, members);
	put_number(out, 2, members);
	put_number(out, 4, size);
	put_number(out, 4, directory);
	put_number(out, 2, 0);
}

/* `behind`: what stands behind the data of a member that says so by flag 8. */
static inline void put_zip(
	struct buffer *out, const struct part *parts, size_t count, struct slice behind)
{
	size_t places[8];
	buffer_clear(out);
	for (size_t i = 0; i < count; i++) {
		places[i] = out->len;
		buffer_append(out, SLICE("PK\3\4\x14\0"));
		put_facts(out, &parts[i], parts[i].flags & 8);
		put_number(out, 2, 0);
		buffer_append(out, slice_from(parts[i].name));
		buffer_append(out, slice_from(parts[i].data));
		if (parts[i].flags & 8)
			buffer_append(out, behind);
	}
	size_t directory = out->len;
	for (size_t i = 0; i < count; i++) {
		buffer_append(out, SLICE("PK\1\2\x1E\3\x14\0"));
		put_facts(out, &parts[i], false);
		put_number(out, 8, 0); /* no extra fields, no comment, first part, kind */
		put_number(out, 4, UINT32_C(0100644) << 16);
		put_number(out, 4, places[i]);
		buffer_append(out, slice_from(parts[i].name));
	}
	put_end(out, count, out->len - directory, directory);
}

static const struct part two[] = { { "a.csv", "1\n", 0 }, { "b.csv", "2\n", 0 } };

/* Checks the zip in memory; `want` is the start of the message, NULL: none. */
static inline void check_zip(struct slice bytes, const char *want)
{
	struct error e = { 0 };
	struct stored stored;
	put_file("z", bytes.ptr, bytes.len);
	if (!CHECK(stored_open(&stored, open("z", O_RDONLY), "z", &e) == 0))
		return;
	uint64_t members;
	int result = zip_check(&stored, &INPUT_LIMITS, &members, &e);
	stored_close(&stored);
	struct slice got = buffer_slice(&e.text);
	if (want && got.len > strlen(want))
		got.len = strlen(want);
	CHECK_NUMBER(result, want ? -1 : 0);
	CHECK_NUMBER(e.status, want ? STATUS_INPUT : STATUS_DONE);
	CHECK_TEXT(got, want ? want : "");
	error_release(&e);
}

/* The zip of two with some of its bytes changed. */
static inline void check_changed(size_t at, struct slice bytes, const char *want)
{
	struct buffer zip = { 0 };
	put_zip(&zip, two, 2, SLICE(""));
	CHECK_NUMBER(zip.len, WHOLE);
	memcpy(zip.ptr + at, bytes.ptr, bytes.len);
	check_zip(buffer_slice(&zip), want);
	buffer_release(&zip);
}

/* And with some put in. */
static inline void check_more(size_t at, struct slice bytes, const char *want)
{
	struct buffer zip = { 0 };
	struct buffer more = { 0 };
	put_zip(&zip, two, 2, SLICE(""));
	buffer_append(&more, (struct slice){ zip.ptr, at });
	buffer_append(&more, bytes);
	buffer_append(&more, slice_skip(buffer_slice(&zip), at));
	check_zip(buffer_slice(&more), want);
	buffer_release(&zip);
	buffer_release(&more);
}

#endif
