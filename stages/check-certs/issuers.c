#include "issuers.h"

#include "signature.h"

#include <stdlib.h>

/* An item in the order in which it is looked at. */
struct entry {
	uint32_t name; /* of those that may be issuers the subject, else the issuer */
	int64_t ends;
	struct slice print;
	size_t index;
};

struct finder {
	const struct collection *all;
	uint64_t budget;
	struct opened *issuers[ISSUERS_OF_A_NAME]; /* of the present name */
	const struct entry *entries;               /* theirs */
	size_t opened;
	size_t named; /* how many have the name; more than `opened` where they are too many */
};

/* By name, the one that ends last first. */
static int compare(const void *a, const void *b)
{
	const struct entry *one = a;
	const struct entry *other = b;
	if (one->name != other->name)
		return one->name < other->name ? -1 : 1;
	if (one->ends != other->ends)
		return one->ends > other->ends ? -1 : 1;
	return slice_compare(one->print, other->print);
}

static struct entry *entries_make(const struct collection *all, bool issuers)
{
	size_t count = collection_count(all);
	struct entry *entries = calloc(count + 1, sizeof *entries);
	for (size_t i = 0; entries && i < count; i++) {
		struct collected c = collection_at(all, i);
		entries[i] = (struct entry){ issuers ? c.subject_name : c.issuer_name,
			c.life.not_after == DAY_NONE ? INT64_MAX : c.life.not_after, c.print, i };
	}
	if (entries)
		qsort(entries, count, sizeof *entries, compare);
	return entries;
}

/* The check, as long as there is a budget for it. */
static bool is_signed(struct finder *f, struct opened *issuer, struct opened *o, bool *unchecked)
{
	uint64_t cost = opened_cost(issuer);
	if (cost > f->budget) {
		*unchecked = true;
		return false;
	}
	f->budget -= cost;
	return opened_signed(issuer, o);
}

static struct issued issuer_of(struct finder *f, const struct entry *entry, struct opened *o)
{
	struct issued result = { ISSUER_ABSENT, 0 };
	struct collected c = collection_at(f->all, entry->index);
	bool unchecked = f->named > f->opened;
	if (c.subject_name == c.issuer_name && is_signed(f, o, o, &unchecked))
		return (struct issued){ ISSUER_SELF, entry->index };
	for (size_t i = 0; i < f->opened; i++) {
		size_t by = f->entries[i].index;
		if (by == entry->index || !opened_may_issue(f->issuers[i], o))
			continue;
		if (is_signed(f, f->issuers[i], o, &unchecked))
			return (struct issued){ ISSUER_FOUND, by };
		if (result.how == ISSUER_ABSENT)
			result = (struct issued){ ISSUER_OTHER, by };
	}
	if (unchecked)
		result.how = ISSUER_UNCHECKED;
	return result;
}

static void finder_close(struct finder *f)
{
	for (size_t i = 0; i < f->opened; i++)
		opened_free(f->issuers[i]);
	f->opened = 0;
	f->named = 0;
}

/* Opens those of a name, which are the first of the entries: 0, or -1. */
static int finder_open(struct finder *f, const struct entry *entries, size_t named, struct error *e)
{
	finder_close(f);
	f->entries = entries;
	f->named = named;
	while (f->opened < named && f->opened < ISSUERS_OF_A_NAME) {
		struct collected c = collection_at(f->all, entries[f->opened].index);
		struct opened *o = opened_read(c.der);
		if (!o)
			return error_memory(e);
		f->issuers[f->opened++] = o;
	}
	return 0;
}

/* Opens those of the next name in order; `*from` is behind the names before. */
static int finder_turn(
	struct finder *f, const struct entry *named, uint32_t name, size_t *from, struct error *e)
{
	size_t count = collection_count(f->all);
	while (*from < count && named[*from].name < name)
		++*from;
	size_t first = *from;
	while (*from < count && named[*from].name == name)
		++*from;
	return finder_open(f, named + first, *from - first, e);
}

static int find_all(struct finder *f, const struct entry *named, const struct entry *entries,
	struct issued *issued, struct error *e)
{
	size_t count = collection_count(f->all);
	size_t from = 0;
	for (size_t i = 0; i < count; i++) {
		if ((i == 0 || entries[i].name != entries[i - 1].name) &&
			finder_turn(f, named, entries[i].name, &from, e) != 0)
			return -1;
		if (f->named == 0) {
			issued[entries[i].index] = (struct issued){ ISSUER_ABSENT, 0 };
			continue;
		}
		struct collected c = collection_at(f->all, entries[i].index);
		struct opened *o = opened_read(c.der);
		if (!o)
			return error_memory(e);
		issued[entries[i].index] = issuer_of(f, &entries[i], o);
		opened_free(o);
	}
	return 0;
}

int issuers_find(
	const struct collection *c, uint64_t budget, struct issued *issued, struct error *e)
{
	struct finder finder = { .all = c, .budget = budget };
	struct entry *named = entries_make(c, true);
	struct entry *entries = entries_make(c, false);
	int result =
		named && entries ? find_all(&finder, named, entries, issued, e) : error_memory(e);
	finder_close(&finder);
	free(named);
	free(entries);
	return result;
}
