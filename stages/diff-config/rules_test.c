#include "rules.h"

#include "test.h"

#define PRINT_A1 "hmac-sha256:0a1b:00112233445566778899aabbccddeeff"
#define PRINT_A2 "hmac-sha256:0a1b:ffeeddccbbaa99887766554433221100"
#define PRINT_B1 "hmac-sha256:9f9f:00112233445566778899aabbccddeeff"

/* A value of the tables below: NULL is absent. */
static struct value value(const char *text)
{
	return (struct value){ text != NULL, slice_from(text) };
}

static struct values values(const char *before, const char *after, const char *source, bool given)
{
	return (struct values){ value(before), value(after), value(source), given };
}

static const char *const all[] = { NULL, "", "x", "y", "z", MASKED, PRINT_A1, PRINT_A2, PRINT_B1 };
#define ALL (sizeof all / sizeof *all)

/*
 * What two values that are there say of each other: '=' the same, '!' different, '.' nothing. Rows
 * and columns as in `all`, from "" on.
 */
static const char *const alike[ALL - 1] = {
	"=!!!!!!!", /* "" */
	"!=!!....", /* x */
	"!!=!....", /* y */
	"!!!=....", /* z */
	"!.......", /* *** */
	"!....=!.", /* A1 */
	"!....!=.", /* A2 */
	"!......=", /* B1 */
};

static char likeness_of(size_t a, size_t b)
{
	return alike[a - 1][b - 1];
}

static void test_likeness(void)
{
	for (size_t a = 1; a < ALL; a++)
		for (size_t b = 1; b < ALL; b++) {
			enum likeness got = value_likeness(slice_from(all[a]), slice_from(all[b]));
			CHECK_NUMBER("=!."[got], likeness_of(a, b));
		}
}

/* Only the exact form is a fingerprint; anything else is a value like any other. */
static void test_fingerprint_form(void)
{
	static const char *const plain[] = {
		"hmac-sha256:0a1b:00112233445566778899aabbccddeef",
		"hmac-sha256:0a1b:00112233445566778899aabbccddeeff0",
		"hmac-sha256:0A1B:00112233445566778899aabbccddeeff",
		"hmac-sha256:0a1b:00112233445566778899aabbccddeefg",
		"hmac-sha256:0a1b-00112233445566778899aabbccddeeff",
		"hmac-sha512:0a1b:00112233445566778899aabbccddeeff",
		"hmac-sha256:0a1 :00112233445566778899aabbccddeeff",
		"**",
		"****",
		"*** ",
		"",
	};
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		struct slice text = slice_from(plain[i]);
		CHECK(!hidden_value(text));
		CHECK_NUMBER(value_likeness(text, text), LIKE_SAME);
		CHECK_NUMBER(value_likeness(text, SLICE("x")), LIKE_DIFFERENT);
	}
	CHECK(hidden_value(SLICE(MASKED)));
	CHECK(hidden_value(SLICE(PRINT_A1)));
	CHECK(hidden_value(SLICE(PRINT_B1)));
}

/*
 * The table of the contract, a row each: what is asked of before, after and source, and what comes
 * of it. before and after: '-' absent, '+' there; their likeness: as above, ' ' not asked. The
 * source: 'n' not given, '-' absent, '=' or '!' or '.' as above; 'a' anything.
 */
struct line {
	char before, after, likeness, source;
	const char *change, *verdict;
};

static const struct line table[] = {
	{ '+', '+', '.', 'a', "unknown", "cannot-compare" },
	{ '+', '+', '=', 'n', "same", "kept" },
	{ '+', '+', '=', '=', "same", "kept" },
	{ '+', '+', '=', '.', "same", "cannot-compare" },
	{ '+', '+', '=', '!', "same", "restored" },
	{ '+', '+', '=', '-', "same", "restored" },
	{ '+', '+', '!', 'n', "changed", "" },
	{ '+', '+', '!', '=', "changed", "overwritten-by-source" },
	{ '+', '+', '!', '!', "changed", "changed-otherwise" },
	{ '+', '+', '!', '-', "changed", "changed-otherwise" },
	{ '+', '+', '!', '.', "changed", "cannot-compare" },
	{ '+', '-', ' ', 'n', "removed", "" },
	{ '+', '-', ' ', '-', "removed", "lost-with-source" },
	{ '+', '-', ' ', 'a', "removed", "lost" },
	{ '-', '+', ' ', 'n', "added", "" },
	{ '-', '+', ' ', '=', "added", "introduced-by-source" },
	{ '-', '+', ' ', '.', "added", "cannot-compare" },
	{ '-', '+', ' ', '!', "added", "introduced" },
	{ '-', '+', ' ', '-', "added", "introduced" },
};

