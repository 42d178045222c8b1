#include "member_name.h"

#include <strings.h>

static bool has_control(struct slice name)
{
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];
		if (c < ' ' || c == 0x7F)
			return true;
	}
	return false;
}

/* A part "..", also between the separators that Windows has. */
static bool leads_out(struct slice name)
{
	for (struct slice rest = name; rest.ptr;)
		for (struct slice parts = slice_cut(&rest, '/'); parts.ptr;)
			if (slice_equal(slice_cut(&parts, '\\'), SLICE("..")))
				return true;
	return false;
}

const char *member_name_fault(struct slice name)
{
	if (name.len == 0)
		return "it has no name";
	if (has_control(name))
		return "its name holds a control byte";
	if (name.ptr[0] == '/')
		return "its name is absolute";
	return leads_out(name) ? "its name leads out of the archive" : NULL;
}

int member_name_append(struct buffer *out, struct slice name)
{
	int failed = 0;
	bool absolute = name.len && name.ptr[0] == '/';
	size_t start = out->len;
	for (struct slice rest = name; rest.ptr;) {
		struct slice part = slice_cut(&rest, '/');
		if (part.len == 0 || slice_equal(part, SLICE(".")))
			continue;
		if (out->len > start || absolute)
			failed |= buffer_put(out, '/');
		failed |= buffer_append(out, part);
		absolute = false;
	}
	return failed ? -1 : 0;
}

struct slice member_name_content(struct slice name)
{
	static const char *const suffixes[] = { ".gz", ".bz2", ".xz", ".lzma", ".zst", ".lz4",
		".lz", ".z" };
	const char *slash = name.len ? memrchr(name.ptr, '/', name.len) : NULL;
	if (slash)
		name = slice_skip(name, (size_t)(slash - name.ptr) + 1);
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		size_t length = strlen(suffixes[i]);
		if (name.len > length &&
			strncasecmp(name.ptr + name.len - length, suffixes[i], length) == 0)
			return (struct slice){ name.ptr, name.len - length };
	}
	return name;
}

struct slice config_file_name(struct slice path)
{
	static const char *const extensions[] = { ".txt", ".properties" };
	struct slice name = SLICE("");
	for (struct slice rest = path; rest.ptr;)
		name = slice_cut(&rest, '/');
	for (size_t i = 0; i < sizeof extensions / sizeof extensions[0]; i++) {
		size_t length = strlen(extensions[i]);
		if (name.len > length &&
			strncasecmp(name.ptr + name.len - length, extensions[i], length) == 0) {
			name.len -= length;
			break;
		}
	}
	return name;
}
