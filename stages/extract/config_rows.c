#include "config_rows.h"

#include "show.h"

#include <inttypes.h>
#include <stdlib.h>

struct warner {
	const struct config_rows *rows;
	struct keys exact; /* spellings, and the line on which each was met last */
	struct keys folded;
	struct buffer scratch;
	uint32_t secret_line; /* of the secret that has been said to be wrapped */
};

/* The line of an earlier use of the key, or 0, and notes this one. -1: no memory. */
static int64_t spelling_note(struct keys *spellings, struct slice key, uint32_t line)
{
	uint32_t index = keys_add(spellings, key);
	if (index == KEY_NONE)
		return -1;
	uint32_t *last = keys_value(spellings, index);
	int64_t earlier = *last;
	*last = line;
	return earlier;
}

/* Without "=" and ":" the key may be the text of a secret. */
static bool key_shown(const struct property *entry)
{
	return entry->flags & (PROPERTY_EQUALS | PROPERTY_COLON);
}

/* `entry` NULL: the message is about the line. */
__attribute__((format(printf, 5, 6))) static void warn(const struct warner *w,
	const struct property *entry, uint32_t line, const char *hint, const char *format, ...)
{
	const struct config_rows *r = w->rows;
	struct place place = { r->member, line, { NULL, 0 } };
	struct buffer what = { 0 };
	if (entry && key_shown(entry))
		buffer_printf(&what, "key \"%s\" ", SHOW(property_key(r->properties, entry)));
	else
		buffer_printf(&what, "the line ");
	va_list arguments;
	va_start(arguments, format);
	buffer_vprintf(&what, format, arguments);
	va_end(arguments);
	message_at(r->messages, &place, hint, "%.*s", (int)what.len, what.len ? what.ptr : "");
	buffer_release(&what);
	r->counts->warnings++;
}

/* Warns of a key that was met before, as it is or but for its case: 0, or -1 without memory. */
static int warn_spelling(struct warner *w, const struct property *entry)
{
	struct slice key = property_key(w->rows->properties, entry);
	buffer_clear(&w->scratch);
	if (fold_case_append(w->rows->folding, &w->scratch, key) != 0)
		return -1;
	int64_t same = spelling_note(&w->exact, key, entry->line);
	int64_t alike = spelling_note(&w->folded, buffer_slice(&w->scratch), entry->line);
	if (same < 0 || alike < 0)
		return -1;
	if (same)
		warn(w, entry, entry->line, NULL,
			key_shown(entry)
				? "was set in line %" PRIi64 " already; the last one counts"
				: "has the key of line %" PRIi64 " again; the last one counts",
			same);
	else if (alike)
		warn(w, entry, entry->line, NULL, "differs only in case from that of line %" PRIi64,
			alike);
	return 0;
}

static int warn_entry(struct warner *w, const struct property *entry)
{
	if (warn_spelling(w, entry) != 0)
		return -1;
	if (property_bare(entry))
		warn(w, NULL, entry->line, NULL,
			"has no separator and is read as a key without a value");
	if (entry->flags & PROPERTY_CONTINUED)
		warn(w, entry, entry->line, NULL,
			"ends with a backslash and goes on in the next line");
	if (entry->flags & PROPERTY_UNKNOWN_ESCAPE)
		warn(w, entry, entry->line, "a backslash that is meant as such is written twice",
			"has a backslash before a character that needs none; it is dropped");
	return 0;
}

static int row_write(const struct config_rows *r, struct slice key, struct slice value, bool secret,
	uint32_t line, struct error *e)
{
	char number[11];
	snprintf(number, sizeof number, "%" PRIu32, line);
	struct slice fields[] = { r->name, key, value, secret ? SLICE("Y") : SLICE("N"),
		slice_from(number) };
	r->counts->secrets += secret;
	return writer_record(r->writer, fields, sizeof fields / sizeof fields[0], e);
}

static int entry_write(struct warner *w, const struct property *entry, enum mask mask,
	uint32_t secret_line, struct error *e)
{
	const struct config_rows *r = w->rows;
	struct slice key = property_key(r->properties, entry);
	struct slice value = property_value(r->properties, entry);
	r->counts->entries++;
	if (mask == MASK_WHOLE) {
		if (w->secret_line != secret_line)
			warn(w, NULL, entry->line, NULL,
				"is taken for the rest of the secret in line %" PRIu32
				" and not shown",
				secret_line);
		w->secret_line = secret_line;
		return row_write(r, SLICE("***"), SLICE("***"), true, entry->line, e);
	}
	if (warn_entry(w, entry) != 0)
		return error_memory(e);
	if (mask == MASK_VALUE && value.len) {
		buffer_clear(&w->scratch);
		if (r->fingerprint && fingerprint_append(r->fingerprint, &w->scratch, r->name, key,
					      value, e) != 0)
			return -1;
		value = r->fingerprint ? buffer_slice(&w->scratch) : SLICE("***");
	}
	return row_write(r, key, value, mask == MASK_VALUE, entry->line, e);
}

int config_rows_write(const struct config_rows *r, struct error *e)
{
	if (r->properties->count == 0)
		return row_write(r, SLICE(""), SLICE(""), false, 0, e);
	struct warner warner = { .rows = r };
	keys_init(&warner.exact, sizeof(uint32_t));
	keys_init(&warner.folded, sizeof(uint32_t));
	struct masking masking;
	masking_init(&masking, r->keys, r->properties, r->name, r->name_also);
	int result = 0;
	for (struct property_line line = { 0 };
		result == 0 && properties_line(r->properties, &line);) {
		int mask = masking_line(&masking, &line, e);
		if (mask < 0)
			result = -1;
		else if (line.first)
			result = entry_write(&warner, &r->properties->entries[line.entry],
				(enum mask)mask, masking.secret_line, e);
	}
	masking_release(&masking);
	keys_release(&warner.exact);
	keys_release(&warner.folded);
	buffer_release(&warner.scratch);
	return result;
}
