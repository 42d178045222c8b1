#include "date.h"

#include "test.h"

#include <stdlib.h>

struct row {
	int line; /* in this file */
	const char *format;
	const char *text;
	enum date_result result;
	const char *want; /* NULL where there is no moment */
};

#define ROW(format, text, want)                                                                    \
	{                                                                                          \
		__LINE__, format, text, DATE_OK, want                                              \
	}
#define NO_SUCH_DATE(format, text)                                                                 \
	{                                                                                          \
		__LINE__, format, text, DATE_IMPOSSIBLE, NULL                                      \
	}
#define OTHER_FORM(format, text)                                                                   \
	{                                                                                          \
		__LINE__, format, text, DATE_FORM, NULL                                            \
	}
#define OPEN_ENDED(format, text)                                                                   \
	{                                                                                          \
		__LINE__, format, text, DATE_OPEN_ENDED, NULL                                      \
	}
#define SPANISH "MON(ENE,FEB,MAR,ABR,MAY,JUN,JUL,AGO,SEP,OCT,NOV,DIC)-DD-YYYY"
#define FRENCH                                                                                     \
	"D MON(janv.,f\xC3\xA9vr.,mars,avr.,mai,juin,juil.,ao\xC3\xBBt,sept.,oct.,nov.,d\xC3\xA9"  \
	"c.) YYYY"
#define ALIKE "DD MON(a,aa,b,bb,c,cc,d,dd,e,ee,f,ff) YYYY"

static const struct row rows[] = {
	ROW("DD/MM/YYYY", "03/04/2024", "2024-04-03T00:00:00"),
	ROW("MM/DD/YYYY", "03/04/2024", "2024-03-04T00:00:00"),
	ROW("DD.MM.YYYY", "29.02.2024", "2024-02-29T00:00:00"),
	ROW("YYYYMMDD", "20240229", "2024-02-29T00:00:00"),
	ROW("DD/MM/YYYY", "01/01/1900", "1900-01-01T00:00:00"),
	ROW("DD/MM/YYYY", "31/12/9998", "9998-12-31T00:00:00"),
	NO_SUCH_DATE("DD.MM.YYYY", "29.02.2023"),
	NO_SUCH_DATE("DD.MM.YYYY", "00.02.2023"),
	NO_SUCH_DATE("DD.MM.YYYY", "01.13.2023"),
	NO_SUCH_DATE("DD.MM.YYYY", "31.12.1899"),
	OPEN_ENDED("DD.MM.YYYY", "31.12.9999"),
	OTHER_FORM("DD.MM.YYYY", "1.2.2023"),
	OTHER_FORM("DD.MM.YYYY", "01.02.23"),
	OTHER_FORM("DD.MM.YYYY", "01.02.20233"),
	OTHER_FORM("DD.MM.YYYY", " 01.02.2023"),
	OTHER_FORM("DD.MM.YYYY", "01.02.2023 "),
	OTHER_FORM("DD.MM.YYYY", "01/02/2023"),
	OTHER_FORM("DD.MM.YYYY", ""),
	OTHER_FORM("DD.MM.YYYY", "01.02.2023 10:00:00"),

	/* Without leading zeros. */
	ROW("D.M.YYYY", "3.4.2024", "2024-04-03T00:00:00"),
	ROW("D.M.YYYY", "13.12.2024", "2024-12-13T00:00:00"),
	ROW("D.M.YYYY", "03.04.2024", "2024-04-03T00:00:00"),
	ROW("M/D/YYYY", "1/31/2024", "2024-01-31T00:00:00"),
	OTHER_FORM("M/D/YYYY", "001/31/2024"),
	OTHER_FORM("M/D/YYYY", "/31/2024"),

	/* Month names. */
	ROW("MON-DD-YYYY", "JAN-05-2015", "2015-01-05T00:00:00"),
	ROW("MON-DD-YYYY", "dec-31-2015", "2015-12-31T00:00:00"),
	ROW("DD-MON-YYYY", "01-May-2015", "2015-05-01T00:00:00"),
	OTHER_FORM("MON-DD-YYYY", "ENE-13-2021"),
	OTHER_FORM("MON-DD-YYYY", "JANUARY-05-2015"),
	NO_SUCH_DATE("MON-DD-YYYY", "APR-31-2021"),
	ROW(SPANISH, "ENE-13-2021", "2021-01-13T00:00:00"),
	ROW(SPANISH, "dic-13-2021", "2021-12-13T00:00:00"),
	OTHER_FORM(SPANISH, "JAN-13-2021"),
	ROW(FRENCH, "1 ao\xC3\xBBt 2021", "2021-08-01T00:00:00"),
	ROW(FRENCH, "1 Mai 2021", "2021-05-01T00:00:00"),
	ROW(ALIKE, "01 a 2021", "2021-01-01T00:00:00"),
	ROW(ALIKE, "01 aa 2021", "2021-02-01T00:00:00"),
	ROW(ALIKE, "01 ff 2021", "2021-12-01T00:00:00"),
	OTHER_FORM(ALIKE, "01 g 2021"),

	/* Times. */
	ROW("YYYY-MM-DD HH:mm:ss", "2024-02-29 23:59:58", "2024-02-29T23:59:58"),
	ROW("YYYY-MM-DDTHH:mm", "2024-02-29T23:59", "2024-02-29T23:59:00"),
	ROW("DD.MM.YYYY HH:mm:ss", "01.02.2023 00:00:00", "2023-02-01T00:00:00"),
	ROW("DD.MM.YYYY, HH:mm 'Z'", "01.02.2023, 12:00 'Z'", "2023-02-01T12:00:00"),
	NO_SUCH_DATE("YYYY-MM-DD HH:mm:ss", "2024-02-29 24:00:00"),
	NO_SUCH_DATE("YYYY-MM-DD HH:mm:ss", "2024-02-29 23:60:00"),
	NO_SUCH_DATE("YYYY-MM-DD HH:mm:ss", "2024-02-29 23:59:60"),
	OTHER_FORM("YYYY-MM-DD HH:mm:ss", "2024-02-29 23:59"),
	OTHER_FORM("YYYY-MM-DD HH:mm:ss", "2024-02-29"),

	/* A clock of twelve hours has no hour 0. */
	ROW("MM/DD/YYYY hh:mm AP", "02/29/2024 12:30 AM", "2024-02-29T00:30:00"),
	ROW("MM/DD/YYYY hh:mm AP", "02/29/2024 01:30 AM", "2024-02-29T01:30:00"),
	ROW("MM/DD/YYYY hh:mm AP", "02/29/2024 11:59 am", "2024-02-29T11:59:00"),
	ROW("MM/DD/YYYY hh:mm AP", "02/29/2024 12:30 PM", "2024-02-29T12:30:00"),
	ROW("MM/DD/YYYY hh:mm:ssAP", "02/29/2024 11:59:59Pm", "2024-02-29T23:59:59"),
	ROW("AP hh DD.MM.YYYY", "PM 12 01.02.2023", "2023-02-01T12:00:00"),
	NO_SUCH_DATE("MM/DD/YYYY hh:mm AP", "02/29/2024 13:00 PM"),
	NO_SUCH_DATE("MM/DD/YYYY hh:mm AP", "02/29/2024 13:00 AM"),
	NO_SUCH_DATE("MM/DD/YYYY hh:mm AP", "02/29/2024 00:30 PM"),
	NO_SUCH_DATE("MM/DD/YYYY hh:mm AP", "02/29/2024 00:30 AM"),
	OTHER_FORM("MM/DD/YYYY hh:mm AP", "02/29/2024 10:30"),
	OTHER_FORM("MM/DD/YYYY hh:mm AP", "02/29/2024 10:30 XM"),
};

