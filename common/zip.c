#include "zip.h"

#include "member_name.h"
#include "show.h"
#include "unpack.h"
#include "zip_bytes.h"
#include "zip_end.h"
#include "zip_entry.h"
#include "zip_error.h"

#include <inttypes.h>
#include <stdlib.h>
#include <zlib.h>

struct place_of {
	uint64_t local;     /* of the member's own header */
	uint64_t directory; /* of its header in the directory */
	uint64_t name;      /* a hash */
};

struct zip {
	struct stored *from;
	struct zip_end end;
	struct place_of *members;
	struct zip_view directory;
	struct zip_view local;
	struct buffer name;
};

/* The header in the directory at `at`: 0, or -1. It is valid until the next one. */
static int directory_read(struct zip *z, uint64_t at, struct zip_entry *entry, struct error *e)
{
	*entry = (struct zip_entry){ 0 };
	struct slice header;
	uint64_t left = z->end.behind - at;
	size_t size = 0;
	int got = left < ZIP_DIRECTORY_SIZE
			  ? 0
			  : zip_view_get(&z->directory, at, ZIP_DIRECTORY_SIZE, &header, e);
	if (got > 0) {
		size = zip_entry_directory_size(header);
		got = size == 0 || size > left ? 0
					       : zip_view_get(&z->directory, at, size, &header, e);
	}
	if (got < 0)
		return -1;
	if (got == 0)
		return zip_damaged(
			z->from->name, "its directory has fewer members than its end", e);
	const char *fault = zip_entry_directory(entry, header);
	if (!fault)
		fault = zip_entry_fault(entry);
	return fault ? zip_refuse(z->from->name, entry->name, e, "%s", fault) : 0;
}

/* The header of the member itself, which must end before the directory. */
static int local_read(
	struct zip *z, const struct zip_entry *directory, struct zip_entry *entry, struct error *e)
{
	*entry = (struct zip_entry){ 0 };
	struct slice header;
	uint64_t at = directory->offset;
	uint64_t left = z->end.directory - at;
	size_t size = 0;
	int got =
		left < ZIP_LOCAL_SIZE ? 0 : zip_view_get(&z->local, at, ZIP_LOCAL_SIZE, &header, e);
	if (got > 0) {
		size = zip_entry_local_size(header);
		got = size == 0 || size > left ? 0 : zip_view_get(&z->local, at, size, &header, e);
	}
	if (got < 0)
		return -1;
	if (got == 0)
		return zip_refuse(z->from->name, directory->name, e,
			"its header is not where the directory says it is");
	const char *fault = zip_entry_local(entry, header);
	return fault ? zip_refuse(z->from->name, directory->name, e, "%s", fault) : 0;
}

/* Not seeded: who makes two names of one hash has a zip that is refused, and nothing else. */
static uint64_t name_hash(struct slice name)
{
	uint64_t hash = UINT64_C(0xCBF29CE484222325);
	for (size_t i = 0; i < name.len; i++) {
		hash ^= (unsigned char)name.ptr[i];
		hash *= UINT64_C(0x100000001B3);
	}
	return hash ^ hash >> 32;
}

static int directory_walk(struct zip *z, struct error *e)
{
	uint64_t at = z->end.directory;
	for (uint64_t i = 0; i < z->end.members; i++) {
		struct zip_entry entry;
		if (directory_read(z, at, &entry, e) != 0)
			return -1;
		if (entry.strong)
			return unpack_refuse(z->from->name, entry.name, UNPACK_ENCRYPTED, e);
		if (entry.offset >= z->end.directory)
			return zip_refuse(z->from->name, entry.name, e,
				"its header is not where the directory says it is");
		buffer_clear(&z->name);
		if (member_name_append(&z->name, entry.name) != 0)
			return error_memory(e);
		z->members[i] = (struct place_of){
			.local = entry.offset,
			.directory = at,
			.name = name_hash(buffer_slice(&z->name)),
		};
		at += entry.size;
	}
	if (at != z->end.behind)
		return zip_refuse(z->from->name, SLICE(""), e,
			"its directory has more than the %" PRIu64 " members of its end",
			z->end.members);
	return 0;
}

/* `gap` bytes from `at` are what stands between the member's and the next header. */
static int descriptor_check(
	struct zip *z, const struct zip_entry *entry, uint64_t at, uint64_t gap, struct error *e)
{
	struct slice bytes = { "", 0 };
	const char *name = z->from->name;
	bool described = entry->flags & ZIP_DESCRIPTOR;
	if (!described && gap != 0)
		return zip_refuse(name, entry->name, e,
			"behind it are %" PRIu64 " bytes that belong to no member", gap);
	if (!described)
		return 0;
	if (gap > 24)
		return zip_refuse(
			name, entry->name, e, "behind it are bytes that belong to no member");
	if (gap >= 12 && zip_view_get(&z->local, at, (size_t)gap, &bytes, e) < 0)
		return -1;
	if (!zip_entry_described(entry, bytes))
		return zip_refuse(
			name, entry->name, e, "the directory and the sizes behind it disagree");
	return 0;
}

