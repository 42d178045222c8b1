#include "writer.h"

void writer_init(struct writer *w, struct output *output, enum format format)
{
	*w = (struct writer){ .output = output, .format = format };
}

/* Which bytes a format does not write as they are. */
static inline slice_halves special(slice_block block, bool tsv)
{
	const unsigned char separator = tsv ? '\t' : ',';
	const unsigned char escape = tsv ? '\\' : '"';
	return (slice_halves)((block == separator) | (block == escape) | (block == '\n') |
			      (block == '\r'));
}

/* Is one among the bytes for which a CSV field has to be quoted? */
static inline bool needs_quotes(struct slice field)
{
	slice_halves found;
	slice_block block;
	if (field.len <= sizeof block) {
		uint64_t words[2];
		slice_pack(field, words);
		found = special((slice_block)(slice_halves){ words[0], words[1] }, false);
	} else {
		/* The last block overlaps the one before. */
		memcpy(&block, field.ptr + field.len - sizeof block, sizeof block);
		found = special(block, false);
		for (size_t at = 0; at + sizeof block < field.len; at += sizeof block) {
			memcpy(&block, field.ptr + at, sizeof block);
			found |= special(block, false);
		}
	}
	return found[0] | found[1];
}

static char *put_quoted(char *to, struct slice field)
{
	*to++ = '"';
	while (field.ptr) {
		struct slice piece = slice_cut(&field, '"');
		memcpy(to, piece.ptr, piece.len);
		to += piece.len;
		if (field.ptr) {
			*to++ = '"';
			*to++ = '"';
		}
	}
	*to++ = '"';
	return to;
}

/* Most fields are short, and a call would be most of the work. */
static inline char *put_bytes(char *to, struct slice field)
{
	const char *from = field.ptr;
	size_t length = field.len;
	if (length > 2 * sizeof(uint64_t)) {
		memcpy(to, from, length);
	} else if (length >= sizeof(uint64_t)) {
		uint64_t first;
		uint64_t last;
		memcpy(&first, from, sizeof first);
		memcpy(&last, from + length - sizeof last, sizeof last);
		memcpy(to, &first, sizeof first);
		memcpy(to + length - sizeof last, &last, sizeof last);
	} else if (length >= sizeof(uint32_t)) {
		uint32_t first;
		uint32_t last;
		memcpy(&first, from, sizeof first);
		memcpy(&last, from + length - sizeof last, sizeof last);
		memcpy(to, &first, sizeof first);
		memcpy(to + length - sizeof last, &last, sizeof last);
	} else if (length) {
		to[0] = from[0];
		to[length / 2] = from[length / 2];
		to[length - 1] = from[length - 1];
	}
	return to + length;
}

static char *put_tsv(char *to, struct slice field)
{
	static const char special_bytes[] = "\t\n\r\\";
	static const char letters[] = "tnr\\";
	for (size_t i = 0; i < field.len; i++) {
		const char *found = memchr(special_bytes, field.ptr[i], sizeof special_bytes - 1);
		if (found) {
			*to++ = '\\';
			*to++ = letters[found - special_bytes];
		} else {
			*to++ = field.ptr[i];
		}
	}
	return to;
}

bool writer_is_word(struct slice field)
{
	for (size_t i = 0; i < field.len; i++)
		if (memchr(",\"\n\r\t\\", field.ptr[i], 6))
			return false;
	return true;
}

/*
 * Room for fields of `length` bytes in all, and what may have to be written with them: separators,
 * both quotes, every byte escaped, the end of the record.
 */
static inline bool has_room(struct writer *w, size_t length, size_t count)
{
	size_t need = length * 2 + count * 3 + WRITER_RECORD_END;
	if (w->pending.cap - w->pending.len >= need)
		return !w->memory_failed;
	w->memory_failed |= length > SIZE_MAX / 4 || buffer_reserve(&w->pending, need) != 0;
	return !w->memory_failed;
}

static inline char *put_field(char *to, struct slice field, bool tsv, bool word)
{
	if (word || field.len == 0)
		return put_bytes(to, field);
	if (tsv)
		return put_tsv(to, field);
	return needs_quotes(field) ? put_quoted(to, field) : put_bytes(to, field);
}

/*
 * The same of a field with slack, in blocks: the bytes behind its last are written over. Most words
 * fit into two, the second of which ends with the word, or is the first once more.
 */
static inline char *put_field_slack(char *to, struct slice field, bool tsv, bool word)
{
	const char *from = slice_start(field);
	slice_halves found = { 0, 0 };
	slice_block block;
	size_t at = 0;
	if (word && field.len <= 2 * sizeof block) {
		size_t second = field.len < sizeof block ? 0 : field.len - sizeof block;
		slice_block last;
		memcpy(&block, from, sizeof block);
		memcpy(&last, from + second, sizeof last);
		memcpy(to, &block, sizeof block);
		memcpy(to + second, &last, sizeof last);
		return to + field.len;
	}
	for (; field.len - at > sizeof block; at += sizeof block) {
		memcpy(&block, from + at, sizeof block);
		memcpy(to + at, &block, sizeof block);
		found |= special(block, tsv);
	}
	block = slice_block_of(from + at, field.len - at);
	memcpy(to + at, &block, sizeof block);
	if (word)
		return to + field.len;
	found |= special(block, tsv);
	if (found[0] | found[1])
		return tsv ? put_tsv(to, field) : put_quoted(to, field);
	return to + field.len;
}

