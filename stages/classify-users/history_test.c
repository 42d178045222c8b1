#include "history.h"

#include "spool.h"

#include "test.h"

#include <stdlib.h>
#include <unistd.h>

/* What the history says of a user, who is then matched. */
static enum history_kind ask(struct history *h, struct slice id, day_t *changed_on)
{
	uint32_t index;
	enum history_kind kind = history_of(
		h, slack_of(id), (uint32_t)(unsigned char)id.ptr[0] % 7, changed_on, &index);
	history_match(h, index);
	return kind;
}

/* One row of a history; moments are seconds after 2024-01-01T00:00:00. */
struct row {
	int user;
	int second;
	bool active;
};

#define ROWS      10
#define MANY_ROWS 600 /* rows; a byte does not count them */
#define USERS     3
#define BEGIN     "2024-01-01T00:00:00"

/* A file for the stream; its path is in `path`. */
static void put(const char *path, struct slice bytes)
{
	FILE *file = fopen(path, "wb");
	CHECK(file && fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len);
	CHECK(file && fclose(file) == 0);
}

/*
 * The rule as it is told, without any thought of order: of the rows up to as-of, the last active
 * one by moment and place; then the earliest inactive one after it.
 */
static enum history_kind evaluate(
	const struct row *rows, size_t count, int user, int end, int *changed)
{
	size_t last = SIZE_MAX;
	size_t first = SIZE_MAX;
	for (size_t i = 0; i < count; i++)
		if (rows[i].user == user && rows[i].active && rows[i].second < end &&
			(last == SIZE_MAX || rows[i].second >= rows[last].second))
			last = i;
	if (last == SIZE_MAX)
		return HISTORY_SILENT;
	const int last_second = rows[last].second;
	for (size_t i = 0; i < count; i++) {
		bool after =
			rows[i].second > last_second || (rows[i].second == last_second && i > last);
		if (rows[i].user == user && !rows[i].active && rows[i].second < end && after &&
			(first == SIZE_MAX || rows[i].second < rows[first].second))
			first = i;
	}
	if (first == SIZE_MAX)
		return HISTORY_ENDS_ACTIVE;
	*changed = rows[first].second;
	return HISTORY_CHANGED;
}

#define ID_MOST 300

/*
 * Ids that are alike but for the last byte, of one length or each of another; some stand in an
 * entry of the set, and others do not.
 */
#define KINDS 12
static struct slice id_of(char id[ID_MOST], int user, int kind)
{
	static const size_t lengths[KINDS / 2] = { 2, 15, 16, 17, 40, ID_MOST };
	size_t length = lengths[(kind < KINDS / 2 ? kind + user : kind) % (KINDS / 2)];
	memset(id, 'u', length);
	id[length - 1] = (char)('0' + user);
	return (struct slice){ id, length };
}

static void write_rows(
	struct buffer *out, const struct row *rows, size_t count, enum format format, int kind)
{
	const char *between = format == FORMAT_TSV ? "\t" : ",";
	moment_t begin;
	CHECK_NUMBER(moment_read(SLICE(BEGIN), &begin), DATE_OK);
	buffer_clear(out);
	buffer_printf(out, "status%suser_id%schanged_at\n", between, between);
	for (size_t i = 0; i < count; i++) {
		char text[MOMENT_TEXT];
		char id[ID_MOST];
		moment_write(text, begin + rows[i].second);
		buffer_printf(out, "%s%s", rows[i].active ? "active" : "inactive", between);
		buffer_append(out, id_of(id, rows[i].user, kind));
		buffer_printf(out, "%s%s\n", between, text);
	}
}

