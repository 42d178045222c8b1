#include "discretion.h"

#include "member_name.h"

int discretion_open(struct discretion *d, const char *schemas, struct error *e)
{
	*d = (struct discretion){ 0 };
	return config_keys_load(&d->keys, schemas, e);
}

int discretion_member(struct discretion *d, struct slice path, struct error *e)
{
	buffer_clear(&d->file);
	buffer_clear(&d->shown);
	return buffer_append(&d->file, config_file_name(path)) == 0 ? 0 : error_memory(e);
}

/* A "=" or ":" after a key without delimiters: no line of a table, as far as we know. */
static bool is_plain(const struct properties *p, const struct property *entry)
{
	struct slice key = property_key(p, entry);
	if (!(entry->flags & (PROPERTY_EQUALS | PROPERTY_COLON)))
		return false;
	for (size_t i = 0; i < key.len; i++)
		if (strchr(",;|\t\"", key.ptr[i]))
			return false;
	return key.len > 0;
}

static bool is_comment(struct slice line)
{
	size_t at = 0;
	while (at < line.len && strchr(" \t\f\r", line.ptr[at]))
		at++;
	return at == line.len || line.ptr[at] == '#' || line.ptr[at] == '!';
}

/* The lines up to the first that is neither blank nor a comment. */
static struct slice first_lines(struct slice front)
{
	size_t end = 0;
	bool comment = true;
	while (comment && end < front.len) {
		struct slice rest = slice_skip(front, end);
		const char *at = memchr(rest.ptr, '\n', rest.len);
		struct slice line = { rest.ptr, at ? (size_t)(at - rest.ptr) + 1 : rest.len };
		comment = is_comment((struct slice){ line.ptr, line.len - (at != NULL) });
		end += line.len;
	}
	return (struct slice){ front.ptr, end };
}

bool discretion_config(struct slice front)
{
	struct properties properties;
	struct error ignored = { 0 };
	const char *end = front.len ? memrchr(front.ptr, '\n', front.len) : NULL;
	if (end)
		front.len = (size_t)(end - front.ptr) + 1;
	/* One that is damaged somewhere is one all the same. */
	if (properties_read(&properties, "", front, &ignored) != 0 &&
		properties_read(&properties, "", first_lines(front), &ignored) != 0) {
		error_release(&ignored);
		return false;
	}
	error_release(&ignored);
	size_t plain = 0;
	for (size_t i = 0; i < properties.count; i++)
		plain += is_plain(&properties, &properties.entries[i]);
	bool config = properties.count && is_plain(&properties, properties.entries) &&
		      2 * plain > properties.count;
	properties_release(&properties);
	return config;
}

/* What cannot be told is not shown; only a lack of memory is an error. */
static int cannot_tell(struct error *e)
{
	if (e->status == STATUS_SYSTEM)
		return -1;
	error_release(e);
	return 0;
}

static int shows(struct discretion *d, const struct properties *p, struct error *e)
{
	struct masking masking;
	struct property_line line = { 0 };
	int shown = 1;
	masking_init(&masking, &d->keys, p, buffer_slice(&d->file), (struct slice){ NULL, 0 });
	while (shown == 1 && properties_line(p, &line)) {
		int mask = masking_line(&masking, &line, e);
		if (mask < 0)
			shown = -1;
		else if (mask == MASK_WHOLE)
			shown = 0;
		else if (mask == MASK_VALUE)
			shown = property_value(p, &p->entries[line.entry]).len == 0;
	}
	masking_release(&masking);
	return shown;
}

int discretion_shows(struct discretion *d, struct slice text, struct error *e)
{
	struct properties properties;
	if (text.len == 0)
		return 1;
	if (properties_read(&properties, "", text, e) != 0)
		return cannot_tell(e);
	int shown = shows(d, &properties, e);
	properties_release(&properties);
	return shown < 0 ? cannot_tell(e) : shown;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* How long the key would be, were this an entry; 0: it is none. */
static size_t key_length(struct slice line)
{
	bool letters = false;
	bool dot = false;
	size_t word = 0; /* the length of the first one, once a blank has ended it */
	for (size_t i = 0; i < line.len; i++) {
		char c = line.ptr[i];
		if (c == '=' || c == ':')
			return letters ? i : 0;
		if (strchr(",;|\"", c))
			break;
		letters |= is_letter(c);
		dot |= c == '.' && word == 0;
		if (word == 0 && (c == ' ' || c == '\t' || c == '\f'))
			word = i;
	}
	return letters && dot ? word : 0;
}

int discretion_line(struct discretion *d, struct slice line, struct error *e)
{
	while (line.len && strchr(" \t\f#!;", *line.ptr))
		line = slice_skip(line, 1);
	if (line.len == 0)
		return 1;
	if (memmem(line.ptr, line.len, "PRIVATE KEY", 11) &&
		memmem(line.ptr, line.len, "-----BEGIN", 10))
		return 0;
	struct slice key = { line.ptr, key_length(line) };
	if (key.len == 0)
		return 1;
	/* The values of a column may all look like it; only a URL can be a secret by itself. */
	bool url = memmem(line.ptr, line.len, "://", 3) != NULL;
	if (!url && slice_equal(key, buffer_slice(&d->shown)))
		return 1;
	int shown = discretion_shows(d, line, e);
	buffer_clear(&d->shown);
	if (shown > 0 && buffer_append(&d->shown, key) != 0)
		return error_memory(e);
	return shown;
}

int discretion_heading(struct discretion *d, struct slice heading, struct error *e)
{
	if (heading.len == 0 ||
		(!memchr(heading.ptr, '=', heading.len) && !memchr(heading.ptr, ':', heading.len)))
		return 1;
	return discretion_shows(d, heading, e);
}

int discretion_names_secret(
	struct discretion *d, const struct slice *fields, size_t count, struct error *e)
{
	struct key_rule rule;
	for (size_t i = 0; i < count; i++) {
		if (config_keys_find(&d->keys, buffer_slice(&d->file), fields[i], &rule, e) != 0)
			return cannot_tell(e) < 0 ? -1 : 1;
		if (rule.class == KEY_SECRET)
			return 1;
	}
	return 0;
}

void discretion_release(struct discretion *d)
{
	config_keys_release(&d->keys);
	buffer_release(&d->file);
	buffer_release(&d->shown);
}