/* How the source stands to the value that is there: before where nothing changed, else after. */
static char source_of(size_t before, size_t after, size_t source, bool given)
{
	if (!given)
		return 'n';
	if (source == 0)
		return '-';
	if (after == 0)
		return 'a';
	/* "A = B, S masked": also where both are empty, which a mask cannot be. */
	if (before && likeness_of(before, after) == '=' && strcmp(all[source], MASKED) == 0)
		return '.';
	return likeness_of(after, source);
}

static const struct line *line_of(size_t before, size_t after, size_t source, bool given)
{
	const struct line want = { before ? '+' : '-', after ? '+' : '-',
		before && after ? likeness_of(before, after) : ' ',
		source_of(before, after, source, given), NULL, NULL };
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const struct line *line = &table[i];
		if (line->before == want.before && line->after == want.after &&
			line->likeness == want.likeness &&
			(line->source == want.source || line->source == 'a'))
			return line;
	}
	return NULL;
}

/* Every combination of values; each line of the table has to be met. */
static void test_verdicts(void)
{
	unsigned met[sizeof table / sizeof *table] = { 0 };
	for (size_t b = 0; b < ALL; b++)
		for (size_t a = 0; a < ALL; a++)
			for (size_t s = 0; s < ALL; s++)
				for (int given = 0; given < 2; given++) {
					if ((!a && !b) || (!given && s))
						continue;
					const struct line *line = line_of(b, a, s, given);
					struct values v = values(all[b], all[a], all[s], given);
					struct finding got = values_judge(&v);
					if (!CHECK(line != NULL))
						continue;
					met[line - table]++;
					CHECK_TEXT(
						slice_from(change_name(got.change)), line->change);
					CHECK_TEXT(slice_from(verdict_name(got.verdict)),
						line->verdict);
				}
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		CHECK(met[i] > 0);
}

