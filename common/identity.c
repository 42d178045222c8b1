#include "identity.h"

#include "show.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define STANDARD_OUTPUT "/proc/self/fd/1"

static bool is_standard(const struct identity *it)
{
	return strcmp(it->path, "-") == 0;
}

/* Looks at the folder that a file would stand in which does not exist yet. */
static bool find_folder(struct identity *it, struct stat *about)
{
	const char *slash = strrchr(it->path, '/');
	it->name = slash ? slash + 1 : it->path;
	char *folder = strndup(it->path, slash ? (size_t)(slash - it->path) + 1 : 0);
	bool found = folder && stat(*folder ? folder : ".", about) == 0;
	free(folder);
	return found;
}

static void identity_find(struct identity *it)
{
	struct stat about;
	int standard = it->output ? STDOUT_FILENO : STDIN_FILENO;
	int found = is_standard(it) ? fstat(standard, &about) : stat(it->path, &about);
	if (found != 0 && (errno != ENOENT || !it->output || !find_folder(it, &about)))
		return;
	it->device = about.st_dev;
	it->inode = about.st_ino;
	it->folder = S_ISDIR(about.st_mode) && !it->name;
	it->file = S_ISREG(about.st_mode);
	it->known = !S_ISCHR(about.st_mode) && !S_ISSOCK(about.st_mode);
}

static bool identity_same(const struct identity *a, const struct identity *b)
{
	if (a->output == b->output && is_standard(a) && is_standard(b))
		return true;
	if (!a->known || !b->known || (!a->output && !b->output))
		return false;
	if (a->device != b->device || a->inode != b->inode || !a->name != !b->name)
		return false;
	return !a->name || strcmp(a->name, b->name) == 0;
}

/* The folder that an output stands in, links followed; allocated, or NULL. */
static char *output_folder(const struct identity *output)
{
	/*
	 * A shell has made the file that standard output goes to, so that it would be read as well.
	 */
	char *standard = NULL;
	if (is_standard(output)) {
		standard = output->file ? realpath(STANDARD_OUTPUT, NULL) : NULL;
		if (!standard)
			return NULL;
	}
	const char *path = standard ? standard : output->path;
	const char *slash = strrchr(path, '/');
	char *up = strndup(path, slash ? (size_t)(slash - path) + 1 : 0);
	char *folder = up ? realpath(*up ? up : ".", NULL) : NULL;
	free(standard);
	free(up);
	return folder;
}

/* Does the output stand in the folder, or in one below it? */
static bool identity_inside(const struct identity *folder, const struct identity *output)
{
	if (folder->output || !folder->folder || !output->output)
		return false;
	char *path = output_folder(output);
	bool inside = false;
	for (bool more = path != NULL; more && !inside;) {
		struct stat about;
		inside = stat(path, &about) == 0 && about.st_dev == folder->device &&
			 about.st_ino == folder->inode;
		char *last = strrchr(path, '/');
		more = path[1] != '\0'; /* else this was the root */
		last[last == path] = '\0';
	}
	free(path);
	return inside;
}

/* How much of a path's first bytes is left without the last name and the slashes before it. */
static size_t path_parent(const char *path, size_t length)
{
	while (length > 0 && path[length - 1] != '/')
		length--;
	while (length > 1 && path[length - 1] == '/')
		length--;
	return length;
}

/*
 * The path without links, "." and "..", as far as it is there; what is not there yet follows as it
 * stands. Allocated; NULL without memory, or where nothing of it can be found.
 */
static char *path_resolve(const char *path)
{
	size_t length = strlen(path);
	char *resolved = NULL;
	while (length > 1 && path[length - 1] == '/')
		length--;
	for (size_t kept = length; !resolved; kept = path_parent(path, kept)) {
		char *front = strndup(path, kept);
		char *real = front ? realpath(kept ? front : ".", NULL) : NULL;
		bool absent = front && !real && errno == ENOENT && kept > 0;
		size_t rest = kept;
		while (rest < length && path[rest] == '/')
			rest++;
		if (real &&
			asprintf(&resolved, "%s%s%.*s", real, rest < length && real[1] ? "/" : "",
				(int)(length - rest), path + rest) < 0)
			resolved = NULL;
		free(front);
		free(real);
		if (!absent)
			break;
	}
	char *to = resolved;
	for (const char *from = resolved; from && *from; from++)
		if (from[0] != '/' || from[1] != '/')
			*to++ = *from;
	if (to)
		*to = '\0';
	return resolved;
}

/* Is the one resolved path that of the folder, or of something below it? */
static bool path_inside(const char *folder, const char *path)
{
	size_t length = strlen(folder);
	return strncmp(path, folder, length) == 0 &&
	       (path[length] == '/' || path[length] == '\0' || length == 1);
}

static int identity_clash(const struct identity *it, const struct identity *other, struct error *e)
{
	if (identity_inside(other, it)) {
		error_set(e, STATUS_USAGE,
			"an output would lie in an input folder (\"%s\" in \"%s\")",
			SHOW(slice_from(it->path)), SHOW(slice_from(other->path)));
		return error_hint(e, "the next run would read it");
	}
	if (!identity_same(it, other))
		return 0;
	if (!it->output && !other->output)
		return error_set(e, STATUS_USAGE, "standard input is to be read twice");
	error_set(e, STATUS_USAGE, "an output would be written over %s (\"%s\" and \"%s\")",
		it->output && other->output ? "another output" : "an input",
		SHOW(slice_from(other->path)), SHOW(slice_from(it->path)));
	return error_hint(e, "every output needs a file of its own");
}

int identities_add(struct identities *set, const char *path, bool output, struct error *e)
{
	if (!path)
		return 0;
	struct identity it = { .path = path, .output = output };
	identity_find(&it);
	/* Inputs may repeat, but for standard input: thousands of them need not be compared. */
	bool alone = !output && !is_standard(&it);
	for (size_t i = 0; i < set->count && !alone; i++)
		if (identity_clash(&it, &set->items[i], e) != 0)
			return -1;
	struct identity *items = realloc(set->items, (set->count + 1) * sizeof *items);
	if (!items)
		return error_memory(e);
	set->items = items;
	items[set->count++] = it;
	return 0;
}

int identities_add_folder(struct identities *set, const char *path, struct error *e)
{
	char *folder = path ? path_resolve(path) : NULL;
	int result = identities_add(set, path, true, e);
	for (size_t i = 0; folder && result == 0 && i + 1 < set->count; i++) {
		const struct identity *it = &set->items[i];
		char *output = it->output && !is_standard(it) ? path_resolve(it->path) : NULL;
		if (output && path_inside(folder, output)) {
			error_set(e, STATUS_USAGE,
				"an output would lie in a folder that is an output (\"%s\" in "
				"\"%s\")",
				SHOW(slice_from(it->path)), SHOW(slice_from(path)));
			result = error_hint(e, "the folder has to be empty, or not there");
		}
		free(output);
	}
	free(folder);
	return result;
}

void identities_release(struct identities *set)
{
	free(set->items);
	*set = (struct identities){ 0 };
}
