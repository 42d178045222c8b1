#include "leavers.h"

#include "extended.h"
#include "roster.h"
#include "sheet.h"
#include "show.h"

#include <inttypes.h>
#include <stdlib.h>

/* The last record of a user that says who leaves and who stays, and was not rejected. */
struct seen {
	uint64_t member : 22;
	uint64_t status : 2; /* enum leaver_status; empty: there is none yet */
	uint64_t line : 40;
};

/* The constant `value` in a column that the input does not have. */
static void constant(struct heading_rule *rule, struct heading_value *value)
{
	*rule = (struct heading_rule){
		.level = LEVEL_COMPILED_IN, .values = value, .value_count = 1
	};
}

void leavers_init(struct leavers *l)
{
	*l = (struct leavers){ .as_of = DAY_NONE, .future = LEAVER_FUTURE_UNSAID };
	keys_init(&l->users, sizeof(struct seen));
	extended_init(l);
}

int leavers_open(struct run *run)
{
	struct leavers *l = &run->leavers;
	struct stage *s = &run->stage;
	constant(&l->by_connector, &l->by_connector_value);
	constant(&l->nothing, &l->nothing_value);
	if (buffer_append(&l->by_connector_value.canonical, SLICE("connector")) != 0)
		return error_memory(&s->error);
	l->user = stream_find(&run->stream, SLICE("user_id"));
	l->status = stream_find(&run->stream, SLICE("status"));
	l->method = stream_find(&run->stream, SLICE("method"));
	l->effective = stream_find(&run->stream, SLICE("effective_on"));
	l->hired = stream_find(&run->stream, SLICE("hired_on"));
	if (run->config_path) {
		if (connector_read(&l->connector, run->config_path, (enum format)s->input_format,
			    &s->error) != 0)
			return -1;
		l->connector_set = true;
	}
	const struct maps_options core = { &run->map_paths, s->schemas, l->connector.core,
		l->connector.core_count };
	if (maps_open(&run->maps, &run->stream, &core, &s->error) != 0)
		return -1;
	run->maps_set = true;
	const struct maps_options extended = { &run->map_paths, s->schemas, l->connector.extended,
		l->connector.extended_count };
	if (l->connector.extended_count == 0)
		return 0;
	l->maps_set = maps_open(&l->extended_maps, &run->stream, &extended, &s->error) == 0;
	return l->maps_set ? 0 : -1;
}

/* Does the status stand where a connector looks for it? */
static bool is_connector(const struct binding *status)
{
	for (const struct heading_rule *rule = status->rule; rule; rule = rule->next)
		if (rule->level == LEVEL_CONFIG || rule->level == LEVEL_COMPILED_IN)
			return true;
	return false;
}

/*
 * The User Connector has mappings of its own, and how its feed reads with them is not known here.
 */
static int refuse_user_key(struct sheet *t, const struct config_value *key)
{
	struct place place = { t->run->config_path, key->line, { NULL, 0 } };
	error_at(t->e, STATUS_INPUT, &place,
		"%s changes how the feed of the User Connector reads, and is not read here (%s)",
		key->key, SHOW(slice_from(t->name)));
	return error_hint(t->e, "a line of --map says what the feed's headings and values mean: "
				"leavers,status,HEADING,,RAW=inactive|RAW=active");
}

int leavers_member(struct sheet *t, const struct match *match)
{
	struct leavers *l = &t->run->leavers;
	struct binding *bindings = t->run->conversion.bindings;
	struct binding *status = &bindings[l->status];
	l->source = match->source;
	if (match->source == LEAVER_SOURCE_EXTENDED) {
		l->extended_read = true;
		l->extended_ends |= bindings[l->effective].rule != NULL;
		return 1;
	}
	int fits = match->source == LEAVER_SOURCE_LIST
			   ? roster_check(&t->reader, &t->run->stream, bindings,
				     &t->run->stage.carry, t->e)
			   : 1;
	if (fits <= 0)
		return fits;
	bool configured = match_configured(status);
	bool connector = is_connector(status);
	if (connector && !configured && status->rule->level != LEVEL_MAP && l->connector.user_key)
		return refuse_user_key(t, l->connector.user_key);
	l->core_read = true;
	l->waited = match->source == LEAVER_SOURCE_STATUS;
	l->kind = (struct leaver_record){
		.connector = connector,
		.null_updates = configured ? l->connector.null_updates_sf
					   : connector && l->connector.null_updates,
	};
	if (connector && !bindings[l->method].rule)
		bindings[l->method] = (struct binding){ &l->by_connector, -1 };
	if (l->waited && l->extended_ends && !bindings[l->effective].rule)
		bindings[l->effective] = (struct binding){ &l->nothing, -1 };
	return 1;
}