/* The member at `place`, behind which the next one, or the directory, starts at `next`. */
static int member_check(struct zip *z, const struct place_of *place, uint64_t next, struct error *e)
{
	struct zip_entry directory;
	struct zip_entry local;
	if (directory_read(z, place->directory, &directory, e) != 0 ||
		local_read(z, &directory, &local, e) != 0)
		return -1;
	struct zip_difference difference = zip_entry_compare(&directory, &local);
	if (difference.what && !slice_equal(directory.name, local.name))
		return zip_refuse(z->from->name, directory.name, e,
			"its own header names it \"%s\"", SHOW(local.name));
	if (difference.what)
		return zip_refuse(z->from->name, directory.name, e,
			"its own header differs in its %s (got %" PRIu64 ", want %" PRIu64 ")",
			difference.what, difference.local, difference.directory);
	uint64_t data = place->local + local.size;
	if (data > next || directory.packed > next - data)
		return zip_refuse(
			z->from->name, directory.name, e, "it overlaps what comes behind it");
	uint64_t behind = data + directory.packed;
	return descriptor_check(z, &directory, behind, next - behind, e);
}

static int local_order(const void *left, const void *right)
{
	const struct place_of *l = left;
	const struct place_of *r = right;
	return (l->local > r->local) - (l->local < r->local);
}

static int name_order(const void *left, const void *right)
{
	const struct place_of *l = left;
	const struct place_of *r = right;
	return (l->name > r->name) - (l->name < r->name);
}

/* A zip that was to be written in parts, and came to one, starts with a mark of 4 bytes. */
static uint64_t first_place(const struct zip *z)
{
	struct slice head = buffer_slice(&z->from->head);
	bool mark = head.len >= 4 &&
		    (memcmp(head.ptr, "PK\7\10", 4) == 0 || memcmp(head.ptr, "PK00", 4) == 0);
	return mark ? 4 : 0;
}

static int members_check(struct zip *z, struct error *e)
{
	size_t count = (size_t)z->end.members;
	if (count)
		qsort(z->members, count, sizeof *z->members, local_order);
	uint64_t first = count ? z->members[0].local : z->end.directory;
	if (first != first_place(z))
		return zip_refuse(z->from->name, SLICE(""), e,
			"before its first member are bytes that belong to no member");
	for (size_t i = 0; i < count; i++) {
		uint64_t next = i + 1 < count ? z->members[i + 1].local : z->end.directory;
		if (member_check(z, &z->members[i], next, e) != 0)
			return -1;
	}
	return 0;
}

static int names_check(struct zip *z, struct error *e)
{
	size_t count = (size_t)z->end.members;
	if (count)
		qsort(z->members, count, sizeof *z->members, name_order);
	for (size_t i = 1; i < count; i++) {
		if (z->members[i].name != z->members[i - 1].name)
			continue;
		struct zip_entry entry;
		if (directory_read(z, z->members[i].directory, &entry, e) != 0)
			return -1;
		buffer_clear(&z->name);
		member_name_append(&z->name, entry.name);
		return zip_refuse(z->from->name, SLICE(""), e,
			"two of its members are named \"%s\"", SHOW(buffer_slice(&z->name)));
	}
	return 0;
}

static int zip_start(struct zip *z, const struct input_limits *limits, struct error *e)
{
	if (zip_end_find(z->from, &z->end, e) != 0 ||
		limits_members(limits, z->from->name, z->end.members, e) != 0)
		return -1;
	/* What the end states is believed only as far as there is room for it. */
	if (z->end.members > (z->end.behind - z->end.directory) / ZIP_DIRECTORY_SIZE)
		return zip_damaged(
			z->from->name, "its directory has fewer members than its end", e);
	size_t count = (size_t)z->end.members;
	z->members = calloc(count ? count : 1, sizeof *z->members);
	return z->members ? 0 : error_memory(e);
}

int zip_check(
	struct stored *from, const struct input_limits *limits, uint64_t *members, struct error *e)
{
	struct zip z = { .from = from };
	int result = -1;
	if (zip_start(&z, limits, e) == 0 && zip_view_open(&z.directory, from, 65536, e) == 0 &&
		zip_view_open(&z.local, from, 4096, e) == 0 && directory_walk(&z, e) == 0 &&
		members_check(&z, e) == 0)
		result = names_check(&z, e);
	*members = z.end.members;
	zip_view_close(&z.directory);
	zip_view_close(&z.local);
	free(z.members);
	buffer_release(&z.name);
	return result;
}
