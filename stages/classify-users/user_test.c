#include "lists.h"
#include "user.h"

#include "show.h"

#include "test.h"

#include <stdlib.h>
#include <unistd.h>

/* Is an id marked? It is then matched. */
static bool ask(struct list *l, struct slice id)
{
	uint32_t index;
	bool marked = list_marked(l, slack_of(id), &index);
	list_match(l, index);
	return marked;
}

static const char header[] = "user_id|status|source_system|native_deeplink_user|account_type|"
			     "terminated_on|inactivated_on|person_guid|instructor_id|admin_id";

/* The record of a row whose fields have "|" between, with slack. */
static struct record split(const char *row, struct slice fields[USER_COLUMNS])
{
	static char text[512];
	struct record record = { .line = 5, .raw = slice_from(row), .fields = fields };
	CHECK(record.raw.len + SLICE_SLACK < sizeof text);
	memcpy(text, row, record.raw.len + 1);
	for (struct slice rest = slice_from(text); rest.ptr && record.count < USER_COLUMNS;)
		fields[record.count++] = slice_cut(&rest, '|');
	return record;
}

static const struct settings all_set = { .external_days = 90, .internal_days = 90 };

/* What one thread meets. */
static struct user_memo met;

static bool same_facts(const struct facts *a, const struct facts *b)
{
	return a->status == b->status && a->source == b->source && a->deeplink == b->deeplink &&
	       a->account == b->account && a->person_guid == b->person_guid &&
	       a->history == b->history && a->changed_on == b->changed_on &&
	       a->inactivated_on == b->inactivated_on && a->terminated_on == b->terminated_on &&
	       a->instructor == b->instructor && a->teaches_later == b->teaches_later &&
	       a->admin == b->admin && a->on_hold == b->on_hold;
}

/* The fields as a record has them where quotes were undone: none is beside the one before. */
static void set_apart(struct slice fields[USER_COLUMNS])
{
	static char text[USER_COLUMNS][128];
	for (size_t i = 0; i < USER_COLUMNS; i++) {
		CHECK(fields[i].len + SLICE_SLACK <= sizeof *text);
		memcpy(text[i], fields[i].ptr, fields[i].len);
		fields[i].ptr = text[i];
	}
}

/* The facts, which are the same whether such words were met before, were not, or stand apart. */
static bool facts_of(const char *row, struct facts *facts, struct reject *reject)
{
	struct slice fields[USER_COLUMNS];
	struct user_form form;
	user_form(&form, &all_set, false, false);
	struct record record = split(row, fields);
	CHECK_NUMBER(record.count, USER_COLUMNS);
	for (int i = 0; i < USER_COLUMNS; i++)
		form.columns[i].index = i;
	const bool good = user_facts(&form, &met, &record, facts, reject);
	for (int way = 0; way < 2; way++) {
		struct facts again;
		struct reject why = { 0 };
		if (way == 1)
			set_apart(fields);
		CHECK(user_facts(&form, &met, &record, &again, &why) == good);
		CHECK(good ? same_facts(facts, &again)
			   : why.reason == reject->reason &&
					slice_equal(why.column, reject->column) &&
					slice_equal(why.got, reject->got));
	}
	return good;
}

/* Words at random, most of which the columns may hold. */
static void test_words(void)
{
	static const char *const words[] = { "active", "inactive", "learning",
		"identity-provisioning", "platform", "Y", "N", "internal", "external", "", "",
		"activ", "Inactive", "learnin", "platforn", "external-", "identity-provisionin",
		"identity-provisioning-" };
	static const size_t starts[] = { 0, 2, 5, 7 };
	static const size_t counts[] = { 2, 3, 2, 2 };
	struct buffer row = { 0 };
	for (int round = test_rounds(200000); round > 0; round--) {
		struct facts facts;
		struct reject reject = { 0 };
		size_t places[4];
		bool known = true;
		buffer_clear(&row);
		CHECK_NUMBER(buffer_put(&row, '1'), 0);
		for (size_t i = 0; i < 4; i++) {
			const bool odd = random() % 64 == 0;
			places[i] = odd ? (size_t)random() % (sizeof words / sizeof *words)
					: starts[i] + (size_t)random() % (counts[i] + 1);
			if (!odd && places[i] == starts[i] + counts[i])
				places[i] = 9;
			const bool here =
				places[i] >= starts[i] && places[i] < starts[i] + counts[i];
			known &= here || words[places[i]][0] == '\0';
			CHECK_NUMBER(buffer_printf(&row, "|%s", words[places[i]]), 0);
			places[i] = here ? places[i] - starts[i] : counts[i];
		}
		CHECK_NUMBER(buffer_append(&row, SLICE("|||||")), 0);
		const char *text = buffer_text(&row);
		if (!CHECK(text && facts_of(text, &facts, &reject) == known))
			fprintf(stderr, "%s\n", text ? text : "no memory");
		if (!known)
			continue;
		CHECK_NUMBER(facts.status, places[0]);
		CHECK_NUMBER(facts.source, places[1]);
		CHECK_NUMBER(facts.deeplink, places[2]);
		CHECK_NUMBER(facts.account, places[3]);
	}
	buffer_release(&row);
}

