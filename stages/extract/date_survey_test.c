#include "date_survey.h"

#include "test.h"

/*
 * What the values, with | between, give: "FORMAT EVIDENCE". `format`: one that is named, or NULL.
 */
static void check(bool feed, const char *format, const char *values, const char *want, int line)
{
	struct error e = { 0 };
	struct conversion c;
	struct date_format named;
	struct date_survey d;
	struct buffer got = { 0 };
	struct buffer evidence = { 0 };
	struct binding none = { NULL, -1 };
	uint64_t row = 2;
	CHECK_NUMBER(convert_init(&c, NULL, NULL, &e), 0);
	c.feed = feed;
	if (format && CHECK(date_format_compile(&named, slice_from(format), &e) == 0))
		c.other_format = &named;
	date_survey_begin(&d, &c, &none);
	for (struct slice rest = slice_from(values); rest.ptr;)
		date_survey_add(&d, &c, &none, slice_cut(&rest, '|'), row++);
	CHECK_NUMBER(date_survey_tell(&d, &got, &evidence), 0);
	buffer_put(&got, ' ');
	buffer_append(&got, buffer_slice(&evidence));
	test_slices(buffer_slice(&got), slice_from(want), __FILE__, line, values);
	CHECK_NUMBER(date_survey_open(&d), got.ptr[0] == '?');
	if (format)
		date_format_release(&named);
	convert_release(&c);
	buffer_release(&got);
	buffer_release(&evidence);
	error_release(&e);
}

#define PLAIN(values, want)         check(false, NULL, values, want, __LINE__)
#define FEED(values, want)          check(true, NULL, values, want, __LINE__)
#define NAMED(format, values, want) check(false, format, values, want, __LINE__)

static void plain(void)
{
	PLAIN("2024-02-29|2024-03-01 10:00:00|", "ISO ");
	PLAIN("||", "ISO no values");
	PLAIN("2024-02-29|2023-02-29", "ISO 2023-02-29 in line 3 is no date that can be");
	PLAIN("9999-12-31", "ISO ");
	PLAIN("03/04/2024", "? 03/04/2024 in line 2: nothing shows the order");
	PLAIN("03/04/2024|29/02/2024|13/01/2024",
		"? 29/02/2024 in line 3 has the day first: DD/MM/YYYY");
	PLAIN("03/04/2024|02/29/2024", "? 02/29/2024 in line 3 has the month first: MM/DD/YYYY");
	PLAIN("29/02/2024|02/29/2024",
		"? 29/02/2024 in line 2 has the day first; 02/29/2024 in line 3 has the month "
		"first");
	PLAIN("31.1.2024|01.02.2024", "? 31.1.2024 in line 2 has the day first: D.M.YYYY");
	PLAIN("31.01.2024 13:05", "? 31.01.2024 13:05 in line 2 has the day first: "
				  "DD.MM.YYYY HH:mm");
	PLAIN("1/31/2024 1:05 PM", "? 1/31/2024 1:05 PM in line 2 has the month first");
	PLAIN("01/31/2024 01:05:09 pm", "? 01/31/2024 01:05:09 pm in line 2 has the month first: "
					"MM/DD/YYYY hh:mm:ss AP");
	PLAIN("2024/02/29", "? 2024/02/29 in line 2 has the month first: YYYY/MM/DD");
	PLAIN("2024-02-29T13:00", "? 2024-02-29T13:00 in line 2 has the month first: "
				  "YYYY-MM-DDTHH:mm");
	PLAIN("01/02/24", "? 01/02/24 in line 2 has no year of four digits, and is not read");
	PLAIN("soon|2024-01-01",
		"? soon in line 2 is no date that is known; 1 of 2 are read without "
		"a format");
	PLAIN("15.01.2024|15/01/2024", "? 15.01.2024 in line 2 has the day first: DD.MM.YYYY; "
				       "15/01/2024 in line 3 has another form");
	PLAIN("31/31/2024", "? 31/31/2024 in line 2 is no date that is known");
	PLAIN("20240229", "? 20240229 in line 2 is no date that is known");
	PLAIN("29/02/2024\x1b[1m", "? 29/02/2024\\x1B[1m in line 2 is no date that is known");
}

