#include "option.h"

#include "show.h"
#include "word.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define ROWS_MOST 64

static int list_add(struct option_list *list, struct slice item, struct error *e)
{
	struct slice *items = realloc(list->items, (list->count + 1) * sizeof *items);
	if (!items)
		return error_memory(e);
	list->items = items;
	items[list->count++] = item;
	return 0;
}

static int wrong_value(
	const struct option_row *row, struct slice got, const char *want, struct error *e)
{
	return error_set(e, STATUS_USAGE, "option --%s: wrong value (got \"%s\", want %s)",
		row->name, SHOW(got), want);
}

static int take_number(const struct option_row *row, struct slice text, struct error *e)
{
	char want[80];
	snprintf(want, sizeof want, "a whole number from %" PRIu64 " to %" PRIu64, row->least,
		row->most);
	uint64_t value = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9' || value > (UINT64_MAX - 9) / 10)
			return wrong_value(row, text, want, e);
		value = value * 10 + (uint64_t)(text.ptr[i] - '0');
	}
	if (text.len == 0 || value < row->least || value > row->most)
		return wrong_value(row, text, want, e);
	*(struct option_number *)row->target = (struct option_number){ value, true };
	return 0;
}

static int take_words(const struct option_row *row, struct slice text, struct error *e)
{
	uint32_t *bits = row->target;
	for (struct slice rest = text; rest.ptr;) {
		int place = word_place(row->words, slice_cut(&rest, ','));
		if (place < 0)
			return wrong_value(row, text, row->words, e);
		*bits |= UINT32_C(1) << place;
	}
	return 0;
}

static int take_list(const struct option_row *row, struct slice text, struct error *e)
{
	for (struct slice rest = text; rest.ptr;) {
		struct slice item = slice_cut(&rest, ',');
		if (item.len == 0)
			return wrong_value(row, text, "names with commas between", e);
		if (list_add(row->target, item, e) != 0)
			return -1;
	}
	return 0;
}

static int option_take(const struct option_row *row, const char *argument, struct error *e)
{
	struct slice text = slice_from(argument);
	switch (row->kind) {
	case OPTION_FLAG:
		*(bool *)row->target = true;
		return 0;
	case OPTION_TEXT:
		if (text.len == 0)
			return wrong_value(row, text, row->argument, e);
		*(const char **)row->target = argument;
		return 0;
	case OPTION_NUMBER:
		return take_number(row, text, e);
	case OPTION_DAY:
		if (day_read(text, row->target) != DATE_OK)
			return wrong_value(row, text, "a day as YYYY-MM-DD", e);
		return 0;
	case OPTION_WORD:
		*(int *)row->target = word_place(row->words, text);
		return *(int *)row->target < 0 ? wrong_value(row, text, row->words, e) : 0;
	case OPTION_WORDS:
		return take_words(row, text, e);
	case OPTION_LIST:
		return take_list(row, text, e);
	case OPTION_EACH:
		return text.len ? list_add(row->target, text, e)
				: wrong_value(row, text, row->argument, e);
	}
	return -1;
}

/* getopt's own tables; a row is known by its place, which starts past every letter. */
static void fill_tables(
	const struct option_row *rows, size_t count, struct option *longs, char *letters)
{
	*letters++ = ':'; /* tell a missing argument from an unknown option */
	for (size_t i = 0; i < count; i++) {
		longs[i] = (struct option){ rows[i].name,
			rows[i].argument ? required_argument : no_argument, NULL, 256 + (int)i };
		if (!rows[i].letter)
			continue;
		*letters++ = rows[i].letter;
		if (rows[i].argument)
			*letters++ = ':';
	}
	longs[count] = (struct option){ 0 };
	*letters = '\0';
}

int options_read(const struct option_row *rows, size_t count, int argc, char **argv, int *operands,
	struct error *e)
{
	struct option longs[ROWS_MOST + 1];
	char letters[ROWS_MOST * 2 + 2];
	if (count > ROWS_MOST)
		return error_set(e, STATUS_USAGE, "too many options are declared");
	fill_tables(rows, count, longs, letters);
	opterr = 0;
	optind = 0; /* a fresh start, also for the second call of a test */
	for (int found; (found = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
		if (found == '?' || found == ':') {
			const char *given = argv[optind - 1];
			if (found == ':')
				error_set(e, STATUS_USAGE, "option %s: an argument is missing",
					SHOW(slice_from(given)));
			else if (optopt && optopt < 256)
				error_set(e, STATUS_USAGE, "unknown option -%s",
					SHOW(((struct slice){ &(char){ (char)optopt }, 1 })));
			else if (optopt)
				error_set(e, STATUS_USAGE, "option --%s takes no argument",
					rows[optopt - 256].name);
			else
				error_set(e, STATUS_USAGE, "unknown option %s",
					SHOW(slice_from(given)));
			return error_hint(e, "--help lists the options");
		}
		size_t place = found >= 256 ? (size_t)found - 256 : 0;
		while (found < 256 && rows[place].letter != (char)found)
			place++;
		if (option_take(&rows[place], optarg, e) != 0)
			return -1;
	}
	*operands = optind;
	return 0;
}

#define HELP_COLUMN 30
#define HELP_WIDTH  80

/* Appends the words of `text`, wrapped, in lines that start at the help column. */
static int help_text(struct buffer *out, const char *text, size_t used)
{
	int failed = 0;
	size_t column = used;
	for (struct slice rest = slice_from(text); rest.ptr;) {
		struct slice word = slice_cut(&rest, ' ');
		if (column + 1 + word.len > HELP_WIDTH || used > HELP_COLUMN - 1) {
			failed |= buffer_printf(out, "\n%*s", HELP_COLUMN, "");
			column = HELP_COLUMN;
			used = 0;
		} else if (column < HELP_COLUMN) {
			failed |= buffer_printf(out, "%*s", (int)(HELP_COLUMN - column), "");
			column = HELP_COLUMN;
		} else {
			failed |= buffer_put(out, ' ');
			column++;
		}
		failed |= buffer_append(out, word);
		column += word.len;
	}
	return failed | buffer_put(out, '\n');
}

int options_help(struct buffer *out, const struct option_row *rows, size_t count)
{
	int failed = 0;
	for (size_t i = 0; i < count; i++) {
		size_t start = out->len;
		if (rows[i].letter)
			failed |= buffer_printf(out, "  -%c, --%s", rows[i].letter, rows[i].name);
		else
			failed |= buffer_printf(out, "      --%s", rows[i].name);
		if (rows[i].argument)
			failed |= buffer_printf(out, " %s", rows[i].argument);
		failed |= help_text(out, rows[i].help, out->len - start);
	}
	return failed ? -1 : 0;
}

void option_list_release(struct option_list *list)
{
	free(list->items);
	*list = (struct option_list){ 0 };
}