static void test_facts(void)
{
	struct facts f;
	struct reject reject;
	day_t day;
	CHECK(facts_of(
		"000123|inactive|platform|N|external|2024-02-29|1900-01-01|G|I|A", &f, &reject));
	CHECK_NUMBER(f.status, USER_INACTIVE);
	CHECK_NUMBER(f.source, SOURCE_PLATFORM);
	CHECK_NUMBER(f.deeplink, DEEPLINK_NO);
	CHECK_NUMBER(f.account, ACCOUNT_EXTERNAL);
	day_read(SLICE("2024-02-29"), &day);
	CHECK_NUMBER(f.terminated_on, day);
	day_read(SLICE("1900-01-01"), &day);
	CHECK_NUMBER(f.inactivated_on, day);
	CHECK_NUMBER(f.person_guid, GUID_PRESENT);
	CHECK(f.instructor && f.admin);
	CHECK_NUMBER(f.history, HISTORY_SILENT);
	CHECK_NUMBER(f.changed_on, DAY_NONE);
	CHECK(!f.teaches_later && !f.on_hold);

	CHECK(facts_of("1|||||||||", &f, &reject));
	CHECK_NUMBER(f.status, USER_STATUS_UNKNOWN);
	CHECK_NUMBER(f.source, SOURCE_UNKNOWN);
	CHECK_NUMBER(f.deeplink, DEEPLINK_UNKNOWN);
	CHECK_NUMBER(f.account, ACCOUNT_UNKNOWN);
	CHECK_NUMBER(f.terminated_on, DAY_NONE);
	CHECK_NUMBER(f.inactivated_on, DAY_NONE);
	CHECK_NUMBER(f.person_guid, GUID_NONE);
	CHECK(!f.instructor && !f.admin);

	CHECK(facts_of("1|active|learning|Y|internal|||||", &f, &reject));
	CHECK(f.status == USER_ACTIVE && f.source == SOURCE_LEARNING);
	CHECK(f.deeplink == DEEPLINK_YES && f.account == ACCOUNT_INTERNAL);
	CHECK(facts_of("1|active|identity-provisioning|||||| |", &f, &reject));
	CHECK_NUMBER(f.source, SOURCE_IDENTITY_PROVISIONING);
	CHECK(f.instructor); /* a blank is a value: nothing is trimmed */
}

/* Columns that the stream does not have. */
static void test_absent(void)
{
	struct facts f;
	struct reject reject;
	struct slice fields[USER_COLUMNS];
	struct user_form form;
	user_form(&form, &all_set, false, false);
	struct record record = split("1|inactive", fields);
	form.columns[COLUMN_USER_ID].index = 0;
	form.columns[COLUMN_STATUS].index = 1;
	CHECK(user_facts(&form, &met, &record, &f, &reject));
	CHECK(f.status == USER_INACTIVE && f.source == SOURCE_UNKNOWN);
	CHECK(f.deeplink == DEEPLINK_UNKNOWN && f.account == ACCOUNT_UNKNOWN);
	CHECK(f.terminated_on == DAY_NONE && f.inactivated_on == DAY_NONE);
	CHECK_NUMBER(f.person_guid, GUID_NO_COLUMN);
	CHECK(!f.instructor && !f.admin);
}

static void check_reject(
	const char *row, enum reason reason, const char *column, const char *got, int line)
{
	struct facts f;
	struct reject reject = { 0 };
	if (!test_note(!facts_of(row, &f, &reject), __FILE__, line, row))
		return;
	CHECK_NUMBER(reject.reason, reason);
	CHECK_NUMBER(reject.line, 5);
	test_slices(reject.column, slice_from(column), __FILE__, line, row);
	test_slices(reject.got, slice_from(got), __FILE__, line, row);
	CHECK_TEXT(reject.raw, row);
}

#define REJECT(row, reason, column, got) check_reject(row, reason, column, got, __LINE__)