static void check_row(const struct row *row)
{
	struct error e = { 0 };
	struct date_format format;
	moment_t moment = 4711;
	char written[MOMENT_TEXT];
	if (!CHECK(date_format_compile(&format, slice_from(row->format), &e) == 0)) {
		fprintf(stderr, "line %d: %s\n", row->line, buffer_text(&e.text));
		error_release(&e);
		return;
	}
	enum date_result result = date_format_read(&format, slice_from(row->text), &moment);
	bool right = result == row->result;
	if (row->want && right)
		right = slice_equal(moment_write(written, moment), slice_from(row->want));
	if (!CHECK(right))
		fprintf(stderr, "line %d: \"%s\" by %s: got %d, want %d %s\n", row->line, row->text,
			row->format, (int)result, (int)row->result, row->want ? row->want : "");
	date_format_release(&format);
}

/* A format that is none, and what is said of it. */
static void check_wrong(const char *text, const char *why)
{
	struct error e = { 0 };
	struct date_format format;
	struct buffer want = { 0 };
	buffer_printf(&want, "date format \"%s\": %s", text, why);
	if (!CHECK(date_format_compile(&format, slice_from(text), &e) == -1)) {
		fprintf(stderr, "\t%s is taken\n", text);
		date_format_release(&format);
	} else {
		CHECK_NUMBER(e.status, STATUS_USAGE);
		CHECK_SLICE(buffer_slice(&e.text), buffer_slice(&want));
		CHECK(e.hint.len > 0);
	}
	buffer_release(&want);
	error_release(&e);
}

