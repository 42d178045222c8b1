#include "facts.h"

#include "show.h"
#include "table.h"
#include "word.h"

#include <inttypes.h>

#define FLAG "Y|N"

static const struct fact_about {
	const char *name;
	enum fact_kind kind;
	const char *words;
	const char *want; /* for messages */
} abouts[FACT_COUNT] = {
	[FACT_REFRESH_DAY] = { "refresh_day", KIND_DAY, NULL, "YYYY-MM-DD" },
	[FACT_METHOD] = { "method", KIND_WORD, "irt|manual", "irt or manual" },
	[FACT_SCOPE] = { "scope", KIND_WORD, "full|learning|platform",
		"full, learning or platform" },
	[FACT_SOURCE_VERSION] = { "source_version", KIND_VERSION, NULL,
		"a number as 2511, b2511 or 2511.3" },
	[FACT_TARGET_VERSION] = { "target_version", KIND_VERSION, NULL,
		"a number as 2511, b2511 or 2511.3" },
	[FACT_INTEGRATION] = { "integration", KIND_WORD, "none|platform|employee-central",
		"none, platform or employee-central" },
	[FACT_EMPLOYEE_EXPORT_NEXT_RUN] = { "employee_export_next_run", KIND_NEXT_RUN, "none|",
		"YYYY-MM-DD, YYYY-MM-DDTHH:MM:SS or none" },
	[FACT_ODATA] = { "odata", KIND_WORD, FLAG, "Y or N" },
	[FACT_IAS] = { "ias", KIND_WORD, FLAG, "Y or N" },
	[FACT_VALIDATED] = { "validated", KIND_WORD, FLAG, "Y or N" },
	[FACT_SEPARATE_SFTP] = { "separate_sftp", KIND_WORD, FLAG, "Y or N" },
	[FACT_RECURRING_REPORTS] = { "recurring_reports", KIND_WORD, FLAG, "Y or N" },
	[FACT_RELEASE] = { "release", KIND_RELEASE, NULL, "four digits, as 2511" },
	[FACT_SOURCE_MAIL_DOMAIN] = { "source_mail_domain", KIND_DOMAIN, NULL,
		"what stands behind the @, as example.com" },
};

const char *fact_name(enum fact fact)
{
	return abouts[fact].name;
}

enum fact_kind fact_kind(enum fact fact)
{
	return abouts[fact].kind;
}

const char *fact_words(enum fact fact)
{
	return abouts[fact].words;
}

enum fact fact_find(struct slice name)
{
	int fact = 0;
	while (fact < FACT_COUNT && !slice_equal(name, slice_from(abouts[fact].name)))
		fact++;
	return (enum fact)fact;
}

int fact_unknown(struct slice name, const struct place *place, struct error *e)
{
	struct buffer names = { 0 };
	for (int i = 0; i < FACT_COUNT; i++)
		buffer_printf(&names, "%s%s", i ? ", " : "", abouts[i].name);
	error_at(e, STATUS_INPUT, place, "no such fact (got \"%s\")", SHOW(show_name(name)));
	error_hint(e, "the facts are %.*s", (int)names.len, names.ptr ? names.ptr : "");
	buffer_release(&names);
	return -1;
}

/* Up to nine digits at the front, which are taken off: how many there were. */
static size_t number_take(struct slice *text, uint32_t *number)
{
	size_t count = 0;
	*number = 0;
	while (count < text->len && count < 9 && text->ptr[count] >= '0' && text->ptr[count] <= '9')
		*number = *number * 10 + (uint32_t)(text->ptr[count++] - '0');
	*text = slice_skip(*text, count);
	return count;
}

static int version_read(struct slice text, struct version *version)
{
	*version = (struct version){ 0 };
	if (text.len && (text.ptr[0] == 'b' || text.ptr[0] == 'B'))
		text = slice_skip(text, 1);
	for (;;) {
		if (version->count == VERSION_PARTS ||
			number_take(&text, &version->parts[version->count++]) == 0)
			return -1;
		if (text.len == 0)
			return 0;
		if (text.ptr[0] != '.')
			return -1;
		text = slice_skip(text, 1);
	}
}