/* Is the record's status a value that its column knows? */
static bool knows(const struct sheet *t, const struct binding *status)
{
	const struct run *run = t->run;
	struct slice canonical;
	return heading_value(run->conversion.map, status, &run->stream.columns[run->leavers.status],
		       record_field(&t->reader.record, status->position), &canonical) > 0;
}

int leavers_skip(struct sheet *t, bool *said)
{
	struct leavers *l = &t->run->leavers;
	const struct connector *c = &l->connector;
	uint64_t count = 0;
	enum read_result got = READ_RECORD;
	/*
	 * It is the core file that has a second header row of a Platform export; an extended one is
	 * looked at.
	 */
	const struct binding *status = &t->run->conversion.bindings[l->status];
	*said = c->skip_given && l->source != LEAVER_SOURCE_EXTENDED && match_configured(status);
	for (; *said && count < c->skip; count++) {
		got = reader_next(&t->reader, t->e);
		if (got == READ_END || got == READ_FAILED)
			break;
		bool record = got == READ_RECORD && knows(t, status);
		t->run->stage.look |= record;
		l->header_rows++;
		struct place place = { t->name,
			got == READ_REJECT ? t->reader.reject.line : t->reader.record.line,
			{ NULL, 0 } };
		if (count < NAMED_MOST)
			message_at(&t->run->stage.messages, &place, NULL,
				"passed over as a header row, as the configuration has it "
				"(" CONNECTOR_SKIP "=%" PRIu64 ")%s",
				c->skip, record ? ", though it reads like a record" : "");
	}
	struct place file = { t->name, 0, { NULL, 0 } };
	if (count > NAMED_MOST)
		message_at(&t->run->stage.messages, &file, NULL,
			"%" PRIu64 " more were passed over as header rows", count - NAMED_MOST);
	return got == READ_FAILED ? -1 : 0;
}

static enum leaver_status status_of(const struct leavers *l, struct slice value)
{
	if (l->source == LEAVER_SOURCE_LIST || slice_equal(value, SLICE("inactive")))
		return LEAVER_STATUS_INACTIVE;
	return value.len ? LEAVER_STATUS_ACTIVE : LEAVER_STATUS_EMPTY;
}

/* Notes the user; the dates that an extended file has go into the record. */
static int meet(struct sheet *t, struct leaver_record *r, uint32_t *index)
{
	struct run *run = t->run;
	struct leavers *l = &run->leavers;
	struct slice user = convert_value(&run->conversion, l->user);
	uint32_t known = l->users.count;
	*index = keys_add(&l->users, user);
	if (*index == KEY_NONE)
		return error_memory(t->e);
	if (!l->extended_read || !l->waited)
		return 0;
	return extended_join(t, user, *index == known, r);
}

/* Which of two records of a user wins is undocumented: 0 where they do not contradict, or -1. */
static int check_repeat(struct sheet *t, uint32_t index, enum leaver_status status)
{
	struct run *run = t->run;
	struct seen *seen = keys_value(&run->leavers.users, index);
	uint64_t line = t->reader.record.line;
	if (seen->status == LEAVER_STATUS_EMPTY) {
		seen->status = status;
		seen->line = line & 0xFFFFFFFFFF;
		seen->member = (run->member_count - 1) & 0x3FFFFF;
		return 0;
	}
	if (status == LEAVER_STATUS_EMPTY || seen->status == status)
		return 0;
	struct place place = { t->name, line, { NULL, 0 } };
	error_at(t->e, STATUS_INPUT, &place,
		"user \"%s\" is %s here and %s in line %" PRIu64 " of %s",
		SHOW(keys_at(&run->leavers.users, index)),
		status == LEAVER_STATUS_ACTIVE ? "active" : "inactive",
		seen->status == LEAVER_STATUS_ACTIVE ? "active" : "inactive", (uint64_t)seen->line,
		SHOW(slice_from(run->members[seen->member])));
	return error_hint(t->e, "which of the two the connector takes is undocumented: take one of "
				"them out");
}

/* The field of a column as it stands in the record, or the day where another file has it. */
static struct slice shown_day(
	const struct sheet *t, int column, day_t day, char text[DAY_TEXT], struct slice *heading)
{
	const struct binding *b = &t->run->conversion.bindings[column];
	bool here = b->rule && b->position >= 0 && convert_value(&t->run->conversion, column).len;
	*heading = here ? t->reader.headings[b->position] : SLICE("");
	return here ? record_field(&t->reader.record, b->position) : day_write(text, day);
}

