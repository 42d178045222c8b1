#include "option.h"

#include "test.h"

#include <stdlib.h>

/* Targets of each kind. */
struct made {
	bool flag;
	const char *text;
	struct option_number number;
	day_t day;
	int word;
	uint32_t words;
	struct option_list list;
	struct option_list each;
	struct error error;
	int operands;
};

#define ROWS 8

static void rows_of(struct option_row rows[ROWS], struct made *m)
{
	const struct option_row all[ROWS] = {
		{ 'f', "flag", NULL, OPTION_FLAG, &m->flag, "set a flag", NULL, 0, 0 },
		{ 't', "text", "FILE", OPTION_TEXT, &m->text, "a text", NULL, 0, 0 },
		{ 0, "number", "N", OPTION_NUMBER, &m->number, "a number", NULL, 90, 4000 },
		{ 0, "day", "DATE", OPTION_DAY, &m->day, "a day", NULL, 0, 0 },
		{ 0, "word", "WORD", OPTION_WORD, &m->word, "a word", "csv|tsv", 0, 0 },
		{ 0, "words", "WORD[,…]", OPTION_WORDS, &m->words, "some words", "a|b|c", 0, 0 },
		{ 0, "list", "COLUMN[,…]", OPTION_LIST, &m->list, "some names", NULL, 0, 0 },
		{ 'e', "each", "FILE", OPTION_EACH, &m->each,
			"one of several files, with a help that is longer than what one line of it "
			"can hold beside the names",
			NULL, 0, 0 },
	};
	memcpy(rows, all, sizeof all);
}

/* Reads the words of a line; argv[0] is added. */
static int read_line(struct made *m, const char *line, char *argv[32], char copy[200])
{
	struct option_row rows[ROWS];
	int argc = 1;
	*m = (struct made){ .day = DAY_NONE, .word = -1 };
	rows_of(rows, m);
	snprintf(copy, 200, "stage %s", line);
	argv[0] = copy;
	for (char *at = copy; (at = strchr(at, ' '));) {
		*at++ = '\0';
		argv[argc++] = at;
	}
	if (!*line)
		argc = 1;
	argv[argc] = NULL;
	return options_read(rows, ROWS, argc, argv, &m->operands, &m->error);
}

static void end(struct made *m)
{
	option_list_release(&m->list);
	option_list_release(&m->each);
	error_release(&m->error);
}

static void test_kinds(void)
{
	struct made m;
	char *argv[32];
	char copy[200];
	CHECK_NUMBER(read_line(&m, "", argv, copy), 0);
	CHECK_NUMBER(m.operands, 1);
	CHECK(!m.flag && !m.text && !m.number.given && m.word == -1 && m.words == 0);
	end(&m);

	CHECK_NUMBER(read_line(&m,
			     "in -f --text=x --number 90 --day 2024-02-29 --word tsv --words c,a "
			     "--list p,q --list r -e a,b --each - in2",
			     argv, copy),
		0);
	CHECK(m.flag);
	CHECK_TEXT(slice_from(m.text), "x");
	CHECK(m.number.given && m.number.value == 90);
	CHECK_NUMBER(m.day, 19782);
	CHECK_NUMBER(m.word, 1);
	CHECK_NUMBER(m.words, 5);
	CHECK_NUMBER(m.list.count, 3);
	CHECK_TEXT(m.list.items[0], "p");
	CHECK_TEXT(m.list.items[1], "q");
	CHECK_TEXT(m.list.items[2], "r");
	CHECK_NUMBER(m.each.count, 2);
	CHECK_TEXT(m.each.items[0], "a,b");
	CHECK_TEXT(m.each.items[1], "-");
	/* The operands stand at the end, in their order. */
	CHECK_TEXT(slice_from(argv[m.operands]), "in");
	CHECK_TEXT(slice_from(argv[m.operands + 1]), "in2");
	CHECK(argv[m.operands + 2] == NULL);
	end(&m);

	CHECK_NUMBER(read_line(&m, "-ftx -ey -- -f --number", argv, copy), 0);
	CHECK(m.flag && strcmp(m.text, "x") == 0 && !m.number.given);
	CHECK_TEXT(slice_from(argv[m.operands]), "-f");
	CHECK_TEXT(slice_from(argv[m.operands + 1]), "--number");
	end(&m);

	CHECK_NUMBER(read_line(&m, "- -t -", argv, copy), 0);
	CHECK_TEXT(slice_from(m.text), "-");
	CHECK_TEXT(slice_from(argv[m.operands]), "-");
	end(&m);

	/* The last of several counts, and words add up. */
	CHECK_NUMBER(read_line(&m, "--number 4000 --number 91 --words a --words b,b --text x -t y",
			     argv, copy),
		0);
	CHECK_NUMBER(m.number.value, 91);
	CHECK_NUMBER(m.words, 3);
	CHECK_TEXT(slice_from(m.text), "y");
	end(&m);
}