enum version_order version_compare(const struct version *a, const struct version *b)
{
	for (size_t i = 0; i < a->count && i < b->count; i++)
		if (a->parts[i] != b->parts[i])
			return a->parts[i] < b->parts[i] ? VERSION_OLDER : VERSION_NEWER;
	return a->count == b->count ? VERSION_SAME : VERSION_UNCLEAR;
}

static int next_run_read(struct slice text, struct fact_value *value)
{
	moment_t moment;
	value->word = !slice_equal(text, SLICE("none"));
	if (value->word == 0 || day_read(text, &value->day) == DATE_OK)
		return 0;
	if (moment_read(text, &moment) != DATE_OK)
		return -1;
	value->day = moment_day(moment);
	return 0;
}

/* Labels with single points between; a list, a pattern or an address is none. */
static int domain_read(struct slice text)
{
	bool label = false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool point = c == '.';
		if ((point && !label) || c <= ' ' || c == 0x7f || strchr("@*,;:/<>\"()", (char)c))
			return -1;
		label = !point;
	}
	return label ? 0 : -1;
}

int fact_read(enum fact fact, struct slice text, struct fact_value *value)
{
	value->given = true;
	value->word = -1;
	value->day = DAY_NONE;
	switch (abouts[fact].kind) {
	case KIND_WORD:
		value->word = word_place(abouts[fact].words, text);
		return value->word < 0 ? -1 : 0;
	case KIND_NEXT_RUN:
		return next_run_read(text, value);
	case KIND_DAY:
		return day_read(text, &value->day) == DATE_OK ? 0 : -1;
	case KIND_VERSION:
		return version_read(text, &value->version);
	case KIND_RELEASE:
		return text.len == 4 && number_take(&text, &value->release) == 4 ? 0 : -1;
	case KIND_DOMAIN:
		return domain_read(text);
	}
	return -1;
}

enum { COLUMN_FACT, COLUMN_VALUE, COLUMNS };

struct facts_reading {
	struct facts *facts;
	const struct column *columns;
};

static int fact_wrong(enum fact fact, struct slice text, const struct place *place, struct error *e)
{
	struct place where = *place;
	where.column = SLICE("value");
	error_at(e, STATUS_INPUT, &where, "%s: wrong value (got \"%s\", want %s)", fact_name(fact),
		SHOW(text), abouts[fact].want);
	return error_hint(e, "a fact that is not known is left out, or its value left empty");
}

static int facts_take(
	void *context, const struct record *row, const struct place *place, struct error *e)
{
	const struct facts_reading *r = context;
	struct slice name = record_field(row, r->columns[COLUMN_FACT].index);
	struct slice text = record_field(row, r->columns[COLUMN_VALUE].index);
	struct place where = *place;
	where.column = SLICE("fact");
	enum fact fact = fact_find(name);
	if (fact == FACT_COUNT)
		return fact_unknown(name, &where, e);
	struct fact_value *value = &r->facts->of[fact];
	if (value->line) {
		error_at(e, STATUS_INPUT, &where,
			"%s is there twice (the other is in line %" PRIu64 ")", fact_name(fact),
			value->line);
		return error_hint(e, "leave one of the rows out");
	}
	value->line = place->line;
	if (text.len == 0)
		return 0;
	if (fact_read(fact, text, value) != 0)
		return fact_wrong(fact, text, place, e);
	return buffer_append(&value->text, text) == 0 ? 0 : error_memory(e);
}

int facts_read(struct facts *f, const char *path, enum format format, struct error *e)
{
	struct column columns[COLUMNS] = { { "fact", true, -1 }, { "value", true, -1 } };
	struct facts_reading reading = { f, columns };
	f->path = path;
	return table_read_written(path, format,
		"fact,value; a row is for example refresh_day,2026-12-07", columns, COLUMNS,
		facts_take, &reading, e);
}

int facts_show(struct facts *f, enum fact fact, struct slice word, const char *path)
{
	struct fact_value *value = &f->of[fact];
	if (value->given || fact_read(fact, word, value) != 0)
		return 0;
	value->shown_by = path;
	return buffer_append(&value->text, word);
}

void facts_release(struct facts *f)
{
	for (int i = 0; i < FACT_COUNT; i++)
		buffer_release(&f->of[i].text);
}
