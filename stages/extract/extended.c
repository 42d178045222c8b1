#include "extended.h"

#include "sheet.h"
#include "show.h"

#include <inttypes.h>
#include <stdlib.h>

/* What an extended file says of a user. */
struct dates {
	day_t ended;
	day_t hired;
	uint64_t member : 23;
	uint64_t met : 1; /* in a core file as well */
	uint64_t line : 40;
};

/* A member whose text was taken, and waits to be read. */
struct waiting {
	char *name;
	struct match match;
	struct spool spool;
};

void extended_init(struct leavers *l)
{
	keys_init(&l->dated, sizeof(struct dates));
}

day_t extended_day(struct slice value)
{
	day_t day;
	return day_read(value, &day) == DATE_OK ? day : DAY_NONE;
}

int extended_row(struct sheet *t)
{
	struct run *run = t->run;
	struct leavers *l = &run->leavers;
	const struct conversion *c = &run->conversion;
	const struct slice user = convert_value(c, l->user);
	const struct dates here = { .ended = extended_day(convert_value(c, l->effective)),
		.hired = extended_day(convert_value(c, l->hired)),
		.member = (run->member_count - 1) & 0x7FFFFF,
		.line = t->reader.record.line & 0xFFFFFFFFFF };
	uint32_t known = l->dated.count;
	uint32_t index = keys_add(&l->dated, user);
	if (index == KEY_NONE)
		return error_memory(t->e);
	run->stage.filtered++;
	struct dates *dates = keys_value(&l->dated, index);
	if (index == known)
		*dates = here;
	if (dates->ended == here.ended && dates->hired == here.hired)
		return 0;
	run->stage.filtered--;
	struct place place = { t->name, t->reader.record.line, { NULL, 0 } };
	error_at(t->e, STATUS_INPUT, &place,
		"user \"%s\" has another record with other dates, in line %" PRIu64 " of %s",
		SHOW(user), (uint64_t)dates->line, SHOW(slice_from(run->members[dates->member])));
	return error_hint(t->e, "which of the two the connector takes is undocumented: take one of "
				"them out");
}

/* Takes a day of the extended file where the core file has none: 0, or -1 where they differ. */
static int join_day(struct sheet *t, struct slice user, const struct dates *d, day_t other,
	const char *what, day_t *day)
{
	char one[DAY_TEXT];
	char two[DAY_TEXT];
	if (*day == DAY_NONE)
		*day = other;
	if (other == DAY_NONE || *day == other)
		return 0;
	struct place place = { t->name, t->reader.record.line, { NULL, 0 } };
	day_write(one, *day);
	day_write(two, other);
	error_at(t->e, STATUS_INPUT, &place,
		"user \"%s\" has the %s date %s here and %s in line %" PRIu64 " of %s", SHOW(user),
		what, one, two, (uint64_t)d->line, SHOW(slice_from(t->run->members[d->member])));
	return error_hint(t->e, "which of the two the connector takes is undocumented: take one of "
				"them out");
}

int extended_join(struct sheet *t, struct slice user, bool first, struct leaver_record *r)
{
	struct leavers *l = &t->run->leavers;
	uint32_t index = keys_find(&l->dated, user);
	if (index == KEY_NONE) {
		struct place place = { t->name, t->reader.record.line, { NULL, 0 } };
		if (first && l->core_only++ < NAMED_MOST)
			message_at(&t->run->stage.messages, &place, NULL,
				"user \"%s\" is in no extended file", SHOW(user));
		return 0;
	}
	struct dates *d = keys_value(&l->dated, index);
	d->met = 1;
	/* Of those who stay no date counts. */
	if (r->status != LEAVER_STATUS_INACTIVE)
		return 0;
	if (join_day(t, user, d, d->ended, "termination", &r->effective_on) != 0)
		return -1;
	return join_day(t, user, d, d->hired, "hire", &r->hired_on);
}

static void tell_more(struct run *run, uint64_t count, const char *where)
{
	if (count > NAMED_MOST)
		message_at(&run->stage.messages, NULL, NULL,
			"%" PRIu64 " more users are in %s file", count - NAMED_MOST, where);
}

void extended_tell(struct run *run)
{
	struct leavers *l = &run->leavers;
	tell_more(run, l->core_only, "no extended");
	for (uint32_t i = 0; i < l->dated.count; i++) {
		const struct dates *d = keys_value(&l->dated, i);
		struct place place = { run->members[d->member], d->line, { NULL, 0 } };
		if (!d->met && l->extended_only++ < NAMED_MOST)
			message_at(&run->stage.messages, &place, NULL,
				"user \"%s\" is in no core file", SHOW(keys_at(&l->dated, i)));
	}
	tell_more(run, l->extended_only, "no core");
	/* Nobody said whether these leave: a core file may be missing, or damaged. */
	run->stage.look |= l->extended_only > 0;
}

int leavers_wait(
	struct run *run, const char *name, const struct match *match, struct source *source)
{
	struct leavers *l = &run->leavers;
	struct error *e = &run->stage.error;
	char block[16384];
	ssize_t got = 0;
	if (l->extended_maps.count == 0 || match->source != LEAVER_SOURCE_STATUS)
		return 0;
	struct waiting *all = realloc(l->waiting, (l->waiting_count + 1) * sizeof *all);
	char *copy = all ? strdup(name) : NULL;
	if (all)
		l->waiting = all;
	if (!copy)
		return error_memory(e);
	struct waiting *w = &all[l->waiting_count++];
	*w = (struct waiting){ .name = copy, .match = *match };
	spool_init(&w->spool, 0);
	while ((got = source->read(source, block, sizeof block, e)) > 0)
		if (spool_append(&w->spool, (struct slice){ block, (size_t)got }, e) != 0)
			return -1;
	return got < 0 ? -1 : 1;
}

int extended_read_waiting(struct run *run)
{
	struct leavers *l = &run->leavers;
	for (size_t i = 0; i < l->waiting_count; i++) {
		struct waiting *w = &l->waiting[i];
		struct spool_source source;
		spool_source_init(&source, &w->spool, 0, spool_size(&w->spool));
		if (sheet_read(run, w->name, &w->match, &source.source) != 1)
			return -1;
		spool_release(&w->spool);
		spool_init(&w->spool, 0);
	}
	return 0;
}

void extended_release(struct leavers *l)
{
	for (size_t i = 0; i < l->waiting_count; i++) {
		free(l->waiting[i].name);
		spool_release(&l->waiting[i].spool);
	}
	free(l->waiting);
	keys_release(&l->dated);
}