static void check_wrong(const char *line, const char *want)
{
	struct made m;
	char *argv[32];
	char copy[200];
	if (!CHECK(read_line(&m, line, argv, copy) == -1))
		fprintf(stderr, "\t%s\n", line);
	CHECK_NUMBER(m.error.status, STATUS_USAGE);
	CHECK_TEXT(buffer_slice(&m.error.text), want);
	end(&m);
}

#define RANGE "want a whole number from 90 to 4000)"

static void test_wrong(void)
{
	check_wrong("--nothing", "unknown option --nothing");
	check_wrong("--nothing=x", "unknown option --nothing=x");
	check_wrong("-x", "unknown option -x");
	check_wrong("-fx", "unknown option -x");
	check_wrong("--no\x1Bthing", "unknown option --no\\x1Bthing");
	/* What is shown of a letter is fit for a terminal, too. */
	check_wrong("-\x1B", "unknown option -\\x1B");
	check_wrong("-\xC3\xA9", "unknown option -\\xC3");
	check_wrong("--flag=yes", "option --flag takes no argument");
	check_wrong("--text", "option --text: an argument is missing");
	check_wrong("-t", "option -t: an argument is missing");
	check_wrong("--text=", "option --text: wrong value (got \"\", want FILE)");
	check_wrong("--each=", "option --each: wrong value (got \"\", want FILE)");
	check_wrong("--number 89", "option --number: wrong value (got \"89\", " RANGE);
	check_wrong("--number 4001", "option --number: wrong value (got \"4001\", " RANGE);
	check_wrong("--number=", "option --number: wrong value (got \"\", " RANGE);
	check_wrong("--number -100", "option --number: wrong value (got \"-100\", " RANGE);
	check_wrong("--number +100", "option --number: wrong value (got \"+100\", " RANGE);
	check_wrong("--number 100d", "option --number: wrong value (got \"100d\", " RANGE);
	check_wrong("--number 1e3", "option --number: wrong value (got \"1e3\", " RANGE);
	check_wrong("--number 18446744073709551716",
		"option --number: wrong value (got \"18446744073709551716\", " RANGE);
	check_wrong("--number 1844674407370955171600",
		"option --number: wrong value (got \"1844674407370955171600\", " RANGE);
	check_wrong("--day 2023-02-29",
		"option --day: wrong value (got \"2023-02-29\", want a day as YYYY-MM-DD)");
	check_wrong("--day 9999-12-31",
		"option --day: wrong value (got \"9999-12-31\", want a day as YYYY-MM-DD)");
	check_wrong("--day today",
		"option --day: wrong value (got \"today\", want a day as YYYY-MM-DD)");
	check_wrong("--word xml", "option --word: wrong value (got \"xml\", want csv|tsv)");
	check_wrong("--word csv|tsv", "option --word: wrong value (got \"csv|tsv\", want csv|tsv)");
	check_wrong("--word=", "option --word: wrong value (got \"\", want csv|tsv)");
	check_wrong("--words a,d", "option --words: wrong value (got \"a,d\", want a|b|c)");
	check_wrong("--words a,,b", "option --words: wrong value (got \"a,,b\", want a|b|c)");
	check_wrong("--list a,,b",
		"option --list: wrong value (got \"a,,b\", want names with commas between)");
	check_wrong(
		"--list=", "option --list: wrong value (got \"\", want names with commas between)");
}

static void test_help(void)
{
	struct made m = { 0 };
	struct option_row rows[ROWS];
	struct buffer out = { 0 };
	rows_of(rows, &m);
	CHECK_NUMBER(options_help(&out, rows, ROWS), 0);
	for (size_t i = 0; i < ROWS; i++) {
		struct buffer name = { 0 };
		buffer_printf(&name, "--%s%s%s", rows[i].name, rows[i].argument ? " " : "",
			rows[i].argument ? rows[i].argument : "");
		CHECK(memmem(out.ptr, out.len, name.ptr, name.len) != NULL);
		buffer_release(&name);
	}
	CHECK_TEXT(((struct slice){ out.ptr, 11 }), "  -f, --fla");
	/* Nothing is lost of a long text, and no line is too long. */
	struct buffer words = { 0 };
	for (struct slice rest = buffer_slice(&out); rest.len;) {
		struct slice line = slice_cut(&rest, '\n');
		CHECK(line.len <= 82); /* "…" is one column and three bytes */
		for (struct slice word; line.ptr;) {
			word = slice_cut(&line, ' ');
			if (word.len)
				buffer_printf(&words, "%.*s ", (int)word.len, word.ptr);
		}
	}
	CHECK(memmem(words.ptr, words.len, rows[7].help, strlen(rows[7].help)) != NULL);
	buffer_release(&words);
	buffer_release(&out);
}

int main(void)
{
	test_kinds();
	test_wrong();
	test_help();
	return test_report("option_test");
}
