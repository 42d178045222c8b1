#include "zip_entry.h"

#include "member_name.h"
#include "utf8.h"
#include "zip_bytes.h"

#include <sys/stat.h>
#include <zlib.h>

#define PATCH  0x0020u
#define STRONG 0x0040u
#define UTF8   0x0800u
#define MASKED 0x2000u

/* How hard the packer tried: it means nothing to who unpacks. */
#define EFFORT 0x0006u

/* As long as a path can be at most; unzip cuts what is longer. */
#define NAME_MOST ((size_t)4095)

#define SYSTEM_DOS  0u
#define SYSTEM_UNIX 3u

/* The methods that everybody unpacks, and the version that they need at most. */
#define STORED     0u
#define DEFLATED   8u
#define BZIP2      12u
#define VERSION_46 46u

#define EXTRA_ZIP64      0x0001u
#define EXTRA_STRONG     0x0017u
#define EXTRA_ATTRIBUTES 0x6C78u
#define EXTRA_NAME       0x7075u

static size_t entry_size(
	struct slice start, struct slice mark, size_t fixed, size_t lengths, size_t count)
{
	if (start.len < fixed || memcmp(start.ptr, mark.ptr, mark.len) != 0)
		return 0;
	size_t size = fixed;
	for (size_t i = 0; i < count; i++)
		size += zip_16(start.ptr + lengths + 2 * i);
	return size;
}

size_t zip_entry_directory_size(struct slice start)
{
	return entry_size(start, SLICE("PK\1\2"), ZIP_DIRECTORY_SIZE, 28, 3);
}

size_t zip_entry_local_size(struct slice start)
{
	return entry_size(start, SLICE("PK\3\4"), ZIP_LOCAL_SIZE, 26, 2);
}

/* The next 64 bits of the field, where the 32 of the header point to them. */
static bool take_64(struct slice *field, bool elsewhere, uint64_t *number)
{
	if (!elsewhere)
		return true;
	if (field->len < 8)
		return false;
	*number = zip_64(field->ptr);
	*field = slice_skip(*field, 8);
	return true;
}

/*
 * Numbers that the header did not point to say nothing new, or zero, as of a packer that kept room
 * for them.
 */
static bool superfluous(const struct zip_entry *entry, struct slice field)
{
	const uint64_t numbers[] = { entry->unpacked, entry->packed, entry->offset };
	for (size_t i = 0; i < 3 && field.len >= 8; i++) {
		uint64_t number = zip_64(field.ptr);
		if (number != 0 && number != numbers[i])
			return false;
		field = slice_skip(field, 8);
	}
	return field.len == 0 || (field.len == 4 && zip_32(field.ptr) == 0);
}

static bool zip64_take(struct zip_entry *entry, struct slice field)
{
	bool unpacked = entry->unpacked == ZIP_ELSEWHERE_32;
	bool packed = entry->packed == ZIP_ELSEWHERE_32;
	bool offset = entry->offset == ZIP_ELSEWHERE_32;
	bool disk = entry->disk == ZIP_ELSEWHERE_16;
	if (!unpacked && !packed && !offset && !disk)
		return superfluous(entry, field);
	if (!take_64(&field, unpacked, &entry->unpacked) ||
		!take_64(&field, packed, &entry->packed) ||
		!take_64(&field, offset, &entry->offset))
		return false;
	if (disk) {
		if (field.len < 4)
			return false;
		entry->disk = zip_32(field.ptr);
		field = slice_skip(field, 4);
	}
	return field.len == 0;
}

/* The name once more, in UTF-8, with the sum of the one that it was made for. */
static bool same_name(const struct zip_entry *entry, struct slice field)
{
	if (field.len < 5 || field.ptr[0] != 1)
		return false;
	uLong sum = crc32(0, (const Bytef *)entry->name.ptr, (uInt)entry->name.len);
	return zip_32(field.ptr + 1) == sum && slice_equal(slice_skip(field, 5), entry->name);
}

static const char *extra_take(struct zip_entry *entry, struct slice extra)
{
	bool zip64 = false;
	bool named = false;
	while (extra.len) {
		if (extra.len < 4 || zip_16(extra.ptr + 2) > extra.len - 4)
			return "its extra fields are damaged";
		unsigned id = zip_16(extra.ptr);
		struct slice field = { extra.ptr + 4, zip_16(extra.ptr + 2) };
		extra = slice_skip(extra, 4 + field.len);
		switch (id) {
		case EXTRA_ZIP64:
			if (zip64 || !zip64_take(entry, field))
				return "its zip64 field does not fit";
			zip64 = true;
			break;
		case EXTRA_NAME:
			if (named || !same_name(entry, field))
				return "an extra field has another name for it";
			named = true;
			break;
		case EXTRA_STRONG:
			entry->strong = true;
			break;
		case EXTRA_ATTRIBUTES:
			return "an extra field has other attributes for it";
		default:
			break;
		}
	}
	return NULL;
}

/* What both headers have in this order, from the version needed on. */
static void common_take(struct zip_entry *entry, const char *at)
{
	entry->version = zip_16(at);
	entry->flags = zip_16(at + 2);
	entry->method = zip_16(at + 4);
	entry->moment = zip_32(at + 6);
	entry->sum = zip_32(at + 10);
	entry->packed = zip_32(at + 14);
	entry->unpacked = zip_32(at + 18);
	entry->strong = entry->flags & (STRONG | MASKED);
}

