#include "choice.h"

#include <inttypes.h>

struct choice choice_make(const struct collection *all, day_t as_of, day_t due)
{
	struct choice choice = { 0 };
	int64_t longest = INT64_MIN;
	for (size_t i = 0; i < collection_count(all); i++) {
		struct collected c = collection_at(all, i);
		enum fitness fitness = fitness_of(&c.life, as_of, due);
		int64_t ends = c.life.not_after == DAY_NONE ? INT64_MAX : c.life.not_after;
		choice.counts[fitness]++;
		if (fitness != FITNESS_FIT || ends <= longest)
			continue;
		longest = ends;
		choice.certificate = c;
	}
	return choice;
}

int choice_append_unfit(struct buffer *out, const struct choice *choice)
{
	static const struct {
		const char *one, *more;
	} words[FITNESS_COUNT] = {
		[FITNESS_ENDS_EARLY] = { "ends too early", "end too early" },
		[FITNESS_BEGINS_LATE] = { "begins too late", "begin too late" },
		[FITNESS_AUTHORITY] = { "is an authority's", "are authorities'" },
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
