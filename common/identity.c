#include "identity.h"

#include "show.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* Finds the file, or the folder that it would stand in: true when there is anything to compare. */
static bool identity_find(struct identity *it)
{
	struct stat about;
	int found = strcmp(it->path, "-") == 0
			    ? fstat(it->output ? STDOUT_FILENO : STDIN_FILENO, &about)
			    : stat(it->path, &about);
	if (found != 0) {
		if (errno != ENOENT || !it->output)
			return false;
		const char *slash = strrchr(it->path, '/');
		it->name = slash ? slash + 1 : it->path;
		char *folder = strndup(it->path, slash ? (size_t)(slash - it->path) + 1 : 0);
		bool known = folder && stat(*folder ? folder : ".", &about) == 0;
		free(folder);
		if (!known)
			return false;
	}
	it->device = about.st_dev;
	it->inode = about.st_ino;
	return !S_ISCHR(about.st_mode);
}

static bool identity_same(const struct identity *a, const struct identity *b)
{
	if (a->device != b->device || a->inode != b->inode || !a->name != !b->name)
		return false;
	return !a->name || strcmp(a->name, b->name) == 0;
}

int identities_add(struct identities *set, const char *path, bool output, struct error *e)
{
	if (!path)
		return 0;
	struct identity it = { .path = path, .output = output };
	if (!identity_find(&it))
		return 0;
	for (size_t i = 0; i < set->count; i++) {
		const struct identity *other = &set->items[i];
		if (!identity_same(&it, other))
			continue;
		if (!it.output && !other->output) {
			if (strcmp(path, "-") == 0 && strcmp(other->path, "-") == 0)
				return error_set(
					e, STATUS_USAGE, "standard input is to be read twice");
			continue;
		}
		error_set(e, STATUS_USAGE, "an output would be written over %s (\"%s\" and \"%s\")",
			it.output && other->output ? "another output" : "an input",
			SHOW(slice_from(other->path)), SHOW(slice_from(path)));
		return error_hint(e, "every output needs a file of its own");
	}
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