/* Reads the rows with a spool that keeps next to nothing in memory, and compares all users. */
static bool check_rows(
	const char *path, const struct row *rows, size_t count, int end_day, enum format format)
{
	struct error e = { 0 };
	struct history h;
	struct buffer bytes = { 0 };
	day_t as_of;
	uint64_t late = 0;
	CHECK_NUMBER(day_read(SLICE("2024-01-01"), &as_of), DATE_OK);
	const int kind = (int)(random() % KINDS);
	write_rows(&bytes, rows, count, format, kind);
	put(path, buffer_slice(&bytes));
	history_init(&h);
	h.spool.memory = 40;
	bool right = history_read(&h, path, format, as_of + end_day - 1, 2, &e) == 0;
	for (size_t i = 0; i < count; i++)
		late += rows[i].second >= end_day * 86400;
	right = right && h.rows == count && h.after_as_of == late;
	for (int user = 0; user < USERS && right; user++) {
		char id[ID_MOST];
		int second = 0;
		day_t day = DAY_NONE;
		enum history_kind want = evaluate(rows, count, user, end_day * 86400, &second);
		right = ask(&h, id_of(id, user, kind), &day) == want &&
			(want != HISTORY_CHANGED || day == as_of + second / 86400);
	}
	if (!right)
		fprintf(stderr, "as-of day %d, status %d\n%.*s", end_day, (int)e.status,
			(int)bytes.len, bytes.ptr);
	history_release(&h);
	buffer_release(&bytes);
	error_release(&e);
	return right;
}

/*
 * Random histories: few moments, so that many are the same, on days of which some are after as-of.
 */
static void test_random(const char *path)
{
	for (int round = 0; round < test_rounds(6000); round++) {
		struct row rows[MANY_ROWS];
		size_t count = (size_t)(random() % (round % 50 ? ROWS + 1 : MANY_ROWS + 1));
		long spread = 1 + random() % 12;
		for (size_t i = 0; i < count; i++)
			rows[i] = (struct row){ (int)(random() % USERS),
				(int)(random() % spread) * 43200, random() % 3 == 0 };
		if (!CHECK(check_rows(path, rows, count, 4 + (int)(random() % 3),
			    random() % 2 ? FORMAT_CSV : FORMAT_TSV)))
			return;
	}
}

/* Rows of different moments give the same in every order. */
static void test_permutations(const char *path)
{
	static const bool patterns[][6] = {
		{ true, false, false, true, false, false },
		{ false, true, false, true, false, true },
		{ false, false, true, false, false, false },
		{ true, true, false, false, true, false },
	};
	const int step = 10 / test_rounds(10);
	for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
		for (int number = 0; number < 720; number += step) {
			struct row rows[6];
			int left[6] = { 0, 1, 2, 3, 4, 5 };
			int rest = number;
			for (int i = 0; i < 6; i++) {
				int at = rest % (6 - i);
				rest /= 6 - i;
				rows[i] =
					(struct row){ 0, left[at] * 86400, patterns[p][left[at]] };
				memmove(left + at, left + at + 1, (size_t)(5 - at) * sizeof *left);
			}
			if (!CHECK(check_rows(path, rows, 6, 7, FORMAT_CSV)))
				return;
		}
	}
}

/* A user with rows enough for the file of the spool, then an active row in the midst of them. */
static void test_late_active(const char *path)
{
	static struct row rows[3001];
	for (int i = 0; i < 3000; i++)
		rows[i] = (struct row){ i % 2, (i * 7919 % 3000) * 3600 + 7200, i < 4 };
	rows[3000] = (struct row){ 0, 1500 * 3600, true };
	CHECK(check_rows(path, rows, 3001, 200, FORMAT_CSV));
	CHECK(check_rows(path, rows, 3001, 100, FORMAT_TSV));
}

static void check_as_of(const char *path, const char *rows, const char *as_of_day,
	enum history_kind want, const char *want_day)
{
	struct error e = { 0 };
	struct history h;
	struct buffer bytes = { 0 };
	char text[DAY_TEXT] = "";
	day_t day = DAY_NONE;
	day_t as_of;
	CHECK_NUMBER(day_read(slice_from(as_of_day), &as_of), DATE_OK);
	buffer_printf(&bytes, "user_id,changed_at,status\n%s", rows);
	put(path, buffer_slice(&bytes));
	history_init(&h);
	CHECK_NUMBER(history_read(&h, path, FORMAT_CSV, as_of, 2, &e), 0);
	CHECK_NUMBER(ask(&h, SLICE("a"), &day), want);
	if (want == HISTORY_CHANGED)
		day_write(text, day);
	CHECK_TEXT(slice_from(text), want_day);
	history_release(&h);
	buffer_release(&bytes);
	error_release(&e);
}

