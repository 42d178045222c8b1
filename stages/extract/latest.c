#include "latest.h"

#include "hash.h"

struct latest_row {
	moment_t moment;
	uint64_t digest;
	uint64_t number; /* of the row that is kept, among all added */
	struct {
		uint64_t member : 24;
		uint64_t line : 40;
	} place, tie; /* tie.line 0: none */
};

void latest_init(struct latest *l, enum format format)
{
	*l = (struct latest){ 0 };
	keys_init(&l->keys, sizeof(struct latest_row));
	spool_init(&l->spool, 0);
	writer_init(&l->encoder, NULL, format);
}

/* A hash of the cells that are compared, with the seed of the keys. -1: no memory. */
static int cells_digest(const struct keys *keys, struct buffer *scratch, const struct slice *cells,
	size_t count, uint64_t *digest)
{
	buffer_clear(scratch);
	for (size_t i = 0; i < count; i++) {
		/* The length in front keeps ("a", "bc") and ("ab", "c") apart. */
		struct slice length = { (const char *)&cells[i].len, sizeof cells[i].len };
		if (buffer_append(scratch, length) != 0 || buffer_append(scratch, cells[i]) != 0)
			return -1;
	}
	*digest = hash_bytes(keys->seed, buffer_slice(scratch));
	return 0;
}

/* What stands in the spool before the bytes of a row. */
struct latest_head {
	uint64_t key;
	uint64_t length;
};

int latest_add(struct latest *l, struct slice key, moment_t moment, const struct slice *cells,
	size_t count, size_t compared, struct row_place place, struct error *e)
{
	uint32_t known = l->keys.count;
	uint32_t index = keys_add(&l->keys, key);
	uint64_t digest;
	if (index == KEY_NONE || cells_digest(&l->keys, &l->scratch, cells, compared, &digest) != 0)
		return error_memory(e);
	struct latest_row *row = keys_value(&l->keys, index);
	uint64_t number = l->added++;
	if (index == known || moment > row->moment) {
		*row = (struct latest_row){ .moment = moment, .digest = digest, .number = number };
		row->place.member = place.member & 0xFFFFFF;
		row->place.line = place.line & 0xFFFFFFFFFF;
	} else if (moment == row->moment && digest != row->digest && row->tie.line == 0) {
		row->tie.member = place.member & 0xFFFFFF;
		row->tie.line = place.line & 0xFFFFFFFFFF;
	}
	struct slice encoded;
	if (writer_encode(&l->encoder, cells, count, &encoded, e) != 0)
		return -1;
	const struct latest_head head = { index, encoded.len };
	if (spool_append(&l->spool, (struct slice){ (const char *)&head, sizeof head }, e) != 0)
		return -1;
	return spool_append(&l->spool, encoded, e);
}

bool latest_tie(const struct latest *l, struct row_place *one, struct row_place *other)
{
	for (uint32_t i = 0; i < l->keys.count; i++) {
		const struct latest_row *row = keys_value(&l->keys, i);
		if (row->tie.line == 0)
			continue;
		*one = (struct row_place){ (uint32_t)row->place.member, row->place.line };
		*other = (struct row_place){ (uint32_t)row->tie.member, row->tie.line };
		return true;
	}
	return false;
}

/* Reads exactly `length` bytes. */
static int read_exactly(struct source *s, char *into, size_t length, struct error *e)
{
	while (length) {
		ssize_t got = s->read(s, into, length, e);
		if (got < 0)
			return -1;
		if (got == 0)
			return error_set(e, STATUS_SYSTEM, "a temporary file is too short");
		into += got;
		length -= (size_t)got;
	}
	return 0;
}

int latest_write(struct latest *l, struct writer *w, uint64_t *kept, struct error *e)
{
	struct spool_source source;
	struct buffer row = { 0 };
	int result = 0;
	spool_source_init(&source, &l->spool, 0, spool_size(&l->spool));
	*kept = 0;
	for (uint64_t number = 0; result == 0 && number < l->added; number++) {
		struct latest_head head;
		buffer_clear(&row);
		result = read_exactly(&source.source, (char *)&head, sizeof head, e);
		if (result == 0 && buffer_reserve(&row, head.length) != 0)
			result = error_memory(e);
		if (result == 0)
			result = read_exactly(&source.source, row.ptr, head.length, e);
		const struct latest_row *last = keys_value(&l->keys, (uint32_t)head.key);
		if (result != 0 || last->number != number)
			continue;
		++*kept;
		result = writer_encoded(w, (struct slice){ row.ptr, head.length }, e);
	}
	buffer_release(&row);
	return result;
}

void latest_release(struct latest *l)
{
	keys_release(&l->keys);
	buffer_release(&l->scratch);
	spool_release(&l->spool);
	writer_release(&l->encoder);
}
