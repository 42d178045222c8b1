#include "masking.h"

#define ARMOUR_BEGIN "-----BEGIN"
#define ARMOUR_END   "-----END"

/* How far a key of several words is followed. */
#define WORDS_LIMIT 256

static struct slice find(struct slice in, struct slice what)
{
	const char *at = in.len ? memmem(in.ptr, in.len, what.ptr, what.len) : NULL;
	return at ? slice_skip(in, (size_t)(at - in.ptr)) : (struct slice){ NULL, 0 };
}

void masking_init(struct masking *m, struct config_keys *keys, const struct properties *properties,
	struct slice file, struct slice file_also)
{
	*m = (struct masking){
		.keys = keys, .properties = properties, .file = file, .file_also = file_also
	};
}

static int key_find(struct masking *m, struct slice key, struct key_rule *rule, struct error *e)
{
	if (config_keys_find(m->keys, m->file, key, rule, e) != 0)
		return -1;
	if (rule->class == KEY_SECRET || m->file_also.len == 0)
		return 0;
	struct key_rule also;
	if (config_keys_find(m->keys, m->file_also, key, &also, e) != 0)
		return -1;
	if (also.class == KEY_SECRET)
		*rule = also;
	return 0;
}

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       memchr("._-[]", c, 5);
}

/*
 * `SFTP password=x` and `sftp:password=x` have for Java the key of the first word only, and the
 * secret's name is in what it reads as the value. Puts all the words before the sign into
 * `m->words`, or nothing when this is not the form of the entry or nothing follows the sign.
 */
static int words_read(struct masking *m, struct slice key, struct slice value, uint32_t flags)
{
	buffer_clear(&m->words);
	if (flags & PROPERTY_EQUALS || !(flags & (PROPERTY_BLANK | PROPERTY_COLON)))
		return 0;
	size_t length = 0;
	while (length < value.len && length < WORDS_LIMIT &&
		(is_word_byte(value.ptr[length]) || value.ptr[length] == ' '))
		length++;
	if (length == value.len || (value.ptr[length] != '=' && value.ptr[length] != ':'))
		return 0;
	size_t after = length + 1;
	while (after < value.len && (value.ptr[after] == '=' || value.ptr[after] == ' '))
		after++;
	if (after == value.len)
		return 0;
	value.len = length;
	int failed = buffer_append(&m->words, key) | buffer_put(&m->words, ' ') |
		     buffer_append(&m->words, value);
	return failed ? -1 : 0;
}

/* The rule of an entry: of its key, or of all its words where those name a secret. */
static int rule_find(struct masking *m, const struct properties *p, const struct property *entry,
	struct key_rule *rule, struct error *e)
{
	struct slice key = property_key(p, entry);
	if (key_find(m, key, rule, e) != 0)
		return -1;
	if (words_read(m, key, property_value(p, entry), entry->flags) != 0)
		return error_memory(e);
	if (rule->class == KEY_SECRET || m->words.len == 0)
		return 0;
	struct key_rule words;
	if (key_find(m, buffer_slice(&m->words), &words, e) != 0)
		return -1;
	if (words.class == KEY_SECRET)
		*rule = words;
	return 0;
}

/* Words with dots between: a.b, links[x].y. */
static bool is_dotted(struct slice key)
{
	bool dotted = false;
	for (size_t i = 0; i < key.len; i++) {
		if (!is_word_byte(key.ptr[i]))
			return false;
		dotted |= key.ptr[i] == '.' && i > 0 && i + 1 < key.len;
	}
	return dotted;
}

/* Does the entry, whose rule was found just now, look like the rest of the secret before it? */
static bool is_rest(const struct masking *m, const struct properties *p,
	const struct property *entry, const struct key_rule *rule)
{
	struct slice key = property_key(p, entry);
	struct slice value = property_value(p, entry);
	if (key.len == 0)
		return true;
	if (!(entry->flags & (PROPERTY_EQUALS | PROPERTY_COLON)))
		return m->words.len == 0;
	if (entry->flags & (PROPERTY_COLON | PROPERTY_BLANK))
		return false;
	if (value.len == 0 && is_dotted(key))
		return m->filled && rule->class == KEY_UNKNOWN;
	while (value.len && (value.ptr[value.len - 1] == '=' || value.ptr[value.len - 1] == ' '))
		value.len--;
	return value.len == 0;
}

/*
 * Armour that opens in these bytes of a secret hides everything up to where it closes, unless other
 * armour opens before.
 */
static void armour_note(struct masking *m, size_t start, size_t end)
{
	struct slice bytes = m->properties->bytes;
	/* No further than armour can begin in these bytes, or a file of secrets takes for ever. */
	size_t reach = end + strlen(ARMOUR_BEGIN) - 1;
	if (reach > bytes.len)
		reach = bytes.len;
	struct slice opened =
		find(slice_skip((struct slice){ bytes.ptr, reach }, start), SLICE(ARMOUR_BEGIN));
	if (opened.ptr)
		opened = slice_skip(bytes, (size_t)(opened.ptr - bytes.ptr));
	while (opened.ptr && bytes.len - opened.len < end) {
		size_t at = bytes.len - opened.len;
		struct slice next = find(slice_skip(opened, 1), SLICE(ARMOUR_BEGIN));
		struct slice closed = find(
			(struct slice){ opened.ptr, opened.len - next.len }, SLICE(ARMOUR_END));
		if (closed.ptr)
			m->armour_end = at + (size_t)(closed.ptr - opened.ptr) + strlen(ARMOUR_END);
		opened = next;
	}
}