static void check(const char *path, const char *rows, enum history_kind want, const char *want_day)
{
	check_as_of(path, rows, "2024-06-30", want, want_day);
}

/* More rows than workers read together, so that each reads several times. */
static void test_batches(const char *path, size_t jobs)
{
	enum { MANY = 20000 };
	struct error e = { 0 };
	struct history h;
	struct buffer bytes = { 0 };
	buffer_printf(&bytes, "user_id,changed_at,status\n");
	for (int i = 0; i < MANY; i++)
		buffer_printf(&bytes,
			"user-%d,2019-05-02T08:00:00,active\nuser-%d,2021-03-%02dT09:15:00,"
			"inactive\n",
			i, i, i % 31 + 1);
	put(path, buffer_slice(&bytes));
	history_init(&h);
	CHECK_NUMBER(history_read(&h, path, FORMAT_CSV, 20777, jobs, &e), 0);
	for (int i = 0; i < MANY; i++) {
		char id[32];
		day_t day = DAY_NONE;
		int length = snprintf(id, sizeof id, "user-%d", i);
		CHECK_NUMBER(ask(&h, (struct slice){ id, (size_t)length }, &day), HISTORY_CHANGED);
		CHECK_NUMBER(day, 18687 + i % 31); /* 2021-03-01 */
	}
	CHECK_NUMBER(h.users.count, MANY);
	CHECK_NUMBER(h.rows, 2 * MANY);
	history_release(&h);
	buffer_release(&bytes);
	error_release(&e);
}

static void test_cases(const char *path)
{
	check(path, "", HISTORY_SILENT, "");
	check(path, "b,2024-01-01T00:00:00,active\n", HISTORY_SILENT, "");
	check(path, "A,2024-01-01T00:00:00,active\n", HISTORY_SILENT, "");
	check(path, "a,2024-01-01T00:00:00,active\n", HISTORY_ENDS_ACTIVE, "");
	/* Inactive rows alone are no change. */
	check(path, "a,2023-01-01T00:00:00,inactive\na,2024-01-01T00:00:00,inactive\n",
		HISTORY_SILENT, "");
	/* Many inactive rows, one change (the sample of the audit report). */
	check(path,
		"a,2019-05-02T08:00:00,active\na,2021-03-01T09:15:00,inactive\n"
		"a,2022-06-01T10:00:00,active\na,2023-01-15T02:10:00,inactive\n"
		"a,2024-01-15T02:10:00,inactive\n",
		HISTORY_CHANGED, "2023-01-15");
	/* The last row of as-of counts, the first of the next day does not. */
	check(path, "a,2024-01-01T00:00:00,active\na,2024-06-30T23:59:59,inactive\n",
		HISTORY_CHANGED, "2024-06-30");
	check(path, "a,2024-01-01T00:00:00,active\na,2024-07-01T00:00:00,inactive\n",
		HISTORY_ENDS_ACTIVE, "");
	check(path, "a,2024-07-01T00:00:00,active\n", HISTORY_SILENT, "");
	/* Of one moment, the order of the file. */
	check(path, "a,2024-01-01T00:00:00,active\na,2024-01-01T00:00:00,inactive\n",
		HISTORY_CHANGED, "2024-01-01");
	check(path, "a,2024-01-01T00:00:00,inactive\na,2024-01-01T00:00:00,active\n",
		HISTORY_ENDS_ACTIVE, "");
	/* The ends of time. */
	check(path, "a,1900-01-01T00:00:00,active\na,1900-01-01T00:00:01,inactive\n",
		HISTORY_CHANGED, "1900-01-01");
	check_as_of(path, "a,1900-01-01T00:00:00,active\na,9998-12-31T23:59:59,inactive\n",
		"9998-12-31", HISTORY_CHANGED, "9998-12-31");
	check_as_of(path, "a,2035-12-31T00:00:00,active\na,2036-02-08T00:00:00,inactive\n",
		"2040-01-01", HISTORY_CHANGED, "2036-02-08");
	check(path,
		"a,1900-01-01T00:00:02,inactive\na,1900-01-01T00:00:01,inactive\n"
		"a,1900-01-01T00:00:00,active\n",
		HISTORY_CHANGED, "1900-01-01");
}

