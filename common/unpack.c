#include "unpack.h"

#include "archive_library.h"
#include "member_name.h"
#include "show.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Small, since a zip of many small members is read from a new place for each. */
#define BLOCK ((size_t)16384)

/* What one member's header may come to, its name and attributes with it. */
#define HEADER_MOST (UINT64_C(16) << 20)

struct unpack {
	struct source source;
	struct stored *from;
	struct expand *expand;
	const struct input_limits *limits;
	struct archive *archive;
	bool opened; /* it knows the format: libarchive 3.6 may not be asked about it before */
	struct archive_entry *entry;
	locale_t locale;   /* UTF-8 for names, whatever the user's is */
	uint64_t at;       /* in what `archive` reads */
	uint64_t zeros;    /* from here to `at` everything is zero, as far as it was read */
	uint64_t taken;    /* of what `archive` reads, some bytes perhaps more than once */
	uint64_t most;     /* that `taken` may come to while a header is read */
	bool listed;       /* all headers are in one place, and are read at once */
	uint64_t unpacked; /* of members */
	uint64_t members;
	struct buffer path; /* of the member */
	uint64_t given;     /* bytes of the member */
	bool stated;        /* `size` is what they should come to */
	uint64_t size;
	struct error *error; /* of the call that is under way, for the library's callbacks */
	bool failed;         /* a callback has set it */
	char block[BLOCK];
};

int unpack_refuse(const char *archive, struct slice path, const char *what, struct error *e)
{
	struct buffer name = { 0 };
	buffer_append(&name, slice_from(archive));
	if (path.len) {
		buffer_put(&name, '!');
		buffer_append(&name, path);
	}
	struct place place = { .file = buffer_text(&name) };
	error_at(e, STATUS_INPUT, &place, "%s", what);
	buffer_release(&name);
	if (strcmp(what, UNPACK_ENCRYPTED) == 0)
		error_hint(e, "unpack it with its password, and give what was in it");
	return -1;
}

static int unpack_damaged(struct unpack *u, const char *why, struct error *e)
{
	struct slice reason = slice_from(why ? why : "no reason is known");
	struct buffer what = { 0 };
	if (u->failed)
		return -1; /* the callback knows better */
	if (u->opened && la.read_has_encrypted_entries(u->archive) > 0)
		return unpack_refuse(u->from->name, buffer_slice(&u->path), UNPACK_ENCRYPTED, e);
	if (reason.len && reason.ptr[reason.len - 1] == '.')
		reason.len--;
	buffer_printf(&what, "damaged or truncated (%s)", SHOW(reason));
	const char *text = buffer_text(&what);
	unpack_refuse(u->from->name, buffer_slice(&u->path), text ? text : "damaged", e);
	buffer_release(&what);
	return -1;
}

/* Goes on behind `length` bytes of the block, and notes where the zeros at its end begin. */
static void zeros_note(struct unpack *u, size_t length)
{
	size_t end = length;
	while (end > 0 && u->block[end - 1] == '\0')
		end--;
	if (end > 0)
		u->zeros = u->at + end;
	u->at += length;
}

static la_ssize_t packed_read(struct archive *a, void *data, const void **block)
{
	struct unpack *u = data;
	*block = u->block;
	ssize_t got;
	if (u->taken > u->most) {
		la.set_error(a, -1, "a header of more than 16 MiB");
		return -1;
	}
	if (u->expand)
		got = u->expand->source.read(&u->expand->source, u->block, BLOCK, u->error);
	else
		got = stored_read(u->from, u->at, u->block, BLOCK, u->error);
	if (got < 0) {
		u->failed = true;
		la.set_error(a, -1, "it cannot be read");
		return -1;
	}
	zeros_note(u, (size_t)got);
	u->taken += (uint64_t)got;
	return got;
}

/* Never past the end, or a member that is cut short would look complete. */
static la_int64_t packed_skip(struct archive *a, void *data, la_int64_t request)
{
	(void)a;
	struct unpack *u = data;
	uint64_t left = u->from->size > u->at ? u->from->size - u->at : 0;
	uint64_t skip = (uint64_t)request < left ? (uint64_t)request : left;
	u->at += skip;
	return (la_int64_t)skip;
}

