#include "config.h"

#include "member_name.h"
#include "show.h"
#include "utf8.h"

#include <stdlib.h>

/* How many names a hint lists. */
#define LISTED_NAMES 20

static int renames_read(struct config *c, const struct config_options *options, struct error *e)
{
	c->renames = calloc(options->rename_count + 1, sizeof *c->renames);
	if (!c->renames)
		return error_memory(e);
	for (size_t i = 0; i < options->rename_count; i++) {
		struct slice to = slice_from(options->renames[i]);
		struct slice from = slice_cut(&to, '=');
		if (from.len == 0 || to.len == 0)
			return error_set(e, STATUS_USAGE,
				"--rename %s: unknown form (want OLD=NEW)",
				SHOW(slice_from(options->renames[i])));
		for (size_t j = 0; j < i; j++)
			if (slice_equal(c->renames[j].from, from))
				return error_set(e, STATUS_USAGE,
					"--rename %s: \"%s\" is renamed twice",
					SHOW(slice_from(options->renames[i])), SHOW(from));
		c->renames[i] = (struct config_rename){ .from = from, .to = to };
		c->rename_count++;
	}
	return 0;
}

int config_open(struct config *c, const struct config_options *options, struct error *e)
{
	*c = (struct config){ 0 };
	folding_init(&c->folding);
	keys_init(&c->names, sizeof(struct config_file));
	if (renames_read(c, options, e) != 0)
		goto failed;
	if (options->fingerprint_key) {
		if (fingerprint_open(&c->fingerprint, options->fingerprint_key, e) != 0)
			goto failed;
		c->fingerprints = true;
	}
	if (config_keys_load(&c->keys, options->schemas, e) == 0)
		return 0;
failed:
	config_release(c);
	return -1;
}

static struct slice name_rename(struct config *c, struct slice path, struct slice name)
{
	struct config_rename *by_name = NULL;
	for (size_t i = 0; i < c->rename_count; i++) {
		struct config_rename *rename = &c->renames[i];
		if (slice_equal(rename->from, path)) {
			rename->used = true;
			return rename->to;
		}
		if (slice_equal(rename->from, name))
			by_name = rename;
	}
	if (!by_name)
		return name;
	by_name->used = true;
	return by_name->to;
}

/* Two files of one name could not be told apart in the stream, nor in a refresh. */
static int name_taken(const struct config_file *other, const struct place *place, struct slice path,
	struct slice name, struct error *e)
{
	struct slice other_name = slice_from(other->name);
	if (slice_equal(other_name, name))
		error_at(e, STATUS_INPUT, place, "its name \"%s\" is also that of %s", SHOW(name),
			SHOW(slice_from(other->member)));
	else
		error_at(e, STATUS_INPUT, place,
			"its name \"%s\" is, but for case, blanks and \"_\", that of %s (\"%s\")",
			SHOW(name), SHOW(slice_from(other->member)), SHOW(other_name));
	return error_hint(e, "give one of them another name: --rename \"%s=NEW\"", SHOW(path));
}

/* Notes the file by its name: 0, or -1 with the error set. */
static int name_note(struct config *c, const struct place *place, struct slice path,
	struct slice name, struct error *e)
{
	uint32_t known = c->names.count;
	buffer_clear(&c->scratch);
	if (fold_name_append(&c->folding, &c->scratch, name) != 0)
		return error_memory(e);
	uint32_t index = keys_add(&c->names, buffer_slice(&c->scratch));
	if (index == KEY_NONE)
		return error_memory(e);
	struct config_file *file = keys_value(&c->names, index);
	if (index < known)
		return name_taken(file, place, path, name, e);
	*file = (struct config_file){ strdup(place->file), strndup(name.ptr, name.len) };
	return file->member && file->name ? 0 : error_memory(e);
}

int config_member(struct config *c, const char *name, struct slice path, struct slice bytes,
	struct writer *w, struct messages *m, struct error *e)
{
	struct place place = { name, 0, { NULL, 0 } };
	struct slice derived = config_file_name(path);
	struct slice renamed = name_rename(c, path, derived);
	if (utf8_valid(renamed) < renamed.len || utf8_valid(derived) < derived.len) {
		error_at(e, STATUS_INPUT, &place, "the file's name is not UTF-8");
		return error_hint(e, "give the file another name before it is read");
	}
	if (name_note(c, &place, path, renamed, e) != 0)
		return -1;
	struct properties properties;
	if (properties_read(&properties, name, bytes, e) != 0)
		return -1;
	struct config_rows rows = { .member = name,
		.name = renamed,
		.name_also = derived,
		.properties = &properties,
		.folding = &c->folding,
		.fingerprint = c->fingerprints ? &c->fingerprint : NULL,
		.keys = &c->keys,
		.writer = w,
		.messages = m,
		.counts = &c->counts };
	if (slice_equal(renamed, derived))
		rows.name_also = (struct slice){ NULL, 0 };
	int result = config_rows_write(&rows, e);
	properties_release(&properties);
	c->counts.files += result == 0;
	return result;
}

int config_finish(const struct config *c, struct error *e)
{
	for (size_t i = 0; i < c->rename_count; i++) {
		if (c->renames[i].used)
			continue;
		error_set(e, STATUS_INPUT, "--rename %s=%s: no configuration file has that name",
			SHOW(c->renames[i].from), SHOW(c->renames[i].to));
		struct buffer names = { 0 };
		for (uint32_t j = 0; j < c->names.count && j < LISTED_NAMES; j++) {
			buffer_append(&names, j ? SLICE(", ") : SLICE(""));
			const struct config_file *file = keys_value(&c->names, j);
			show_append(&names, slice_from(file->name));
		}
		error_hint(e, "the names are %.*s%s", (int)names.len, names.len ? names.ptr : "",
			c->names.count > LISTED_NAMES ? ", …" : "");
		buffer_release(&names);
		return -1;
	}
	return 0;
}

void config_release(struct config *c)
{
	for (uint32_t i = 0; i < c->names.count; i++) {
		struct config_file *file = keys_value(&c->names, i);
		free(file->member);
		free(file->name);
	}
	free(c->renames);
	keys_release(&c->names);
	config_keys_release(&c->keys);
	if (c->fingerprints)
		fingerprint_release(&c->fingerprint);
	folding_release(&c->folding);
	buffer_release(&c->scratch);
	*c = (struct config){ 0 };
}
