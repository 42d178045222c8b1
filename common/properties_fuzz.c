/*
 * Properties files: the natural lines are the file, the bytes of an entry alone give that entry,
 * what is read and written again is read the same, and the mask of a line is that of its entry.
 */
#include "masking.h"

#include "fuzz.h"

static void put_escaped(struct buffer *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '\n' || c == '\r' || c == '\f' || c == '\t') {
			buffer_printf(out, "\\u%04x", (unsigned)c);
			continue;
		}
		if (memchr(" \\=:#!", c, 6))
			buffer_put(out, '\\');
		buffer_put(out, c);
	}
}

static void check_same(const struct properties *p, const struct property *entry,
	const struct properties *other, const struct property *other_entry)
{
	REQUIRE(slice_equal(property_key(p, entry), property_key(other, other_entry)));
	REQUIRE(slice_equal(property_value(p, entry), property_value(other, other_entry)));
}

/* An empty line goes first, so that U+FEFF in the first key is not the mark of the file's start. */
static void check_alone(const struct properties *p, const struct property *entry)
{
	struct buffer bytes = { 0 };
	struct properties alone;
	struct error e = { 0 };
	buffer_put(&bytes, '\n');
	buffer_append(
		&bytes, (struct slice){ p->bytes.ptr + entry->start, entry->end - entry->start });
	REQUIRE(properties_read(&alone, "x", buffer_slice(&bytes), &e) == 0);
	REQUIRE(alone.count == 1 && alone.entries[0].flags == entry->flags);
	check_same(p, entry, &alone, alone.entries);
	properties_release(&alone);
	buffer_release(&bytes);
}

static void check_written(const struct properties *p)
{
	struct buffer bytes = { 0 };
	struct properties again;
	struct error e = { 0 };
	buffer_put(&bytes, '\n');
	for (size_t i = 0; i < p->count; i++) {
		put_escaped(&bytes, property_key(p, &p->entries[i]));
		buffer_put(&bytes, '=');
		put_escaped(&bytes, property_value(p, &p->entries[i]));
		buffer_put(&bytes, '\n');
	}
	REQUIRE(properties_read(&again, "x", buffer_slice(&bytes), &e) == 0);
	REQUIRE(again.count == p->count);
	for (size_t i = 0; i < p->count; i++)
		check_same(p, &p->entries[i], &again, &again.entries[i]);
	properties_release(&again);
	buffer_release(&bytes);
}

static void check_lines(const struct properties *p, struct config_keys *keys)
{
	struct masking masking;
	struct error e = { 0 };
	size_t at = 0;
	size_t entries = 0;
	uint32_t number = 1;
	int mask_of_entry = MASK_NOTHING;
	bool bom = p->bytes.len >= 3 && memcmp(p->bytes.ptr, "\xEF\xBB\xBF", 3) == 0;
	masking_init(&masking, keys, p, SLICE("CONNECTORS"), SLICE("iContent"));
	for (struct property_line line = { 0 }; properties_line(p, &line);) {
		REQUIRE(line.start == at && line.end > at && line.number == number);
		at = line.end;
		number += p->bytes.ptr[at - 1] == '\n';
		int mask = masking_line(&masking, &line, &e);
		REQUIRE(mask >= MASK_NOTHING && mask <= MASK_WHOLE);
		if (line.kind != PROPERTY_LINE_ENTRY)
			continue;
		const struct property *entry = &p->entries[line.entry];
		entries += line.first;
		REQUIRE(entries == line.entry + 1 && line.end <= entry->end);
		if (line.first) {
			REQUIRE(entry->line == line.number);
			REQUIRE(entry->start == (line.start ? line.start : bom ? 3 : 0));
			mask_of_entry = mask;
		}
		REQUIRE(mask == mask_of_entry);
	}
	REQUIRE(at == p->bytes.len && entries == p->count);
	masking_release(&masking);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct config_keys keys;
	struct error e = { 0 };
	struct properties p;
	if (keys.count == 0)
		REQUIRE(config_keys_load(&keys, NULL, &e) == 0);
	if (properties_read(&p, "x", (struct slice){ (const char *)data, size }, &e) != 0) {
		REQUIRE(e.status == STATUS_INPUT && e.text.len > 0);
		error_release(&e);
		return 0;
	}
	check_lines(&p, &keys);
	check_written(&p);
	for (size_t i = 0; i < p.count; i++)
		check_alone(&p, &p.entries[i]);
	properties_release(&p);
	return 0;
}
