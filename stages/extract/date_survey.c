#include "date_survey.h"

#include "show.h"

#include <inttypes.h>
#include <strings.h>

/* Keeps the first. */
static void sample(struct date_sample *s, struct slice raw, uint64_t line)
{
	if (s->line)
		return;
	s->line = line;
	s->length = raw.len < sizeof s->text ? raw.len : sizeof s->text;
	memcpy(s->text, raw.ptr, s->length);
}

static struct slice sample_text(const struct date_sample *s)
{
	return (struct slice){ s->text, s->length };
}

static void note_month(struct date_survey *d, struct slice name)
{
	if (date_shape_english(name) || name.len >= DATE_SAMPLE || d->month_count == DATE_MONTHS)
		return;
	for (size_t i = 0; i < d->month_count; i++)
		if (strlen(d->months[i]) == name.len &&
			strncasecmp(d->months[i], name.ptr, name.len) == 0)
			return;
	memcpy(d->months[d->month_count], name.ptr, name.len);
	d->months[d->month_count++][name.len] = '\0';
}

/* A value in a form that nobody has named. */
static void note_unread(struct date_survey *d, struct slice raw, uint64_t line)
{
	struct date_shape shape;
	struct date_shape first;
	date_shape_read(&shape, raw.len <= DATE_SAMPLE ? raw : SLICE(""));
	d->unread++;
	sample(&d->kinds[shape.kind], raw, line);
	if (shape.kind == SHAPE_NAMED)
		note_month(d, shape.name);
	if (shape.kind <= SHAPE_SHORT_YEAR)
		return;
	d->short_parts |= shape.short_parts;
	sample(&d->first, raw, line);
	date_shape_read(&first, sample_text(&d->first));
	if (!date_shape_like(&first, &shape))
		sample(&d->other, raw, line);
}

void date_survey_begin(struct date_survey *d, const struct conversion *c, const struct binding *b)
{
	*d = (struct date_survey){ .format = b ? heading_format(b) : NULL };
	if (!d->format)
		d->format = c->other_format;
	d->settled = d->format;
}

void date_survey_add(struct date_survey *d, const struct conversion *c, const struct binding *b,
	struct slice raw, uint64_t line)
{
	const struct date_format *decided;
	moment_t moment;
	if (raw.len == 0)
		return;
	d->filled++;
	switch (convert_moment(c, b, raw, &decided, &moment)) {
	case DATE_OK:
	case DATE_OPEN_ENDED:
		/* Of a feed: ISO dates are read beside its own. */
		if (!d->settled && !d->format && c->feed && raw.ptr[0] > '9')
			d->format = decided;
		d->read++;
		return;
	case DATE_IMPOSSIBLE:
		sample(&d->impossible, raw, line);
		return;
	case DATE_FORM:
		break;
	}
	if (d->settled)
		sample(&d->misfit, raw, line);
	else
		note_unread(d, raw, line);
}

bool date_survey_open(const struct date_survey *d)
{
	return d->unread > 0;
}

bool date_survey_likely(const struct date_survey *d)
{
	return d->filled && d->kinds[SHAPE_NONE].line == 0 && d->misfit.line == 0;
}

/* Starts one more thing to say: `VALUE in line N`. */
static int tell(struct buffer *out, const struct date_sample *s, const char *what)
{
	return buffer_printf(out, "%s%s in line %" PRIu64 "%s", out->len ? "; " : "",
		SHOW(sample_text(s)), s->line, what);
}

static int tell_format(struct buffer *out, const struct date_survey *d, enum shape_kind kind)
{
	struct date_shape shape;
	struct buffer format = { 0 };
	date_shape_read(&shape, sample_text(&d->kinds[kind]));
	int failed = date_shape_format(
		&shape, d->short_parts, d->month_count ? "MON(…)" : "MON", &format);
	if (format.len)
		failed |= buffer_append(out, SLICE(": ")) | show_append(out, buffer_slice(&format));
	buffer_release(&format);
	return failed;
}

