#include "collection.h"

struct item {
	size_t place, place_length; /* in `places` */
	size_t der, der_length;     /* in `ders` */
	uint32_t subject;           /* in `subjects` */
	uint32_t subject_name, issuer_name;
	struct life life;
};

void collection_init(struct collection *c)
{
	*c = (struct collection){ 0 };
	keys_init(&c->prints, 0);
	keys_init(&c->subjects, 0);
	keys_init(&c->names, 0);
}

static struct item *item_at(const struct collection *c, size_t index)
{
	void *items = c->items.ptr;
	return (struct item *)items + index;
}

static int text_add(
	struct collection *c, struct item *item, const struct certificate *from, struct slice place)
{
	item->place = c->places.len;
	int failed = buffer_append(&c->places, place);
	item->place_length = c->places.len - item->place;
	item->der = c->ders.len;
	item->der_length = from->der.len;
	failed |= buffer_append(&c->ders, buffer_slice(&from->der));
	item->subject = keys_add(&c->subjects, buffer_slice(&from->subject));
	item->subject_name = keys_add(&c->names, buffer_slice(&from->subject_name));
	item->issuer_name = keys_add(&c->names, buffer_slice(&from->issuer_name));
	bool added = item->subject != KEY_NONE && item->subject_name != KEY_NONE &&
		     item->issuer_name != KEY_NONE;
	return failed || !added ? -1 : 0;
}

static day_t day_of(const struct validity *v)
{
	return v->moment == MOMENT_NONE ? DAY_NONE : moment_day(v->moment);
}

int collection_add(struct collection *c, const struct certificate *certificate, struct slice place,
	size_t *first, struct error *e)
{
	uint32_t known = c->prints.count;
	uint32_t print = keys_add(&c->prints, slice_from(certificate->sha256));
	if (print == KEY_NONE)
		return error_memory(e);
	*first = print;
	if (print < known)
		return 0;
	struct item item = { .life = { day_of(&certificate->not_before),
				     day_of(&certificate->not_after), certificate->role } };
	if (text_add(c, &item, certificate, place) != 0 ||
		buffer_append(&c->items, (struct slice){ (const char *)&item, sizeof item }) != 0)
		return error_memory(e);
	return 1;
}

size_t collection_count(const struct collection *c)
{
	return c->items.len / sizeof(struct item);
}

struct collected collection_at(const struct collection *c, size_t index)
{
	const struct item *item = item_at(c, index);
	return (struct collected){
		.place = { c->places.ptr + item->place, item->place_length },
		.subject = keys_at(&c->subjects, item->subject),
		.print = keys_at(&c->prints, (uint32_t)index),
		.der = { c->ders.ptr + item->der, item->der_length },
		.subject_name = item->subject_name,
		.issuer_name = item->issuer_name,
		.life = item->life,
	};
}

void collection_release(struct collection *c)
{
	buffer_release(&c->items);
	buffer_release(&c->places);
	buffer_release(&c->ders);
	keys_release(&c->prints);
	keys_release(&c->subjects);
	keys_release(&c->names);
}
