#include "collection.h"

#include <inttypes.h>

/* Each try takes a check of a signature, and a file could have any number of one name. */
#define TRIES 16

#define NONE SIZE_MAX

struct item {
	size_t place, place_length; /* in `places` */
	size_t der, der_length;     /* in `ders` */
	uint32_t subject, issuer;   /* in `names` */
	size_t next;                /* the next of the same subject, or NONE */
	struct life life;
};

/* The items with a subject, in order. */
struct named {
	bool any;
	size_t first, last;
};

void collection_init(struct collection *c)
{
	*c = (struct collection){ 0 };
	keys_init(&c->prints, sizeof(size_t));
	keys_init(&c->names, sizeof(struct named));
}

static struct item *item_at(const struct collection *c, size_t index)
{
	void *items = c->items.ptr;
	return (struct item *)items + index;
}

static struct slice der_of(const struct collection *c, size_t index)
{
	const struct item *item = item_at(c, index);
	return (struct slice){ c->ders.ptr + item->der, item->der_length };
}

static int text_add(struct collection *c, struct item *item, const struct certificate *from,
	const struct place *place)
{
	item->place = c->places.len;
	int failed = buffer_append(&c->places, slice_from(place->file));
	if (place->line)
		failed |= buffer_printf(&c->places, ":%" PRIu64, place->line);
	item->place_length = c->places.len - item->place;
	item->der = c->ders.len;
	item->der_length = from->der.len;
	failed |= buffer_append(&c->ders, buffer_slice(&from->der));
	item->issuer = keys_add(&c->names, buffer_slice(&from->issuer));
	item->subject = keys_add(&c->names, buffer_slice(&from->subject));
	return failed || item->issuer == KEY_NONE || item->subject == KEY_NONE ? -1 : 0;
}

static day_t day_of(const struct validity *v)
{
	return v->moment == MOMENT_NONE ? DAY_NONE : moment_day(v->moment);
}

int collection_add(struct collection *c, const struct certificate *certificate,
	const struct place *place, size_t *first, struct error *e)
{
	uint32_t known = c->prints.count;
	uint32_t print = keys_add(&c->prints, slice_from(certificate->sha256));
	if (print == KEY_NONE)
		return error_memory(e);
	size_t *value = keys_value(&c->prints, print);
	if (print < known) {
		*first = *value;
		return 0;
	}
	size_t index = collection_count(c);
	struct item item = { .next = NONE,
		.life = { day_of(&certificate->not_before), day_of(&certificate->not_after),
			certificate->authority } };
	*value = index;
	if (text_add(c, &item, certificate, place) != 0 ||
		buffer_append(&c->items, (struct slice){ (const char *)&item, sizeof item }) != 0)
		return error_memory(e);
	struct named *named = keys_value(&c->names, item.subject);
	if (named->any)
		item_at(c, named->last)->next = index;
	else
		named->first = index;
	named->any = true;
	named->last = index;
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
		.subject = keys_at(&c->names, item->subject),
		.issuer = keys_at(&c->names, item->issuer),
		.life = item->life,
	};
}

enum issuer collection_issuer(const struct collection *c, size_t index, size_t *issuer)
{
	const struct item *item = item_at(c, index);
	struct slice der = der_of(c, index);
	if (item->issuer == item->subject && certificate_signed_by(der, der) == SIGNATURE_GOOD)
		return ISSUER_SELF;
	const struct named *named = keys_value(&c->names, item->issuer);
	enum issuer result = ISSUER_ABSENT;
	size_t at = named->any ? named->first : NONE;
	for (int tries = 0; at != NONE && tries < TRIES; at = item_at(c, at)->next) {
		if (at == index)
			continue;
		enum signature signature = certificate_signed_by(der, der_of(c, at));
		tries++;
		if (signature == SIGNATURE_OTHER ||
			(signature == SIGNATURE_BAD && result != ISSUER_ABSENT))
			continue;
		*issuer = at;
		if (signature == SIGNATURE_GOOD)
			return ISSUER_FOUND;
		result = ISSUER_OTHER;
	}
	return result;
}

void collection_release(struct collection *c)
{
	buffer_release(&c->items);
	buffer_release(&c->places);
	buffer_release(&c->ders);
	keys_release(&c->prints);
	keys_release(&c->names);
}
