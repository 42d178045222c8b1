#include "fit.h"

#include "hidden.h"
#include "show.h"

#include <inttypes.h>

/*
 * `hidden`: the row may hide a value that is no secret here, since it is one on the other side or
 * in the source, and nothing is restored from it.
 */
static bool value_fits(const struct content *c, size_t entry, struct slice value, bool hidden)
{
	struct slice raw = property_value(&c->properties, &c->properties.entries[entry]);
	bool masked = hidden_value(value);
	switch (c->masks[entry]) {
	case MASK_WHOLE:
		return slice_equal(value, REST_KEY);
	case MASK_VALUE:
		return raw.len ? masked : value.len == 0;
	case MASK_NOTHING:
		break;
	}
	return slice_equal(value, raw) || (hidden && masked && raw.len);
}

static int unfit(const struct place *place, struct error *e, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static int unfit(const struct place *place, struct error *e, const char *format, ...)
{
	struct buffer what = { 0 };
	va_list arguments;
	va_start(arguments, format);
	buffer_vprintf(&what, format, arguments);
	va_end(arguments);
	error_at(e, STATUS_INPUT, place, "%.*s", (int)what.len, what.len ? what.ptr : "");
	buffer_release(&what);
	return error_hint(e, "extract both sides again and compare them again");
}

/* Where the row has the key on one side against that side's file. */
static int side_check(const struct change *change, const struct change_side *says,
	const struct side_file *file, size_t *entry, const char *column, struct place *place,
	struct error *e)
{
	place->column = slice_from(column);
	*entry = ENTRY_NONE;
	if (says->line && !file)
		return unfit(place, e, "no file there has the name \"%s\"", SHOW(change->file));
	if (file)
		*entry = content_find(&file->content, change->key);
	/* A file without entries is a row without a key, in line 0. */
	if (*entry == ENTRY_NONE && says->line == 0)
		return 0;
	if (*entry == ENTRY_NONE)
		return unfit(place, e, "%s has no key \"%s\" (want it in line %" PRIu32 ")",
			SHOW(slice_from(file->member)), SHOW(change->key), says->line);
	const struct content *content = &file->content;
	uint32_t line = content->properties.entries[*entry].line;
	if (line != says->line)
		return unfit(place, e,
			"key \"%s\" is in line %" PRIu32 " of %s (got %" PRIu32
			" from the changes)",
			SHOW(change->key), line, SHOW(slice_from(file->member)), says->line);
	return 0;
}

static int value_check(const struct change *change, const struct change_side *says,
	const struct side_file *file, size_t entry, bool hidden, const char *column,
	struct place *place, struct error *e)
{
	place->column = slice_from(column);
	if (entry == ENTRY_NONE || value_fits(&file->content, entry, says->value, hidden))
		return 0;
	return unfit(place, e, "key \"%s\" has another value in line %" PRIu32 " of %s",
		SHOW(change->key), says->line, SHOW(slice_from(file->member)));
}

static bool is_secret(const struct side_file *file, size_t entry)
{
	return entry != ENTRY_NONE && file->content.masks[entry] != MASK_NOTHING;
}

/* Does the kind of change go with the sides on which the key is? */
static bool kind_fits(const struct change *change, bool before, bool current)
{
	switch (change->kind) {
	case CHANGE_ADDED:
		return !before && current;
	case CHANGE_REMOVED:
		return before && !current;
	case CHANGE_CHANGED:
	case CHANGE_SAME:
	case CHANGE_UNKNOWN:
		break;
	}
	return before && current;
}

/* A row about a file as a whole: is the file where the row says? */
static int file_check(
	const struct change *change, const struct fit *fit, struct place *place, struct error *e)
{
	place->column = SLICE("change");
	if (!kind_fits(change, fit->before != NULL, fit->current != NULL))
		return unfit(place, e, "the file \"%s\" is not on the sides where the row has it",
			SHOW(change->file));
	return 0;
}

int fit_check(struct fit *fit, const struct change *change, struct side *before,
	struct side *current, const char *changes, struct error *e)
{
	struct place place = { changes, change->line, { NULL, 0 } };
	*fit = (struct fit){ .before_entry = ENTRY_NONE, .current_entry = ENTRY_NONE };
	if (side_find(before, change->file, &fit->before, e) != 0 ||
		side_find(current, change->file, &fit->current, e) != 0)
		return -1;
	bool whole = change->key.len == 0 && change->before.line == 0 && change->after.line == 0;
	if (whole)
		return file_check(change, fit, &place, e);
	if (side_check(change, &change->before, fit->before, &fit->before_entry, "before_line",
		    &place, e) != 0 ||
		side_check(change, &change->after, fit->current, &fit->current_entry, "after_line",
			&place, e) != 0)
		return -1;
	place.column = SLICE("change");
	if (!kind_fits(change, fit->before_entry != ENTRY_NONE, fit->current_entry != ENTRY_NONE))
		return unfit(&place, e, "key \"%s\" is not on the sides where the row has it",
			SHOW(change->key));
	fit->secret = is_secret(fit->before, fit->before_entry) ||
		      is_secret(fit->current, fit->current_entry);
	bool hidden = fit->secret || change->action == ACTION_RETYPE ||
		      change->action == ACTION_REGENERATE;
	if (value_check(change, &change->before, fit->before, fit->before_entry, hidden, "before",
		    &place, e) != 0)
		return -1;
	return value_check(change, &change->after, fit->current, fit->current_entry, hidden,
		"after", &place, e);
}
