#include "survey.h"

#include <stdlib.h>

/* Longer values are none of a column of words, nor are those of several lines. */
#define VALUE_LONGEST 200

static bool is_word(struct slice raw)
{
	return raw.len <= VALUE_LONGEST && !memchr(raw.ptr, '\n', raw.len) &&
	       !memchr(raw.ptr, '\r', raw.len);
}

void surveys_init(struct surveys *s, struct discretion *discretion)
{
	*s = (struct surveys){ .discretion = discretion };
	folding_init(&s->folding);
	keys_init(&s->known, 0);
}

static void surveys_clear(struct surveys *s)
{
	for (size_t i = 0; i < s->count; i++) {
		struct survey *one = &s->items[i];
		for (size_t j = 0; one->values && j < SURVEY_VALUES; j++) {
			buffer_release(&one->values->raw[j]);
			buffer_release(&one->values->folded[j]);
		}
		buffer_release(&one->heading);
		free(one->values);
		free(one->dates);
	}
	s->count = 0;
}

/* The place of the survey that a heading shares with those alike, or that of a new one. */
static int find_place(struct surveys *s, struct slice heading, size_t *place, struct error *e)
{
	buffer_clear(&s->scratch);
	if (fold_append(&s->folding, &s->scratch, heading) != 0)
		return error_memory(e);
	uint32_t index = keys_add(&s->known, buffer_slice(&s->scratch));
	*place = index;
	return index == KEY_NONE ? error_memory(e) : 0;
}

int surveys_member(struct surveys *s, const struct slice *headings, size_t count, bool merge,
	size_t *fresh, struct error *e)
{
	if (!merge)
		surveys_clear(s);
	*fresh = s->count;
	struct survey *items = reallocarray(s->items, s->count + count, sizeof *items);
	if (items)
		s->items = items;
	size_t *places = reallocarray(s->places, count, sizeof *places);
	if (places)
		s->places = places;
	if (!items || !places)
		return error_memory(e);
	s->place_count = count;
	for (size_t i = 0; i < count; i++) {
		size_t place = s->count;
		if (merge && find_place(s, headings[i], &place, e) != 0)
			return -1;
		s->places[i] = place;
		if (place < s->count)
			continue;
		s->items[s->count++] = (struct survey){ .suggested = -1 };
		if (buffer_append(&s->items[place].heading, headings[i]) != 0)
			return error_memory(e);
	}
	return 0;
}

int survey_want(struct surveys *s, struct survey *one, const struct candidate *candidate,
	bool values, bool dates, struct error *e)
{
	one->candidate = candidate;
	if (values && !one->values)
		one->values = calloc(1, sizeof *one->values);
	if (dates && !one->dates)
		one->dates = calloc(1, sizeof *one->dates);
	if ((values && !one->values) || (dates && !one->dates))
		return error_memory(e);
	if (dates)
		date_survey_begin(one->dates, &candidate->conversion, &one->binding);
	if (!values)
		return 0;
	struct slice heading = buffer_slice(&one->heading);
	int secret = discretion_names_secret(s->discretion, &heading, 1, e);
	one->values->hidden = secret > 0;
	return secret < 0 ? -1 : 0;
}

/* Keeps a value that compares like none of those before it. */
static int keep_value(struct surveys *s, struct survey_values *v, struct slice raw,
	const struct record *record, struct error *e)
{
	buffer_clear(&s->scratch);
	if (fold_append(&s->folding, &s->scratch, raw) != 0)
		return error_memory(e);
	for (size_t i = 0; i < v->count; i++)
		if (slice_equal(buffer_slice(&v->folded[i]), buffer_slice(&s->scratch)))
			return 0;
	v->more |= v->count == SURVEY_VALUES || !is_word(raw);
	if (v->more)
		return 0;
	if (buffer_append(&v->raw[v->count], raw) != 0 ||
		buffer_append(&v->folded[v->count], buffer_slice(&s->scratch)) != 0)
		return error_memory(e);
	v->count++;
	/* Both cost something, but are asked only when a value comes up for the first time. */
	int shown = discretion_shows(s->discretion, raw, e);
	if (shown > 0 && s->secret_row < 0)
		s->secret_row =
			discretion_names_secret(s->discretion, record->fields, record->count, e);
	v->hidden |= shown == 0 || s->secret_row > 0;
	return shown < 0 || (shown > 0 && s->secret_row < 0) ? -1 : 0;
}

static int add_value(struct surveys *s, struct survey_values *v, struct slice raw,
	const struct record *record, struct error *e)
{
	if (raw.len == 0 || v->more || v->hidden)
		return 0;
	v->filled++;
	for (size_t i = 0; i < v->count; i++)
		if (slice_equal(buffer_slice(&v->raw[i]), raw))
			return 0;
	return keep_value(s, v, raw, record, e);
}

int surveys_add(struct surveys *s, const struct record *record, struct error *e)
{
	s->secret_row = -1;
	for (size_t i = 0; i < s->place_count; i++) {
		struct survey *one = &s->items[s->places[i]];
		struct slice raw = record_field(record, (int)i);
		if (one->values && add_value(s, one->values, raw, record, e) != 0)
			return -1;
		if (one->dates)
			date_survey_add(one->dates, &one->candidate->conversion, &one->binding, raw,
				record->line);
	}
	return 0;
}

void surveys_release(struct surveys *s)
{
	surveys_clear(s);
	free(s->items);
	free(s->places);
	keys_release(&s->known);
	folding_release(&s->folding);
	buffer_release(&s->scratch);
}