/* ISO days, of which nobody asks in what order they are. */
static void iso(void)
{
	PLAIN("2023-01-02T10:00:00Z|2023-01-13T10:00:00Z",
		"? 2023-01-02T10:00:00Z in line 2 is ISO with a zone, which is not converted and "
		"needs a format: YYYY-MM-DDTHH:mm:ssZ");
	PLAIN("2023-01-13 10:00Z",
		"? 2023-01-13 10:00Z in line 2 is ISO with a zone, which is not converted and "
		"needs a format: YYYY-MM-DD HH:mmZ");
	NAMED("YYYY-MM-DDTHH:mm:ssZ", "2023-01-02T10:00:00Z", "YYYY-MM-DDTHH:mm:ssZ ");
	PLAIN("2023-01-02T10:00:00+01:00|2023-07-02T10:00:00-02:00|2023-07-02T10:00:00Z",
		"? 2023-01-02T10:00:00+01:00 in line 2 is ISO with a zone, and is not read; "
		"2023-07-02T10:00:00Z in line 4 has another form");
	PLAIN("2023-01-02 10:00:00.000",
		"? 2023-01-02 10:00:00.000 in line 2 is ISO with parts of a second, and is not "
		"read");
	PLAIN("2023-01-02T10:00:00,5+0100", "? 2023-01-02T10:00:00,5+0100 in line 2 is ISO with "
					    "parts of a second, and is not read");
	PLAIN("2023-01-02T10:00", "? 2023-01-02T10:00 in line 2 is an ISO day with a time that "
				  "needs a format: YYYY-MM-DDTHH:mm");
	PLAIN("2023-01-02 10:00|2023-01-13 10:00",
		"? 2023-01-13 10:00 in line 3 has the month first: YYYY-MM-DD HH:mm");
	PLAIN("2023-01-02T10:00:00 CET", "? 2023-01-02T10:00:00 CET in line 2 is ISO "
					 "with a zone, and is not read");
	PLAIN("2023-01-02 10:00:00 AM", "? 2023-01-02 10:00:00 AM in line 2 is an ISO day with a "
					"time that needs a format: YYYY-MM-DD hh:mm:ss AP");
	PLAIN("2023-01-02T10:00:00 summer", "? 2023-01-02T10:00:00 summer in line 2: nothing shows "
					    "the order");
	PLAIN("2023/01/02", "? 2023/01/02 in line 2: nothing shows the order");
	PLAIN("2023-01-02T", "? 2023-01-02T in line 2 is no date that is known");
}

static void names(void)
{
	PLAIN("13-JAN-2021", "? 13-JAN-2021 in line 2 has the month by name: DD-MON-YYYY");
	PLAIN("Jan 3, 2021", "? Jan 3, 2021 in line 2 has the month by name: MON D, YYYY");
	PLAIN("2021-Dez-03|2021-Jan-03|2021-dez-04",
		"? 2021-Dez-03 in line 2 has the month by name: YYYY-MON(…)-DD; not English: "
		"Dez");
	FEED("JAN-05-2015 00:00:00|2015-01-05", "MON-DD-YYYY HH:mm:ss ");
	FEED("2015-01-05|JAN-05-2015", "MON-DD-YYYY ");
	FEED("ENE-13-2021 13:00:00|MAY-01-2020 00:00:00|DIC-01-2020 00:00:00",
		"? ENE-13-2021 13:00:00 in line 2 has the month by name: MON(…)-DD-YYYY HH:mm:ss; "
		"not English: ENE DIC; 1 of 3 are read without a format");
}

static void named(void)
{
	NAMED("DD/MM/YYYY", "29/02/2024|2024-02-29", "DD/MM/YYYY ");
	NAMED("DD/MM/YYYY", "29/02/2024|1.2.2024|",
		"DD/MM/YYYY 1.2.2024 in line 3 has another form");
	NAMED("MM/DD/YYYY", "29/02/2024", "MM/DD/YYYY 29/02/2024 in line 2 is no date that can be");
	NAMED("MM/DD/YYYY", "", "MM/DD/YYYY no values");
}

int main(void)
{
	plain();
	iso();
	names();
	named();
	return test_report("date_survey_test");
}