static la_int64_t packed_seek(struct archive *a, void *data, la_int64_t offset, int whence)
{
	(void)a;
	struct unpack *u = data;
	la_int64_t from = 0;
	if (whence == SEEK_CUR)
		from = (la_int64_t)u->at;
	else if (whence == SEEK_END)
		from = (la_int64_t)u->from->size;
	if (offset > INT64_MAX - from || from + offset < 0)
		return ARCHIVE_FATAL;
	u->at = (uint64_t)(from + offset);
	return from + offset;
}

static int format_enable(struct archive *a, enum magic magic)
{
	/* Only the one that the first bytes name: no file is two things at once. */
	switch ((int)magic) {
	case MAGIC_ZIP:
		/*
		 * By its directory: reading on from the front would also find what it does not
		 * list.
		 */
		return la.read_support_format_zip_seekable(a);
	case MAGIC_7Z:
		return la.read_support_format_7zip(a);
	case MAGIC_RAR:
		la.read_support_format_rar5(a);
		return la.read_support_format_rar(a);
	case MAGIC_CAB:
		return la.read_support_format_cab(a);
	case MAGIC_CPIO:
		return la.read_support_format_cpio(a);
	default:
		return la.read_support_format_tar(a);
	}
}

uint64_t unpack_packed(const struct unpack *u)
{
	uint64_t taken = u->expand ? u->expand->packed : u->taken;
	return taken < u->from->size ? taken : u->from->size;
}

static ssize_t unpack_read(struct source *source, char *into, size_t room, struct error *e)
{
	struct unpack *u = (struct unpack *)source;
	u->error = e;
	/* In steps small enough for the limits to hold. */
	la_ssize_t got = la.read_data(u->archive, into, room < 65536 ? room : 65536);
	if (got < 0)
		return unpack_damaged(u, la.error_string(u->archive), e);
	u->given += (uint64_t)got;
	if (u->stated && (u->given > u->size || (got == 0 && u->given < u->size)))
		return unpack_damaged(u, "its size is not the one that the archive states", e);
	u->unpacked += (uint64_t)got;
	if (limits_check(u->limits, u->from->name, u->unpacked, unpack_packed(u), e) != 0)
		return -1;
	return got;
}

struct unpack *unpack_open(struct stored *from, struct expand *expand, enum magic magic,
	const struct input_limits *limits, struct error *e)
{
	if (archive_library_load(from->name, e) != 0)
		return NULL;
	struct unpack *u = calloc(1, sizeof *u);
	struct archive *a = u ? la.read_new() : NULL;
	if (!a) {
		free(u);
		error_memory(e);
		return NULL;
	}
	u->source.read = unpack_read;
	u->from = from;
	u->expand = expand;
	u->limits = limits;
	u->archive = a;
	u->error = e;
	u->most = UINT64_MAX;
	u->listed = magic == MAGIC_ZIP || magic == MAGIC_7Z;
	u->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	bool known = format_enable(a, magic) == ARCHIVE_OK;
	la.read_set_callback_data(a, u);
	la.read_set_read_callback(a, packed_read);
	if (!expand) {
		la.read_set_skip_callback(a, packed_skip);
		la.read_set_seek_callback(a, packed_seek);
	}
	u->opened = known && la.read_open1(a) == ARCHIVE_OK;
	if (u->opened)
		return u;
	unpack_damaged(u, la.error_string(a), e);
	unpack_close(u);
	return NULL;
}

static const char *kind_of(struct archive_entry *entry)
{
	if (la.entry_hardlink(entry))
		return "a link";
	switch (la.entry_filetype(entry)) {
	case AE_IFREG:
		return NULL;
	case AE_IFLNK:
		return "a link";
	case AE_IFIFO:
		return "a FIFO";
	case AE_IFSOCK:
		return "a socket";
	default:
		return "a device";
	}
}