static void test_rejects(void)
{
	REJECT("|active||||||||", REASON_EMPTY_VALUE, "user_id", "");
	REJECT("1|Active||||||||", REASON_UNKNOWN_VALUE, "status", "Active");
	REJECT("1|active |||||||| ", REASON_UNKNOWN_VALUE, "status", "active ");
	REJECT("1|active|Learning|||||||", REASON_UNKNOWN_VALUE, "source_system", "Learning");
	REJECT("1|active||y||||||", REASON_UNKNOWN_VALUE, "native_deeplink_user", "y");
	REJECT("1|active|||ext|||||", REASON_UNKNOWN_VALUE, "account_type", "ext");
	REJECT("1|active|||internal,external|||||", REASON_UNKNOWN_VALUE, "account_type",
		"internal,external");
	REJECT("1|active||||2023-02-29||||", REASON_BAD_DATE, "terminated_on", "2023-02-29");
	REJECT("1|active||||2023-02-01T00:00:00||||", REASON_BAD_DATE, "terminated_on",
		"2023-02-01T00:00:00");
	REJECT("1|active|||||9999-12-31|||", REASON_BAD_DATE, "inactivated_on", "9999-12-31");
	REJECT("1|active|||||01.02.2023|||", REASON_BAD_DATE, "inactivated_on", "01.02.2023");
}

static void check_day(struct slice text)
{
	static struct month_memo memo;
	for (int time = 0; time < 2; time++) {
		day_t day = 4711;
		day_t met_day = 4711;
		const enum date_result want = day_read(text, &day);
		CHECK_NUMBER(day_read_by(&memo, slack_of(text), &met_day), want);
		CHECK_NUMBER(met_day, day);
	}
}

/* Days are the same whichever months were met before. */
static void test_days(void)
{
	static struct month_memo memo;
	char text[DAY_TEXT];
	day_t day = 0;
	const day_t step = test_rounds(10) < 10 ? 997 : 1;
	for (day = -25567; day <= 2932531; day += step) {
		day_t met_day = 4711;
		const struct slice written = slack_of(day_write(text, day));
		if (day_read_by(&memo, written, &met_day) != DATE_OK || met_day != day)
			CHECK_NUMBER(met_day, day);
	}
	CHECK(day > 2932531);
	for (int round = test_rounds(20000); round > 0; round--) {
		day_write(text, (day_t)(random() % 2958098) - 25567);
		check_day(slice_from(text));
		text[random() % 10] = (char)random();
		check_day((struct slice){ text, 10 });
		check_day((struct slice){ text, 1 + (size_t)random() % 10 });
	}
	for (unsigned place = 0; place < 10; place++)
		for (unsigned byte = 0; byte < 256; byte++) {
			char other[] = "2024-02-29";
			check_day((struct slice){ other, 10 });
			other[place] = (char)byte;
			check_day((struct slice){ other, 10 });
		}
	for (int time = 0; time < 2; time++) {
		CHECK_NUMBER(day_read_by(&memo, slack_of(SLICE("")), &day), DATE_OK);
		CHECK(day == DAY_NONE);
		CHECK_NUMBER(day_read_by(&memo, (struct slice){ NULL, 0 }, &day), DATE_OK);
		CHECK(day == DAY_NONE);
		CHECK_NUMBER(day_read_by(&memo, SLICE("9999-12-31"), &day), DATE_OPEN_ENDED);
	}
}

/* Which columns have to be there: a letter each, n for needed. */
static void check_needed(struct settings s, bool history, bool classes, const char *want)
{
	struct user_form form;
	char got[USER_COLUMNS + 1] = "";
	user_form(&form, &s, history, classes);
	struct slice rest = slice_from(header);
	for (int i = 0; i < USER_COLUMNS; i++) {
		CHECK_SLICE(slice_cut(&rest, '|'), slice_from(form.columns[i].name));
		CHECK_NUMBER(form.columns[i].index, -1);
		got[i] = form.columns[i].needed ? 'n' : '.';
	}
	CHECK_TEXT(slice_from(got), want);
}

static void test_needed(void)
{
	check_needed(
		(struct settings){ .ias = true, .external_days = 90 }, false, false, "nnn.n.n...");
	check_needed(
		(struct settings){ .ias = true, .external_days = 90 }, true, false, "nnn.n.....");
	check_needed(
		(struct settings){ .ias = false, .internal_days = 90 }, false, false, "nn.nnn....");
	check_needed(
		(struct settings){ .ias = false, .internal_days = 90 }, true, true, "nn.nnn..n.");
	check_needed((struct settings){ .ias = true, .external_days = 90, .internal_days = 90 },
		false, true, "nnn.nnn.n.");
}

typedef int list_reader(
	struct list *l, const char *path, enum format format, day_t as_of, struct error *e);