static void check_wrong(const char *path, const char *content, const char *want)
{
	struct error e = { 0 };
	struct history h;
	struct buffer text = { 0 };
	put(path, slice_from(content));
	history_init(&h);
	CHECK_NUMBER(history_read(&h, path, FORMAT_CSV, 0, 2, &e), -1);
	CHECK_NUMBER(e.status, STATUS_INPUT);
	buffer_printf(&text, "%s:%s", path, want);
	CHECK_SLICE(buffer_slice(&e.text), buffer_slice(&text));
	history_release(&h);
	buffer_release(&text);
	error_release(&e);
}

static void test_wrong(const char *path)
{
#define HEAD "user_id,changed_at,status\n"
	check_wrong(path, HEAD "a,2024-01-01,active\n",
		"2: column \"changed_at\": wrong value (got \"2024-01-01\", want "
		"YYYY-MM-DDTHH:MM:SS)");
	check_wrong(path, HEAD "\na,2024-02-30T00:00:00,active\n",
		"3: column \"changed_at\": wrong value (got \"2024-02-30T00:00:00\", want "
		"YYYY-MM-DDTHH:MM:SS)");
	check_wrong(path, HEAD "a,2024-01-01T00:00:00,Active\n",
		"2: column \"status\": wrong value (got \"Active\", want active or inactive)");
	check_wrong(path, HEAD "a,2024-01-01T00:00:00,\n",
		"2: column \"status\": wrong value (got \"\", want active or inactive)");
	check_wrong(path, HEAD ",2024-01-01T00:00:00,active\n",
		"2: column \"user_id\": wrong value (got \"\", want an id)");
	check_wrong(path, HEAD "a,2024-01-01T00:00:00\n", "2: wrong number of fields (got \"2\")");
	check_wrong(path, "user_id,changed_at\n",
		"1: needed columns are missing: \"status\" (got \"user_id\", \"changed_at\")");
}

static void test_unmatched(const char *path)
{
	struct error e = { 0 };
	struct history h;
	day_t day;
	put(path, SLICE(HEAD "a,2024-01-01T00:00:00,active\nb,2024-01-01T00:00:00,active\n"
			     "c,2025-01-01T00:00:00,active\na,2024-01-02T00:00:00,inactive\n"));
	history_init(&h);
	CHECK_NUMBER(day_read(SLICE("2024-06-30"), &day), DATE_OK);
	CHECK_NUMBER(history_read(&h, path, FORMAT_CSV, day, 2, &e), 0);
	CHECK_NUMBER(history_unmatched(&h), 3);
	ask(&h, SLICE("a"), &day);
	ask(&h, SLICE("a"), &day);
	ask(&h, SLICE("z"), &day);
	CHECK_NUMBER(history_unmatched(&h), 2);
	/* A user all of whose rows are after as-of is known to the history all the same. */
	CHECK_NUMBER(ask(&h, SLICE("c"), &day), HISTORY_SILENT);
	CHECK_NUMBER(history_unmatched(&h), 1);
	CHECK_NUMBER(h.after_as_of, 1);
	history_release(&h);
}

int main(void)
{
	char path[] = "/tmp/history-test-XXXXXX";
	int fd = mkstemp(path);
	if (!CHECK(fd >= 0))
		return test_report("history_test");
	close(fd);
	srandom(3);
	test_cases(path);
	test_random(path);
	test_permutations(path);
	test_late_active(path);
	test_wrong(path);
	test_batches(path, 1);
	test_batches(path, 2);
	test_unmatched(path);
	unlink(path);
	return test_report("history_test");
}
