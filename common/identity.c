#include "identity.h"

#include "show.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

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

/* Does the output stand in the folder, or in one below it? */
static bool identity_inside(const struct identity *folder, const struct identity *output)
{
	if (folder->output || !folder->folder || !output->output || is_standard(output))
		return false;
	const char *slash = strrchr(output->path, '/');
	char *up = strndup(output->path, slash ? (size_t)(slash - output->path) + 1 : 0);
	char *path = up ? realpath(*up ? up : ".", NULL) : NULL;
	bool inside = false;
	free(up);
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

void identities_release(struct identities *set)
{
	free(set->items);
	*set = (struct identities){ 0 };
}
