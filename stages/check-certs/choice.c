#include "choice.h"

#include <inttypes.h>
#include <stdlib.h>

/* The names, by number, of those that end on the day: NULL without memory. */
static bool *names_ending(const struct collection *all, day_t day, bool *any)
{
	bool *names = calloc((size_t)all->names.count + 1, sizeof *names);
	*any = false;
	for (size_t i = 0; names && day != DAY_NONE && i < collection_count(all); i++) {
		struct collected c = collection_at(all, i);
		if (c.life.not_after == day)
			*any = names[c.subject_name] = true;
	}
	return names;
}

static void take(struct choice *choice, const struct collected *c)
{
	if (choice->count < CHOICE_NAMED)
		choice->certificates[choice->count] = *c;
	choice->count++;
}

int choice_make(struct choice *choice, const struct collection *all, day_t as_of, day_t due)
{
	struct choice named = { 0 };
	bool any;
	bool *names = names_ending(all, due, &any);
	*choice = (struct choice){ 0 };
	if (!names)
		return -1;
	for (size_t i = 0; i < collection_count(all); i++) {
		struct collected c = collection_at(all, i);
		enum fitness fitness = fitness_of(&c.life, as_of, due);
		choice->counts[fitness]++;
		if (fitness != FITNESS_FIT)
			continue;
		take(choice, &c);
		if (names[c.subject_name])
			take(&named, &c);
	}
	free(names);
	choice->renamed = any && named.count == 0;
	if (named.count) {
		memcpy(named.counts, choice->counts, sizeof named.counts);
		*choice = named;
	}
	return 0;
}

int choice_append_unfit(struct buffer *out, const struct choice *choice)
{
	static const struct {
		const char *one, *more;
	} words[FITNESS_COUNT] = {
		[FITNESS_ENDS_EARLY] = { "ends too early", "end too early" },
		[FITNESS_BEGINS_LATE] = { "begins too late", "begin too late" },
		[FITNESS_AUTHORITY] = { "is an authority's", "are authorities'" },
		[FITNESS_UNCLEAR] = { "has extensions that cannot be read",
			"have extensions that cannot be read" },
	};
	const char *before = " (";
	int failed = 0;
	for (size_t i = 0; i < FITNESS_COUNT; i++) {
		uint64_t count = choice->counts[i];
		if (i == FITNESS_FIT || count == 0)
			continue;
		failed |= buffer_printf(out, "%s%" PRIu64 " %s", before, count,
			count == 1 ? words[i].one : words[i].more);
		before = ", ";
	}
	return failed | (*before == ',' ? buffer_put(out, ')') : 0);
}
