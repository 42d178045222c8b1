#include "writer.h"

/* Records leave in blocks of about this many bytes. */
#define WRITER_BLOCK ((size_t)256 << 10)

void writer_init(struct writer *w, struct output *output, enum format format)
{
	*w = (struct writer){ .output = output, .format = format };
}

/* Not zero where one of the eight bytes is `c`. */
static uint64_t holds(uint64_t eight, unsigned char c)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t zero = eight ^ ones * c;
	return (zero - ones) & ~zero & ones << 7;
}

static bool needs_quotes(struct slice field)
{
	const char *at = field.ptr;
	size_t left = field.len;
	for (uint64_t eight; left >= sizeof eight; at += sizeof eight, left -= sizeof eight) {
		memcpy(&eight, at, sizeof eight);
		if (holds(eight, ',') | holds(eight, '"') | holds(eight, '\n') | holds(eight, '\r'))
			return true;
	}
	for (; left; at++, left--)
		if (*at == ',' || *at == '"' || *at == '\n' || *at == '\r')
			return true;
	return false;
}

/* The caller has reserved twice the field's length and two bytes more. */
static void put_csv(struct buffer *out, struct slice field)
{
	char *to = out->ptr + out->len;
	if (!needs_quotes(field)) {
		if (field.len)
			memcpy(to, field.ptr, field.len);
		out->len += field.len;
		return;
	}
	*to++ = '"';
	for (size_t i = 0; i < field.len; i++) {
		if (field.ptr[i] == '"')
			*to++ = '"';
		*to++ = field.ptr[i];
	}
	*to++ = '"';
	out->len = (size_t)(to - out->ptr);
}

static void put_tsv(struct buffer *out, struct slice field)
{
	static const char special[] = "\t\n\r\\";
	static const char letters[] = "tnr\\";
	char *to = out->ptr + out->len;
	for (size_t i = 0; i < field.len; i++) {
		const char *found = memchr(special, field.ptr[i], sizeof special - 1);
		if (found) {
			*to++ = '\\';
			*to++ = letters[found - special];
		} else {
			*to++ = field.ptr[i];
		}
	}
	out->len = (size_t)(to - out->ptr);
}

void writer_field(struct writer *w, struct slice field)
{
	/* Separator, both quotes, and every byte escaped. */
	if (w->memory_failed || field.len > SIZE_MAX / 4 ||
		buffer_reserve(&w->pending, field.len * 2 + 3) != 0) {
		w->memory_failed = true;
		return;
	}
	if (w->fields++ > 0)
		w->pending.ptr[w->pending.len++] = w->format == FORMAT_TSV ? '\t' : ',';
	if (w->format == FORMAT_TSV)
		put_tsv(&w->pending, field);
	else
		put_csv(&w->pending, field);
}

static int writer_end_pending(struct writer *w, struct error *e)
{
	/* A record of one empty field must not look like an empty line. */
	if (w->format == FORMAT_CSV && w->fields == 1 && w->pending.len == w->start)
		w->memory_failed |= buffer_append(&w->pending, SLICE("\"\"")) != 0;
	w->memory_failed |= buffer_put(&w->pending, '\n') != 0;
	if (w->memory_failed)
		return error_memory(e);
	w->fields = 0;
	w->start = w->pending.len;
	w->records++;
	return 0;
}

int writer_end(struct writer *w, struct error *e)
{
	if (writer_end_pending(w, e) != 0)
		return -1;
	return w->pending.len >= WRITER_BLOCK ? writer_flush(w, e) : 0;
}

int writer_encode(struct writer *w, const struct slice *fields, size_t count, struct slice *bytes,
	struct error *e)
{
	w->pending.len = w->start = 0;
	for (size_t i = 0; i < count; i++)
		writer_field(w, fields[i]);
	if (writer_end_pending(w, e) != 0)
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
	for (size_t i = 0; i < count; i++)
		writer_field(w, fields[i]);
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