static void test_wrong(void)
{
	static const char incomplete[] = "a date format needs a year, a month and a day";
	static const char two_digits[] = "a year needs four digits (YYYY)";
	check_wrong("", incomplete);
	check_wrong("DD.MM", incomplete);
	check_wrong("MM.YYYY", incomplete);
	check_wrong("DD YYYY", incomplete);
	check_wrong("HH:mm:ss", incomplete);
	check_wrong("DD.MM.YY", two_digits);
	check_wrong("YY-MM-DD", two_digits);
	check_wrong("DD.MM.YYY", two_digits);
	check_wrong("DD.MM.YYYYY", two_digits);
	check_wrong("DD.MM.YYYY DD", "\"DD\" repeats a part");
	check_wrong("D.M.YYYY MM", "\"MM\" repeats a part");
	check_wrong("MON MM DD YYYY", "\"MM\" repeats a part");
	check_wrong("DD.MM.YYYY YYYY", "\"YYYY\" repeats a part");
	check_wrong("DD.MM.YYYY hh:mm", "hh and AP go together, and not with HH");
	check_wrong("DD.MM.YYYY HH:mm AP", "hh and AP go together, and not with HH");
	check_wrong("DD.MM.YYYY HH hh AP", "hh and AP go together, and not with HH");
	check_wrong("DD.MM.YYYY mm", "mm and ss need an hour");
	check_wrong("DD.MM.YYYY ss", "mm and ss need an hour");
	check_wrong("dd.mm.YYYY", incomplete);
	check_wrong("DD.MM.YYYY H", "\"H\" is no part of a date format");
	check_wrong("DD.MM.YYYY A", "\"A\" is no part of a date format");
	check_wrong("DD.MM.YYYY 0", "\"0\" is no part of a date format");
	check_wrong("DD MON(A,B YYYY", "the list of month names has no \")\"");
	check_wrong("DD MON() YYYY", "the list of month names has no twelve names");
	check_wrong("DD MON(A,B) YYYY", "the list of month names has no twelve names (got 2)");
	check_wrong("DD MON(A,B,C,D,E,F,G,H,I,J,K,L,M) YYYY",
		"the list of month names has no twelve names");
	check_wrong("DD MON(A,B,C,D,E,,G,H,I,J,K,L) YYYY",
		"the list of month names has no twelve names");
}

/* What a message shows of a format is fit for a terminal. */
static void test_shown(void)
{
	struct error e = { 0 };
	struct date_format format;
	CHECK_NUMBER(date_format_compile(&format, SLICE("DD.MM\x1B[2J\xFF"), &e), -1);
	CHECK_TEXT(buffer_slice(&e.text), "date format \"DD.MM\\x1B[2J\\xFF\": \"2\" is no part of "
					  "a date format");
	error_release(&e);
}

static void test_about(void)
{
	static const struct {
		const char *format;
		bool year_day_month, has_time;
	} about[] = {
		{ "YYYY-MM-DD", false, false },
		{ "YYYY-DD-MM", true, false },
		{ "YYYY D.MON", true, false },
		{ "YYYY/DD/MM HH:mm", true, true },
		{ "DD.MM.YYYY", false, false },
		{ "MM/DD/YYYY hh:mm AP", false, true },
		{ "HH:mm YYYY-MM-DD", false, true },
	};
	for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
		struct error e = { 0 };
		struct date_format format;
		CHECK_NUMBER(date_format_compile(&format, slice_from(about[i].format), &e), 0);
		CHECK(format.year_day_month == about[i].year_day_month);
		CHECK(format.has_time == about[i].has_time);
		date_format_release(&format);
	}
}

/* A day that is read at once is the one that is read part by part. */
static void test_days(void)
{
	static const char *const formats[] = { "DD-MM-YYYY", "YYYY-MM-DD", "YYYYMMDD", "MM/DD/YYYY",
		"(DD).MM:YYYY", "YYYY-DD-MM", "  DD. MM. YYYY  " };
	static const char alphabet[] = "0123456789-/.:9 ";
	struct error e = { 0 };
	srandom(3);
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		struct date_format format;
		size_t length = strlen(formats[i]);
		unsigned days = 0;
		CHECK_NUMBER(date_format_compile(&format, slice_from(formats[i]), &e), 0);
		CHECK(format.short_day);
		for (int round = 0; round < test_rounds(100000); round++) {
			char text[SLICE_SLACK * 2];
			char want[DAY_TEXT];
			char got[SLICE_SLACK];
			moment_t moment;
			for (size_t at = 0; at < sizeof text; at++)
				text[at] = alphabet[(size_t)random() % (sizeof alphabet - 1)];
			/*
			 * The literals mostly as they are, the year and the month mostly in range.
			 */
			for (size_t at = 0; at < length && round % 8; at++)
				if (format.span[at] == 0)
					text[at] = formats[i][at];
			if (round % 3) {
				memcpy(text + format.parts[0], random() % 2 ? "20" : "19", 2);
				text[format.parts[1]] = '0';
			}
			struct slice all = { text, length - (round % 50 == 0) };
			bool right = date_format_read(&format, all, &moment) == DATE_OK;
			CHECK(date_format_day(&format, all, got) == right);
			if (right)
				CHECK(memcmp(day_write(want, moment_day(moment)).ptr, got,
					      DAY_TEXT - 1) == 0);
			days += right;
		}
		CHECK(days > 100);
		date_format_release(&format);
	}
	/* What is longer than a block, has a time or is of no fixed width is not read so. */
	static const char *const others[] = { "YYYY-MM-DD HH", "D.M.YYYY", "DD-MON-YYYY",
		".......DD-MM-YYYY" };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct date_format format;
		CHECK_NUMBER(date_format_compile(&format, slice_from(others[i]), &e), 0);
		CHECK(!format.short_day);
		date_format_release(&format);
	}
	error_release(&e);
}

int main(void)
{
	test_days();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_row(&rows[i]);
	test_wrong();
	test_shown();
	test_about();
	return test_report("date_format_test");
}