static int reject_row(struct sheet *t, enum leaver_result result, const struct leaver_record *r)
{
	struct leavers *l = &t->run->leavers;
	char got[DAY_TEXT];
	char day[DAY_TEXT];
	char wanted[DAY_TEXT + 16];
	struct reject reject = { .reason = REASON_BAD_DATE,
		.line = t->reader.record.line,
		.raw = t->reader.record.raw };
	if (result == LEAVER_NULLED) {
		int position = t->run->conversion.bindings[l->status].position;
		reject.reason = REASON_EMPTY_VALUE;
		reject.column = position < 0 ? SLICE("status") : t->reader.headings[position];
		reject.hint = SLICE("updateOnNull lists NOTACTIVE, and what the connector makes of "
				    "an empty one then is undocumented");
		return stage_reject(&t->run->stage, &t->reader, &reject);
	}
	reject.got = shown_day(t, l->effective, r->effective_on, got, &reject.column);
	bool future = result == LEAVER_FUTURE_REJECTED;
	day_write(day, future ? l->as_of : r->hired_on);
	snprintf(wanted, sizeof wanted, "%s or %s", day, future ? "before" : "later");
	reject.wanted = slice_from(wanted);
	reject.what = future ? "the termination date is in the future"
			     : "the termination date is before the hire date";
	reject.hint = future ? SLICE("a connector of an older release rejects such a record (KBA "
				     "2529004)")
			     : SLICE("the connector does not apply such a termination: error 1213 "
				     "(KBA 2316465)");
	return stage_reject(&t->run->stage, &t->reader, &reject);
}

/* What the release does is never guessed. */
static int future_open(struct sheet *t, const struct leaver_record *r)
{
	struct leavers *l = &t->run->leavers;
	char got[DAY_TEXT];
	char as_of[DAY_TEXT];
	struct place place = { t->name, t->reader.record.line, { NULL, 0 } };
	struct slice raw = shown_day(t, l->effective, r->effective_on, got, &place.column);
	day_write(as_of, l->as_of);
	error_at(t->e, STATUS_INPUT, &place,
		"the termination date is in the future, as of %s (got \"%s\")", as_of, SHOW(raw));
	return error_hint(t->e,
		"--future-term-dates says what the connector does: reject such a record, as older "
		"releases do (KBA 2529004), or ignore the date, as newer ones do");
}

/* Sets the cell of effective_on to what counts. */
static void put_effective(struct sheet *t, day_t day)
{
	struct leavers *l = &t->run->leavers;
	struct conversion *c = &t->run->conversion;
	int place = c->places[l->effective];
	if (place >= 0)
		c->cells[place] = day == DAY_NONE ? SLICE("") : day_write(l->effective_text, day);
}

int leavers_row(struct sheet *t)
{
	struct run *run = t->run;
	struct leavers *l = &run->leavers;
	const struct conversion *c = &run->conversion;
	uint32_t index;
	if (l->source == LEAVER_SOURCE_EXTENDED)
		return extended_row(t);
	struct leaver_record r = l->kind;
	r.status = status_of(l, convert_value(c, l->status));
	r.effective_on = extended_day(convert_value(c, l->effective));
	r.hired_on = extended_day(convert_value(c, l->hired));
	if (meet(t, &r, &index) != 0)
		return -1;
	enum leaver_result result = leaver_decide(&r, l->as_of, (enum leaver_future)l->future);
	if (result == LEAVER_FUTURE_OPEN)
		return future_open(t, &r);
	if (result >= LEAVER_NULLED)
		return reject_row(t, result, &r);
	if (check_repeat(t, index, r.status) != 0)
		return -1;
	l->active += result == LEAVER_ACTIVE;
	l->no_change += result == LEAVER_NO_CHANGE;
	l->future_dates += result == LEAVER_WRITTEN_UNDATED;
	if (result == LEAVER_ACTIVE || result == LEAVER_NO_CHANGE) {
		run->stage.filtered++;
		return 0;
	}
	put_effective(t, result == LEAVER_WRITTEN_UNDATED ? DAY_NONE : r.effective_on);
	return 1;
}

int leavers_finish(struct run *run)
{
	struct leavers *l = &run->leavers;
	if (extended_read_waiting(run) != 0)
		return -1;
	if (l->extended_read && !l->core_read) {
		error_set(&run->stage.error, STATUS_INPUT,
			"nothing to read as leavers: an extended file has dates, and no file with "
			"a status is there to tell who leaves");
		return error_hint(&run->stage.error, "give the core file with it");
	}
	extended_tell(run);
	return 0;
}

void leavers_count(const struct leavers *l, struct summary *s)
{
	summary_count(s, "leavers.header-rows", l->header_rows);
	summary_count(s, "leavers.active", l->active);
	summary_count(s, "leavers.no-change", l->no_change);
	summary_count(s, "leavers.future-term-dates", l->future_dates);
	summary_count(s, "leavers.core-only", l->core_only);
	summary_count(s, "leavers.extended-only", l->extended_only);
}

void leavers_release(struct leavers *l)
{
	if (l->connector_set)
		connector_release(&l->connector);
	if (l->maps_set)
		maps_release(&l->extended_maps);
	buffer_release(&l->by_connector_value.canonical);
	keys_release(&l->users);
	extended_release(l);
}
