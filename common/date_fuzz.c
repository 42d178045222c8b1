/*
 * Days, moments and date formats: what is read is written back, agrees with the C library's
 * calendar and lies in range; what a format can write, it reads.
 *
 * Input: a format, `%%`, a text to read by it, `%%`, the bytes of a moment.
 */
#include "date.h"

#include "fuzz.h"

#include <ctype.h>
#include <time.h>

static void check_moment(moment_t moment)
{
	time_t seconds = moment;
	struct tm parts;
	char text[MOMENT_TEXT];
	char want[64];
	moment_t back;
	REQUIRE(day_in_range(moment_day(moment)));
	REQUIRE(gmtime_r(&seconds, &parts) != NULL);
	REQUIRE(strftime(want, sizeof want, "%Y-%m-%dT%H:%M:%S", &parts) == 19);
	REQUIRE(slice_equal(moment_write(text, moment), slice_from(want)));
	REQUIRE(moment_read(slice_from(text), &back) == DATE_OK && back == moment);
	REQUIRE(day_month(moment_day(moment)) == parts.tm_year * 12 + parts.tm_mon);
}

static void check_iso(struct slice text)
{
	char written[MOMENT_TEXT];
	day_t day = DAY_NONE;
	moment_t moment = MOMENT_NONE;
	enum date_result result = day_read(text, &day);
	if (result == DATE_OK) {
		REQUIRE(day_in_range(day));
		REQUIRE(slice_equal(day_write(written, day), text));
		check_moment(day_moment(day));
	}
	REQUIRE(result != DATE_OPEN_ENDED || slice_equal(text, SLICE("9999-12-31")));
	result = moment_read(text, &moment);
	if (result == DATE_OK) {
		check_moment(moment);
		REQUIRE(slice_equal(moment_write(written, moment), text));
	}
}

static bool starts(struct slice text, const char *start)
{
	return text.len >= strlen(start) && memcmp(text.ptr, start, strlen(start)) == 0;
}

static bool starts_caseless(struct slice text, struct slice start)
{
	for (size_t i = 0; i < start.len; i++)
		if (i == text.len ||
			tolower((unsigned char)text.ptr[i]) != tolower((unsigned char)start.ptr[i]))
			return false;
	return true;
}

/* Can a name be read where another one was written? */
static bool names_collide(const struct date_format *f)
{
	for (size_t i = 0; i < 12; i++)
		for (size_t j = 0; j < 12; j++)
			if (i != j && starts_caseless(f->months[j], f->months[i]))
				return true;
	return false;
}

/*
 * Writes a moment by a format: false where a number without leading zeros meets another digit, so
 * that the text can be read in two ways. `*kept` is what is left of the moment.
 */
static bool write_by(
	const struct date_format *f, moment_t moment, struct buffer *out, moment_t *kept)
{
	time_t seconds = moment;
	struct tm t;
	bool open = false; /* the number that was written last might go on */
	bool hours = false;
	bool minutes = false;
	bool whole_seconds = false;
	gmtime_r(&seconds, &t);
	for (struct slice rest = buffer_slice(&f->text); rest.len;) {
		size_t before = out->len;
		size_t length = 2;
		bool short_number = false;
		if (starts(rest, "YYYY")) {
			buffer_printf(out, "%04d", t.tm_year + 1900);
			length = 4;
		} else if (starts(rest, "MON")) {
			buffer_append(out, f->months[t.tm_mon]);
			length = 3;
			if (rest.len > 3 && rest.ptr[3] == '(')
				length = (size_t)((const char *)memchr(rest.ptr, ')', rest.len) -
						  rest.ptr) +
					 1;
		} else if (starts(rest, "MM")) {
			buffer_printf(out, "%02d", t.tm_mon + 1);
		} else if (starts(rest, "DD")) {
			buffer_printf(out, "%02d", t.tm_mday);
		} else if (starts(rest, "HH")) {
			buffer_printf(out, "%02d", t.tm_hour);
			hours = true;
		} else if (starts(rest, "hh")) {
			buffer_printf(out, "%02d", (t.tm_hour + 11) % 12 + 1);
			hours = true;
		} else if (starts(rest, "mm")) {
			buffer_printf(out, "%02d", t.tm_min);
			minutes = true;
		} else if (starts(rest, "ss")) {
			buffer_printf(out, "%02d", t.tm_sec);
			whole_seconds = true;
		} else if (starts(rest, "AP")) {
			buffer_append(out, t.tm_hour < 12 ? SLICE("am") : SLICE("PM"));
		} else if (rest.ptr[0] == 'M' || rest.ptr[0] == 'D') {
			buffer_printf(out, "%d", rest.ptr[0] == 'M' ? t.tm_mon + 1 : t.tm_mday);
			length = 1;
			short_number = true;
		} else {
			buffer_put(out, rest.ptr[0]);
			length = 1;
		}
		if (open && isdigit((unsigned char)out->ptr[before]))
			return false;
		open = short_number;
		rest = slice_skip(rest, length);
	}
	int second_of_day = (hours ? t.tm_hour * 3600 : 0) + (minutes ? t.tm_min * 60 : 0) +
			    (whole_seconds ? t.tm_sec : 0);
	*kept = day_moment(moment_day(moment)) + second_of_day;
	return true;
}

/* A day that is read at once is the one that is read part by part. */
static void check_day(const struct date_format *f, struct slice text)
{
	struct buffer with_slack = { 0 };
	char got[SLICE_SLACK];
	char want[DAY_TEXT];
	moment_t moment;
	REQUIRE(buffer_append(&with_slack, text) == 0);
	bool right = date_format_read(f, text, &moment) == DATE_OK;
	bool read = date_format_day(f, buffer_slice(&with_slack), got);
	REQUIRE(read == (right && f->short_day));
	REQUIRE(!read || memcmp(day_write(want, moment_day(moment)).ptr, got, DAY_TEXT - 1) == 0);
	buffer_release(&with_slack);
}

static void check_format(struct slice format, struct slice text, moment_t moment)
{
	struct date_format f;
	struct error e = { 0 };
	struct buffer written = { 0 };
	moment_t got = MOMENT_NONE;
	moment_t kept;
	if (date_format_compile(&f, format, &e) != 0) {
		REQUIRE(e.status == STATUS_USAGE && e.text.len > 0);
		error_release(&e);
		return;
	}
	REQUIRE(slice_equal(buffer_slice(&f.text), format));
	if (date_format_read(&f, text, &got) == DATE_OK) {
		check_moment(got);
		REQUIRE(f.has_time || got == day_moment(moment_day(got)));
	}
	check_day(&f, text);
	if (!names_collide(&f) && write_by(&f, moment, &written, &kept)) {
		check_day(&f, buffer_slice(&written));
		REQUIRE(date_format_read(&f, buffer_slice(&written), &got) == DATE_OK);
		REQUIRE(got == kept);
	}
	buffer_release(&written);
	date_format_release(&f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = { (const char *)data, size };
	struct slice format = fuzz_part(&rest);
	struct slice text = fuzz_part(&rest);
	const moment_t first = (moment_t)-25567 * 86400;
	const moment_t count = (moment_t)(25567 + 2932532) * 86400;
	uint64_t number = 0;
	while (rest.len)
		number = number << 8 | fuzz_byte(&rest);
	moment_t moment = first + (moment_t)(number % (uint64_t)count);
	check_moment(moment);
	check_iso(format);
	check_iso(text);
	check_format(format, text, moment);
	return 0;
}