/* Reads a list as of 2024-06-30: 0, or -1 with the error's text after the path in `why`. */
static int list_of(struct list *l, list_reader *read, const char *content, struct buffer *why)
{
	char path[] = "/tmp/lists-test-XXXXXX";
	struct error e = { 0 };
	day_t as_of;
	int fd = mkstemp(path);
	CHECK(write(fd, content, strlen(content)) == (ssize_t)strlen(content));
	close(fd);
	day_read(SLICE("2024-06-30"), &as_of);
	list_init(l);
	int result = read(l, path, FORMAT_CSV, as_of, &e);
	unlink(path);
	buffer_clear(why);
	buffer_append(why, slice_skip(buffer_slice(&e.text), e.text.len ? strlen(path) : 0));
	CHECK(result == 0 || e.status == STATUS_INPUT);
	error_release(&e);
	return result;
}

static void test_lists(void)
{
	struct list l;
	struct buffer why = { 0 };
	CHECK_NUMBER(list_of(&l, holds_read,
			     "reason,user_id,expires_on\nx,open,\nx,later,2024-07-01\n"
			     "x,today,2024-06-30\nx,over,2024-06-29\nx,again,2024-06-29\n"
			     "x,again,2024-07-01\nx,again,2020-01-01\nx,other,\n",
			     &why),
		0);
	CHECK_NUMBER(list_unmatched(&l), 6);
	CHECK(ask(&l, SLICE("open")));
	CHECK(ask(&l, SLICE("later")));
	CHECK(ask(&l, SLICE("today")));
	CHECK(ask(&l, SLICE("again")));
	CHECK(!ask(&l, SLICE("over")));
	CHECK(!ask(&l, SLICE("nobody")));
	CHECK(!ask(&l, SLICE("Open")));
	CHECK(!ask(&l, SLICE("")));
	CHECK_NUMBER(list_unmatched(&l), 1);
	list_release(&l);

	CHECK_NUMBER(list_of(&l, holds_read, "user_id\na\nb\n", &why), 0);
	CHECK(ask(&l, SLICE("a")) && ask(&l, SLICE("b")));
	list_release(&l);

	CHECK_NUMBER(list_of(&l, classes_read,
			     "instructor_id,class_id,starts_on\nI,1,2024-06-29\nJ,1,2024-06-30\n"
			     "K,1,2025-01-01\nK,2,2020-01-01\n",
			     &why),
		0);
	CHECK(!ask(&l, SLICE("I")));
	CHECK(ask(&l, SLICE("J")));
	CHECK(ask(&l, SLICE("K")));
	CHECK_NUMBER(list_unmatched(&l), 0);
	list_release(&l);

	/* More ids than there is room for at first. */
	struct buffer many = { 0 };
	buffer_append(&many, SLICE("user_id,expires_on\n"));
	for (int i = 0; i < 1000; i++)
		buffer_printf(&many, "u%d,%s\n", i, i % 3 ? "" : "2000-01-01");
	CHECK_NUMBER(list_of(&l, holds_read, buffer_text(&many), &why), 0);
	for (int i = 0; i < 1000; i++) {
		char id[16];
		snprintf(id, sizeof id, "u%d", i);
		CHECK(ask(&l, slice_from(id)) == (i % 3 != 0));
	}
	list_release(&l);
	buffer_release(&many);

	CHECK_NUMBER(list_of(&l, holds_read, "user_id,expires_on\n,\n", &why), -1);
	CHECK_TEXT(
		buffer_slice(&why), ":2: column \"user_id\": wrong value (got \"\", want an id)");
	list_release(&l);
	CHECK_NUMBER(list_of(&l, holds_read, "user_id,expires_on\na,2024-02-30\n", &why), -1);
	CHECK_TEXT(buffer_slice(&why),
		":2: column \"expires_on\": wrong value (got \"2024-02-30\", "
		"want YYYY-MM-DD)");
	list_release(&l);
	CHECK_NUMBER(
		list_of(&l, classes_read, "instructor_id,class_id,starts_on\nI,1,\n", &why), -1);
	CHECK_TEXT(buffer_slice(&why),
		":2: column \"starts_on\": wrong value (got \"\", want YYYY-MM-DD)");
	list_release(&l);
	CHECK_NUMBER(list_of(&l, classes_read, "instructor_id,starts_on\n", &why), -1);
	list_release(&l);
	buffer_release(&why);
}

int main(void)
{
	test_facts();
	test_words();
	test_days();
	test_absent();
	test_rejects();
	test_needed();
	test_lists();
	return test_report("user_test");
}