static int entry_fill(struct unpack *u, struct unpack_entry *entry, struct error *e)
{
	struct archive_entry *from = u->entry;
	errno = 0; /* libarchive ends the process where it finds an ENOMEM, even a mended one */
	const char *raw = la.entry_pathname(from);
	if (!raw)
		return unpack_damaged(u, "a member's name is no text", e);
	const char *fault = member_name_fault(slice_from(raw));
	if (fault)
		return unpack_refuse(u->from->name, slice_from(raw), fault, e);
	if (member_name_append(&u->path, slice_from(raw)) != 0)
		return error_memory(e);
	u->given = 0;
	u->stated = la.entry_size_is_set(from) && la.entry_size(from) >= 0;
	u->size = u->stated ? (uint64_t)la.entry_size(from) : 0;
	*entry = (struct unpack_entry){
		.path = buffer_slice(&u->path),
		.folder = la.entry_filetype(from) == AE_IFDIR,
		.encrypted = la.entry_is_encrypted(from) != 0,
		.size = u->size,
	};
	if (!entry->folder)
		entry->skipped = kind_of(from);
	return 1;
}

/*
 * To the end of the file: that of a compressed one has its sum there. An archive is filled up with
 * zeros; any other byte would be of a second archive, or of nobody knows what.
 */
static int unpack_rest(struct unpack *u, uint64_t behind_end, struct error *e)
{
	ssize_t got;
	do {
		got = u->expand ? u->expand->source.read(&u->expand->source, u->block, BLOCK, e)
				: stored_read(u->from, u->at, u->block, BLOCK, e);
		if (got > 0)
			zeros_note(u, (size_t)got);
	} while (got > 0);
	if (got == 0 && u->zeros > behind_end)
		return unpack_refuse(u->from->name, SLICE(""), UNPACK_BEHIND, e);
	return (int)got;
}

static int unpack_end(struct unpack *u, la_int64_t behind_last, struct error *e)
{
	struct archive *a = u->archive;
	la_int64_t behind_end = la.filter_bytes(a, 0);
	buffer_clear(&u->path);
	switch (la.format(a) & ARCHIVE_FORMAT_BASE_MASK) {
	case ARCHIVE_FORMAT_TAR:
		/* It ends with a block of zeros: one that just stops is cut between two members. */
		if (behind_end == behind_last)
			return unpack_damaged(u, "its end is missing", e);
		return unpack_rest(u, (uint64_t)behind_end, e);
	case ARCHIVE_FORMAT_CPIO:
		return unpack_rest(u, (uint64_t)behind_end, e);
	default:
		return 0;
	}
}

static int unpack_step(struct unpack *u, struct unpack_entry *entry, struct error *e)
{
	struct archive *a = u->archive;
	if (u->entry && la.read_data_skip(a) != ARCHIVE_OK)
		return unpack_damaged(u, la.error_string(a), e);
	la_int64_t behind_last = la.filter_bytes(a, 0);
	errno = 0;
	if (!u->listed)
		u->most = u->taken + HEADER_MOST;
	int result = la.read_next_header(a, &u->entry);
	u->most = UINT64_MAX;
	if (result == ARCHIVE_EOF)
		return unpack_end(u, behind_last, e);
	buffer_clear(&u->path);
	if (result != ARCHIVE_OK)
		return unpack_damaged(u, la.error_string(a), e);
	if (limits_members(u->limits, u->from->name, ++u->members, e) != 0)
		return -1;
	return entry_fill(u, entry, e);
}

int unpack_next(struct unpack *u, struct unpack_entry *entry, struct error *e)
{
	u->error = e;
	locale_t users = u->locale ? uselocale(u->locale) : (locale_t)0;
	int result = unpack_step(u, entry, e);
	if (users)
		uselocale(users);
	return result;
}

struct source *unpack_source(struct unpack *u)
{
	return &u->source;
}

void unpack_close(struct unpack *u)
{
	if (!u)
		return;
	la.read_free(u->archive);
	if (u->locale)
		freelocale(u->locale);
	buffer_release(&u->path);
	free(u);
}