static int tell_months(struct buffer *out, const struct date_survey *d)
{
	int failed = d->month_count ? buffer_printf(out, "; not English:") : 0;
	for (size_t i = 0; i < d->month_count; i++)
		failed |= buffer_printf(out, " %s", SHOW(slice_from(d->months[i])));
	return failed;
}

/* An ISO day with a time that is not read as it is. */
static int tell_iso(struct buffer *out, const struct date_survey *d)
{
	const struct date_sample *iso = &d->kinds[SHAPE_ISO];
	struct date_shape shape;
	date_shape_read(&shape, sample_text(iso));
	bool ordered = d->kinds[SHAPE_DAY_FIRST].line || d->kinds[SHAPE_MONTH_FIRST].line;
	if (shape.zone.len == 0 && ordered)
		return 0;
	const char *what = " is an ISO day with a time that needs a format";
	if (shape.zone.len && shape.time)
		what = " is ISO with a zone, which is not converted and needs a format";
	else if (shape.zone.len && strchr(".,", *shape.zone.ptr))
		what = " is ISO with parts of a second, and is not read";
	else if (shape.zone.len)
		what = " is ISO with a zone, and is not read";
	return tell(out, iso, what) | tell_format(out, d, SHAPE_ISO);
}

/* What the values in no named form prove. */
static int tell_proof(struct buffer *out, const struct date_survey *d)
{
	const struct date_sample *k = d->kinds;
	int failed = 0;
	bool both = k[SHAPE_DAY_FIRST].line && k[SHAPE_MONTH_FIRST].line;
	if (k[SHAPE_DAY_FIRST].line) {
		failed |= tell(out, &k[SHAPE_DAY_FIRST], " has the day first");
		failed |= both ? 0 : tell_format(out, d, SHAPE_DAY_FIRST);
	}
	if (k[SHAPE_MONTH_FIRST].line) {
		failed |= tell(out, &k[SHAPE_MONTH_FIRST], " has the month first");
		failed |= both ? 0 : tell_format(out, d, SHAPE_MONTH_FIRST);
	}
	if (k[SHAPE_EITHER].line && !k[SHAPE_DAY_FIRST].line && !k[SHAPE_MONTH_FIRST].line)
		failed |= tell(out, &k[SHAPE_EITHER], ": nothing shows the order");
	if (k[SHAPE_ISO].line)
		failed |= tell_iso(out, d);
	if (k[SHAPE_NAMED].line) {
		failed |= tell(out, &k[SHAPE_NAMED], " has the month by name");
		failed |= tell_format(out, d, SHAPE_NAMED) | tell_months(out, d);
	}
	if (k[SHAPE_SHORT_YEAR].line)
		failed |= tell(
			out, &k[SHAPE_SHORT_YEAR], " has no year of four digits, and is not read");
	if (k[SHAPE_NONE].line)
		failed |= tell(out, &k[SHAPE_NONE], " is no date that is known");
	if (d->other.line && !both)
		failed |= tell(out, &d->other, " has another form");
	if (d->read)
		failed |=
			buffer_printf(out, "; %" PRIu64 " of %" PRIu64 " are read without a format",
				d->read, d->filled);
	return failed;
}

int date_survey_tell(const struct date_survey *d, struct buffer *format, struct buffer *evidence)
{
	int failed = 0;
	if (d->unread) {
		failed |= buffer_put(format, '?');
		failed |= tell_proof(evidence, d);
	} else if (d->format) {
		failed |= buffer_append(format, buffer_slice(&d->format->text));
	} else {
		failed |= buffer_append(format, SLICE("ISO"));
	}
	if (d->misfit.line)
		failed |= tell(evidence, &d->misfit, " has another form");
	if (d->impossible.line)
		failed |= tell(evidence, &d->impossible, " is no date that can be");
	if (d->filled == 0)
		failed |= buffer_printf(evidence, "%sno values", evidence->len ? "; " : "");
	return failed ? -1 : 0;
}
