/*
 * Test program: the entries of the properties files that standard input names, one a line, in the
 * form of scripts/Properties.java: `= FILE`, then `KEY<tab>VALUE` each, or `!` for a file that is
 * refused. Bytes other than printable ASCII, and the backslash, are \xHH.
 *
 * It also checks what Java cannot tell: that the natural lines are the file, that the lines of an
 * entry are its bytes, and that these bytes alone give the same entry. Status 1 when they do not.
 */
#include "properties.h"
#include "source.h"

#include <stdio.h>

static void print_escaped(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.ptr[i];
		if (byte < 0x20 || byte > 0x7E || byte == '\\')
			printf("\\x%02X", byte);
		else
			putchar(byte);
	}
}

/* An empty line goes first, so that U+FEFF in the first key is not the mark of the file's start. */
static bool same_alone(const struct properties *p, const struct property *entry, struct error *e)
{
	struct buffer bytes = { 0 };
	struct slice own = { p->bytes.ptr + entry->start, entry->end - entry->start };
	struct properties alone = { 0 };
	bool same = buffer_put(&bytes, '\n') == 0 && buffer_append(&bytes, own) == 0 &&
		    properties_read(&alone, "alone", buffer_slice(&bytes), e) == 0 &&
		    alone.count == 1 && alone.entries[0].flags == entry->flags &&
		    slice_equal(property_key(&alone, alone.entries), property_key(p, entry)) &&
		    slice_equal(property_value(&alone, alone.entries), property_value(p, entry));
	properties_release(&alone);
	buffer_release(&bytes);
	return same;
}

/* Do the natural lines, one after the other, give the file, and those of an entry its bytes? */
static bool lines_tile(const struct properties *p)
{
	size_t at = 0;
	size_t entries = 0;
	uint32_t number = 1;
	size_t bom = p->bytes.len >= 3 && memcmp(p->bytes.ptr, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	for (struct property_line line = { 0 }; properties_line(p, &line);) {
		if (line.start != at || line.end <= at || line.number != number)
			return false;
		at = line.end;
		number += p->bytes.ptr[at - 1] == '\n';
		if (line.kind != PROPERTY_LINE_ENTRY)
			continue;
		const struct property *entry = &p->entries[line.entry];
		entries += line.first;
		if (line.first && (entry->line != line.number ||
					  entry->start != (line.start ? line.start : bom)))
			return false;
		if (entries != line.entry + 1 || line.end > entry->end)
			return false;
	}
	return at == p->bytes.len && entries == p->count;
}

/* True when the file is fine, or refused. */
static bool dump(const char *path)
{
	struct error e = { 0 };
	struct file_source file;
	struct buffer bytes = { 0 };
	if (file_source_open(&file, path, &e) != 0 ||
		source_read_all(&file.source, &bytes, UINT32_MAX, &e) != 0) {
		fprintf(stderr, "%.*s\n", (int)e.text.len, e.text.ptr);
		return false;
	}
	file_source_close(&file);
	printf("= %s\n", path);
	struct properties p;
	bool fine = true;
	if (properties_read(&p, path, buffer_slice(&bytes), &e) != 0) {
		puts("!");
	} else {
		fine = lines_tile(&p);
		for (size_t i = 0; i < p.count; i++) {
			print_escaped(property_key(&p, &p.entries[i]));
			putchar('\t');
			print_escaped(property_value(&p, &p.entries[i]));
			putchar('\n');
			fine = fine && same_alone(&p, &p.entries[i], &e);
		}
		properties_release(&p);
	}
	if (!fine)
		printf("the model of %s does not hold together\n", path);
	error_release(&e);
	buffer_release(&bytes);
	return fine;
}

int main(void)
{
	char path[4096];
	int status = 0;
	while (fgets(path, sizeof path, stdin)) {
		path[strcspn(path, "\n")] = '\0';
		if (!dump(path))
			status = 1;
	}
	return fflush(stdout) == 0 ? status : 1;
}
