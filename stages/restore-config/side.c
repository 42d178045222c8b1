#include "side.h"

#include "member_name.h"
#include "show.h"
#include "utf8.h"

#include <stdlib.h>

/* As long as a configuration file may be for extract. */
#define FILE_LIMIT ((size_t)64 << 20)

#define MARK "\xEF\xBB\xBF"

void side_init(struct side *s)
{
	*s = (struct side){ 0 };
	keys_init(&s->names, sizeof(size_t));
	keys_init(&s->paths, 0);
	folding_init(&s->folding);
}

/* What is no file is not restored; what would be written through it is refused later on. */
static int member_skip(
	struct side *s, const struct member *member, struct messages *m, struct error *e)
{
	struct place place = { member->name, 0, { NULL, 0 } };
	message_at(m, &place, NULL, "skipped: %s", member->skipped);
	s->skipped++;
	return keys_add(&s->paths, member->path) == KEY_NONE ? error_memory(e) : 0;
}

/* The path of a member that has one; a file that was named has its own name only. */
static struct slice member_path(const struct member *member)
{
	struct slice path = member->path;
	if (member->only)
		for (struct slice rest = member->path; rest.ptr;)
			path = slice_cut(&rest, '/');
	return path;
}

/* Two files of one name could not be told apart in the stream of changes. */
static int name_note(struct side *s, const struct side_file *file, struct error *e)
{
	struct place place = { file->member, 0, { NULL, 0 } };
	struct slice name = slice_from(file->name);
	if (utf8_valid(name) < name.len)
		return error_at(e, STATUS_INPUT, &place, "the file's name is not UTF-8");
	buffer_clear(&s->scratch);
	if (fold_name_append(&s->folding, &s->scratch, name) != 0)
		return error_memory(e);
	uint32_t known = s->names.count;
	uint32_t index = keys_add(&s->names, buffer_slice(&s->scratch));
	if (index == KEY_NONE)
		return error_memory(e);
	size_t *at = keys_value(&s->names, index);
	if (index < known) {
		error_at(e, STATUS_INPUT, &place,
			"its name \"%s\" is, but for case, blanks and \"_\", that of %s",
			SHOW(name), SHOW(slice_from(s->files[*at].member)));
		return error_hint(e, "give one of them another name, before it is extracted too");
	}
	*at = s->count - 1;
	return 0;
}

static int bytes_read(struct side_file *file, struct source *source, struct error *e)
{
	struct place place = { file->member, 0, { NULL, 0 } };
	if (source_read_all(source, &file->bytes, FILE_LIMIT, e) != 0)
		return -1;
	if (file->bytes.len == FILE_LIMIT)
		return error_at(
			e, STATUS_INPUT, &place, "no configuration file is as long (64 MiB)");
	/* To extract, which cuts one when it decodes, the second is the file's only one. */
	if (file->bytes.len >= 6 && memcmp(file->bytes.ptr, MARK MARK, 6) == 0) {
		place.line = 1;
		error_at(e, STATUS_INPUT, &place, "begins with two byte order marks");
		return error_hint(e, "take one away, then extract and compare again");
	}
	return 0;
}

static int member_read(
	struct side *s, const struct member *member, struct config_keys *keys, struct error *e)
{
	struct side_file *files = reallocarray(s->files, s->count + 1, sizeof *files);
	if (!files)
		return error_memory(e);
	s->files = files;
	struct side_file *file = &files[s->count++];
	struct slice path = member_path(member);
	struct slice name = config_file_name(path);
	*file = (struct side_file){ .member = strdup(member->name),
		.path = strndup(path.ptr, path.len),
		.name = strndup(name.ptr, name.len) };
	if (!file->member || !file->path || !file->name || keys_add(&s->paths, path) == KEY_NONE)
		return error_memory(e);
	const char *fault = member_name_fault(path);
	struct place place = { file->member, 0, { NULL, 0 } };
	if (fault)
		return error_at(e, STATUS_INPUT, &place, "%s", fault);
	if (name_note(s, file, e) != 0 || bytes_read(file, member->source, e) != 0)
		return -1;
	return content_read(&file->content, file->member, slice_from(file->name),
		buffer_slice(&file->bytes), keys, e);
}

/* Does the path lead through a link or another file? */
static int paths_check(const struct side *s, struct error *e)
{
	for (size_t i = 0; i < s->count; i++) {
		struct place place = { s->files[i].member, 0, { NULL, 0 } };
		struct slice path = slice_from(s->files[i].path);
		for (size_t at = 0; at < path.len; at++) {
			struct slice folder = { path.ptr, at };
			if (path.ptr[at] == '/' && keys_find(&s->paths, folder) != KEY_NONE)
				return error_at(e, STATUS_INPUT, &place,
					"its path leads through \"%s\", which is no folder",
					SHOW(folder));
		}
	}
	return 0;
}

int side_read(struct side *s, const char *path, const struct input_limits *limits,
	struct config_keys *keys, struct messages *m, struct error *e)
{
	const struct input_options options = { .limits = *limits };
	char *copy = strdup(path);
	struct inputs *inputs = copy ? inputs_open(&copy, 1, &options, e) : NULL;
	struct member member;
	int more = inputs ? 1 : copy ? -1 : error_memory(e);
	while (more > 0 && (more = inputs_next(inputs, &member, e)) > 0)
		if ((member.source ? member_read(s, &member, keys, e)
				   : member_skip(s, &member, m, e)) != 0)
			more = -1;
	if (more == 0) {
		s->ignored = inputs_counts(inputs).ignored;
		more = paths_check(s, e);
	}
	struct place place = { path, 0, { NULL, 0 } };
	if (more == 0 && s->count == 0)
		more = error_at(e, STATUS_INPUT, &place, "holds no configuration file");
	inputs_close(inputs);
	free(copy);
	return more;
}

int side_find(struct side *s, struct slice name, struct side_file **file, struct error *e)
{
	*file = NULL;
	buffer_clear(&s->scratch);
	if (fold_name_append(&s->folding, &s->scratch, name) != 0)
		return error_memory(e);
	uint32_t index = keys_find(&s->names, buffer_slice(&s->scratch));
	if (index == KEY_NONE)
		return 0;
	struct side_file *found = &s->files[*(size_t *)keys_value(&s->names, index)];
	if (slice_equal(slice_from(found->name), name))
		*file = found;
	return 0;
}

void side_release(struct side *s)
{
	for (size_t i = 0; i < s->count; i++) {
		struct side_file *file = &s->files[i];
		free(file->member);
		free(file->path);
		free(file->name);
		buffer_release(&file->bytes);
		content_release(&file->content);
	}
	free(s->files);
	keys_release(&s->names);
	folding_release(&s->folding);
	buffer_release(&s->scratch);
	keys_release(&s->paths);
	*s = (struct side){ 0 };
}