__attribute__((always_inline)) static inline void put_fields(struct writer *w,
	const struct slice *fields, size_t count, uint64_t words, bool tsv, bool slack)
{
	const char separator = tsv ? '\t' : ',';
	const struct slice *end = fields + count;
	size_t length = SLICE_SLACK;
	for (const struct slice *field = fields; field < end; field++)
		length += field->len;
	if (count == 0 || !has_room(w, length, count))
		return;
	char *to = w->pending.ptr + w->pending.len;
	*to = separator;
	to += w->fields > 0;
	for (const struct slice *field = fields; field < end; field++, words >>= 1) {
		to = slack ? put_field_slack(to, *field, tsv, words & 1)
			   : put_field(to, *field, tsv, words & 1);
		*to++ = separator;
	}
	w->fields += count;
	w->pending.len = (size_t)(to - 1 - w->pending.ptr); /* behind the last there is none */
}

void writer_fields(struct writer *w, const struct slice *fields, size_t count, uint64_t words)
{
	put_fields(w, fields, count, words, w->format == FORMAT_TSV, false);
}

void writer_fields_slack(struct writer *w, const struct slice *fields, size_t count, uint64_t words)
{
	if (w->format == FORMAT_TSV)
		put_fields(w, fields, count, words, true, true);
	else
		put_fields(w, fields, count, words, false, true);
}

char *writer_first(struct writer *w, struct slice field, size_t most)
{
	if (!has_room(w, field.len + SLICE_SLACK + most, 1))
		return NULL;
	char *to = w->pending.ptr + w->pending.len;
	return w->format == FORMAT_TSV ? put_field_slack(to, field, true, false)
				       : put_field_slack(to, field, false, false);
}

void writer_field(struct writer *w, struct slice field)
{
	writer_fields(w, &field, 1, 0);
}

struct slice number_write(char into[NUMBER_TEXT], int64_t number)
{
	char *at = into + NUMBER_TEXT;
	uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	do
		*--at = (char)('0' + left % 10);
	while (left /= 10);
	if (number < 0)
		*--at = '-';
	return (struct slice){ at, (size_t)(into + NUMBER_TEXT - at) };
}

struct slice writer_begun(const struct writer *w)
{
	return slice_skip(buffer_slice(&w->pending), w->start);
}

void writer_forget(struct writer *w)
{
	w->pending.len = w->start;
	w->fields = 0;
}

void writer_begin(struct writer *w)
{
	writer_clear(w);
	(void)buffer_reserve(&w->pending, WRITER_BLOCK); /* it shows where a record has no room */
}

void writer_clear(struct writer *w)
{
	w->pending.len = w->start = w->fields = 0;
	w->records = 0;
}

int writer_take(struct writer *w, struct writer *from, struct error *e)
{
	struct slice bytes = { from->pending.ptr, from->start };
	w->records += from->records;
	/* Large ones go out as they are. */
	if (bytes.len >= WRITER_BLOCK / 16) {
		if (writer_flush(w, e) != 0 || output_write(w->output, bytes, e) != 0)
			return -1;
	} else {
		if (buffer_append(&w->pending, bytes) != 0)
			return error_memory(e);
		w->start = w->pending.len;
		if (w->pending.len >= WRITER_BLOCK && writer_flush(w, e) != 0)
			return -1;
	}
	writer_clear(from);
	return 0;
}

int writer_encode(struct writer *w, const struct slice *fields, size_t count, struct slice *bytes,
	struct error *e)
{
	w->pending.len = w->start = 0;
	writer_fields(w, fields, count, 0);
	if (writer_end_unsent(w, e) != 0)
		return -1;
	*bytes = buffer_slice(&w->pending);
	return 0;
}

int writer_encoded(struct writer *w, struct slice bytes, struct error *e)
{
	/* The line end is the last byte, and writer_end adds it. */
	w->memory_failed |=
		buffer_append(&w->pending, (struct slice){ bytes.ptr, bytes.len - 1 }) != 0;
	return writer_end(w, e);
}

int writer_record(struct writer *w, const struct slice *fields, size_t count, struct error *e)
{
	writer_fields(w, fields, count, 0);
	return writer_end(w, e);
}

int writer_flush(struct writer *w, struct error *e)
{
	size_t length = w->start;
	w->start = 0;
	w->pending.len = 0;
	return output_write(w->output, (struct slice){ w->pending.ptr, length }, e);
}

int writer_incomplete(struct writer *w, struct error *e)
{
	if (w->records == 0)
		return 0;
	w->pending.len = w->start; /* a record that was begun and not ended goes */
	if (writer_flush(w, e) != 0)
		return -1;
	return output_write(
		w->output, w->format == FORMAT_TSV ? SLICE("\\!") : SLICE("\"incomplete"), e);
}

void writer_release(struct writer *w)
{
	buffer_release(&w->pending);
}