static void secret_begins(struct masking *m, uint32_t line, bool filled)
{
	m->after_secret = true;
	m->secret_line = line;
	m->filled = filled;
}

static int masking_comment(struct masking *m, const struct property_line *line, struct error *e)
{
	struct slice bytes = { m->properties->bytes.ptr + line->start, line->end - line->start };
	struct properties *comment = &m->comment;
	if (properties_read_comment(comment, bytes, e) != 0)
		return -1;
	bool joined = m->joined_at && line->start == m->joined_at;
	bool hidden = joined || line->start < m->armour_end;
	if (comment->count == 0)
		return hidden ? MASK_WHOLE : MASK_NOTHING;
	const struct property *entry = &comment->entries[0];
	struct key_rule rule;
	if (rule_find(m, comment, entry, &rule, e) != 0)
		return -1;
	bool secret = rule.class == KEY_SECRET;
	if (!hidden && !secret && !(m->after_secret && is_rest(m, comment, entry, &rule)))
		return MASK_NOTHING;
	/* "# Passwords: see below" is a remark, and what follows it is not the rest of a secret. */
	bool remark = !(entry->flags & PROPERTY_EQUALS) &&
		      !(entry->flags & PROPERTY_COLON && is_dotted(property_key(comment, entry)));
	/* One that goes on with the next line is no remark to all who read it. */
	if (secret && !hidden && (!remark || entry->flags & PROPERTY_CONTINUED))
		secret_begins(m, line->number, entry->value_len > 0);
	if ((joined || (secret && !remark)) && entry->flags & PROPERTY_CONTINUED)
		m->joined_at = line->end;
	if (hidden || !remark)
		armour_note(m, line->start, line->end);
	return MASK_WHOLE;
}

/* Does a value by itself hold what nobody should see: a private key, or the password of a URL? */
static bool is_secret_value(struct slice value)
{
	if (find(value, SLICE(ARMOUR_BEGIN)).ptr && find(value, SLICE("PRIVATE KEY")).ptr)
		return true;
	for (struct slice at = find(value, SLICE("://")); at.ptr; at = find(at, SLICE("://"))) {
		at = slice_skip(at, 3);
		size_t colon = 0;
		for (size_t i = 0; i < at.len && !memchr("/?# ", at.ptr[i], 4); i++) {
			if (at.ptr[i] == ':' && colon == 0)
				colon = i + 1;
			if (at.ptr[i] == '@' && colon && i > colon)
				return true;
		}
	}
	return false;
}

/*
 * A backslash at the end of a path joins the next line to it, and that may be a secret's entry.
 * Each line of the entry but the first is read by itself: 1 for such a secret, 0, -1.
 */
static int has_joined_secret(struct masking *m, const struct property *entry, struct error *e)
{
	const char *bytes = m->properties->bytes.ptr;
	int found = 0;
	for (size_t at = entry->start; found == 0 && at < entry->end;) {
		size_t end = at;
		while (end < entry->end && bytes[end] != '\n' && bytes[end] != '\r')
			end++;
		struct properties line;
		struct error ignored = { 0 };
		struct key_rule rule;
		if (at > entry->start &&
			properties_read(
				&line, "", (struct slice){ bytes + at, end - at }, &ignored) == 0) {
			if (line.count && rule_find(m, &line, &line.entries[0], &rule, e) != 0)
				found = -1;
			else if (line.count)
				found = rule.class == KEY_SECRET && line.entries[0].value_len > 0;
			properties_release(&line);
		}
		error_release(&ignored);
		at = end + 1;
	}
	return found;
}

static int masking_entry(struct masking *m, const struct property_line *line, struct error *e)
{
	const struct property *entry = &m->properties->entries[line->entry];
	bool hidden =
		entry->start < m->armour_end || (m->joined_at && entry->start == m->joined_at);
	struct key_rule rule;
	if (rule_find(m, m->properties, entry, &rule, e) != 0)
		return -1;
	if (hidden || (m->after_secret && is_rest(m, m->properties, entry, &rule))) {
		armour_note(m, entry->start, entry->end);
		return MASK_WHOLE;
	}
	m->after_secret = false;
	bool secret =
		rule.class == KEY_SECRET || is_secret_value(property_value(m->properties, entry));
	if (!secret && entry->flags & PROPERTY_CONTINUED) {
		int joined = has_joined_secret(m, entry, e);
		if (joined < 0)
			return -1;
		secret = joined;
	}
	if (!secret)
		return MASK_NOTHING;
	secret_begins(m, entry->line, entry->value_len > 0);
	armour_note(m, entry->start, entry->end);
	return MASK_VALUE;
}

int masking_line(struct masking *m, const struct property_line *line, struct error *e)
{
	int mask = line->start < m->armour_end ? MASK_WHOLE : MASK_NOTHING;
	if (line->kind == PROPERTY_LINE_COMMENT)
		return masking_comment(m, line, e);
	if (line->kind == PROPERTY_LINE_BLANK)
		return mask;
	if (!line->first)
		return (int)m->present;
	mask = masking_entry(m, line, e);
	if (mask >= 0)
		m->present = (enum mask)mask;
	return mask;
}

void masking_release(struct masking *m)
{
	properties_release(&m->comment);
	buffer_release(&m->words);
}