/* Some of it in words, without the machinery above. */
static void test_verdicts_by_hand(void)
{
	static const struct {
		const char *before, *after, *source;
		bool given;
		const char *change, *verdict;
	} cases[] = {
		{ "x", "x", NULL, false, "same", "kept" },
		{ "x", "x", "x", true, "same", "kept" },
		{ "x", "x", "y", true, "same", "restored" },
		{ "x", "x", "", true, "same", "restored" },
		{ "x", "x", NULL, true, "same", "restored" },
		{ "", "", NULL, true, "same", "restored" },
		{ "", "", "", true, "same", "kept" },
		{ "x", "x", MASKED, true, "same", "cannot-compare" },
		{ "", "", MASKED, true, "same", "cannot-compare" },
		{ "", "", PRINT_A1, true, "same", "restored" },
		{ PRINT_A1, PRINT_A1, PRINT_A1, true, "same", "kept" },
		{ PRINT_A1, PRINT_A1, PRINT_A2, true, "same", "restored" },
		{ PRINT_A1, PRINT_A1, PRINT_B1, true, "same", "cannot-compare" },
		{ PRINT_A1, PRINT_A1, MASKED, true, "same", "cannot-compare" },
		{ MASKED, MASKED, NULL, false, "unknown", "cannot-compare" },
		{ MASKED, MASKED, MASKED, true, "unknown", "cannot-compare" },
		{ MASKED, "x", NULL, false, "unknown", "cannot-compare" },
		{ PRINT_A1, PRINT_B1, PRINT_A1, true, "unknown", "cannot-compare" },
		{ PRINT_A1, MASKED, NULL, true, "unknown", "cannot-compare" },
		{ PRINT_A1, "x", NULL, true, "unknown", "cannot-compare" },
		{ PRINT_A1, PRINT_A2, NULL, false, "changed", "" },
		{ PRINT_A1, PRINT_A2, PRINT_A2, true, "changed", "overwritten-by-source" },
		{ PRINT_A1, PRINT_A2, PRINT_A1, true, "changed", "changed-otherwise" },
		{ PRINT_A1, PRINT_A2, MASKED, true, "changed", "cannot-compare" },
		{ "", MASKED, NULL, false, "changed", "" },
		{ "", MASKED, MASKED, true, "changed", "cannot-compare" },
		{ MASKED, "", "", true, "changed", "overwritten-by-source" },
		{ MASKED, "", MASKED, true, "changed", "changed-otherwise" },
		{ "x", "y", "y", true, "changed", "overwritten-by-source" },
		{ "x", "y", "x", true, "changed", "changed-otherwise" },
		{ "x", "y", NULL, true, "changed", "changed-otherwise" },
		{ "x", "", "", true, "changed", "overwritten-by-source" },
		{ "x", NULL, NULL, false, "removed", "" },
		{ "x", NULL, NULL, true, "removed", "lost-with-source" },
		{ "x", NULL, "x", true, "removed", "lost" },
		{ MASKED, NULL, MASKED, true, "removed", "lost" },
		{ "", NULL, "", true, "removed", "lost" },
		{ NULL, "y", NULL, false, "added", "" },
		{ NULL, "y", "y", true, "added", "introduced-by-source" },
		{ NULL, "y", "x", true, "added", "introduced" },
		{ NULL, "y", NULL, true, "added", "introduced" },
		{ NULL, "", "", true, "added", "introduced-by-source" },
		{ NULL, MASKED, MASKED, true, "added", "cannot-compare" },
		{ NULL, MASKED, "", true, "added", "introduced" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct values v =
			values(cases[i].before, cases[i].after, cases[i].source, cases[i].given);
		struct finding got = values_judge(&v);
		CHECK_TEXT(slice_from(change_name(got.change)), cases[i].change);
		CHECK_TEXT(slice_from(verdict_name(got.verdict)), cases[i].verdict);
	}
}

static void test_as_source(void)
{
	for (size_t a = 0; a < ALL; a++)
		for (size_t s = 0; s < ALL; s++) {
			struct values v = values("x", all[a], all[s], true);
			bool want = a && s ? likeness_of(a, s) == '=' : a == s;
			CHECK_NUMBER(values_as_source(&v), want);
			v.source_given = false;
			v.source = value(NULL);
			CHECK(!values_as_source(&v));
		}
}

/* The actions in the order of the contract, the first that applies. */
static const char *action_wanted(enum change change, const struct standing *s)
{
	const struct {
		bool applies;
		const char *action;
	} rows[] = {
		{ change == CHANGE_SAME, "" },
		{ s->policy == POLICY_REGENERATE, "regenerate" },
		{ s->secret, "retype" },
		{ s->policy == POLICY_RETYPE, "retype" },
		{ change == CHANGE_ADDED, "review" },
		{ s->policy == POLICY_TAKE_SOURCE && s->as_source, "accept" },
		{ s->policy == POLICY_TAKE_SOURCE, "review" },
		{ s->policy == POLICY_ASK, "review" },
		{ s->file_on_one_side, "review" },
		{ true, "restore" },
	};
	size_t i = 0;
	while (!rows[i].applies)
		i++;
	return rows[i].action;
}

static void test_actions(void)
{
	for (int change = 0; change < CHANGE_COUNT; change++)
		for (int policy = POLICY_KEEP_TARGET; policy <= POLICY_REGENERATE; policy++)
			for (unsigned bits = 0; bits < 8; bits++) {
				const struct standing s = { bits & 1, (enum key_policy)policy,
					bits & 2, bits & 4 };
				enum action got = action_of((enum change)change, &s);
				CHECK_TEXT(slice_from(action_name(got)),
					action_wanted((enum change)change, &s));
			}
}

static void test_actions_by_hand(void)
{
	static const struct {
		enum change change;
		struct standing standing;
		const char *action;
	} cases[] = {
		{ CHANGE_CHANGED, { false, POLICY_KEEP_TARGET, false, true }, "restore" },
		{ CHANGE_REMOVED, { false, POLICY_KEEP_TARGET, false, false }, "restore" },
		{ CHANGE_REMOVED, { false, POLICY_KEEP_TARGET, true, false }, "review" },
		{ CHANGE_ADDED, { false, POLICY_KEEP_TARGET, false, true }, "review" },
		{ CHANGE_ADDED, { true, POLICY_RETYPE, false, true }, "retype" },
		{ CHANGE_ADDED, { true, POLICY_REGENERATE, false, true }, "regenerate" },
		{ CHANGE_ADDED, { false, POLICY_TAKE_SOURCE, false, true }, "review" },
		{ CHANGE_UNKNOWN, { true, POLICY_RETYPE, false, false }, "retype" },
		{ CHANGE_UNKNOWN, { true, POLICY_KEEP_TARGET, false, false }, "retype" },
		{ CHANGE_UNKNOWN, { true, POLICY_REGENERATE, false, false }, "regenerate" },
		{ CHANGE_CHANGED, { false, POLICY_TAKE_SOURCE, false, true }, "accept" },
		{ CHANGE_REMOVED, { false, POLICY_TAKE_SOURCE, false, true }, "accept" },
		{ CHANGE_CHANGED, { false, POLICY_TAKE_SOURCE, false, false }, "review" },
		{ CHANGE_CHANGED, { false, POLICY_ASK, false, true }, "review" },
		{ CHANGE_CHANGED, { true, POLICY_ASK, false, true }, "retype" },
		{ CHANGE_SAME, { true, POLICY_REGENERATE, false, true }, "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_TEXT(slice_from(action_name(action_of(cases[i].change, &cases[i].standing))),
			cases[i].action);
}

static void test_policy_names(void)
{
	static const char *const names[] = { "keep-target", "take-source", "ask", "retype",
		"regenerate" };
	for (int i = POLICY_KEEP_TARGET; i <= POLICY_REGENERATE; i++)
		CHECK_TEXT(slice_from(policy_name((enum key_policy)i)), names[i]);
}

int main(void)
{
	test_likeness();
	test_fingerprint_form();
	test_verdicts();
	test_verdicts_by_hand();
	test_as_source();
	test_actions();
	test_actions_by_hand();
	test_policy_names();
	return test_report("rules_test");
}
