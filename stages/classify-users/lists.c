#include "lists.h"

#include "show.h"
#include "table.h"

/* Two memory locations: one is read by workers while the other is written. */
struct marks {
	bool marked;
	bool matched;
};

void list_init(struct list *l)
{
	keys_init(&l->ids, sizeof(struct marks));
}

static int list_add(struct list *l, struct slice id, bool marked, struct error *e)
{
	uint32_t index = keys_add(&l->ids, id);
	if (index == KEY_NONE)
		return error_memory(e);
	struct marks *marks = keys_value(&l->ids, index);
	marks->marked |= marked;
	return 0;
}

struct list_reading {
	struct list *list;
	const struct column *columns;
	const char *stream;
	day_t as_of;
	bool open_end; /* an empty day is one that never comes */
};

enum { ID, DAY };

static int wrong_value(const struct list_reading *reading, const struct place *place,
	const char *column, struct slice got, const char *want, struct error *e)
{
	struct place where = *place;
	where.column = slice_from(column);
	error_at(e, STATUS_INPUT, &where, "wrong value (got \"%s\", want %s)", SHOW(got), want);
	return error_hint(e, "`extract --as %s` makes this stream", reading->stream);
}

static int list_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	const struct list_reading *reading = context;
	struct slice id = record_field(row, reading->columns[ID].index);
	struct slice text = record_field(row, reading->columns[DAY].index);
	day_t day = DAY_NONE;
	if (id.len == 0)
		return wrong_value(reading, place, reading->columns[ID].name, id, "an id", e);
	bool open = reading->open_end && text.len == 0;
	if (!open && day_read(text, &day) != DATE_OK)
		return wrong_value(
			reading, place, reading->columns[DAY].name, text, "YYYY-MM-DD", e);
	return list_add(reading->list, id, open || day >= reading->as_of, e);
}

static int list_read(struct list *l, const char *path, enum format format,
	struct list_reading *reading, struct column *columns, size_t count, struct error *e)
{
	reading->list = l;
	reading->columns = columns;
	return table_read(path, format, columns, count, list_take, reading, e);
}

int holds_read(struct list *l, const char *path, enum format format, day_t as_of, struct error *e)
{
	struct column columns[] = { { "user_id", true, -1 }, { "expires_on", false, -1 } };
	struct list_reading reading = { .stream = "holds", .as_of = as_of, .open_end = true };
	return list_read(l, path, format, &reading, columns, 2, e);
}

int classes_read(struct list *l, const char *path, enum format format, day_t as_of, struct error *e)
{
	struct column columns[] = { { "instructor_id", true, -1 }, { "starts_on", true, -1 },
		{ "class_id", true, -1 } };
	struct list_reading reading = { .stream = "classes", .as_of = as_of };
	return list_read(l, path, format, &reading, columns, 3, e);
}

bool list_marked(const struct list *l, struct slice id, uint32_t *index)
{
	*index = keys_find_slack(&l->ids, id);
	if (*index == KEY_NONE)
		return false;
	const struct marks *marks = keys_value(&l->ids, *index);
	return marks->marked;
}

void list_match(struct list *l, uint32_t index)
{
	if (index == KEY_NONE)
		return;
	struct marks *marks = keys_value(&l->ids, index);
	marks->matched = true;
}

uint64_t list_unmatched(const struct list *l)
{
	uint64_t count = 0;
	for (uint32_t i = 0; i < l->ids.count; i++) {
		const struct marks *marks = keys_value(&l->ids, i);
		count += !marks->matched;
	}
	return count;
}

void list_release(struct list *l)
{
	keys_release(&l->ids);
}