const char *zip_entry_directory(struct zip_entry *entry, struct slice header)
{
	const char *at = header.ptr;
	*entry = (struct zip_entry){
		.name = { at + ZIP_DIRECTORY_SIZE, zip_16(at + 28) },
		.size = header.len,
		.system = zip_16(at + 4) >> 8,
		.disk = zip_16(at + 34),
		.attributes = zip_32(at + 38),
		.offset = zip_32(at + 42),
	};
	common_take(entry, at + 6);
	struct slice extra = { at + ZIP_DIRECTORY_SIZE + entry->name.len, zip_16(at + 30) };
	return extra_take(entry, extra);
}

const char *zip_entry_local(struct zip_entry *entry, struct slice header)
{
	const char *at = header.ptr;
	*entry = (struct zip_entry){
		.name = { at + ZIP_LOCAL_SIZE, zip_16(at + 26) },
		.size = header.len,
	};
	common_take(entry, at + 4);
	struct slice extra = { at + ZIP_LOCAL_SIZE + entry->name.len, zip_16(at + 28) };
	return extra_take(entry, extra);
}

static bool is_ascii(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] >= 0x80)
			return false;
	return true;
}

static const char *name_fault(const struct zip_entry *entry)
{
	struct slice name = entry->name;
	const char *fault = member_name_fault(name);
	if (fault)
		return fault;
	if (name.len > NAME_MOST)
		return "its name is too long";
	if (memchr(name.ptr, '\\', name.len))
		return "its name holds a backslash";
	if (name.len > 1 && name.ptr[1] == ':')
		return "its name starts with a drive";
	if (entry->flags & UTF8 && utf8_valid(name) != name.len)
		return "its name is not in UTF-8, as it should be";
	/* Elsewhere the bytes are taken to be of the system's own character set, and changed. */
	if (!(entry->flags & UTF8) && !is_ascii(name) && entry->system != SYSTEM_UNIX)
		return "its name is in a character set that is not named";
	return NULL;
}

/* What it is by its name has to be what it is by its attributes. */
static const char *kind_fault(const struct zip_entry *entry)
{
	bool folder = entry->name.ptr[entry->name.len - 1] == '/';
	uint32_t mode = entry->attributes >> 16 & S_IFMT;
	if (entry->system != SYSTEM_UNIX)
		mode = 0;
	if (mode != 0 && folder != (mode == S_IFDIR))
		return "its name and its attributes disagree about what it is";
	/* Info-ZIP has a FIFO for what came by a pipe, and all take it for the file that it is. */
	if (mode != 0 && mode != S_IFDIR && mode != S_IFREG && mode != S_IFLNK && mode != S_IFIFO)
		return "its attributes make it a device";
	if (entry->system == SYSTEM_DOS && !folder && entry->attributes & 0x10)
		return "its name and its attributes disagree about what it is";
	if (folder && entry->unpacked != 0)
		return "a folder with content";
	return NULL;
}

const char *zip_entry_fault(const struct zip_entry *directory)
{
	const char *fault = name_fault(directory);
	if (!fault)
		fault = kind_fault(directory);
	if (fault)
		return fault;
	if (directory->disk != 0)
		return "it is in another part of a zip of several";
	if (directory->flags & PATCH)
		return "it is a patch of something else";
	if (directory->flags & ZIP_ENCRYPTED)
		return NULL;
	unsigned method = directory->method;
	if (method != STORED && method != DEFLATED && method != BZIP2)
		return "its compression is not one that every program unpacks";
	if (method == STORED && directory->packed != directory->unpacked)
		return "it is not compressed, and has two sizes";
	if (directory->version > VERSION_46)
		return "it needs a later version of the format";
	return NULL;
}

/* Where the descriptor tells, the header's own number may be left open. */
static bool same_number(const struct zip_entry *local, uint64_t directory, uint64_t number)
{
	return number == directory || (number == 0 && local->flags & ZIP_DESCRIPTOR);
}

struct zip_difference zip_entry_compare(
	const struct zip_entry *directory, const struct zip_entry *local)
{
	const struct zip_entry *d = directory;
	const struct zip_entry *l = local;
	if (!slice_equal(d->name, l->name))
		return (struct zip_difference){ "name", d->name.len, l->name.len };
	if ((d->flags ^ l->flags) & ~EFFORT)
		return (struct zip_difference){ "flags", d->flags, l->flags };
	if (d->method != l->method)
		return (struct zip_difference){ "compression", d->method, l->method };
	if (d->moment != l->moment)
		return (struct zip_difference){ "date", d->moment, l->moment };
	if (!same_number(l, d->sum, l->sum))
		return (struct zip_difference){ "sum", d->sum, l->sum };
	if (!same_number(l, d->packed, l->packed))
		return (struct zip_difference){ "compressed size", d->packed, l->packed };
	if (!same_number(l, d->unpacked, l->unpacked))
		return (struct zip_difference){ "size", d->unpacked, l->unpacked };
	return (struct zip_difference){ 0 };
}

bool zip_entry_described(const struct zip_entry *directory, struct slice descriptor)
{
	if (descriptor.len == 16 || descriptor.len == 24) {
		if (memcmp(descriptor.ptr, "PK\7\10", 4) != 0)
			return false;
		descriptor = slice_skip(descriptor, 4);
	}
	const char *at = descriptor.ptr;
	if (descriptor.len == 12)
		return zip_32(at) == directory->sum && zip_32(at + 4) == directory->packed &&
		       zip_32(at + 8) == directory->unpacked;
	return descriptor.len == 20 && zip_32(at) == directory->sum &&
	       zip_64(at + 4) == directory->packed && zip_64(at + 12) == directory->unpacked;
}
